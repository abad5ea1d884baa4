import type { PersistentVolume } from '../api/cluster-kinds.ts';
import type { PlannedStep, View } from '../loop/controller.ts';
import { keyOf } from '../store/stored-object.ts';
import { externalDeletion, hasAnnotation, inTreeDeletion, provisionedBy } from './annotations.ts';
import { unbind } from './bind-volume.ts';
import { ownerOf } from './provision-volume.ts';
import { recycleSteps } from './recycle-volume.ts';
import { deleterOf, inTreePrefix } from './volume-plugins.ts';
import { fails, phaseOf, volumePhase } from './volume-steps.ts';

/** How released volumes are dealt with. */
export interface ReclaimOptions {
  /** Volumes are wiped by pods, as in a real cluster; else at once. Only where something runs pods to their end. */
  readonly recyclerPods: boolean;
}

/** What the controller does about a volume. Models pv_controller.go syncVolume. */
export function syncVolume(volume: PersistentVolume, view: View, options: ReclaimOptions): readonly PlannedStep[] {
  return [...finalizerSteps(volume), ...phaseSteps(volume, view, options)];
}

function phaseSteps(volume: PersistentVolume, view: View, options: ReclaimOptions): readonly PlannedStep[] {
  const { claimRef } = volume.spec;
  if ((claimRef?.uid ?? '') === '') return volumePhase(volume, 'Available', claimRef === undefined ? {} : { because: 'it is reserved, and not yet bound' });
  const claim = ownerOf(view, volume);
  if (claim === undefined) return release(volume, view, { because: 'its claim is gone', ...options });
  const bound = claim.spec.volumeName ?? '';
  if (bound === volume.metadata.name) return volumePhase(volume, 'Bound');
  if (bound === '') {
    // The claim is looked at next, and finds the volume, unless their modes differ.
    if (claim.spec.volumeMode === volume.spec.volumeMode) return [];
    const event = { type: 'Warning' as const, reason: 'VolumeMismatch' };
    const name = volume.metadata.name;
    return [
      {
        ...event,
        about: volume,
        message: `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${claim.metadata.name}" due to incompatible volumeMode.`,
      },
      { ...event, about: claim, message: `Cannot bind PersistentVolume "${name}" to requested PersistentVolumeClaim due to incompatible volumeMode.` },
    ];
  }
  const isMade = hasAnnotation(volume, provisionedBy) && volume.spec.persistentVolumeReclaimPolicy === 'Delete';
  if (isMade) return release(volume, view, { because: 'its claim got another volume', ...options });
  return unbind(volume, `the claim got volume ${bound} instead`);
}

/** The volume's claim is gone: what its reclaim policy says. A failure stays to be seen. */
function release(volume: PersistentVolume, view: View, { because, recyclerPods }: ReclaimOptions & { readonly because: string }): readonly PlannedStep[] {
  const hasFailed = phaseOf(volume) === 'Failed';
  const released = hasFailed ? [] : volumePhase(volume, 'Released', { because });
  switch (volume.spec.persistentVolumeReclaimPolicy) {
    case 'Retain':
      return released;
    case 'Delete':
      return [...released, ...deleteSteps(volume)];
    case 'Recycle':
      return [...released, ...recycleSteps(volume, view, recyclerPods)];
  }
}

/** Models pv_controller.go deleteVolumeOperation. */
function deleteSteps(volume: PersistentVolume): readonly PlannedStep[] {
  const deletion = deleterOf(volume, volume.metadata.annotations?.[provisionedBy] ?? '');
  if ('error' in deletion) return fails(volume, 'VolumeFailedDelete', deletion.error);
  if (deletion.by === 'external') return [];
  const key = keyOf(volume);
  const { name, finalizers = [], deletionTimestamp } = volume.metadata;
  return [
    ...(finalizers.includes(inTreeDeletion)
      ? [{ write: { verb: 'unfinalize' as const, key, finalizer: inTreeDeletion }, text: `lets volume ${name} go`, because: 'its storage was deleted' }]
      : []),
    ...(deletionTimestamp === undefined
      ? [{ write: { verb: 'delete' as const, key }, text: `deletes volume ${name}`, because: 'its reclaim policy is Delete', refused: () => [] }]
      : []),
  ];
}

/** The finalizer that keeps a volume until its storage is deleted follows the reclaim policy. Models pv_controller_base.go modifyDeletionFinalizers. */
function finalizerSteps(volume: PersistentVolume): readonly PlannedStep[] {
  const maker = volume.metadata.annotations?.[provisionedBy];
  if (maker?.startsWith(inTreePrefix) !== true) return [];
  const { name, finalizers = [] } = volume.metadata;
  const wants = volume.spec.persistentVolumeReclaimPolicy === 'Delete';
  const key = keyOf(volume);
  const steps: PlannedStep[] = [];
  if (wants && !finalizers.includes(inTreeDeletion) && volume.metadata.deletionTimestamp === undefined) {
    steps.push({ write: { verb: 'finalize', key, finalizer: inTreeDeletion }, text: `keeps volume ${name} until its storage is deleted` });
  }
  if (!wants && finalizers.includes(inTreeDeletion)) {
    steps.push({ write: { verb: 'unfinalize', key, finalizer: inTreeDeletion }, text: `no longer keeps volume ${name}`, because: 'its storage stays' });
  }
  if (finalizers.includes(externalDeletion)) {
    steps.push({ write: { verb: 'unfinalize', key, finalizer: externalDeletion }, text: `no longer keeps volume ${name} for an external provisioner` });
  }
  return steps;
}

/** Whether a sync of the volume leaves the rest to its claim, which then is looked at at once. */
export function leavesItToClaim(volume: PersistentVolume, view: View): boolean {
  const owner = ownerOf(view, volume);
  return owner !== undefined && (owner.spec.volumeName ?? '') === '';
}
