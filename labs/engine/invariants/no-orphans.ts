import { subjectOf, type Cluster } from '../loop/cluster.ts';
import { getObject } from '../store/store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { ClusterInvariant } from './invariant.ts';
import { isToLook } from './pending-work.ts';

function isOrphan({ store }: Cluster, { metadata: { ownerReferences = [], namespace, deletionTimestamp } }: StoredObject): boolean {
  if (ownerReferences.length === 0 || deletionTimestamp !== undefined) return false;
  return ownerReferences.every(({ apiVersion, kind, name, uid }) => {
    return getObject(store, { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) })?.metadata.uid !== uid;
  });
}

/** Once the garbage collector has nothing left to look at, no object is there whose owners are all gone. For clusters that have one. */
export const noOrphans: ClusterInvariant = (cluster, before) => {
  if (before?.store.objects === cluster.store.objects && before.queue === cluster.queue) return undefined;
  if (isToLook(cluster, 'garbage-collector-controller')) return undefined;
  for (const chunks of Object.values(cluster.store.objects)) {
    for (const { value } of chunks.flat()) if (isOrphan(cluster, value)) return `the owners of ${subjectOf(value)} are gone, and it stays`;
  }
  return undefined;
};
