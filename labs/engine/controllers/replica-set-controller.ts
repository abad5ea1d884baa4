import type { Condition, PodObject } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import type { ReplicaSet } from '../api/workload-kinds.ts';
import { conditionOf } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View, type Work } from '../loop/controller.ts';
import { sameJson, without } from '../patch/json.ts';
import { timestampOf } from '../store/timestamp.ts';
import { claimDependents, selects } from './claim-dependents.ts';
import { controlledBy, controllerOf } from './ownership.ts';
import { rankVictims } from './rank-victims.ts';
import { concernsOwner, countPods, deletePod, isActive, isNamespaceGoing, isTerminating, podFromTemplate, podType } from './workload-pods.ts';

/** At most so many pods are made or deleted at one look. Models pkg/controller/replicaset BurstReplicas. */
const burstPods = 500;
/** So many of them in one step of the cluster, so that none takes long to compute; the others follow at the same virtual time. */
const stepPods = 100;
/** A look that failed is repeated after 5 ms, then twice as long each time. Models client-go DefaultTypedControllerRateLimiter. */
const retryFirstMs = 5;
const retryMaxMs = 1_000_000;

/** ReplicaSets of which a pod could not be made: how often in a row, and when the next try is. */
type Memory = Readonly<Record<string, { readonly failures: number; readonly nextMs: number }>>;

/** Keeps as many pods of a ReplicaSet as it asks for. Models pkg/controller/replicaset/replica_set.go. */
export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  watches: ['ReplicaSet', 'Pod'],
  delayMs: 10,
  enqueue: ({ object, before, type }, { store }): readonly Work[] => {
    if (isKind(object, 'ReplicaSet')) return [{ key: keyOfSet(object) }];
    if (!isKind(object, 'Pod')) return [];
    const { namespace = 'default' } = object.metadata;
    const old = before !== undefined && isKind(before, 'Pod') ? before : undefined;
    const owners = [controllerOf(object), old === undefined ? undefined : controllerOf(old)].filter((owner) => owner?.kind === 'ReplicaSet');
    const isNews = type !== 'MODIFIED' || old === undefined || concernsOwner(old, object);
    const owned = isNews ? owners.map((owner) => ({ key: `${namespace}/${owner?.name ?? ''}` })) : [];
    if (controllerOf(object) !== undefined) return owned;
    // A pod without a controller, perhaps only just freed of one, is adopted by whoever selects it.
    const matching = listKind(store, 'ReplicaSet', namespace).filter(({ spec }) => selects(spec.selector, object.metadata.labels ?? {}));
    return [...owned, ...matching.map((set) => ({ key: keyOfSet(set) }))];
  },
  reconcile: (key, view) => {
    const [namespace = '', name = ''] = key.split('/');
    const set = getKind(view.store, 'ReplicaSet', name, namespace);
    return set === undefined ? nothing : synced(view, set, key);
  },
};

const keyOfSet = ({ metadata: { namespace = 'default', name } }: ReplicaSet): string => `${namespace}/${name}`;

function synced(view: View, set: ReplicaSet, key: string): Reconciliation {
  const { store, nowMs } = view;
  const nowUnixMs = store.startUnixMs + nowMs;
  const claimed = claimDependents(store, { owner: set, selector: set.spec.selector, type: podType, isWanted: (pod) => isActive(pod as PodObject) });
  const pods = claimed.objects as readonly PodObject[];
  const { minReadySeconds = 0, replicas = 1, template } = set.spec;
  const counts = countPods(pods, minReadySeconds, nowUnixMs);
  const labels = template.metadata?.labels ?? {};
  const status = {
    replicas: pods.length,
    fullyLabeledReplicas: pods.filter((pod) => Object.entries(labels).every(([label, value]) => pod.metadata.labels?.[label] === value)).length,
    ready: counts.ready,
    available: counts.available,
    terminating: (controlledBy(store, podType, set.metadata.uid) as readonly PodObject[]).filter(isTerminating).length,
  };
  const missing = Math.min(burstPods, replicas - pods.length);
  const memory = (view.memory ?? {}) as Memory;
  const hasFailed = conditionOf(set.status?.conditions, 'ReplicaFailure') !== undefined;
  const kept = hasFailed || memory[key] === undefined ? memory : (without(memory, key) as Memory);
  const settledStatus = statusWrite(set, status, undefined);
  const base = { ...(kept !== memory && { memory: kept }), ...(counts.nextMs !== undefined && { requeueAfterMs: counts.nextMs }) };
  if (set.metadata.deletionTimestamp !== undefined) return { ...base, steps: [...claimed.steps, ...settledStatus] };
  if (missing > 0) {
    const { failures = 0, nextMs = 0 } = hasFailed ? (kept[key] ?? {}) : {};
    if (nowMs < nextMs) return { ...base, steps: claimed.steps, requeueAfterMs: nextMs - nowMs };
    const waitMs = Math.min(retryMaxMs, retryFirstMs * 2 ** failures);
    const failed = (because: string): readonly PlannedStep[] => statusWrite(set, status, replicaFailure('FailedCreate', because, timestampOf(nowUnixMs)));
    const isPart = missing > stepPods && !hasFailed;
    const steps = [...claimed.steps, ...creations(set, isPart ? stepPods : missing, { ok: isPart ? [] : settledStatus, failed })];
    if (isPart) return { ...base, steps, requeueAfterMs: 0 };
    // Where nothing can be made any more, one refusal is enough.
    const isGoing = getKind(store, 'Namespace', set.metadata.namespace ?? 'default')?.metadata.deletionTimestamp !== undefined;
    if (isGoing) return { ...base, steps };
    return { steps, memory: { ...kept, [key]: { failures: failures + 1, nextMs: nowMs + waitMs } }, requeueAfterMs: waitMs };
  }
  const victims = replicas < pods.length ? victimsOf(view, set, pods).slice(0, Math.min(burstPods, pods.length - replicas)) : [];
  const because = `replicaset ${set.metadata.name} wants ${replicas} and has ${pods.length}`;
  return { ...base, steps: [...claimed.steps, ...victims.map((pod) => deletePod(set, pod, because)), ...settledStatus] };
}

function victimsOf({ store, nowMs }: View, set: ReplicaSet, pods: readonly PodObject[]): readonly PodObject[] {
  const owner = controllerOf(set);
  const sets = owner === undefined ? [set] : (controlledBy(store, { apiVersion: 'apps/v1', kind: 'ReplicaSet' }, owner.uid) as readonly ReplicaSet[]);
  const related = sets.flatMap(({ metadata: { uid } }) => controlledBy(store, podType, uid) as readonly PodObject[]);
  return rankVictims(pods, related, store.startUnixMs + nowMs);
}

interface Ending {
  readonly ok: readonly PlannedStep[];
  readonly failed: (because: string) => readonly PlannedStep[];
}

/**
 * Creations in batches of 1, 2, 4 and so on: the batch in which one fails is finished, the following ones are not begun. Models slowStartBatch. The steps
 * are made one after the other, for what follows depends on whether a creation succeeds.
 */
function creations(set: ReplicaSet, count: number, ending: Ending): readonly PlannedStep[] {
  const { replicas = 1 } = set.spec;
  const object = podFromTemplate(set, set.spec.template);
  const because = `replicaset ${set.metadata.name} wants ${replicas}`;
  const batchEnd = (index: number): number => 2 ** Math.floor(Math.log2(index + 1) + 1) - 1;
  const creation = (index: number, end: number, error?: string): PlannedStep => ({
    write: { verb: 'create', object },
    text: 'creates a pod',
    because,
    done: (pod) => [
      { about: set, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` },
      ...(error === undefined ? [] : rest(index + 1, end, error)),
    ],
    refused: (refusal) => {
      if (isNamespaceGoing(refusal)) return [];
      const told: PlannedStep = { about: set, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${refusal.message}` };
      return [told, ...rest(index + 1, Math.min(count, batchEnd(index)), error ?? refusal.message)];
    },
  });
  const rest = (index: number, end: number, error: string): readonly PlannedStep[] => (index < end ? [creation(index, end, error)] : ending.failed(error));
  return [...Array.from({ length: count }, (_, index) => creation(index, count)), ...ending.ok];
}

function replicaFailure(reason: string, message: string, at: string): Condition {
  return { type: 'ReplicaFailure', status: 'True', lastTransitionTime: at, reason, message };
}

interface Counts {
  readonly replicas: number;
  readonly fullyLabeledReplicas: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

function statusWrite(
  set: ReplicaSet,
  { replicas, fullyLabeledReplicas, ready, available, terminating }: Counts,
  failure: Condition | undefined,
): readonly PlannedStep[] {
  const others = (set.status?.conditions ?? []).filter(({ type }) => type !== 'ReplicaFailure');
  const old = conditionOf(set.status?.conditions, 'ReplicaFailure');
  // A condition with the same status and reason stays as it was.
  const conditions = failure === undefined ? others : [...others, old !== undefined && old.reason === failure.reason ? old : failure];
  const status = {
    replicas,
    ...(fullyLabeledReplicas > 0 && { fullyLabeledReplicas }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    terminatingReplicas: terminating,
    observedGeneration: set.metadata.generation ?? 0,
    ...(conditions.length > 0 && { conditions }),
  };
  if (sameJson(status, set.status)) return [];
  const text = `reports ${available} of ${replicas} pods of replicaset ${set.metadata.name} as available`;
  // Somebody may have written in between: then the next look reports.
  return [{ write: { verb: 'update', object: { ...set, status }, subresource: 'status' }, text, refused: () => [] }];
}
