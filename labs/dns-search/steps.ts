import type { LogEntry } from '../lab.ts';
import type { ResolverEvent } from '../engine/network/resolver/types.ts';
import { entryFor, seconds } from './log.ts';
import { currentRun, withRun, type Action, type State } from './state.ts';
import { isFinished, type Run } from './run.ts';

/** Whether a frame ends behind this event: what is sent without waiting is one frame, what arrives is one. */
function endsFrame(event: ResolverEvent, following: ResolverEvent | undefined): boolean {
  if (following === undefined) return true;
  if (event.kind === 'send') return following.kind !== 'send';
  if (event.kind === 'receive' || event.kind === 'refused') {
    const sameMoment = following.atMs === event.atMs && (following.kind === 'receive' || following.kind === 'refused');
    return !sameMoment && following.kind !== 'decide';
  }
  if (event.kind === 'decide') {
    const sameAnswer = event.next === 'accept' && following.kind === 'receive' && following.atMs === event.atMs;
    return following.kind !== 'decide' && !sameAnswer;
  }
  if (event.kind === 'candidate') return following.kind !== 'send';
  if (event.kind === 'timeout') return following.kind !== 'decide';
  if (event.kind === 'setting' || event.kind === 'local' || event.kind === 'call') return following.kind !== 'setting' && following.kind !== 'local';
  return true;
}

/** Lets the next thing of the lookup happen. */
export function advance(state: State): State {
  const run = currentRun(state);
  if (run.abandoned || isFinished(run)) return state;
  const entries: LogEntry[] = [...state.entries];
  const entryOf: number[] = [...run.entryOf];
  // The learner's act that led to this lookup, if any, is the newest entry before its first event.
  const calledBy = run.shown === 0 ? entries.at(-1)?.id : undefined;
  let shown = run.shown;
  for (let event = run.trace.events[shown]; event !== undefined; event = run.trace.events[shown]) {
    const id = entries.length + 1;
    entries.push(entryFor({ ...run, entryOf }, event, id, calledBy));
    entryOf.push(id);
    shown += 1;
    if (endsFrame(event, run.trace.events[shown])) break;
  }
  return { ...withRun(state, { ...run, shown, entryOf }), entries };
}

/** The next step, until the lookup has its result. */
export function next(state: State): Action | undefined {
  const run = currentRun(state);
  return run.abandoned || isFinished(run) ? undefined : { type: 'advance' };
}

/** Milliseconds since the start, over all lookups. */
export function clockMs(state: State): number {
  const run = currentRun(state);
  const last = run.trace.events[run.shown - 1];
  return run.startMs + (last?.atMs ?? 0);
}

/** How long a lookup has taken so far, in words. */
export function spent(run: Run): string {
  return seconds(run.trace.events[run.shown - 1]?.atMs ?? 0);
}
