import { listKind, getKind } from '../api/kinds.ts';
import { isForOneNode } from '../volumes/csi-driver.ts';
import type { ClusterInvariant } from './invariant.ts';

/** A volume that only one node may use is attached to one. */
export const volumeIsOnOneNode: ClusterInvariant = ({ store }, before) => {
  if (before !== undefined && before.store.objects['volumeattachments.storage.k8s.io'] === store.objects['volumeattachments.storage.k8s.io']) return undefined;
  const nodes = new Map<string, string>();
  for (const { spec, status } of listKind(store, 'VolumeAttachment')) {
    const { persistentVolumeName: name = '' } = spec.source;
    const volume = getKind(store, 'PersistentVolume', name);
    if (status?.attached !== true || volume === undefined || !isForOneNode(volume)) continue;
    const other = nodes.get(name);
    if (other !== undefined) return `volume ${name} is for one node, and is attached to ${other} and ${spec.nodeName}`;
    nodes.set(name, spec.nodeName);
  }
  return undefined;
};
