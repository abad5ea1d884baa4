import type { Condition, PodObject } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import type { Deployment, ReplicaSet } from '../api/workload-kinds.ts';
import { conditionOf } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View, type Work } from '../loop/controller.ts';
import { sameJson } from '../patch/json.ts';
import { keyOf } from '../store/stored-object.ts';
import { timestampOf } from '../store/timestamp.ts';
import { claimDependents, selects } from './claim-dependents.ts';
import { isRolling, revisionAnnotation, revisionOf, wantedBy } from './deployment-replicas.ts';
import {
  activeOf,
  allSets,
  endOld,
  fillNew,
  findNewSet,
  newReplicaSet,
  newSetOf,
  oldSetsOf,
  renumber,
  rescale,
  roll,
  wasScaled,
  type Rollout,
} from './deployment-rollout.ts';
import { countedStatus, hasDeadline, isComplete, rolloutStatus, stuckCheckMs, withProgress } from './deployment-status.ts';
import { controlledBy, controllerOf } from './ownership.ts';
import { templateHash } from './template-hash.ts';
import { podType } from './workload-pods.ts';

/**
 * Brings the pods of a Deployment to its template, one ReplicaSet for each template: RollingUpdate and Recreate, scaling in proportion, pausing, revisions
 * and their history, conditions. Models pkg/controller/deployment. Not modelled: hash collisions.
 */
export const deploymentController: Controller = {
  name: 'deployment-controller',
  watches: ['Deployment', 'ReplicaSet', 'Pod'],
  delayMs: 10,
  enqueue: ({ object, type }, { store }): readonly Work[] => {
    const { namespace = 'default' } = object.metadata;
    if (isKind(object, 'Deployment')) return [{ key: keyOfDeployment(object) }];
    if (isKind(object, 'ReplicaSet')) return worksOnSet(store, object);
    // Recreate waits for the last old pod to be gone.
    const owner = type === 'DELETED' ? controllerOf(object) : undefined;
    const set = owner?.kind === 'ReplicaSet' ? getKind(store, 'ReplicaSet', owner.name, namespace) : undefined;
    return set === undefined ? [] : worksOnSet(store, set);
  },
  reconcile: (key, view) => {
    const [namespace = '', name = ''] = key.split('/');
    const deployment = getKind(view.store, 'Deployment', name, namespace);
    return deployment === undefined ? nothing : synced(view, deployment);
  },
};

const keyOfDeployment = ({ metadata: { namespace = 'default', name } }: Deployment): string => `${namespace}/${name}`;

function worksOnSet(store: View['store'], set: ReplicaSet): readonly Work[] {
  const { namespace = 'default', labels = {} } = set.metadata;
  const owner = controllerOf(set);
  if (owner !== undefined) return owner.kind === 'Deployment' ? [{ key: `${namespace}/${owner.name}` }] : [];
  const deployments = listKind(store, 'Deployment', namespace).filter(({ spec }) => selects(spec.selector, labels));
  return deployments.map((deployment) => ({ key: keyOfDeployment(deployment) }));
}

function synced(view: View, stored: Deployment): Reconciliation {
  const { store, nowMs } = view;
  const at = timestampOf(store.startUnixMs + nowMs);
  const type = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
  const claimed = claimDependents(store, { owner: stored, selector: stored.spec.selector, type });
  const held = claimed.objects as readonly ReplicaSet[];
  const rollout: Rollout = {
    deployment: withPause(stored, at),
    sets: new Map(held.map((set) => [set.metadata.name, set])),
    events: [],
    newName: findNewSet(stored, held)?.metadata.name,
  };
  const isDeleted = stored.metadata.deletionTimestamp !== undefined;
  const progress = isDeleted ? { isRollout: false, steps: [] } : advanced(view, rollout);
  const newSet = newSetOf(rollout);
  const { deployment } = rollout;
  const sets = { all: allSets(rollout).map((set) => held.find(({ metadata }) => metadata.name === set.metadata.name) ?? set), newSet, at };
  const now = { ...sets, all: sets.all.map((set) => ({ ...set, spec: rollout.sets.get(set.metadata.name)?.spec ?? set.spec })) };
  const noticed = withRevision(deployment, newSet, at);
  const status = progress.isRollout ? rolloutStatus(noticed, now) : countedStatus(noticed, now);
  const changed = held.flatMap((set) => changedSet(set, rollout.sets.get(set.metadata.name) ?? set));
  const isSettled = changed.length === 0 && progress.steps.length === 0 && progress.isRollout && isComplete(deployment, status);
  const surplus = isSettled ? surplusSets(deployment, oldSetsOf(rollout)) : [];
  const dueMs = stuckCheckMs(deployment, status, store.startUnixMs + nowMs);
  return {
    steps: [...claimed.steps, ...progress.steps, ...changed, ...rollout.events, ...statusWrite(stored, { ...noticed, status }), ...surplus],
    ...(dueMs !== undefined && { requeueAfterMs: dueMs }),
  };
}

interface Progress {
  readonly isRollout: boolean;
  /** The creation of a ReplicaSet. */
  readonly steps: readonly PlannedStep[];
}

function advanced(view: View, rollout: Rollout): Progress {
  const { deployment } = rollout;
  if (deployment.spec.paused === true || wasScaled(rollout)) {
    renumber(rollout);
    rescale(rollout);
    return { isRollout: false, steps: [] };
  }
  if (isRolling(deployment)) {
    const steps = withNewSet(rollout);
    roll(rollout);
    return { isRollout: true, steps };
  }
  renumber(rollout);
  if (endOld(rollout) || oldSetsOf(rollout).some((set) => hasPods(view, set))) return { isRollout: true, steps: [] };
  const steps = withNewSet(rollout);
  fillNew(rollout);
  return { isRollout: true, steps };
}

function hasPods({ store }: View, set: ReplicaSet): boolean {
  const pods = controlledBy(store, podType, set.metadata.uid) as readonly PodObject[];
  return (set.status?.replicas ?? 0) > 0 || pods.some(({ status }) => status?.phase !== 'Failed' && status?.phase !== 'Succeeded');
}

/** Makes sure of the ReplicaSet for the present template. */
function withNewSet(rollout: Rollout): readonly PlannedStep[] {
  const { deployment, sets } = rollout;
  if (newSetOf(rollout) !== undefined) {
    renumber(rollout);
    return [];
  }
  const created = newReplicaSet(rollout, templateHash(deployment.spec.template, deployment.status?.collisionCount ?? 0));
  const { name } = created.metadata;
  sets.set(name, created);
  rollout.newName = name;
  const replicas = wantedBy(created);
  const message = `Scaled up replica set ${name} from 0 to ${replicas}`;
  return [
    {
      write: { verb: 'create', object: created },
      text: `creates replicaset ${name}`,
      because: 'no replicaset has the present template',
      done: () => (replicas > 0 ? [{ about: deployment, type: 'Normal', reason: 'ScalingReplicaSet', message }] : []),
      refused: (error) => [
        { about: deployment, type: 'Warning', reason: 'ReplicaSetCreateError', message: `Failed to create new replica set "${name}": ${error.message}` },
      ],
    },
  ];
}

/** The Deployment with a condition that says that it was paused or resumed. Models checkPausedConditions. */
function withPause(deployment: Deployment, at: string): Deployment {
  const { conditions = [] } = deployment.status ?? {};
  const held = conditionOf(conditions, 'Progressing');
  if (!hasDeadline(deployment) || held?.reason === 'ProgressDeadlineExceeded') return deployment;
  const isPaused = deployment.spec.paused === true;
  if (isPaused === (held?.reason === 'DeploymentPaused')) return deployment;
  const words = isPaused ? ['DeploymentPaused', 'Deployment is paused'] : ['DeploymentResumed', 'Deployment is resumed'];
  const condition: Condition = { type: 'Progressing', status: 'Unknown', reason: words[0] ?? '', message: words[1] ?? '' };
  return { ...deployment, status: { ...deployment.status, conditions: withProgress(conditions, condition, at) } };
}

/** The Deployment with the revision of its ReplicaSet, and the condition that a new one was made or found. */
function withRevision(deployment: Deployment, newSet: ReplicaSet | undefined, at: string): Deployment {
  if (newSet === undefined) return deployment;
  const revision = String(revisionOf(newSet));
  const { conditions = [] } = deployment.status ?? {};
  const isNew = newSet.metadata.uid === '';
  const { name } = newSet.metadata;
  const condition: Condition = isNew
    ? { type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"` }
    : { type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message: `Found new replica set "${name}"` };
  const isSaid = !hasDeadline(deployment) || (!isNew && conditionOf(conditions, 'Progressing') !== undefined);
  return {
    ...deployment,
    metadata: { ...deployment.metadata, annotations: { ...deployment.metadata.annotations, [revisionAnnotation]: revision } },
    status: { ...deployment.status, conditions: isSaid ? conditions : withProgress(conditions, condition, at) },
  };
}

function changedSet(before: ReplicaSet, set: ReplicaSet): readonly PlannedStep[] {
  if (before === set) return [];
  const [from, to] = [wantedBy(before), wantedBy(set)];
  const text = from === to ? `updates replicaset ${set.metadata.name}` : `scales replicaset ${set.metadata.name} from ${from} to ${to}`;
  return [{ write: { verb: 'update', object: set }, text }];
}

function statusWrite(stored: Deployment, deployment: Deployment): readonly PlannedStep[] {
  if (sameJson(stored.status, deployment.status) && sameJson(stored.metadata, deployment.metadata)) return [];
  const { availableReplicas = 0 } = deployment.status ?? {};
  const text = `reports ${availableReplicas} of ${wantedBy(deployment)} pods of deployment ${deployment.metadata.name} as available`;
  return [{ write: { verb: 'update', object: deployment, subresource: 'status' }, text, refused: () => [] }];
}

/** Old ReplicaSets without pods beyond `revisionHistoryLimit`. Models cleanupDeployment. */
function surplusSets({ spec: { revisionHistoryLimit = 10 } }: Deployment, old: readonly ReplicaSet[]): readonly PlannedStep[] {
  const alive = old.filter(({ metadata }) => metadata.deletionTimestamp === undefined).toSorted((one, other) => revisionOf(one) - revisionOf(other));
  const surplus = alive.slice(0, Math.max(0, alive.length - revisionHistoryLimit));
  const isEmpty = (set: ReplicaSet): boolean =>
    activeOf([set]).length === 0 && (set.status?.replicas ?? 0) === 0 && (set.metadata.generation ?? 0) <= (set.status?.observedGeneration ?? 0);
  return surplus.filter(isEmpty).map((set) => ({
    write: { verb: 'delete', key: keyOf(set) },
    text: `deletes replicaset ${set.metadata.name}`,
    because: 'more old ones are kept than revisionHistoryLimit says',
    refused: () => [],
  }));
}
