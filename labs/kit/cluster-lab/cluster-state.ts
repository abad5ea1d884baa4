import type { Cluster } from '../../engine/loop/cluster.ts';
import type { Json, JsonObject } from '../../engine/patch/json.ts';

/** What the texts of a cluster lab say: objects in the order in which they are written. */
export interface ClusterInput {
  /** There before the learner comes: nodes, classes, volumes. They have settled when the run begins. */
  readonly setup: readonly JsonObject[];
  /** Applied when the run begins. */
  readonly objects: readonly JsonObject[];
}

/** A run of a cluster lab. */
export interface ClusterState {
  readonly cluster: Cluster;
  /** The cluster's clock when the run began: the lab's clock starts at 0. */
  readonly beginMs: number;
  /** How many entries of the cluster's log belong to the time before the run. */
  readonly logBegin: number;
}

/** What can happen in a cluster lab. `act` names one of the lab's own acts; `object` is written as in the log: `Pod/default/web`. */
export type ClusterAction =
  | { readonly type: 'advance' }
  /** What kubectl apply sends for edited texts. */
  | { readonly type: 'apply'; readonly objects: readonly JsonObject[] }
  | { readonly type: 'delete'; readonly object: string }
  | { readonly type: 'act'; readonly name: string; readonly object: string }
  /** A fact of the world outside the API; null: as it should be again. */
  | { readonly type: 'world'; readonly fact: string; readonly value: Json };
