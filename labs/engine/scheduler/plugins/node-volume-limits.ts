import type { PodObject } from '../../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../../api/kinds.ts';
import type { Store } from '../../store/store.ts';
import type { NodeInfo } from '../node-info.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { podLeaving } from './changes.ts';
import { claimNames } from './volume-restrictions.ts';

/** A volume of a CSI driver. Claims without a volume yet count as one of their class's driver. */
interface CsiVolume {
  readonly driver: string;
  readonly name: string;
}

function csiVolumesOf(store: Store, pod: PodObject): readonly CsiVolume[] {
  const namespace = pod.metadata.namespace ?? 'default';
  return claimNames(pod).flatMap((name): readonly CsiVolume[] => {
    const claim = getKind(store, 'PersistentVolumeClaim', name, namespace);
    if (claim === undefined) return [];
    const volume = getKind(store, 'PersistentVolume', claim.spec.volumeName ?? '');
    if (volume !== undefined) return volume.spec.csi === undefined ? [] : [{ driver: volume.spec.csi.driver, name: volume.spec.csi.volumeHandle }];
    const storageClass = getKind(store, 'StorageClass', claim.spec.storageClassName ?? '');
    const driver = storageClass?.provisioner ?? '';
    return driver === '' || driver.startsWith('kubernetes.io/') ? [] : [{ driver, name: `${namespace}/${name}` }];
  });
}

/** Names of the volumes that a node has or will have, by driver: of its pods, and those attached to it. */
function heldBy(store: Store, { name: nodeName, pods }: NodeInfo): readonly CsiVolume[] {
  const attached = listKind(store, 'VolumeAttachment').flatMap(({ spec }): readonly CsiVolume[] => {
    const volume = spec.nodeName === nodeName ? getKind(store, 'PersistentVolume', spec.source.persistentVolumeName ?? '') : undefined;
    return volume?.spec.csi === undefined ? [] : [{ driver: spec.attacher, name: volume.spec.csi.volumeHandle }];
  });
  return [...pods.flatMap((pod) => csiVolumesOf(store, pod)), ...attached];
}

/** A node takes as many volumes of a driver as its CSINode says. Models plugins/nodevolumelimits/csi.go. */
export const nodeVolumeLimits: SchedulerPlugin = {
  name: 'NodeVolumeLimits',
  filter: ({ store, pod }) => {
    const wanted = csiVolumesOf(store, pod);
    if (wanted.length === 0) return undefined;
    return {
      check: (info) => {
        const limits = getKind(store, 'CSINode', info.name)?.spec.drivers ?? [];
        const limited = limits.filter(({ name, allocatable }) => allocatable?.count !== undefined && wanted.some(({ driver }) => driver === name));
        if (limited.length === 0) return undefined;
        const held = heldBy(store, info);
        const isFull = limited.some(({ name, allocatable }) => {
          const namesOf = (volumes: readonly CsiVolume[]): readonly string[] => volumes.filter(({ driver }) => driver === name).map((volume) => volume.name);
          const before = new Set(namesOf(held));
          const isNew = namesOf(wanted).some((volume) => !before.has(volume));
          return isNew && new Set([...before, ...namesOf(wanted)]).size > (allocatable?.count ?? 0);
        });
        return isFull ? { reasons: ['node(s) exceed max volume count'], canPreempt: true } : undefined;
      },
    };
  },
  wakes: (change, pod) => {
    const { object, type } = change;
    if (podLeaving(change) !== undefined || isKind(object, 'CSINode')) return true;
    if (isKind(object, 'VolumeAttachment')) return type === 'DELETED';
    return isKind(object, 'PersistentVolumeClaim') && claimNames(pod).includes(object.metadata.name);
  },
};
