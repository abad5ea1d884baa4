import type { LogEntry, Tone } from '../lab.ts';
import type { Answer, LookupResult, ResolverEvent } from '../engine/network/resolver/types.ts';
import type { Run } from './run.ts';

/** What an answer says, in a few words: the code, or the data. */
export function answerInWords(answer: Answer): string {
  if (answer.truncated) return 'truncated';
  if (answer.rcode !== 'NOERROR') return answer.rcode;
  const data = answer.records.filter((record) => record.type !== 'CNAME').map((record) => record.data);
  const alias = answer.records.find((record) => record.type === 'CNAME');
  if (data.length === 0) return alias === undefined ? 'no data of this type' : `alias of ${alias.data}, without an address`;
  return `${alias === undefined ? '' : `alias of ${alias.data}: `}${data.join(', ')}`;
}

/** Whether an answer brought what was asked for. */
export function answerTone(answer: Answer): Tone {
  if (answer.truncated) return 'plain';
  if (answer.rcode !== 'NOERROR') return 'bad';
  // An empty answer is no failure: the name exists, only not with this type.
  return answer.records.some((record) => record.type !== 'CNAME') ? 'good' : 'plain';
}

/** The result as the program sees it. */
export function resultInWords(result: LookupResult): string {
  if (result.code === 'OK') return result.addresses === undefined || result.addresses.length === 0 ? 'an answer' : result.addresses.join(', ');
  const meaning: Readonly<Record<string, string>> = {
    EAI_NONAME: 'the name is not known',
    EAI_NODATA: 'the name exists, but has no such address',
    EAI_AGAIN: 'no usable answer came, a temporary failure',
    EAI_FAIL: 'a failure that will not go away',
    CRASH: 'the program crashes',
  };
  const words = meaning[result.code];
  return words === undefined ? result.code : `${words} (${result.code})`;
}

const families = { 'A and AAAA': 'IPv4 and IPv6', 'A only': 'IPv4', 'AAAA only': 'IPv6' } as const;

const decisions: Readonly<Record<Extract<ResolverEvent, { kind: 'decide' }>['next'], string>> = {
  accept: 'The answer counts',
  'next candidate': 'On to the next candidate',
  'next server': 'On to the next server',
  retry: 'The query is sent again',
  tcp: 'The query is asked again over TCP',
  'grow buffer': 'The buffer was too small: the whole lookup starts again',
  'drop edns': 'The query is asked again without EDNS',
  'one by one': 'From now on one query at a time',
  remember: 'The answer is remembered',
  stop: 'The search ends here',
};

/** The sentence of one event. */
export function eventInWords(run: Run, event: ResolverEvent): string {
  switch (event.kind) {
    case 'call':
      return `The program looks up ${run.name === '' ? 'an empty name' : run.name} (${families[run.family]})`;
    case 'setting':
      return `${event.source}${event.line === undefined ? '' : `, line ${event.line}`}: ${event.text} ${event.effect === 'used' ? 'is used' : event.effect === 'ignored' ? 'is ignored' : 'is changed'}`;
    case 'local':
      if (event.source === 'numeric') return event.found ? 'The name is an address: nothing is asked' : 'The name is not an address';
      if (event.source === 'invalid') return 'The name is not valid: nothing is asked';
      return event.found ? 'Found in /etc/hosts: nothing is asked' : 'Not in /etc/hosts';
    case 'candidate':
      return `Next name: ${event.name}`;
    case 'skip':
      return `${event.name} is skipped`;
    case 'send':
      return `Asks ${event.query.server} for ${event.query.qtype} of ${event.query.qname}${event.query.transport === 'tcp' ? ' over TCP' : ''}${event.attempt > 1 ? `, try ${event.attempt}` : ''}`;
    case 'refused':
      return event.how === 'closed' ? `${event.server} refuses: nothing listens there` : `${event.server} cannot be reached: no route`;
    case 'receive': {
      const query = run.trace.queries[event.queryIndex];
      return `${query === undefined ? 'Answer' : `${query.qtype} from ${query.server}`}: ${answerInWords(event.answer)}`;
    }
    case 'timeout':
      return `No answer within ${seconds(event.waitedMs)}`;
    case 'decide':
      return decisions[event.next];
    case 'result':
      return `The program gets ${resultInWords(event.result)}`;
  }
}

/** `0.3 s`, `5 s`; below a tenth of a second in ms. */
export function seconds(timeMs: number): string {
  return timeMs < 100 ? `${timeMs} ms` : `${Number((timeMs / 1000).toFixed(2))} s`;
}

function toneOf(event: ResolverEvent): Tone {
  if (event.kind === 'receive') return answerTone(event.answer);
  if (event.kind === 'result') return event.result.code === 'OK' ? 'good' : 'bad';
  if (event.kind === 'timeout' || event.kind === 'refused') return 'bad';
  return 'plain';
}

/** What the event is about, as `explain` knows it. */
function subjectOf(run: Run, event: ResolverEvent): string {
  if (event.kind === 'send' || event.kind === 'receive') return `query:${run.number}:${event.queryIndex}`;
  if (event.kind === 'candidate' || event.kind === 'skip') return `candidate:${run.number}:${event.name}`;
  return `event:${run.number}:${event.id}`;
}

/** The log entry of one event of a lookup; `id` is the entry's, `entryOf` maps earlier events to their entries, `calledBy` is the entry that started the lookup. */
export function entryFor(run: Run, event: ResolverEvent, id: number, calledBy: number | undefined): LogEntry {
  const cause = event.cause === undefined ? calledBy : run.entryOf[event.cause - 1];
  const because = event.kind === 'receive' ? (event.answer.because ?? event.because) : event.because;
  return {
    id,
    atMs: run.startMs + event.atMs,
    by: cause === undefined ? 'start' : 'lab',
    text: eventInWords(run, event),
    ...(cause === undefined ? {} : { cause }),
    because,
    subject: subjectOf(run, event),
    tone: toneOf(event),
  };
}
