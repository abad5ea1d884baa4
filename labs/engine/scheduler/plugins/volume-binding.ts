import type { PersistentVolumeClaim } from '../../api/cluster-kinds.ts';
import { isKind, listKind } from '../../api/kinds.ts';
import type { PlannedStep } from '../../loop/controller.ts';
import { keyOf } from '../../store/stored-object.ts';
import { boundByController, hasAnnotation, selectedNode, yes } from '../../volumes/annotations.ts';
import { claimsOfPod, usesClaims, volumesForPod, type PodVolumes } from '../../volumes/pod-volumes.ts';
import type { Cycle, PreBinding, SchedulerPlugin } from '../plugin.ts';
import { changedNode } from './changes.ts';
import { claimNames } from './volume-restrictions.ts';

const nameOf = ({ metadata: { namespace = 'default', name } }: PersistentVolumeClaim): string => `${namespace}/${name}`;

/** Reserves volumes for claims, and asks for those that are still to be made. Models volumebinding/binder.go bindAPIUpdate. */
function reservations({ bindings, toProvision }: PodVolumes, node: string): readonly PlannedStep[] {
  return [
    ...bindings.map(({ claim, volume }): PlannedStep => {
      const { namespace = 'default', name, uid, resourceVersion } = claim.metadata;
      const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion };
      // A volume that names its claim already was not bound by us.
      const isNamed = volume.spec.claimRef !== undefined;
      const metadata = isNamed ? {} : { metadata: { annotations: { [boundByController]: yes } } };
      const write = { verb: 'patch', key: keyOf(volume), patchType: 'merge', patch: { ...metadata, spec: { claimRef } } } as const;
      return { write, text: `reserves volume ${volume.metadata.name} for claim ${nameOf(claim)}`, because: `its pod goes to ${node}` };
    }),
    ...toProvision.map((claim): PlannedStep => {
      const patch = { metadata: { annotations: { [selectedNode]: node } } };
      const write = { verb: 'patch', key: keyOf(claim), patchType: 'merge', patch } as const;
      return { write, text: `asks for a volume for claim ${nameOf(claim)} on ${node}`, because: 'its class waits for the first pod' };
    }),
  ];
}

function preBind({ store, pod, snapshot }: Cycle, nodeName: string, isFirst: boolean): PreBinding {
  const node = snapshot.byName.get(nodeName)?.node;
  if (!usesClaims(pod)) return { steps: [], isReady: true };
  const claims = claimsOfPod(store, pod);
  if (!claims.ok) return { steps: [], isReady: false, failed: `binding volumes: ${claims.reason}` };
  if (node === undefined) return { steps: [], isReady: false, failed: `binding volumes: node "${nodeName}" not found` };
  if (claims.toBind.length === 0) return { steps: [], isReady: true };
  if (isFirst) return { steps: reservations(volumesForPod(store, pod, node, claims), nodeName), isReady: false };
  const reserved = new Set(listKind(store, 'PersistentVolume').map(({ spec }) => spec.claimRef?.uid));
  const forgotten = claims.toBind.find((claim) => !hasAnnotation(claim, selectedNode) && !reserved.has(claim.metadata.uid));
  const failed = forgotten === undefined ? {} : { failed: `binding volumes: provisioning failed for PVC "${forgotten.metadata.name}"` };
  return { steps: [], isReady: false, ...failed };
}

/**
 * Claims must be bound, or find a volume (or a way to make one) that can be reached from the node; the pod is bound once they are.
 * Models plugins/volumebinding; the volumes themselves are judged by engine/volumes.
 */
export const volumeBinding: SchedulerPlugin = {
  name: 'VolumeBinding',
  filter: ({ store, pod }) => {
    if (!usesClaims(pod)) return undefined;
    const claims = claimsOfPod(store, pod);
    if (!claims.ok) return { refused: claims.reason };
    return {
      check: ({ node }) => {
        const { reasons } = volumesForPod(store, pod, node, claims);
        return reasons.length === 0 ? undefined : { reasons, canPreempt: false };
      },
    };
  },
  preBind,
  endsWait: ({ object }, pod) => {
    if (isKind(object, 'PersistentVolumeClaim')) return object.metadata.namespace === pod.metadata.namespace && claimNames(pod).includes(object.metadata.name);
    return isKind(object, 'PersistentVolume') && claimNames(pod).includes(object.spec.claimRef?.name ?? '');
  },
  wakes: (change, pod) => {
    const { object } = change;
    if (isKind(object, 'PersistentVolumeClaim')) {
      return object.metadata.namespace === pod.metadata.namespace && claimNames(pod).includes(object.metadata.name);
    }
    if (isKind(object, 'StorageClass') || isKind(object, 'CSINode')) return true;
    // A volume that becomes available counts too, so every change of one.
    if (isKind(object, 'PersistentVolume')) return change.type !== 'DELETED';
    return changedNode(change, ({ metadata }) => metadata.labels ?? {}) !== undefined;
  },
};
