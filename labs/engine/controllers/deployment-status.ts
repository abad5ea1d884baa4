import type { Condition } from '../api/cluster-kinds.ts';
import type { Deployment, ReplicaSet } from '../api/workload-kinds.ts';
import { conditionOf } from '../kubelet/pod-status.ts';
import { unixMsOf } from '../store/timestamp.ts';
import { available, missingMax, sum, wantedBy } from './deployment-replicas.ts';

type Status = NonNullable<Deployment['status']>;

/** Conditions with one set: the same status and reason change nothing, the same status keeps its transition time. Models SetDeploymentCondition. */
export function withProgress(conditions: readonly Condition[], condition: Condition, at: string): readonly Condition[] {
  const old = conditionOf(conditions, condition.type);
  if (old?.status === condition.status && old.reason === condition.reason) return conditions;
  return replaced(conditions, condition, at);
}

function replaced(conditions: readonly Condition[], condition: Condition, at: string): readonly Condition[] {
  const old = conditionOf(conditions, condition.type);
  const lastTransitionTime = old?.status === condition.status ? (old.lastTransitionTime ?? at) : at;
  return [...conditions.filter((each) => each !== old), { ...condition, lastUpdateTime: at, lastTransitionTime }];
}

/** Whether a Deployment has a limit to how long a rollout may make no progress. */
export function hasDeadline({ spec: { progressDeadlineSeconds } }: Deployment): boolean {
  return progressDeadlineSeconds !== undefined && progressDeadlineSeconds !== 2_147_483_647;
}

/** Whether all pods are new and available. Models DeploymentComplete. */
export function isComplete(deployment: Deployment, { updatedReplicas = 0, replicas = 0, availableReplicas = 0, observedGeneration = 0 }: Status): boolean {
  const wanted = wantedBy(deployment);
  return updatedReplicas === wanted && replicas === wanted && availableReplicas === wanted && observedGeneration >= (deployment.metadata.generation ?? 0);
}

interface Sets {
  readonly all: readonly ReplicaSet[];
  readonly newSet: ReplicaSet | undefined;
  readonly at: string;
}

/** Counts and availability. Models calculateStatus in pkg/controller/deployment/sync.go. */
export function countedStatus(deployment: Deployment, { all, newSet, at }: Sets): Status {
  const count = (of: (status: NonNullable<ReplicaSet['status']>) => number | undefined): number =>
    sum(all, ({ status }) => (status === undefined ? 0 : (of(status) ?? 0)));
  const isAvailable = sum(all, available) >= wantedBy(deployment) - missingMax(deployment);
  const condition: Condition = isAvailable
    ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' };
  const [ready, free, updated] = [count(({ readyReplicas }) => readyReplicas), sum(all, available), newSet?.status?.replicas ?? 0];
  const replicas = count((status) => status.replicas);
  const missing = Math.max(0, sum(all, wantedBy) - free);
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    ...(replicas > 0 && { replicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(free > 0 && { availableReplicas: free }),
    ...(missing > 0 && { unavailableReplicas: missing }),
    terminatingReplicas: count(({ terminatingReplicas }) => terminatingReplicas),
    ...(deployment.status?.collisionCount !== undefined && { collisionCount: deployment.status.collisionCount }),
    conditions: withProgress(deployment.status?.conditions ?? [], condition, at),
  };
}

/** The status during a rollout: also how it gets on. Models syncRolloutStatus in pkg/controller/deployment/progress.go. */
export function rolloutStatus(deployment: Deployment, sets: Sets): Status {
  const { newSet, all, at } = sets;
  const counted = countedStatus(deployment, sets);
  const before = deployment.status ?? {};
  const held = conditionOf(before.conditions, 'Progressing');
  let conditions = counted.conditions ?? [];
  if (!hasDeadline(deployment)) conditions = conditions.filter(({ type }) => type !== 'Progressing');
  const isOver = (counted.replicas ?? 0) === (counted.updatedReplicas ?? 0) && held?.reason === 'NewReplicaSetAvailable';
  if (hasDeadline(deployment) && !isOver) {
    const name = newSet === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${newSet.metadata.name}"`;
    const progressing = (status: 'True' | 'False', reason: string, words: string): Condition => ({
      type: 'Progressing',
      status,
      reason,
      message: `${name} ${words}.`,
    });
    if (isComplete(deployment, counted))
      conditions = withProgress(conditions, progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed'), at);
    else if (hasMoved(before, counted)) conditions = replaced(conditions, progressing('True', 'ReplicaSetUpdated', 'is progressing'), at);
    else if (hasTimedOut(deployment, at))
      conditions = withProgress(conditions, progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing'), at);
  }
  const failure = [...(newSet === undefined ? [] : [newSet]), ...all]
    .map(({ status }) => conditionOf(status?.conditions, 'ReplicaFailure'))
    .find((each) => each !== undefined);
  conditions = failure === undefined ? conditions.filter(({ type }) => type !== 'ReplicaFailure') : withProgress(conditions, failure, at);
  return { ...counted, conditions };
}

/** Whether pods became new, old ones fewer, or more of them ready or available. Models DeploymentProgressing. */
function hasMoved(before: Status, now: Status): boolean {
  const old = ({ replicas = 0, updatedReplicas = 0 }: Status): number => replicas - updatedReplicas;
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** Models DeploymentTimedOut. */
function hasTimedOut({ status, spec: { progressDeadlineSeconds = 0 } }: Deployment, at: string): boolean {
  const held = conditionOf(status?.conditions, 'Progressing');
  if (held === undefined || held.reason === 'NewReplicaSetAvailable') return false;
  if (held.reason === 'ProgressDeadlineExceeded') return true;
  return unixMsOf(held.lastUpdateTime ?? '') + progressDeadlineSeconds * 1000 < unixMsOf(at);
}

/** When to look whether a rollout that does not move has timed out; undefined: no need. Models requeueStuckDeployment. */
export function stuckCheckMs(deployment: Deployment, status: Status, nowUnixMs: number): number | undefined {
  const held = conditionOf(status.conditions, 'Progressing');
  if (!hasDeadline(deployment) || held === undefined || isComplete(deployment, status) || held.reason === 'ProgressDeadlineExceeded') return undefined;
  const dueMs = unixMsOf(held.lastUpdateTime ?? '') + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000;
  return Math.max(1000, dueMs - nowUnixMs + 1000);
}
