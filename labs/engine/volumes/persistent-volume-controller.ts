import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { nothing, type Change, type Controller, type View, type Work } from '../loop/controller.ts';
import { sameJson } from '../patch/json.ts';
import { claimKeysOf, claimsInPhase, claimsNaming, hasEnded } from './volume-indexes.ts';
import { isNamed } from './volume-rules.ts';
import { usesClaims } from './pod-volumes.ts';
import { ownerOf, type ProvisioningOptions } from './provision-volume.ts';
import { syncClaim } from './sync-claim.ts';
import { recyclerPrefix } from './recycle-volume.ts';
import { leavesItToClaim, syncVolume, type ReclaimOptions } from './sync-volume.ts';
import { claimText } from './volume-steps.ts';

export interface PersistentVolumeControllerOptions extends Partial<ProvisioningOptions & ReclaimOptions> {
  /** Claims and volumes are looked at so often though nothing about them changed; 15,000 unless said otherwise. */
  readonly resyncMs?: number;
}

/** Models the default of kube-controller-manager --pvclaimbinder-sync-period. */
const resyncMsDefault = 15_000;

/**
 * Binds claims and volumes, has volumes made, and reclaims those that are released. Models pkg/controller/volume/persistentvolume. A claim hears only of
 * itself: that a volume was created it learns at the next resync, up to 15 s later. Resyncs that cannot change anything are left out.
 */
export function createPersistentVolumeController({
  resyncMs = resyncMsDefault,
  hostPathProvisioning = false,
  recyclerPods = false,
}: PersistentVolumeControllerOptions = {}): Controller {
  const options = { hostPathProvisioning };
  return {
    name: 'persistentvolume-controller',
    watches: ['PersistentVolume', 'PersistentVolumeClaim', 'StorageClass', 'Pod'],
    delayMs: 10,
    enqueue: (change, view) => {
      const atResync = (keys: readonly string[]): readonly Work[] => keys.map((key) => ({ key, afterMs: resyncMs - (view.nowMs % resyncMs) }));
      const { now, later } = worthALook(change, view);
      return [...now.map((key) => ({ key })), ...atResync(later)];
    },
    notice: (fact, { store }) => (fact.startsWith('provisioner/') ? unsettledClaims(store).map((key) => ({ key })) : []),
    reconcile: (key, view) => {
      const [kind, ...path] = key.split('/');
      const [first = '', second = ''] = path;
      if (kind === 'claim') {
        const claim = getKind(view.store, 'PersistentVolumeClaim', second, first);
        return claim === undefined ? nothing : { steps: syncClaim(claim, view, options) };
      }
      const volume = getKind(view.store, 'PersistentVolume', first);
      return volume === undefined ? nothing : { steps: syncVolume(volume, view, { recyclerPods }) };
    },
  };
}

const volumeKey = (name: string): string => `volume/${name}`;
const claimKey = (path: string): string => `claim/${path}`;

/** Claims that a change elsewhere may help. */
function unsettledClaims(store: View['store']): readonly string[] {
  return [...claimsInPhase(store, 'Pending'), ...claimsInPhase(store, 'Lost')].map((claim) => claimKey(claimText(claim)));
}

interface Look {
  readonly now: readonly string[];
  /** At the next resync. */
  readonly later: readonly string[];
}

function worthALook(change: Change, view: View): Look {
  const { type, object, before } = change;
  if (isKind(object, 'Pod')) {
    if (object.metadata.name.startsWith(recyclerPrefix)) return { now: [volumeKey(object.metadata.name.slice(recyclerPrefix.length))], later: [] };
    // Where a pod stands only matters for what a waiting claim says.
    const isNews = usesClaims(object) && (type !== 'MODIFIED' || (before as typeof object | undefined)?.spec.nodeName !== object.spec.nodeName);
    const claims = claimKeysOf(object);
    const wiped = type === 'DELETED' || hasEnded(object) ? waitingToBeWiped(view, claims) : [];
    return { now: [], later: [...wiped.map(volumeKey), ...(isNews ? claims.map(claimKey).filter((key) => isUnsettled(key, view)) : [])] };
  }
  if (isKind(object, 'StorageClass')) return { now: [], later: unsettledClaims(view.store) };
  if (isKind(object, 'PersistentVolume')) return volumeLook(object, change, view);
  return isKind(object, 'PersistentVolumeClaim') ? claimLook(object, change, view) : { now: [], later: [] };
}

function isUnsettled(key: string, { store }: View): boolean {
  const [, namespace = '', name = ''] = key.split('/');
  const claim = getKind(store, 'PersistentVolumeClaim', name, namespace);
  return claim !== undefined && claim.status?.phase !== 'Bound';
}

/** Volumes that are not wiped as long as pods use the claim that they belonged to. */
function waitingToBeWiped({ store }: View, claims: readonly string[]): readonly string[] {
  if (claims.length === 0) return [];
  const released = listKind(store, 'PersistentVolume').filter(
    ({ spec, status }) => spec.persistentVolumeReclaimPolicy === 'Recycle' && status?.phase === 'Released',
  );
  return released.flatMap(({ metadata: { name }, spec: { claimRef } }) =>
    claims.includes(`${claimRef?.namespace ?? ''}/${claimRef?.name ?? ''}`) ? [name] : [],
  );
}

function volumeLook(volume: PersistentVolume, { type }: Change, view: View): Look {
  const { claimRef } = volume.spec;
  const { name } = volume.metadata;
  const owner = claimRef === undefined ? [] : [claimKey(`${claimRef.namespace ?? 'default'}/${claimRef.name}`)];
  if (type === 'DELETED') return { now: owner, later: [] };
  const claim = ownerOf(view, volume);
  const isSettled = claim?.spec.volumeName === name && sameJson(claim.status?.accessModes, volume.spec.accessModes);
  // Claims that were bound to a volume that no longer points at them, say something else of it, or wait for one that has become free.
  const pointing = isSettled ? [] : claimsNaming(view.store, name);
  const isFree = (claimRef?.uid ?? '') === '';
  return {
    now: [volumeKey(name), ...(leavesItToClaim(volume, view) ? owner : [])],
    later: [...(isFree ? unsettledClaims(view.store) : []), ...pointing.map((claim) => claimKey(claimText(claim)))],
  };
}

function claimLook(claim: PersistentVolumeClaim, { type, before }: Change, { store }: View): Look {
  const { volumeName = '' } = claim.spec;
  const wasBefore = (before as PersistentVolumeClaim | undefined)?.spec.volumeName ?? '';
  // Volumes that point at the claim although it has gone or turned to another, or at an earlier one of its name.
  const isNews = type !== 'MODIFIED' || volumeName !== wasBefore;
  const isMeant = ({ claimRef }: PersistentVolume['spec']): boolean =>
    isNamed(claimRef, claim.metadata) && (type !== 'ADDED' || (claimRef?.uid ?? claim.metadata.uid) !== claim.metadata.uid);
  const pointing = isNews ? listKind(store, 'PersistentVolume').filter(({ spec }) => isMeant(spec)) : [];
  const later = pointing.map(({ metadata }) => volumeKey(metadata.name));
  if (type === 'DELETED') return { now: volumeName === '' ? [] : [volumeKey(volumeName)], later };
  return { now: [claimKey(claimText(claim))], later };
}
