import type { QueryType, ResolverEvent, Transport } from '../engine/network/resolver/types.ts';
import type { Tone } from '../lab.ts';
import { answerInWords, answerTone } from './log.ts';
import type { Run } from './run.ts';

/** One query of a rung and what came of it so far. */
export interface Asking {
  readonly queryIndex: number;
  readonly qtype: QueryType;
  readonly server: string;
  readonly answer: string | undefined;
  readonly answeredMs: number | undefined;
  readonly because: string | undefined;
  readonly tone: Tone;
  /** Nothing came, and the library stopped waiting. */
  readonly lost: boolean;
}

/** Queries for one name that were sent together: one rung of the ladder. */
export interface Rung {
  readonly number: number;
  readonly name: string;
  /** What the program typed, as far as the name begins with it; the rest came from the search list. */
  readonly typed: string;
  readonly appended: string;
  readonly rule: string;
  readonly transport: Transport;
  readonly attempt: number;
  readonly atMs: number;
  readonly askings: readonly Asking[];
  /** What the library made of it. */
  readonly decision: string | undefined;
  readonly state: 'asking' | 'good' | 'done';
}

interface Draft {
  name: string;
  rule: string;
  attempt: number;
  batch: number;
  atMs: number;
  transport: Transport;
  askings: Asking[];
  decision: string | undefined;
}

/** Both parts without the final dot of the whole name. */
function splitTyped(name: string, typed: string): { typed: string; appended: string } {
  const [whole, start] = [name, typed].map((text) => text.replace(/\.$/u, '')) as [string, string];
  return start !== '' && whole.startsWith(start) ? { typed: start, appended: whole.slice(start.length) } : { typed: '', appended: whole };
}

function answered(drafts: readonly Draft[], event: Extract<ResolverEvent, { kind: 'receive' }>): void {
  for (const draft of drafts) {
    draft.askings = draft.askings.map((asking) =>
      asking.queryIndex === event.queryIndex
        ? { ...asking, answer: answerInWords(event.answer), answeredMs: event.atMs, because: event.answer.because, tone: answerTone(event.answer) }
        : asking,
    );
  }
}

function take(drafts: Draft[], event: ResolverEvent, rule: string): void {
  const last = drafts.at(-1);
  if (event.kind === 'send') {
    const { query, queryIndex, attempt } = event;
    const asking: Asking = {
      queryIndex,
      qtype: query.qtype,
      server: query.server,
      answer: undefined,
      answeredMs: undefined,
      because: undefined,
      tone: 'plain',
      lost: false,
    };
    if (last?.batch === query.batch && last.name === query.qname) last.askings = [...last.askings, asking];
    else
      drafts.push({
        name: query.qname,
        rule,
        attempt,
        batch: query.batch,
        atMs: event.atMs,
        transport: query.transport,
        askings: [asking],
        decision: undefined,
      });
  } else if (event.kind === 'receive') {
    answered(drafts, event);
  } else if (event.kind === 'timeout' && last !== undefined) {
    last.askings = last.askings.map((asking) => (asking.answer === undefined ? { ...asking, lost: true, tone: 'bad' } : asking));
  } else if (event.kind === 'decide' && last !== undefined) {
    last.decision = event.because;
  }
}

function stateOf(draft: Draft): Rung['state'] {
  if (draft.askings.some((asking) => asking.tone === 'good')) return 'good';
  return draft.askings.some((asking) => asking.answer === undefined && !asking.lost) ? 'asking' : 'done';
}

/** The ladder of a lookup as far as it has happened. */
export function rungsOf(run: Run, shown = run.shown): readonly Rung[] {
  const drafts: Draft[] = [];
  let rule = 'as typed';
  for (const event of run.trace.events.slice(0, shown)) {
    if (event.kind === 'candidate') rule = event.rule;
    take(drafts, event, rule);
  }
  const typed = run.name;
  return drafts.map((draft, index) => ({
    number: index + 1,
    name: draft.name,
    ...splitTyped(draft.name, typed),
    rule: draft.rule,
    transport: draft.transport,
    attempt: draft.attempt,
    atMs: draft.atMs,
    askings: draft.askings,
    decision: draft.decision,
    state: stateOf(draft),
  }));
}

/** The candidates that have been tried so far: each name once, in order. */
export function namesAsked(run: Run, shown = run.shown): readonly string[] {
  const names: string[] = [];
  for (const event of run.trace.events.slice(0, shown)) {
    if (event.kind === 'send' && !names.includes(event.query.qname)) names.push(event.query.qname);
  }
  return names;
}

/** What a lookup has cost so far. */
export function costOf(
  run: Run,
  shown = run.shown,
): { readonly names: number; readonly queries: number; readonly roundTrips: number; readonly waitedMs: number } {
  const events = run.trace.events.slice(0, shown);
  const sends = events.filter((event) => event.kind === 'send');
  const roundTrips = new Set(sends.map((event) => event.query.batch)).size;
  const waitedMs = events.reduce((sum, event) => sum + (event.kind === 'timeout' ? event.waitedMs : 0), 0);
  return { names: namesAsked(run, shown).length, queries: sends.length, roundTrips, waitedMs };
}
