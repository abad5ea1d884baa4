import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import type { Store } from '../store/store.ts';
import { betaStorageClass, hasAnnotation } from './annotations.ts';

/** The provisioner of classes whose volumes are made by hand. */
export const noProvisioner = 'kubernetes.io/no-provisioner';

/** The class that a volume or claim names; empty: none. Models component-helpers storage/volume/helpers.go GetPersistentVolumeClaimClass. */
export function classNameOf({ metadata, spec }: PersistentVolume | PersistentVolumeClaim): string {
  return metadata.annotations?.[betaStorageClass] ?? spec.storageClassName ?? '';
}

/** Whether a claim says anything of a class. `""` does: it asks for volumes without one, and never gets a default class. */
export function namesClass(claim: PersistentVolumeClaim): boolean {
  return hasAnnotation(claim, betaStorageClass) || claim.spec.storageClassName !== undefined;
}

/** The StorageClass object of a claim; undefined if it names none or there is none of that name. */
export function classOf(store: Store, claim: PersistentVolumeClaim): StorageClass | undefined {
  const name = classNameOf(claim);
  return name === '' ? undefined : getKind(store, 'StorageClass', name);
}

/** Whether a claim waits for a pod before it gets a volume. A class without an object does not make it wait. */
export function waitsForConsumer(store: Store, claim: PersistentVolumeClaim): boolean {
  return classOf(store, claim)?.volumeBindingMode === 'WaitForFirstConsumer';
}
