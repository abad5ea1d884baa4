import type { PodObject } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { podGracePeriodSeconds } from '../api/pod-deletion.ts';
import type { StatefulSet } from '../api/workload-kinds.ts';
import { isPodReady } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View, type Work } from '../loop/controller.ts';
import { sameJson, without } from '../patch/json.ts';
import { keyOf } from '../store/stored-object.ts';
import { claimDependents, selects } from './claim-dependents.ts';
import { controllerOf } from './ownership.ts';
import { claimName, ordinalOf, revisionLabel, statefulClaims, statefulPod } from './stateful-set-identity.ts';
import { revisionsOf, type Revisions } from './stateful-set-revisions.ts';
import { availableInMs, concernsOwner, isNamespaceGoing, podType } from './workload-pods.ts';

/** Sets of which a pod could not be made: how often in a row, and when the next try is. */
type Memory = Readonly<Record<string, { readonly failures: number; readonly nextMs: number }>>;

/**
 * Keeps the pods of a StatefulSet, each with its own name and claims: made in order and ended in reverse (OrderedReady), or all at once (Parallel);
 * updates from the highest ordinal down to `partition`. Models pkg/controller/statefulset/stateful_set_control.go. Not modelled: `maxUnavailable`.
 */
export const statefulSetController: Controller = {
  name: 'statefulset-controller',
  watches: ['StatefulSet', 'Pod'],
  delayMs: 10,
  enqueue: ({ object, before, type }, { store }): readonly Work[] => {
    if (isKind(object, 'StatefulSet')) return [{ key: keyOfSet(object) }];
    if (!isKind(object, 'Pod')) return [];
    const { namespace = 'default' } = object.metadata;
    const owner = controllerOf(object);
    if (owner !== undefined) {
      const isMine = owner.kind === 'StatefulSet' && (type !== 'MODIFIED' || before === undefined || !isKind(before, 'Pod') || concernsOwner(before, object));
      return isMine ? [{ key: `${namespace}/${owner.name}` }] : [];
    }
    const sets = listKind(store, 'StatefulSet', namespace).filter(({ spec }) => selects(spec.selector, object.metadata.labels ?? {}));
    return sets.map((set) => ({ key: keyOfSet(set) }));
  },
  reconcile: (key, view) => {
    const [namespace = '', name = ''] = key.split('/');
    const set = getKind(view.store, 'StatefulSet', name, namespace);
    return set === undefined ? nothing : synced(view, set, key);
  },
};

const keyOfSet = ({ metadata: { namespace = 'default', name } }: StatefulSet): string => `${namespace}/${name}`;

/** All that is known of a set at one look. */
interface Situation {
  readonly view: View;
  readonly set: StatefulSet;
  readonly revisions: Revisions;
  /** Pods by ordinal, as far as they exist. */
  readonly pods: ReadonlyMap<number, PodObject>;
  readonly first: number;
  readonly replicas: number;
  readonly isOrdered: boolean;
}

function synced(view: View, set: StatefulSet, key: string): Reconciliation {
  const claimed = claimDependents(view.store, {
    owner: set,
    selector: set.spec.selector,
    type: podType,
    isWanted: (pod) => ordinalOf(set, pod.metadata.name) !== undefined,
  });
  const members = claimed.objects as readonly PodObject[];
  const pods = new Map(members.map((pod) => [ordinalOf(set, pod.metadata.name) ?? 0, pod]));
  const revisions = revisionsOf(view.store, set, new Set(members.map((pod) => pod.metadata.labels?.[revisionLabel] ?? '')));
  const { replicas = 1, ordinals, podManagementPolicy = 'OrderedReady' } = set.spec;
  const situation: Situation = { view, set, revisions, pods, first: ordinals?.start ?? 0, replicas, isOrdered: podManagementPolicy === 'OrderedReady' };
  const status = statusSteps(situation, members);
  if (set.metadata.deletionTimestamp !== undefined) return { steps: [...claimed.steps, ...status.steps] };
  const memory = (view.memory ?? {}) as Memory;
  const isMissing = Array.from({ length: replicas }, (_, index) => situation.first + index).some((ordinal) => !pods.has(ordinal));
  const tried = isMissing ? memory[key] : undefined;
  const steps = [...claimed.steps, ...revisions.steps];
  const kept = isMissing || memory[key] === undefined ? {} : { memory: without(memory, key) };
  const next = status.nextMs === undefined ? {} : { requeueAfterMs: status.nextMs };
  if (tried !== undefined && view.nowMs < tried.nextMs) return { steps: [...steps, ...status.steps], requeueAfterMs: tried.nextMs - view.nowMs };
  const acts = actsOf(situation);
  if (!acts.isCreating) return { ...kept, ...next, steps: [...steps, ...acts.steps, ...status.steps] };
  // The next try is due only if a creation fails; otherwise the look at the new pod comes sooner and forgets it.
  const failures = (tried?.failures ?? 0) + 1;
  const waitMs = Math.max(20, Math.min(1_000_000, 5 * 2 ** failures));
  return { steps: [...steps, ...status.steps, ...acts.steps], memory: { ...memory, [key]: { failures, nextMs: view.nowMs + waitMs } }, requeueAfterMs: waitMs };
}

interface Acts {
  readonly steps: readonly PlannedStep[];
  readonly isCreating: boolean;
}

/** What is done next: missing pods first, then surplus ones, then an update. In order, one thing at a time. */
function actsOf(situation: Situation): Acts {
  const { pods, first, replicas, isOrdered } = situation;
  const steps: PlannedStep[] = [];
  let isCreating = false;
  for (let ordinal = first; ordinal < first + replicas; ordinal += 1) {
    const pod = pods.get(ordinal);
    if (pod === undefined) {
      steps.push(...creation(situation, ordinal));
      isCreating = true;
      if (isOrdered) return { steps, isCreating };
      continue;
    }
    if (hasEnded(pod) && pod.metadata.deletionTimestamp === undefined) {
      steps.push(deletion(situation, pod, 'it has ended and is to be made anew'));
      if (isOrdered) return { steps, isCreating };
    }
    if (isOrdered && !isHealthy(situation, pod)) return { steps, isCreating };
  }
  const condemned = [...pods].filter(([ordinal]) => ordinal < first || ordinal >= first + replicas).toSorted(([one], [other]) => other - one);
  for (const [ordinal, pod] of condemned) {
    if (pod.metadata.deletionTimestamp === undefined) {
      const isLowest = condemned.at(-1)?.[0] === ordinal;
      if (isOrdered && !isHealthy(situation, pod) && !isLowest && condemned.some(([other, each]) => other < ordinal && !isHealthy(situation, each)))
        return { steps, isCreating };
      steps.push(...ownClaims(situation, pod, ordinal), deletion(situation, pod, `statefulset ${situation.set.metadata.name} wants ${replicas}`));
    }
    if (isOrdered) return { steps, isCreating };
  }
  if (!isCreating) steps.push(...updates(situation));
  return { steps, isCreating };
}

const hasEnded = ({ status }: PodObject): boolean => status?.phase === 'Failed' || status?.phase === 'Succeeded';

function isHealthy({ set, view }: Situation, pod: PodObject): boolean {
  const inMs = availableInMs(pod, set.spec.minReadySeconds ?? 0, view.store.startUnixMs + view.nowMs);
  return pod.metadata.deletionTimestamp === undefined && pod.status?.phase === 'Running' && inMs === 0;
}

/** The highest pod with an old template is deleted, once all above it are healthy. */
function updates(situation: Situation): readonly PlannedStep[] {
  const { set, pods, first, replicas, revisions } = situation;
  const { updateStrategy } = set.spec;
  if (updateStrategy?.type === 'OnDelete') return [];
  const lowest = Math.max(first, updateStrategy?.rollingUpdate?.partition ?? 0);
  for (let ordinal = first + replicas - 1; ordinal >= lowest; ordinal -= 1) {
    const pod = pods.get(ordinal);
    if (pod === undefined) return [];
    if (pod.metadata.labels?.[revisionLabel] !== revisions.update.name && pod.metadata.deletionTimestamp === undefined)
      return [deletion(situation, pod, 'its template is not the present one')];
    if (!isHealthy(situation, pod)) return [];
  }
  return [];
}

/** The creation of a pod after those of its claims, with the Events of pkg/controller/statefulset/stateful_pod_control.go. */
function creation({ view, set, revisions }: Situation, ordinal: number): readonly PlannedStep[] {
  const { name, namespace = 'default' } = set.metadata;
  const podName = `${name}-${ordinal}`;
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  const revision = type !== 'OnDelete' && ordinal < (rollingUpdate?.partition ?? 0) ? revisions.current : revisions.update;
  const said = (reason: string, message: string): PlannedStep => ({ about: set, type: reason === 'SuccessfulCreate' ? 'Normal' : 'Warning', reason, message });
  const pod: PlannedStep = {
    write: { verb: 'create', object: statefulPod(set, ordinal, revision) },
    text: `creates pod ${podName}`,
    because: `statefulset ${name} has none with this ordinal`,
    done: () => [said('SuccessfulCreate', `Create Pod ${podName} in StatefulSet ${name} successful`)],
    refused: (error) => (isNamespaceGoing(error) ? [] : [said('FailedCreate', `create Pod ${podName} in StatefulSet ${name} failed error: ${error.message}`)]),
  };
  const claims = statefulClaims(set, ordinal).filter(({ metadata }) => getKind(view.store, 'PersistentVolumeClaim', metadata.name, namespace) === undefined);
  return [
    ...claims.map((object): PlannedStep => ({
      write: { verb: 'create', object },
      text: `creates claim ${object.metadata.name}`,
      because: `pod ${podName} needs it`,
      done: () => [said('SuccessfulCreate', `Create Claim ${object.metadata.name} Pod ${podName} in StatefulSet ${name} success`)],
      refused: (error) => [
        said('FailedCreate', `create Claim ${object.metadata.name} for Pod ${podName} in StatefulSet ${name} failed error: ${error.message}`),
      ],
    })),
    pod,
  ];
}

function deletion({ set }: Situation, pod: PodObject, because: string): PlannedStep {
  const said = (type: 'Normal' | 'Warning', reason: string, message: string): readonly PlannedStep[] => [{ about: set, type, reason, message }];
  const words = `Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
  return {
    write: { verb: 'delete', key: keyOf(pod), gracePeriodSeconds: podGracePeriodSeconds(pod) },
    text: `deletes pod ${pod.metadata.name}`,
    because,
    done: () => said('Normal', 'SuccessfulDelete', `Delete ${words} successful`),
    refused: ({ message }) => said('Warning', 'FailedDelete', `delete ${words} failed error: ${message}`),
  };
}

/** With `whenScaled: Delete` the claims of a pod that goes belong to it, and go with it. */
function ownClaims({ view, set }: Situation, pod: PodObject, ordinal: number): readonly PlannedStep[] {
  if (set.spec.persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return [];
  const { namespace = 'default', name, uid } = pod.metadata;
  return (set.spec.volumeClaimTemplates ?? []).flatMap(({ metadata }): readonly PlannedStep[] => {
    const claim = getKind(view.store, 'PersistentVolumeClaim', claimName(set, metadata.name, ordinal), namespace);
    if (claim === undefined) return [];
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true, blockOwnerDeletion: true }];
    const write = { verb: 'patch', key: keyOf(claim), patchType: 'merge', patch: { metadata: { ownerReferences } } } as const;
    return [{ write, text: `makes pod ${name} the owner of claim ${claim.metadata.name}`, because: 'its retention policy is to delete it when scaled down' }];
  });
}

interface StatusSteps {
  readonly steps: readonly PlannedStep[];
  /** When the next pod has been ready for long enough. */
  readonly nextMs?: number;
}

function statusSteps({ view, set, revisions, replicas }: Situation, members: readonly PodObject[]): StatusSteps {
  const inMs = members.map((pod) => availableInMs(pod, set.spec.minReadySeconds ?? 0, view.store.startUnixMs + view.nowMs));
  const count = (holds: (pod: PodObject, index: number) => boolean): number => members.filter(holds).length;
  const ready = count((pod) => pod.status?.phase === 'Running' && isPodReady(pod));
  const of = (revision: string): number =>
    count(({ metadata: { labels, deletionTimestamp } }) => deletionTimestamp === undefined && labels?.[revisionLabel] === revision);
  const updated = of(revisions.update.name);
  const isComplete = set.spec.updateStrategy?.type !== 'OnDelete' && updated === replicas && ready === replicas && members.length === replicas;
  const currentName = isComplete ? revisions.update.name : revisions.current.name;
  const current = of(currentName);
  const status = {
    ...(set.status?.conditions !== undefined && { conditions: set.status.conditions }),
    observedGeneration: set.metadata.generation ?? 0,
    replicas: members.length,
    ...(ready > 0 && { readyReplicas: ready }),
    ...(current > 0 && { currentReplicas: current }),
    ...(updated > 0 && { updatedReplicas: updated }),
    currentRevision: currentName,
    updateRevision: revisions.update.name,
    collisionCount: set.status?.collisionCount ?? 0,
    availableReplicas: inMs.filter((ms) => ms === 0).length,
  };
  const waits = inMs.filter((ms) => ms !== undefined && ms > 0).map(Number);
  const next = waits.length === 0 ? {} : { nextMs: Math.min(...waits) };
  if (sameJson(status, set.status)) return { steps: [], ...next };
  const text = `reports ${ready} of ${replicas} pods of statefulset ${set.metadata.name} as ready`;
  return { ...next, steps: [{ write: { verb: 'update', object: { ...set, status }, subresource: 'status' }, text, refused: () => [] }] };
}
