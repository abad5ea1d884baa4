import type { PersistentVolumeClaim, PodObject, VolumeAttachment } from '../api/cluster-kinds.ts';
import { isKind } from '../api/kinds.ts';
import { objectIndex } from '../store/object-index.ts';
import type { Store } from '../store/store.ts';
import { claimNameOf } from './pod-volumes.ts';

/** The claims that a pod uses, as `namespace/name`, each once. */
export function claimKeysOf(pod: PodObject): readonly string[] {
  const names = (pod.spec.volumes ?? []).map((volume) => claimNameOf(pod, volume)).filter((name) => name !== undefined);
  return [...new Set(names)].map((name) => `${pod.metadata.namespace ?? 'default'}/${name}`);
}

const byClaim = objectIndex((object) => (isKind(object, 'Pod') ? claimKeysOf(object) : []));
const byVolume = objectIndex((object) => {
  if (isKind(object, 'VolumeAttachment')) return [object.spec.source.persistentVolumeName ?? ''];
  return isKind(object, 'PersistentVolumeClaim') && object.spec.volumeName !== undefined ? [object.spec.volumeName] : [];
});
const byPhase = objectIndex((object) => (isKind(object, 'PersistentVolumeClaim') ? [object.status?.phase ?? 'Pending'] : []));

const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** The pods that use a claim (`namespace/name`), by name. Models pkg/controller/volume/common PodPVCIndex. */
export function podsUsing(store: Store, claimKey: string): readonly PodObject[] {
  return byClaim.find(store, { apiVersion: 'v1', kind: 'Pod' }, claimKey) as readonly PodObject[];
}

/** The claims that name a volume. */
export function claimsNaming(store: Store, volume: string): readonly PersistentVolumeClaim[] {
  return byVolume.find(store, claim, volume) as readonly PersistentVolumeClaim[];
}

/** The claims in a phase; new ones are Pending. */
export function claimsInPhase(store: Store, phase: 'Pending' | 'Lost'): readonly PersistentVolumeClaim[] {
  return byPhase.find(store, claim, phase) as readonly PersistentVolumeClaim[];
}

/** Where a volume is attached, or is to be. */
export function attachmentsOf(store: Store, volume: string): readonly VolumeAttachment[] {
  return byVolume.find(store, { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment' }, volume) as readonly VolumeAttachment[];
}

/** Whether a pod has ended: it no longer needs its volumes. */
export function hasEnded({ status }: PodObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
