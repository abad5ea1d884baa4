import type { PersistentVolumeClaim, PodObject } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { nothing, type Controller, type Reconciliation, type View } from '../loop/controller.ts';
import { keyOf, type StoredObject } from '../store/stored-object.ts';
import { claimProtection, volumeProtection } from './annotations.ts';
import { keeping, keptValue } from './kept-values.ts';
import { claimKeysOf, hasEnded, podsUsing } from './volume-indexes.ts';
import { isMadeFor, usesClaims } from './pod-volumes.ts';
import { claimText } from './volume-steps.ts';

/** What protects an object: it stays while it is in use, though it is deleted. */
interface Protection {
  readonly object: StoredObject;
  readonly finalizer: string;
  /** Who uses it; undefined: nobody. */
  readonly user: string | undefined;
  readonly name: string;
}

function protect({ object, finalizer, user, name }: Protection, { memory }: View): Reconciliation {
  const { finalizers = [], deletionTimestamp } = object.metadata;
  const has = finalizers.includes(finalizer);
  const key = keyOf(object);
  if (deletionTimestamp === undefined) {
    return has ? nothing : { steps: [{ write: { verb: 'finalize', key, finalizer }, text: `protects ${name}` }] };
  }
  if (!has) return nothing;
  const { uid } = object.metadata;
  if (user !== undefined) {
    // Noted once for a user; the looks that find the same are silent.
    if (keptValue(memory, uid) === user) return nothing;
    return { steps: [{ note: `keeps ${name}`, about: object, because: `it is in use: ${user}` }], memory: keeping(memory, uid, user) };
  }
  const steps = [{ write: { verb: 'unfinalize' as const, key, finalizer }, text: `lets ${name} go`, because: 'nothing uses it any more' }];
  return { steps, memory: keeping(memory, uid, undefined) };
}

/**
 * Whether a pod holds a claim: any pod on a node, even one that has ended; a claim made for a pod only while that runs.
 * Models pkg/controller/volume/pvcprotection podUsesPVC.
 */
function holds(pod: PodObject, claim: PersistentVolumeClaim): boolean {
  if ((pod.spec.nodeName ?? '') === '') return false;
  if ((pod.spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim.metadata.name)) return true;
  return !hasEnded(pod) && isMadeFor(claim, pod);
}

/** Keeps claims that pods use. Models pkg/controller/volume/pvcprotection. */
export const claimProtectionController: Controller = {
  name: 'pvc-protection-controller',
  watches: ['PersistentVolumeClaim', 'Pod'],
  delayMs: 10,
  enqueue: ({ type, object }) => {
    if (isKind(object, 'PersistentVolumeClaim')) return type === 'DELETED' ? [] : [{ key: claimText(object) }];
    // Pods matter when they let go of a claim.
    const isGone = isKind(object, 'Pod') && usesClaims(object) && (type === 'DELETED' || hasEnded(object));
    return isGone ? claimKeysOf(object).map((key) => ({ key })) : [];
  },
  reconcile: (key, view) => {
    const { store } = view;
    const [namespace = '', name = ''] = key.split('/');
    const claim = getKind(store, 'PersistentVolumeClaim', name, namespace);
    if (claim === undefined) return nothing;
    const pod = claim.metadata.deletionTimestamp === undefined ? undefined : podsUsing(store, key).find((each) => holds(each, claim));
    return protect({ object: claim, finalizer: claimProtection, user: pod && `pod ${pod.metadata.name}`, name: `claim ${key}` }, view);
  },
};

/** Keeps volumes that are bound. Models pkg/controller/volume/pvprotection. */
export const volumeProtectionController: Controller = {
  name: 'pv-protection-controller',
  watches: ['PersistentVolume'],
  delayMs: 10,
  enqueue: ({ type, object }) => (type === 'DELETED' ? [] : [{ key: object.metadata.name }]),
  reconcile: (key, view) => {
    const { store } = view;
    const volume = getKind(store, 'PersistentVolume', key);
    if (volume === undefined) return nothing;
    const user = volume.status?.phase === 'Bound' ? `claim ${volume.spec.claimRef?.namespace ?? ''}/${volume.spec.claimRef?.name ?? ''}` : undefined;
    return protect({ object: volume, finalizer: volumeProtection, user, name: `volume ${key}` }, view);
  },
};
