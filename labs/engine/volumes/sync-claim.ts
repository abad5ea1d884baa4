import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import { defaultStorageClass } from '../review/admission/default-storage-class.ts';
import type { PlannedStep, View } from '../loop/controller.ts';
import { bindCompleted, boundByController, hasAnnotation, selectedNode } from './annotations.ts';
import { bind } from './bind-volume.ts';
import { hasEnded, podsUsing } from './volume-indexes.ts';
import { chooseVolume } from './match-volume.ts';
import { isReservedFor, offersModes } from './volume-rules.ts';
import { provisionFor, type ProvisioningOptions } from './provision-volume.ts';
import { classNameOf, namesClass, waitsForConsumer } from './storage-class.ts';
import { claimPhase, claimText, patchOf } from './volume-steps.ts';
import { bySize, capacityOf, requestOf } from './volume-size.ts';

/** What the controller does about a claim. Models pv_controller.go syncClaim. */
export function syncClaim(claim: PersistentVolumeClaim, view: View, options: ProvisioningOptions): readonly PlannedStep[] {
  if (hasAnnotation(claim, bindCompleted)) return syncBound(claim, view);
  return (claim.spec.volumeName ?? '') === '' ? searchVolume(claim, view, options) : takeNamedVolume(claim, view);
}

function searchVolume(claim: PersistentVolumeClaim, view: View, options: ProvisioningOptions): readonly PlannedStep[] {
  const { store } = view;
  const { chosen, because } = chooseVolume(store, claim);
  const volume = chosen === undefined ? undefined : getKind(store, 'PersistentVolume', chosen);
  if (volume !== undefined) return bind(volume, claim, because);
  const defaultClass = namesClass(claim) ? undefined : defaultStorageClass(store)?.metadata.name;
  if (defaultClass !== undefined) {
    const words = {
      text: `gives claim ${claimText(claim)} the default class ${defaultClass}`,
      because: 'the claim names no class, and none of the volumes fits',
    };
    return [patchOf(claim, { spec: { storageClassName: defaultClass } }, words)];
  }
  if (waitsForConsumer(store, claim) && !hasAnnotation(claim, selectedNode)) return [waitingEvent(claim, view), ...claimPhase(claim, 'Pending')];
  if (classNameOf(claim) !== '') return provisionFor(claim, view, options);
  const message = 'no persistent volumes available for this claim and no storage class is set';
  return [{ about: claim, type: 'Normal', reason: 'FailedBinding', message }, ...claimPhase(claim, 'Pending')];
}

function waitingEvent(claim: PersistentVolumeClaim, { store }: View): PlannedStep {
  const waiting = podsUsing(store, claimText(claim)).filter((pod) => (pod.spec.nodeName ?? '') === '' && !hasEnded(pod));
  const event = { about: claim, type: 'Normal' as const };
  if (waiting.length === 0) return { ...event, reason: 'WaitForFirstConsumer', message: 'waiting for first consumer to be created before binding' };
  const names = waiting.map(({ metadata }) => metadata.name).join(',');
  return { ...event, reason: 'WaitForPodScheduled', message: `waiting for ${waiting.length === 1 ? 'pod' : 'pods'} ${names} to be scheduled` };
}

/** The claim names its volume: its selector and the volume's node affinity are not asked. */
function takeNamedVolume(claim: PersistentVolumeClaim, { store }: View): readonly PlannedStep[] {
  const name = claim.spec.volumeName ?? '';
  const volume = getKind(store, 'PersistentVolume', name);
  const pending = claimPhase(claim, 'Pending');
  if (volume === undefined) return pending;
  if (volume.spec.claimRef === undefined) {
    const mismatch = mismatchOf(volume, claim);
    if (mismatch === undefined) return bind(volume, claim, 'the claim names this volume');
    const message = `Cannot bind to requested volume "${name}": ${mismatch}`;
    return [{ about: claim, type: 'Warning', reason: 'VolumeMismatch', message }, ...pending];
  }
  if (isReservedFor(volume, claim)) return bind(volume, claim, 'the volume is reserved for this claim');
  const event = { about: claim, type: 'Warning' as const, reason: 'FailedBinding', message: `volume "${name}" already bound to a different claim.` };
  return hasAnnotation(claim, boundByController) ? [event] : [event, ...pending];
}

/** Why a volume that a claim names cannot be its volume. Models pv_controller.go checkVolumeSatisfyClaim. */
function mismatchOf(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (volume.metadata.deletionTimestamp !== undefined) return `the volume is marked for deletion "${volume.metadata.name}"`;
  if (bySize(capacityOf(volume), requestOf(claim)) < 0) return 'requested PV is too small';
  if (classNameOf(volume) !== classNameOf(claim)) return 'storageClassName does not match';
  if (volume.spec.volumeMode !== claim.spec.volumeMode) return 'incompatible volumeMode';
  return offersModes(volume, claim) ? undefined : 'incompatible accessMode';
}

/** The claim was bound once: bound again if the other side was taken away, Lost if the volume is gone or another's. */
function syncBound(claim: PersistentVolumeClaim, { store }: View): readonly PlannedStep[] {
  const name = claim.spec.volumeName ?? '';
  if (name === '') return lost(claim, 'ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
  const volume = getKind(store, 'PersistentVolume', name);
  if (volume === undefined) return lost(claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  const owner = volume.spec.claimRef;
  if (owner === undefined || owner.uid === claim.metadata.uid) return bind(volume, claim, 'the claim was bound to it before');
  return lost(claim, 'ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

function lost(claim: PersistentVolumeClaim, reason: string, message: string): readonly PlannedStep[] {
  if (claim.status?.phase === 'Lost') return [];
  return [...claimPhase(claim, 'Lost'), { about: claim, type: 'Warning', reason, message }];
}
