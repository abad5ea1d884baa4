import type { Json } from '../patch/json.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import type { PlannedWrite } from '../loop/controller.ts';
import { bindCompleted, boundByController, hasAnnotation, yes } from './annotations.ts';
import { isReservedFor } from './volume-rules.ts';
import { claimPhase, claimText, patchOf, volumePhase } from './volume-steps.ts';

/**
 * Points a volume at a claim; nothing if it points there already. The annotation tells that a controller did it, not a user.
 * Models component-helpers storage/volume/pv_helpers.go GetBindVolumeToClaim; the scheduler does the same when it chose the volume.
 */
export function volumeToClaim(volume: PersistentVolume, claim: PersistentVolumeClaim, because?: string): readonly PlannedWrite[] {
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  const isMarked = isReservedFor(volume, claim) || hasAnnotation(volume, boundByController);
  const isSet = isReservedFor(volume, claim) && volume.spec.claimRef?.uid === uid;
  if (isSet && isMarked) return [];
  const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace: namespace ?? 'default', uid, resourceVersion };
  const patch = {
    ...(!isSet && { spec: { claimRef } }),
    ...(!isMarked && { metadata: { annotations: { [boundByController]: yes } } }),
  };
  return [patchOf(volume, patch, { text: `binds volume ${volume.metadata.name} to claim ${claimText(claim)}`, ...(because !== undefined && { because }) })];
}

function claimToVolume(claim: PersistentVolumeClaim, volume: PersistentVolume): readonly PlannedWrite[] {
  const { name } = volume.metadata;
  const isSet = claim.spec.volumeName === name;
  const annotations: Record<string, Json> = {};
  if (!isSet && !hasAnnotation(claim, boundByController)) annotations[boundByController] = yes;
  if (!hasAnnotation(claim, bindCompleted)) annotations[bindCompleted] = yes;
  if (isSet && Object.keys(annotations).length === 0) return [];
  const patch = { ...(!isSet && { spec: { volumeName: name } }), ...(Object.keys(annotations).length > 0 && { metadata: { annotations } }) };
  return [patchOf(claim, patch, { text: `binds claim ${claimText(claim)} to volume ${name}`, because: 'the volume points at the claim' })];
}

/** Binds both sides, the volume first: whoever is interrupted in between finds which claim the volume belongs to. Models pv_controller.go bind. */
export function bind(volume: PersistentVolume, claim: PersistentVolumeClaim, because?: string): readonly PlannedWrite[] {
  return [...volumeToClaim(volume, claim, because), ...volumePhase(volume, 'Bound'), ...claimToVolume(claim, volume), ...claimPhase(claim, 'Bound', volume)];
}

/** Takes a binding back: wholly if a controller made it, else only the uid, so that the volume stays reserved. Models pv_controller.go unbindVolume. */
export function unbind(volume: PersistentVolume, because: string): readonly PlannedWrite[] {
  const isOurs = hasAnnotation(volume, boundByController);
  const patch = isOurs ? { spec: { claimRef: null }, metadata: { annotations: { [boundByController]: null } } } : { spec: { claimRef: { uid: null } } };
  const available = volumePhase(volume, 'Available');
  const text = isOurs ? `takes volume ${volume.metadata.name} back from its claim` : `forgets which claim object volume ${volume.metadata.name} was bound to`;
  return [patchOf(volume, patch, { text, because }), ...available];
}
