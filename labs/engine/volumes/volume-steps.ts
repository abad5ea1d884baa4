import type { Json, JsonObject } from '../patch/json.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import type { PlannedStep, PlannedWrite } from '../loop/controller.ts';
import { keyOf, type StoredObject } from '../store/stored-object.ts';

/** A claim as texts name it: `default/data`. */
export function claimText({ metadata: { namespace = 'default', name } }: PersistentVolumeClaim): string {
  return `${namespace}/${name}`;
}

interface Words {
  readonly text: string;
  readonly because?: string;
  readonly tone?: 'good' | 'bad';
}

/** A change of an object as a merge patch. */
export function patchOf(object: StoredObject, patch: JsonObject, words: Words): PlannedWrite {
  return { write: { verb: 'patch', key: keyOf(object), patchType: 'merge', patch }, ...words };
}

/** A change of an object's status. */
export function statusPatchOf(object: StoredObject, status: JsonObject, words: Words): PlannedWrite {
  return { write: { verb: 'patch', key: keyOf(object), patchType: 'merge', patch: { status }, subresource: 'status' }, ...words };
}

/** The phase of a volume; new ones are Pending. */
export function phaseOf({ status }: PersistentVolume): string {
  return status?.phase ?? 'Pending';
}

/** Sets the phase of a volume; nothing if it has it. Models pv_controller.go updateVolumePhase: the message goes with the phase. */
export function volumePhase(
  volume: PersistentVolume,
  phase: string,
  { message, ...words }: { readonly message?: string } & Partial<Words> = {},
): readonly PlannedWrite[] {
  if (phaseOf(volume) === phase) return [];
  const text = `marks volume ${volume.metadata.name} ${phase}`;
  return [statusPatchOf(volume, { phase, message: message ?? null }, { text, ...words })];
}

/** Marks a volume Failed. That is written and told once; the retries that end the same way are silent. */
export function fails(volume: PersistentVolume, reason: string, message: string): readonly PlannedStep[] {
  if (phaseOf(volume) === 'Failed') return [];
  return [...volumePhase(volume, 'Failed', { message, because: message, tone: 'bad' }), { about: volume, type: 'Warning', reason, message }];
}

/** Sets the phase of a claim, and what it says of its volume; nothing if all is so. Models pv_controller.go updateClaimStatus. */
export function claimPhase(claim: PersistentVolumeClaim, phase: 'Pending' | 'Bound' | 'Lost', volume?: PersistentVolume): readonly PlannedWrite[] {
  const { status } = claim;
  const patch: Record<string, Json> = {};
  if (status?.phase !== phase) patch.phase = phase;
  if (volume === undefined) {
    if (status?.accessModes !== undefined) patch.accessModes = null;
    if (status?.capacity !== undefined) patch.capacity = null;
  } else {
    if (JSON.stringify(status?.accessModes) !== JSON.stringify(volume.spec.accessModes)) patch.accessModes = volume.spec.accessModes;
    // Of a claim that is bound already the capacity may differ: its file system may still have to grow.
    if (status?.phase !== phase && status?.capacity?.storage !== volume.spec.capacity.storage) patch.capacity = volume.spec.capacity;
  }
  if (Object.keys(patch).length === 0) return [];
  const tone = phase === 'Bound' ? 'good' : phase === 'Lost' ? 'bad' : undefined;
  return [statusPatchOf(claim, patch, { text: `marks claim ${claimText(claim)} ${phase}`, ...(tone !== undefined && { tone }) })];
}
