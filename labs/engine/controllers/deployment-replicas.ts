import type { Deployment, ReplicaSet } from '../api/workload-kinds.ts';

/** How many pods a Deployment's ReplicaSets may have. Models pkg/controller/deployment/util/deployment_util.go. */

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const historyAnnotation = 'deployment.kubernetes.io/revision-history';
export const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
export const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

export const wantedBy = ({ spec: { replicas = 1 } }: { readonly spec: { readonly replicas?: number } }): number => replicas;
export const isRolling = ({ spec: { strategy } }: Deployment): boolean => (strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
export const sum = (sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number => sets.reduce((total, set) => total + count(set), 0);
export const available = ({ status }: ReplicaSet): number => status?.availableReplicas ?? 0;

function scaled(value: number | string, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number(value.replace('%', '')) * total) / 100);
}

/** The pods that may be too many and too few during a rollout. Percentages round up and down; never are both 0. Models ResolveFenceposts. */
export function rollingLimits(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  if (!isRolling(deployment)) return { surge: 0, unavailable: 0 };
  const { maxSurge = '25%', maxUnavailable = '25%' } = deployment.spec.strategy?.rollingUpdate ?? {};
  const replicas = wantedBy(deployment);
  const surge = scaled(maxSurge, replicas, Math.ceil);
  const unavailable = scaled(maxUnavailable, replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** How many pods may be missing. Models MaxUnavailable. */
export function missingMax(deployment: Deployment): number {
  const replicas = wantedBy(deployment);
  return replicas === 0 ? 0 : Math.min(replicas, rollingLimits(deployment).unavailable);
}

/** How many pods the new ReplicaSet gets now. Models NewRSNewReplicas. */
export function newSetReplicas(deployment: Deployment, all: readonly ReplicaSet[], held: number): number {
  const replicas = wantedBy(deployment);
  if (!isRolling(deployment)) return replicas;
  const free = replicas + rollingLimits(deployment).surge - sum(all, wantedBy);
  return free <= 0 ? held : held + Math.min(free, replicas - held);
}

/** The number in one of the annotations by which a ReplicaSet remembers its Deployment's size. */
export function annotated(set: ReplicaSet, annotation: string): number | undefined {
  const text = set.metadata.annotations?.[annotation];
  return text === undefined || !/^\d+$/u.test(text) ? undefined : Number(text);
}

/** The revision of a ReplicaSet or Deployment; 0 if it has none. */
export const revisionOf = ({ metadata: { annotations } }: ReplicaSet | Deployment): number => Number(annotations?.[revisionAnnotation] ?? 0);

/**
 * The sizes of several ReplicaSets in the middle of a rollout when their Deployment is scaled: each grows or shrinks by its share, the largest gets what
 * rounding leaves over. Models scale in pkg/controller/deployment/sync.go.
 */
export function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): ReadonlyMap<string, number> {
  const replicas = wantedBy(deployment);
  const allowed = replicas > 0 ? replicas + rollingLimits(deployment).surge : 0;
  const toAdd = allowed - sum(active, wantedBy);
  const isOlder = (one: ReplicaSet, other: ReplicaSet): number =>
    one.metadata.creationTimestamp.localeCompare(other.metadata.creationTimestamp) || revisionOf(one) - revisionOf(other);
  const sorted = active.toSorted((one, other) => wantedBy(other) - wantedBy(one) || (toAdd > 0 ? isOlder(other, one) : isOlder(one, other)));
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of sorted) {
    const share = shareOf(deployment, set, toAdd, added);
    sizes.set(set.metadata.name, wantedBy(set) + share);
    added += share;
  }
  const [largest] = sorted;
  if (largest !== undefined && toAdd !== 0) sizes.set(largest.metadata.name, Math.max(0, (sizes.get(largest.metadata.name) ?? 0) + toAdd - added));
  return sizes;
}

/** Models GetReplicaSetProportion and getReplicaSetFraction. */
function shareOf(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  const held = wantedBy(set);
  if (held === 0 || toAdd === 0 || toAdd === added) return 0;
  const replicas = wantedBy(deployment);
  const before = annotated(set, maxAnnotation) ?? deployment.status?.replicas ?? 0;
  const fraction = replicas === 0 ? -held : before === 0 ? 0 : Math.round((held * (replicas + rollingLimits(deployment).surge)) / before) - held;
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}
