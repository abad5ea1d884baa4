import type { Service } from '../engine/api/types.ts';
import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import type { QueryType } from '../engine/network/resolver/types.ts';
import type { LogEntry } from '../lab.ts';
import type { Cluster, Corefile, Input, Query, Said } from './input.ts';
import type { Outlook } from './outlook.ts';

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

/** The situation with all that picture, words and goals say of it, so that showing it needs none of the models. */
export interface State extends Situation {
  readonly outlook: Outlook;
}

export type Action =
  /** Sends a query; without a type the one asked last. */
  | { readonly type: 'ask'; readonly name: string; readonly qtype?: QueryType }
  | { readonly type: 'qtype'; readonly qtype: QueryType }
  | { readonly type: 'ready'; readonly pod: string; readonly ready: boolean }
  | { readonly type: 'scale'; readonly set: string; readonly replicas: number }
  | { readonly type: 'delete'; readonly service: string }
  | { readonly type: 'restore'; readonly service: string }
  | { readonly type: 'pods'; readonly mode: Corefile['pods'] }
  /** Edited texts, applied to the running cluster. */
  | { readonly type: 'apply'; readonly input: Input };

/** The query that the picture shows. */
export function shownQuery(state: Pick<Situation, 'queries' | 'shown'>): Query | undefined {
  return state.queries[state.shown];
}
