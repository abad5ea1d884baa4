import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { nothing, type Controller, type Reconciliation, type View } from '../loop/controller.ts';
import { timestampOf } from '../store/timestamp.ts';
import { claimKeysOf, podsUsing } from './volume-indexes.ts';
import { driverNamed, isDown, provisionMsDefault, refusalOf, type CsiDriverSetup } from './csi-driver.ts';
import { wantsMore } from './expand-controller.ts';
import { keeping, keptValue } from './kept-values.ts';
import { usesClaims } from './pod-volumes.ts';
import { bySize, capacityOf, requestOf } from './volume-size.ts';
import { claimText, patchOf, statusPatchOf } from './volume-steps.ts';

/**
 * The program beside a CSI driver that makes volumes larger, and the kubelet's part: the file system grows on a node where a pod runs. Facts as for the
 * provisioner. Models kubernetes-csi/external-resizer and the kubelet's NodeExpandVolume; not modelled: taking a failed expansion back.
 */
export function createExternalResizer(drivers: readonly CsiDriverSetup[]): Controller {
  return {
    name: 'external-resizer',
    watches: ['PersistentVolumeClaim', 'PersistentVolume', 'Pod'],
    delayMs: 50,
    enqueue: ({ type, object }) => {
      if (type === 'DELETED') return [];
      if (isKind(object, 'PersistentVolumeClaim')) return wantsMore(object) ? [{ key: claimText(object) }] : [];
      if (isKind(object, 'Pod')) return usesClaims(object) && object.status?.phase === 'Running' ? claimKeysOf(object).map((key) => ({ key })) : [];
      const { claimRef } = (object as PersistentVolume).spec;
      return claimRef === undefined ? [] : [{ key: `${claimRef.namespace ?? 'default'}/${claimRef.name}` }];
    },
    notice: (fact, { store }) =>
      fact.startsWith('provisioner/')
        ? listKind(store, 'PersistentVolumeClaim')
            .filter(wantsMore)
            .map((claim) => ({ key: claimText(claim) }))
        : [],
    reconcile: (key, view) => {
      const [namespace = '', name = ''] = key.split('/');
      const claim = getKind(view.store, 'PersistentVolumeClaim', name, namespace);
      if (claim === undefined || !wantsMore(claim)) return nothing;
      const volume = getKind(view.store, 'PersistentVolume', claim.spec.volumeName ?? '');
      const driver = volume?.spec.csi === undefined ? undefined : driverNamed(drivers, view.store, volume.spec.csi.driver);
      if (volume === undefined || driver === undefined || driver.canGrow === false) return nothing;
      return bySize(capacityOf(volume), requestOf(claim)) < 0 ? growVolume({ claim, volume, driver }, view) : growFileSystem({ claim, volume, driver }, view);
    },
  };
}

interface Growth {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
  readonly driver: CsiDriverSetup;
}

/** The driver makes the volume larger. */
function growVolume({ claim, volume, driver }: Growth, view: View): Reconciliation {
  if (isDown(view, 'provisioner', driver.name)) return nothing;
  const { name } = volume.metadata;
  const event = { about: claim, source: `external-resizer ${driver.name}` };
  const { uid } = claim.metadata;
  const durationMs = driver.provisionMs ?? provisionMsDefault;
  const begunMs = keptValue(view.memory, uid) as number | undefined;
  if (begunMs === undefined) {
    const started = { ...event, type: 'Normal' as const, reason: 'Resizing', message: `External resizer is resizing volume ${name}` };
    return { steps: [started], requeueAfterMs: durationMs, memory: keeping(view.memory, uid, view.nowMs) };
  }
  if (view.nowMs < begunMs + durationMs) return { steps: [], requeueAfterMs: begunMs + durationMs - view.nowMs };
  const memory = keeping(view.memory, uid, undefined);
  const refusal = refusalOf(view, 'provisioner', driver.name);
  if (refusal !== undefined) {
    const message = `resize volume "${name}" by resizer "${driver.name}" failed: ${refusal}`;
    return { steps: [{ ...event, type: 'Warning', reason: 'VolumeResizeFailed', message }], memory };
  }
  const { storage } = claim.spec.resources.requests;
  const words = { text: `grows volume ${name} to ${storage}`, because: `claim ${claimText(claim)} asks for more` };
  return { steps: [patchOf(volume, { spec: { capacity: { storage } } }, words)], memory };
}

/** The file system on it grows where a pod uses it; raw blocks need no more. */
function growFileSystem({ claim, volume }: Growth, view: View): Reconciliation {
  const { name } = volume.metadata;
  const done = { capacity: volume.spec.capacity, conditions: null };
  const words = { text: `tells claim ${claimText(claim)} of its new size`, tone: 'good' as const };
  if (claim.spec.volumeMode === 'Block') {
    const event = { about: claim, type: 'Normal' as const, reason: 'VolumeResizeSuccessful', message: 'Resize volume succeeded' };
    return { steps: [statusPatchOf(claim, done, words), event] };
  }
  const pod = podsUsing(view.store, claimText(claim)).find(({ spec, status }) => (spec.nodeName ?? '') !== '' && status?.phase === 'Running');
  const node = pod?.spec.nodeName ?? '';
  const runs = pod !== undefined && view.world[`kubelet/${node}`] !== 'stopped' && view.world[`power/${node}`] !== 'off';
  if (runs) {
    const message = `MountVolume.NodeExpandVolume succeeded for volume "${name}" ${node}`;
    const event = { about: pod, type: 'Normal' as const, reason: 'FileSystemResizeSuccessful', message, source: 'kubelet' };
    return { steps: [statusPatchOf(claim, done, { ...words, because: `the file system grew on node ${node}` }), event] };
  }
  if (claim.status?.conditions?.some(({ type }) => type === 'FileSystemResizePending') === true) return nothing;
  const lastTransitionTime = timestampOf(view.store.startUnixMs + view.nowMs);
  const message = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';
  const pending = { type: 'FileSystemResizePending', status: 'True', lastTransitionTime, message };
  return {
    steps: [
      statusPatchOf(
        claim,
        { conditions: [pending] },
        { text: `notes that the file system of claim ${claimText(claim)} still has to grow`, because: 'no pod uses it now' },
      ),
      { about: claim, type: 'Normal', reason: 'FileSystemResizeRequired', message: 'Require file system resize of volume on node' },
    ],
  };
}
