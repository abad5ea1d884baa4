import type { LogEntry } from '../lab.ts';
import { applied } from './apply-act.ts';
import type { Input } from './input.ts';
import { objectKey } from './names.ts';
import { actsMax, offeredPods } from './offers.ts';
import { outlookOf, sendingOf } from './outlook-of.ts';
import { servedBy } from './outcome.ts';
import { isThrough, type Action, type PastSending, type State } from './state.ts';
import { advance, clockMs, stepMs } from './steps.ts';
import { callTitle, outcomeInWords } from './words.ts';

/** The first state: the program is about to call. */
export function start(input: Input, seed: number): State {
  const outlook = outlookOf(input, seed);
  const begun = { input, seed, outlook, remembered: {} };
  return { ...begun, past: [], sending: sendingOf(begun, { number: 0, startStep: 0 }), entries: [], deeds: [] };
}

/** An earlier packet, as it is remembered. */
function pastOf(state: State): PastSending {
  const { sending, outlook } = state;
  const begun = { number: sending.number, title: callTitle(sending) };
  if (!isThrough(state)) return { ...begun, isComplete: false, outcome: 'not followed to its end', backend: '', sees: '' };
  const { backend, sees } = servedBy(sending.followed);
  return { ...begun, isComplete: true, outcome: outcomeInWords(sending), backend: outlook.titles[backend]?.title ?? '', sees };
}

interface Noted {
  readonly text: string;
  readonly subject: string;
}

/** A new packet starts: what was under way is over, and the cluster is as the act made it. */
function sendAgain(state: State, input: Input, { text, subject }: Noted): State {
  const { sending } = state;
  const hasBegun = sending.shown > 0;
  const entry: LogEntry = { id: state.entries.length + 1, atMs: clockMs(state), by: 'learner', text, subject };
  const remembered = hasBegun ? { ...state.remembered, ...sending.followed.remembered } : state.remembered;
  const outlook = input === state.input ? state.outlook : outlookOf(input, state.seed);
  const next = { input, seed: state.seed, outlook, remembered };
  const at = { number: sending.number + (hasBegun ? 1 : 0), startStep: Math.round(clockMs(state) / stepMs) };
  return {
    ...next,
    // A packet of which nothing has happened leaves no trace.
    past: hasBegun ? [...state.past, pastOf(state)] : state.past,
    sending: sendingOf(next, at),
    entries: [...state.entries, entry],
    deeds: state.deeds,
  };
}

/** One step of the machine. What cannot be done changes nothing. */
export function reduce(state: State, action: Action): State {
  if (action.type === 'advance') return advance(state);
  if (state.entries.filter(({ by }) => by === 'learner').length >= actsMax) return state;
  if (action.type === 'again')
    return state.sending.shown === 0 ? state : sendAgain(state, state.input, { text: 'You send again: a new connection', subject: 'call' });
  if (action.type === 'pod' && action.change === 'deleted' && !offeredPods(state).some((pod) => objectKey(pod) === action.pod)) return state;
  const done = applied(state, action);
  return done === undefined ? state : { ...sendAgain(state, done.input, done), deeds: [...state.deeds, action] };
}
