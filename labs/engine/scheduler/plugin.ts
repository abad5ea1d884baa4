import type { PodObject } from '../api/cluster-kinds.ts';
import type { Change, PlannedStep } from '../loop/controller.ts';
import type { Store } from '../store/store.ts';
import type { NodeInfo, Snapshot } from './node-info.ts';

/** What the plugins see while one pod is looked at: everything stands still. */
export interface Cycle {
  readonly store: Store;
  readonly pod: PodObject;
  readonly snapshot: Snapshot;
}

/** Why a node is out. */
export interface Rejection {
  /** As the scheduler counts nodes: `Insufficient cpu`. */
  readonly reasons: readonly string[];
  /** Whether it could help to remove pods from the node (status Unschedulable, not UnschedulableAndUnresolvable). */
  readonly canPreempt: boolean;
}

/** Looks at nodes for one pod. */
export interface NodeFilter {
  /** Undefined: nothing speaks against the node. */
  readonly check: (info: NodeInfo) => Rejection | undefined;
  /** Only these nodes come into question at all. */
  readonly nodeNames?: readonly string[];
}

/** No node will do, whatever it is like. */
export interface Refusal {
  readonly refused: string;
}

/** Scores nodes for one pod, from 0 to 100 after `normalised`. */
export interface NodeScorer {
  readonly score: (info: NodeInfo) => number;
  /** Brings the scores of all nodes to 0..100; absent: they are already. */
  readonly normalised?: (scores: readonly number[], infos: readonly NodeInfo[]) => readonly number[];
}

/** Pods that go so that another one fits. */
export interface Nomination {
  readonly node: string;
  /** Most important first. */
  readonly victims: readonly PodObject[];
}

/** What a plugin can do once no node was found. */
export interface FailedCycle extends Cycle {
  /** Set where a plugin refused all nodes at once. */
  readonly refused?: string;
  /** By node name; nodes that were left out from the start count as not to be helped. */
  readonly rejections: ReadonlyMap<string, Rejection>;
  /** Whether a plugin's filter rejects a node as it would be with other pods on it. */
  readonly rejects: (info: NodeInfo) => Rejection | undefined;
  readonly breakTie: (candidates: readonly string[]) => string;
}

/** A nomination ends the search for help; an `error` does so too, and stands alone in the message. */
export type Rescue =
  | { readonly nomination: Nomination }
  | { readonly error: string }
  /** `clearsNomination`: a node that was promised to the pod earlier is no longer. */
  | { readonly message: string; readonly clearsNomination?: boolean };

/** What is to be done between the choice of a node and the binding. */
export interface PreBinding {
  readonly steps: readonly PlannedStep[];
  /** Whether the pod can be bound. If not, it is asked again when `endsWait` says so of a change. */
  readonly isReady: boolean;
  /** Why it will not be bound there: the pod is tried again from the start. */
  readonly failed?: string;
}

/** One plugin of the scheduler. All functions are pure. Models kube-scheduler/framework/interface.go. */
export interface SchedulerPlugin {
  readonly name: string;
  /** Why a pod is not looked at for now. Models PreEnqueue. */
  readonly gate?: (pod: PodObject) => string | undefined;
  /** Undefined: it has nothing to say about this pod. Models PreFilter and Filter. */
  readonly filter?: (cycle: Cycle) => NodeFilter | Refusal | undefined;
  /** Undefined: it does not score this pod. Models PreScore, Score and NormalizeScore. */
  readonly scorer?: (cycle: Cycle, infos: readonly NodeInfo[]) => NodeScorer | undefined;
  /** Scores are multiplied with it; 1 if absent. */
  readonly weight?: number;
  /** Models PostFilter; undefined: it has nothing to say. */
  readonly rescue?: (failed: FailedCycle) => Rescue | undefined;
  /** Asked once the node is chosen (`isFirst`), then whenever it may be done. Models Reserve and PreBind. */
  readonly preBind?: (cycle: Cycle, node: string, isFirst: boolean) => PreBinding;
  /** Whether a change could end the wait of a chosen pod. */
  readonly endsWait?: (change: Change, pod: PodObject) => boolean;
  /** Whether a change could let a pod pass that this plugin rejected. Models the queueing hints. */
  readonly wakes?: (change: Change, pod: PodObject, store: Store) => boolean;
}

/** The rule by which most plugins bring scores to 0..100: the highest becomes 100 (or 0 if less is better). Models plugins/helper/normalize_score.go. */
export function normalisedByMaximum(scores: readonly number[], isLessBetter = false): readonly number[] {
  const highest = Math.max(0, ...scores);
  if (highest === 0) return isLessBetter ? scores.map(() => 100) : scores;
  return scores.map((score) => {
    const share = Math.trunc((100 * score) / highest);
    return isLessBetter ? 100 - share : share;
  });
}
