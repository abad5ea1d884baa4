import { quantityValue } from '../../reading/quantity.ts';
import type { PersistentVolume } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import type { PlannedStep, View } from '../loop/controller.ts';
import { keyOf } from '../store/stored-object.ts';
import { unbind } from './bind-volume.ts';
import { hasEnded, podsUsing } from './volume-indexes.ts';
import { isRecyclable } from './volume-plugins.ts';
import { capacityOf } from './volume-size.ts';
import { fails } from './volume-steps.ts';

/** Names of pods that wipe volumes begin so; they run in the namespace `default`. */
export const recyclerPrefix = 'recycler-for-';

/**
 * Wipes a released volume for the next claim. With `recyclerPods` a pod does it, as in a real cluster, and somebody must run that pod to its end; without, it
 * is done at once. Models pv_controller.go recycleVolumeOperation and pkg/volume/util/recyclerclient; not modelled: the Events of that pod are not told again.
 */
export function recycleSteps(volume: PersistentVolume, { store }: View, recyclerPods: boolean): readonly PlannedStep[] {
  const { name } = volume.metadata;
  const { namespace = 'default', name: claimName = '' } = volume.spec.claimRef ?? {};
  // A new claim of that name has another volume, so its pods are none of ours.
  const isTaken = getKind(store, 'PersistentVolumeClaim', claimName, namespace) !== undefined;
  const users = isTaken ? [] : podsUsing(store, `${namespace}/${claimName}`).filter((pod) => !hasEnded(pod));
  if (users.length > 0) {
    const message = `Volume is used by pods: ${users.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`).join(',')}`;
    return [{ about: volume, type: 'Normal', reason: 'VolumeFailedRecycle', message }];
  }
  if (!isRecyclable(volume)) return fails(volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
  const recycled: readonly PlannedStep[] = [
    { about: volume, type: 'Normal', reason: 'VolumeRecycled', message: 'Volume recycled' },
    ...unbind({ ...volume, status: { phase: 'Released' } }, 'its reclaim policy is Recycle'),
  ];
  if (!recyclerPods) return recycled;
  const pod = getKind(store, 'Pod', `${recyclerPrefix}${name}`, 'default');
  if (pod === undefined) {
    return [
      { write: { verb: 'create', object: recyclerPod(volume) }, text: `starts a pod that wipes volume ${name}`, because: 'its reclaim policy is Recycle' },
    ];
  }
  if (!hasEnded(pod)) return [];
  const removal: PlannedStep = {
    write: { verb: 'delete', key: keyOf(pod) },
    text: `deletes pod ${pod.metadata.name}`,
    because: 'it has ended',
    refused: () => [],
  };
  if (pod.status?.phase === 'Succeeded') return [removal, ...recycled];
  const why = pod.status?.message ?? 'pod failed, pod.Status.Message unknown';
  return [removal, ...fails(volume, 'VolumeFailedRecycle', `Recycle failed: failed to recycle volume: ${why}`)];
}

function recyclerPod(volume: PersistentVolume) {
  const { name } = volume.metadata;
  const { hostPath, nfs } = volume.spec;
  const gibibytes = Number(quantityValue(capacityOf(volume)) / 1_073_741_824n);
  const script = 'test -e /scrub && find /scrub -mindepth 1 -delete && test -z "$(ls -A /scrub)" || exit 1';
  const wiper = { image: 'registry.k8s.io/build-image/debian-base:bookworm-v1.0.4', command: ['/bin/sh'], args: ['-c', script] };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${recyclerPrefix}${name}`, namespace: 'default' },
    spec: {
      // 30 seconds a GiB, at least 60; for NFS at least 300.
      activeDeadlineSeconds: Math.max(nfs === undefined ? 60 : 300, 30 * gibibytes),
      restartPolicy: 'Never',
      volumes: [{ name: 'vol', ...(nfs === undefined ? { hostPath: { path: hostPath?.path ?? '' } } : { nfs }) }],
      containers: [{ name: 'pv-recycler', ...wiper, volumeMounts: [{ name: 'vol', mountPath: '/scrub' }] }],
    },
  };
}
