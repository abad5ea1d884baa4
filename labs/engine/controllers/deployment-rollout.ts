import type { Deployment, ReplicaSet } from '../api/workload-kinds.ts';
import type { PlannedEvent } from '../loop/controller.ts';
import { sameJson, without, type JsonObject } from '../patch/json.ts';
import {
  annotated,
  available,
  desiredAnnotation,
  historyAnnotation,
  isRolling,
  maxAnnotation,
  missingMax,
  newSetReplicas,
  proportionalSizes,
  revisionAnnotation,
  revisionOf,
  rollingLimits,
  sum,
  wantedBy,
} from './deployment-replicas.ts';
import { controllerReference } from './ownership.ts';

const hashLabel = 'pod-template-hash';

/** A Deployment's ReplicaSets as they are while one look at it is thought through, and what is to be said of it. */
export interface Rollout {
  readonly deployment: Deployment;
  /** By name, with changes that are not written yet. */
  readonly sets: Map<string, ReplicaSet>;
  readonly events: PlannedEvent[];
  newName: string | undefined;
}

export const allSets = ({ sets }: Rollout): readonly ReplicaSet[] => [...sets.values()];
export const newSetOf = ({ sets, newName }: Rollout): ReplicaSet | undefined => (newName === undefined ? undefined : sets.get(newName));
export const oldSetsOf = (rollout: Rollout): readonly ReplicaSet[] =>
  allSets(rollout)
    .filter(({ metadata: { name } }) => name !== rollout.newName)
    .toSorted(byAge);
export const activeOf = (sets: readonly ReplicaSet[]): readonly ReplicaSet[] => sets.filter((set) => wantedBy(set) > 0);

function byAge(one: ReplicaSet, other: ReplicaSet): number {
  return one.metadata.creationTimestamp.localeCompare(other.metadata.creationTimestamp) || (one.metadata.name < other.metadata.name ? -1 : 1);
}

/** The oldest ReplicaSet with the Deployment's template. Models FindNewReplicaSet. */
export function findNewSet({ spec: { template } }: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets.toSorted(byAge).find((set) => sameJson(withoutHash(set.spec.template), withoutHash(template)));
}

function withoutHash(template: ReplicaSet['spec']['template']): ReplicaSet['spec']['template'] {
  const labels = template.metadata?.labels;
  return labels?.[hashLabel] === undefined
    ? template
    : ({ ...template, metadata: { ...template.metadata, labels: without(labels, hashLabel) } } as typeof template);
}

/** A new ReplicaSet for the Deployment's template, as it is to be created: what only the server sets is a placeholder. Models getNewReplicaSet in pkg/controller/deployment/sync.go. */
export function newReplicaSet(rollout: Rollout, hash: string): ReplicaSet {
  const { deployment } = rollout;
  const { template, selector, minReadySeconds } = deployment.spec;
  const replicas = newSetReplicas(deployment, allSets(rollout), 0);
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  const metadata = {
    name: `${deployment.metadata.name}-${hash}`,
    namespace: deployment.metadata.namespace ?? 'default',
    labels,
    annotations: { ...copiedAnnotations(deployment), ...sizeAnnotations(deployment), [revisionAnnotation]: String(nextRevision(rollout)) },
    ownerReferences: [controllerReference(deployment)],
    ...{ uid: '', resourceVersion: '', creationTimestamp: '9999' },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata,
    spec: {
      replicas,
      ...(minReadySeconds !== undefined && { minReadySeconds }),
      selector: { ...(selector as JsonObject), matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

/** One more than the highest revision of an old ReplicaSet. */
export function nextRevision(rollout: Rollout): number {
  return Math.max(0, ...oldSetsOf(rollout).map(revisionOf)) + 1;
}

const keptBack: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  ...['deprecated.deployment.rollback.to', revisionAnnotation, historyAnnotation, desiredAnnotation, maxAnnotation],
]);

function copiedAnnotations({ metadata: { annotations = {} } }: Deployment): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !keptBack.has(name)));
}

function sizeAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  const replicas = wantedBy(deployment);
  return { [desiredAnnotation]: String(replicas), [maxAnnotation]: String(replicas + rollingLimits(deployment).surge) };
}

/** Gives the new ReplicaSet the next revision and the Deployment's annotations. Models SetNewReplicaSetAnnotations. */
export function renumber(rollout: Rollout): void {
  const { deployment, sets } = rollout;
  const set = newSetOf(rollout);
  if (set === undefined) return;
  const { annotations = {} } = set.metadata;
  const wanted = nextRevision(rollout);
  const held = revisionOf(set);
  const history = annotations[historyAnnotation] === undefined ? String(held) : `${annotations[historyAnnotation]},${held}`;
  const renumbered = held < wanted ? { [revisionAnnotation]: String(wanted), ...(held > 0 && { [historyAnnotation]: history }) } : {};
  const next = { ...annotations, ...copiedAnnotations(deployment), ...renumbered };
  const { minReadySeconds } = deployment.spec;
  const spec = set.spec.minReadySeconds === minReadySeconds ? set.spec : { ...set.spec, ...(minReadySeconds !== undefined && { minReadySeconds }) };
  if (spec !== set.spec || !sameJson(next, annotations)) sets.set(set.metadata.name, { ...set, spec, metadata: { ...set.metadata, annotations: next } });
}

/** Sets the size of a ReplicaSet. Models scaleReplicaSet. */
function scale({ deployment, sets, events }: Rollout, set: ReplicaSet, replicas: number): boolean {
  const { name, annotations } = set.metadata;
  const held = wantedBy(set);
  const sizes = sizeAnnotations(deployment);
  const isSized = Object.entries(sizes).every(([annotation, value]) => annotations?.[annotation] === value);
  if (held === replicas && isSized) return false;
  sets.set(name, { ...set, spec: { ...set.spec, replicas }, metadata: { ...set.metadata, annotations: { ...annotations, ...sizes } } });
  if (held === replicas) return false;
  const message = `Scaled ${replicas > held ? 'up' : 'down'} replica set ${name} from ${held} to ${replicas}`;
  events.push({ about: deployment, type: 'Normal', reason: 'ScalingReplicaSet', message });
  return true;
}

/** Whether the Deployment's size was changed since its ReplicaSets were last sized. Models isScalingEvent. */
export function wasScaled(rollout: Rollout): boolean {
  const wanted = wantedBy(rollout.deployment);
  return activeOf(allSets(rollout)).some((set) => (annotated(set, desiredAnnotation) ?? wanted) !== wanted);
}

/** Sizes the ReplicaSets after the Deployment was scaled, or while it is paused, without going on with a rollout. Models scale. */
export function rescale(rollout: Rollout): void {
  const { deployment } = rollout;
  const replicas = wantedBy(deployment);
  const newSet = newSetOf(rollout);
  const active = activeOf(allSets(rollout));
  const only = active.length === 0 ? (newSet ?? oldSetsOf(rollout).at(-1)) : active.length === 1 ? active[0] : undefined;
  if (only !== undefined) {
    if (wantedBy(only) !== replicas) scale(rollout, only, replicas);
    return;
  }
  const isSaturated =
    newSet !== undefined && wantedBy(newSet) === replicas && annotated(newSet, desiredAnnotation) === replicas && available(newSet) === replicas;
  if (isSaturated) {
    for (const set of activeOf(oldSetsOf(rollout))) scale(rollout, set, 0);
    return;
  }
  if (!isRolling(deployment)) return;
  for (const [name, size] of proportionalSizes(deployment, active)) {
    const set = rollout.sets.get(name);
    if (set !== undefined) scale(rollout, set, size);
  }
}

/** One step of a rolling update: the new ReplicaSet grows, or else the old ones shrink. Models pkg/controller/deployment/rolling.go. */
export function roll(rollout: Rollout): boolean {
  const { deployment } = rollout;
  const newSet = newSetOf(rollout);
  if (newSet === undefined) return false;
  const replicas = wantedBy(deployment);
  const held = wantedBy(newSet);
  if (held !== replicas) {
    const size = held > replicas ? replicas : newSetReplicas(deployment, allSets(rollout), held);
    if (size !== held && scale(rollout, newSet, size)) return true;
  }
  const old = activeOf(oldSetsOf(rollout));
  if (old.length === 0) return false;
  const leastAvailable = replicas - missingMax(deployment);
  const downMax = sum(allSets(rollout), wantedBy) - leastAvailable - (held - available(newSet));
  if (downMax <= 0) return false;
  // Pods that are not available go first: they hold up the rollout, and nobody misses them.
  let left = downMax;
  for (const set of old) {
    const down = Math.min(left, Math.max(0, wantedBy(set) - available(set)));
    if (down > 0 && scale(rollout, set, wantedBy(set) - down)) left -= down;
  }
  // What a ReplicaSet still reports of pods that it has to delete already does not count.
  let spare = sum(allSets(rollout), (set) => Math.min(available(set), wantedBy(set))) - leastAvailable;
  let hasScaled = left < downMax;
  for (const set of activeOf(oldSetsOf(rollout))) {
    const down = Math.min(wantedBy(set), spare);
    if (down <= 0) continue;
    spare -= down;
    hasScaled = scale(rollout, set, wantedBy(set) - down) || hasScaled;
  }
  return hasScaled;
}

/** Ends all old pods at once. Models scaleDownOldReplicaSetsForRecreate. */
export function endOld(rollout: Rollout): boolean {
  return activeOf(oldSetsOf(rollout))
    .map((set) => scale(rollout, set, 0))
    .includes(true);
}

/** Gives the new ReplicaSet its full size. */
export function fillNew(rollout: Rollout): void {
  const newSet = newSetOf(rollout);
  if (newSet !== undefined && wantedBy(newSet) !== wantedBy(rollout.deployment)) scale(rollout, newSet, wantedBy(rollout.deployment));
}
