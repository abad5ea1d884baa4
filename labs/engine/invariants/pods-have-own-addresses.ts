import { listKind } from '../api/kinds.ts';
import { subjectOf } from '../loop/cluster.ts';
import { hasEnded } from '../volumes/volume-indexes.ts';
import type { ClusterInvariant } from './invariant.ts';

/** No two pods that have not ended have the same address, except on the network of their node. For clusters in which each node has a range of its own. */
export const podsHaveOwnAddresses: ClusterInvariant = ({ store }, before) => {
  if (before !== undefined && before.store.objects.pods === store.objects.pods) return undefined;
  const owners = new Map<string, string>();
  for (const pod of listKind(store, 'Pod')) {
    const { podIP } = pod.status ?? {};
    if (podIP === undefined || pod.spec.hostNetwork === true || hasEnded(pod)) continue;
    const other = owners.get(podIP);
    if (other !== undefined) return `${other} and ${subjectOf(pod)} have the same address ${podIP}`;
    owners.set(podIP, subjectOf(pod));
  }
  return undefined;
};
