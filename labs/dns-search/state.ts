import type { LogEntry } from '../lab.ts';
import type { Library } from '../engine/network/resolver/types.ts';
import type { Behaviour, Family, Input } from './input.ts';
import type { Outlook } from './outlook.ts';
import type { Run } from './run.ts';

export interface State {
  /** What the texts say, with what the learner's controls changed since. */
  readonly input: Input;
  readonly seed: number;
  /** Finished and abandoned lookups, oldest first; the last one is current. */
  readonly runs: readonly [Run, ...Run[]];
  readonly entries: readonly LogEntry[];
  readonly outlook: Outlook;
}

export type Action =
  | { readonly type: 'advance' }
  /** The program calls again, with this name. */
  | { readonly type: 'ask'; readonly name: string }
  | { readonly type: 'library'; readonly library: Library }
  | { readonly type: 'family'; readonly family: Family }
  /** From now on the server behaves so. */
  | { readonly type: 'server'; readonly server: string; readonly behaviour: Behaviour };

/** The lookup that is going on or was the last. */
export function currentRun(state: State): Run {
  return state.runs.at(-1) ?? state.runs[0];
}

/** The state with its current lookup replaced. */
export function withRun(state: State, run: Run): State {
  const [first, ...rest] = state.runs;
  return { ...state, runs: rest.length === 0 ? [run] : [first, ...rest.slice(0, -1), run] };
}
