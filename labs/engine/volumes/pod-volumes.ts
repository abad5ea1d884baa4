import type { NodeObject, PersistentVolume, PersistentVolumeClaim, PodObject, PodVolume, StorageClass } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import type { Store } from '../store/store.ts';
import { bindCompleted, hasAnnotation, selectedNode } from './annotations.ts';
import { chooseVolume } from './match-volume.ts';
import { isReachable } from './volume-rules.ts';
import { classOf, noProvisioner, waitsForConsumer } from './storage-class.ts';
import { bySize, requestOf } from './volume-size.ts';

/** The claims of a pod before any node is looked at; or why it cannot go anywhere (`pod has unbound immediate PersistentVolumeClaims`). */
export type PodClaims =
  | { readonly ok: true; readonly bound: readonly PersistentVolumeClaim[]; readonly toBind: readonly PersistentVolumeClaim[] }
  | { readonly ok: false; readonly reason: string };

/** What the claims of a pod come to on one node. */
export interface PodVolumes {
  /** Why the node is out, as the scheduler counts nodes (`node(s) didn't find available persistent volumes to bind`). Empty: the node will do. */
  readonly reasons: readonly string[];
  /** Volumes that exist, and the claims that get them. */
  readonly bindings: readonly { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[];
  /** Claims for which a volume is made. */
  readonly toProvision: readonly PersistentVolumeClaim[];
}

const nodeConflict = "node(s) didn't match PersistentVolume's node affinity";
const noVolume = "node(s) didn't find available persistent volumes to bind";
const volumeGone = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/** Name of the claim that a volume of a pod uses; undefined if it uses none. A claim made for a pod is named after it. */
export function claimNameOf({ metadata }: PodObject, volume: PodVolume): string | undefined {
  return volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral === undefined ? undefined : `${metadata.name}-${volume.name}`);
}

/** Whether a pod uses any claim. */
export function usesClaims({ spec: { volumes = [] } }: PodObject): boolean {
  return volumes.some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim !== undefined || ephemeral !== undefined);
}

/** Whether both sides of a claim's binding are written. */
export function isFullyBound(claim: PersistentVolumeClaim): boolean {
  return (claim.spec.volumeName ?? '') !== '' && hasAnnotation(claim, bindCompleted);
}

/** Sorts the claims of a pod. Models pkg/scheduler/framework/plugins/volumebinding: podHasPVCs, GetPodVolumeClaims, PreFilter. */
export function claimsOfPod(store: Store, pod: PodObject): PodClaims {
  const claims: PersistentVolumeClaim[] = [];
  for (const volume of pod.spec.volumes ?? []) {
    const name = claimNameOf(pod, volume);
    if (name === undefined) continue;
    const claim = getKind(store, 'PersistentVolumeClaim', name, pod.metadata.namespace ?? 'default');
    const reason = claimProblem(claim, { name, pod, isEphemeral: volume.ephemeral !== undefined });
    if (claim === undefined || reason !== undefined) return { ok: false, reason: reason ?? '' };
    claims.push(claim);
  }
  const unbound = claims.filter((claim) => !isFullyBound(claim));
  // A claim that names its volume is bound by the controller, whatever its class says.
  const toBind = unbound.filter((claim) => waitsForConsumer(store, claim) && (claim.spec.volumeName ?? '') === '');
  if (toBind.length < unbound.length) return { ok: false, reason: 'pod has unbound immediate PersistentVolumeClaims' };
  return { ok: true, bound: claims.filter((claim) => isFullyBound(claim)), toBind };
}

function claimProblem(
  claim: PersistentVolumeClaim | undefined,
  { name, pod, isEphemeral }: { readonly name: string; readonly pod: PodObject; readonly isEphemeral: boolean },
): string | undefined {
  if (claim === undefined) {
    return isEphemeral ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"` : `persistentvolumeclaim "${name}" not found`;
  }
  const { metadata, spec, status } = claim;
  if (status?.phase === 'Lost') return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${spec.volumeName ?? ''}"`;
  if (metadata.deletionTimestamp !== undefined) return `persistentvolumeclaim "${name}" is being deleted`;
  if (isEphemeral && !isMadeFor(claim, pod)) {
    const namespace = metadata.namespace ?? '';
    return `PVC ${namespace}/${name} was not created for pod ${namespace}/${pod.metadata.name} (pod is not owner)`;
  }
  return undefined;
}

/** Whether a claim was made for a volume of a pod. Models component-helpers storage/ephemeral VolumeIsForPod. */
export function isMadeFor({ metadata: { ownerReferences = [] } }: PersistentVolumeClaim, { metadata: { uid } }: PodObject): boolean {
  return ownerReferences.some((owner) => owner.uid === uid && owner.controller === true);
}

/**
 * Which volumes a pod could use on a node: its bound ones must be reachable from there; for claims that waited, a volume is found or can be made. Give
 * `claims` if they are sorted already: they are the same for all nodes. Models volumebinding/binder.go FindPodVolumes; not modelled: CSIStorageCapacity.
 */
export function volumesForPod(store: Store, pod: PodObject, node: NodeObject, claims: PodClaims = claimsOfPod(store, pod)): PodVolumes {
  if (!claims.ok) return { ...none, reasons: [claims.reason] };
  const reasons = boundReasons(store, claims.bound, node);
  // The scheduler chose another node for a claim before, and the volume is being made there.
  const isElsewhere = claims.toBind.some(({ metadata }) => (metadata.annotations?.[selectedNode] ?? node.metadata.name) !== node.metadata.name);
  if (isElsewhere) return { ...none, reasons: [...reasons, noVolume] };
  const found = bindingsFor(store, claims.toBind, node);
  const canProvision = found.toProvision.every((claim) => isProvisionedOn(classOf(store, claim), node));
  return canProvision ? { ...found, reasons } : { ...found, toProvision: [], reasons: [...reasons, noVolume] };
}

const none: PodVolumes = { reasons: [], bindings: [], toProvision: [] };

function boundReasons(store: Store, bound: readonly PersistentVolumeClaim[], node: NodeObject): readonly string[] {
  for (const { spec } of bound) {
    const volume = getKind(store, 'PersistentVolume', spec.volumeName ?? '');
    if (volume === undefined) return [volumeGone];
    if (!isReachable(volume, node)) return [nodeConflict];
  }
  return [];
}

/** Small claims choose first, so that they leave the large volumes to the large ones. */
function bindingsFor(store: Store, toBind: readonly PersistentVolumeClaim[], node: NodeObject): Omit<PodVolumes, 'reasons'> {
  const isChosen = (claim: PersistentVolumeClaim): boolean => hasAnnotation(claim, selectedNode);
  const taken = new Set<string>();
  const bindings: { claim: PersistentVolumeClaim; volume: PersistentVolume }[] = [];
  const toProvision = toBind.filter(isChosen);
  const searching = toBind.filter((claim) => !isChosen(claim)).toSorted((one, other) => bySize(requestOf(one), requestOf(other)));
  for (const claim of searching) {
    const { chosen } = chooseVolume(store, claim, { node, taken });
    const volume = chosen === undefined ? undefined : getKind(store, 'PersistentVolume', chosen);
    if (volume === undefined) {
      toProvision.push(claim);
      continue;
    }
    taken.add(volume.metadata.name);
    bindings.push({ claim, volume });
  }
  return { bindings, toProvision };
}

/** Whether volumes of a class can be made for a node. Models checkVolumeProvisions and MatchTopologySelectorTerms. */
function isProvisionedOn(storageClass: StorageClass | undefined, { metadata: { labels = {} } }: NodeObject): boolean {
  if (storageClass === undefined || storageClass.provisioner === noProvisioner) return false;
  const { allowedTopologies = [] } = storageClass;
  if (allowedTopologies.length === 0) return true;
  return allowedTopologies.some(({ matchLabelExpressions = [] }) => {
    return (
      matchLabelExpressions.length > 0 && matchLabelExpressions.every(({ key, values }) => Object.hasOwn(labels, key) && values.includes(labels[key] ?? ''))
    );
  });
}
