import type { PersistentVolumeClaim, PodObject } from '../../api/cluster-kinds.ts';
import { isKind, getKind } from '../../api/kinds.ts';
import type { Store } from '../../store/store.ts';
import { claimNameOf } from '../../volumes/pod-volumes.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { podLeaving } from './changes.ts';

/** Names of the claims that a pod uses. */
export function claimNames(pod: PodObject): readonly string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => claimNameOf(pod, volume) ?? []);
}

const namespaceOf = ({ metadata }: PodObject): string => metadata.namespace ?? 'default';

/** Claims for a single pod that a pod uses; or the name of one that does not exist. */
function exclusiveClaims(store: Store, pod: PodObject): readonly string[] | { readonly missing: string } {
  const exclusive: string[] = [];
  for (const name of claimNames(pod)) {
    const claim: PersistentVolumeClaim | undefined = getKind(store, 'PersistentVolumeClaim', name, namespaceOf(pod));
    if (claim === undefined) return { missing: name };
    if (claim.spec.accessModes.includes('ReadWriteOncePod')) exclusive.push(name);
  }
  return exclusive;
}

/**
 * A claim with ReadWriteOncePod serves one pod in the whole cluster. Models plugins/volumerestrictions; not modelled: disks of some clouds, iSCSI
 * and Ceph that are named in the pod itself.
 */
export const volumeRestrictions: SchedulerPlugin = {
  name: 'VolumeRestrictions',
  filter: ({ store, pod, snapshot }) => {
    const exclusive = exclusiveClaims(store, pod);
    if ('missing' in exclusive) return { refused: `persistentvolumeclaim "${exclusive.missing}" not found` };
    if (exclusive.length === 0) return undefined;
    const uses = (other: PodObject): boolean => namespaceOf(other) === namespaceOf(pod) && claimNames(other).some((name) => exclusive.includes(name));
    if (!snapshot.infos.some(({ pods }) => pods.some(uses))) return undefined;
    // Since kubernetes/kubernetes#129145; before, it spoke of a claim with the same name.
    const reason = 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
    return { check: () => ({ reasons: [reason], canPreempt: true }) };
  },
  wakes: (change, pod) => {
    const leaving = podLeaving(change);
    if (leaving !== undefined) return namespaceOf(leaving) === namespaceOf(pod) && claimNames(leaving).some((name) => claimNames(pod).includes(name));
    const { object } = change;
    return isKind(object, 'PersistentVolumeClaim') && object.metadata.namespace === namespaceOf(pod) && claimNames(pod).includes(object.metadata.name);
  },
};
