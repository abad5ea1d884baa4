import type { Service } from '../engine/api/types.ts';
import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import type { LogEntry } from '../lab.ts';
import type { Said, Cluster, Corefile, Query } from './input.ts';

/** What is the case: the texts, what the learner did since, and how the log tells it. All else follows from it. */
export interface Situation {
  /** What the texts say. */
  readonly input: Said;
  readonly seed: number;
  /** What is there now: the texts, and what the learner did since. */
  readonly cluster: Cluster;
  readonly corefile: Corefile;
  /** Services that the learner deleted and can restore. */
  readonly deleted: readonly Service[];
  /** Readiness that the learner chose, by pod; it outlives an edit of the texts. */
  readonly readiness: Readonly<Record<string, boolean>>;
  /** Pods made since the start: each gets an address of its own. */
  readonly births: number;
  /** The names of the text, and behind them those asked since. */
  readonly queries: readonly Query[];
  /** Position of the query that the picture shows; -1: none. */
  readonly shown: number;
  /** Records that were there before and are not any more. */
  readonly gone: readonly Pick<ListedRecord, 'name' | 'type' | 'data' | 'from'>[];
  readonly entries: readonly LogEntry[];
}

/** The query that the picture shows. */
export function shownQuery(state: Pick<Situation, 'queries' | 'shown'>): Query | undefined {
  return state.queries[state.shown];
}
