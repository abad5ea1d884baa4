import type { LogEntry } from '../lab.ts';
import type { Library, Trace } from '../engine/network/resolver/types.ts';
import type { Behaviour, Family, Input } from './input.ts';
import type { Outlook } from './outlook.ts';

/** From the `fromCall`-th message of a lookup on, the server behaves so. */
export interface Change {
  readonly fromCall: number;
  readonly server: string;
  readonly behaviour: Behaviour;
}

/** One lookup: what was asked, the whole trace (its future included), and how much of it has happened. */
export interface Run {
  /** Position among the lookups, from 0. */
  readonly number: number;
  readonly name: string;
  readonly library: Library;
  readonly family: Family;
  /** The lab's clock when the program called. */
  readonly startMs: number;
  readonly servers: Readonly<Record<string, Behaviour>>;
  readonly changes: readonly Change[];
  readonly trace: Trace;
  /** How many events of the trace have happened. */
  readonly shown: number;
  /** Log entry of each event that has happened. */
  readonly entryOf: readonly number[];
  /** The program gave up waiting because the learner asked for something else. */
  readonly abandoned: boolean;
}

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

/** Nothing more happens in this lookup. */
export function isFinished(run: Run): boolean {
  return run.shown >= run.trace.events.length;
}

/** The state with its current lookup replaced. */
export function withRun(state: State, run: Run): State {
  const [first, ...rest] = state.runs;
  return { ...state, runs: rest.length === 0 ? [run] : [first, ...rest.slice(0, -1), run] };
}
