import type { LogEntry } from '../lab.ts';
import { batchInWords } from './log.ts';
import type { State } from './state.ts';

/** Adds an entry to the log. */
export function noted(state: State, entry: Omit<LogEntry, 'id' | 'atMs'>): State {
  return { ...state, entries: [...state.entries, { id: state.entries.length + 1, atMs: state.clockMs, ...entry }] };
}

/** The entry that the next one follows from: the last act, scaling or start. */
function reasonOf({ entries }: State): number | undefined {
  return entries.findLast(({ by, subject }) => by !== 'lab' || subject === 'scaling')?.id;
}

function callers({ input: { traffic } }: State): string {
  const who = traffic.from === 'internet' ? 'from the internet' : 'in the cluster';
  return traffic.clients === 1 ? `A client ${who} sends requests` : `${String(traffic.clients)} clients ${who} send requests`;
}

/** Lets the next step happen. It was worked out when the run began; here it is only shown. */
export function reveal(state: State): State {
  const [step, ...ahead] = state.ahead;
  if (!step) return state;
  const begun =
    state.entries.length > 0 ? state : noted(state, { by: 'start', text: `${callers(state)} to ${state.input.service.metadata.name}`, subject: 'traffic' });
  const after: State = { ...begun, ...step.shown, ahead };
  const cause = reasonOf(begun);
  if (step.kind === 'scale') {
    const text = `The Deployment is scaled: ${String(begun.pods.length)} pods become ${String(after.pods.length)}`;
    const because = 'kube-proxy writes new rules on every node; connections that are open keep their pods';
    return noted(after, { by: 'lab', text, because, subject: 'scaling', ...(cause !== undefined && { cause }) });
  }
  return noted(after, { by: 'lab', ...batchInWords(begun, after), ...(cause !== undefined && { cause }), subject: 'shares' });
}
