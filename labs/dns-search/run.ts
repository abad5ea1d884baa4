import type { Library, Trace } from '../engine/network/resolver/types.ts';
import type { Behaviour, Family } from './input.ts';

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

/** Nothing more happens in this lookup. */
export function isFinished(run: Run): boolean {
  return run.shown >= run.trace.events.length;
}
