import type { LogEntry } from '../lab.ts';
import { isThrough, type Action, type State } from './state.ts';
import { stepSubject, stepTone, stepWords } from './words.ts';

/** The clock counts hops: a second of it is one step. */
export const stepMs = 1000;

/** Lets the next step of the packet happen. */
export function advance(state: State): State {
  const { sending, entries } = state;
  const step = sending.steps[sending.shown];
  if (isThrough(state) || step === undefined) return state;
  const id = entries.length + 1;
  const shown: State = { ...state, sending: { ...sending, shown: sending.shown + 1, entryOf: [...sending.entryOf, id] } };
  const { text, because } = stepWords(shown, sending.shown);
  const before = sending.entryOf.at(-1) ?? (sending.shown === 0 ? entries.at(-1)?.id : undefined);
  const entry: LogEntry = {
    id,
    atMs: clockMs(shown),
    by: before === undefined ? 'start' : 'lab',
    text,
    ...(before === undefined ? {} : { cause: before }),
    because,
    subject: stepSubject(sending.number, sending.shown),
    tone: stepTone(shown, sending.shown),
  };
  return { ...shown, entries: [...entries, entry] };
}

/** The next step, until the packet and its answer are through. */
export function next(state: State): Action | undefined {
  return isThrough(state) ? undefined : { type: 'advance' };
}

/** Steps since the start, over all packets, as milliseconds. */
export function clockMs({ sending }: State): number {
  return (sending.startStep + sending.shown) * stepMs;
}
