import type { PodObject } from '../api/cluster-kinds.ts';
import { listKind, getKind } from '../api/kinds.ts';
import { conditionOf } from '../kubelet/pod-status.ts';
import { hasEnded, podsUsing } from '../volumes/volume-indexes.ts';
import type { ClusterInvariant } from './invariant.ts';

/** Its volumes are mounted: its sandbox stands, and it has not ended. */
const isMounted = (pod: PodObject): boolean => !hasEnded(pod) && conditionOf(pod.status?.conditions, 'PodReadyToStartContainers')?.status === 'True';

/**
 * A claim of mode ReadWriteOncePod is not mounted for a second pod. Pods on nodes that were deleted do not count: the scheduler no longer sees them, in a
 * real cluster too, and they go after a while.
 */
export const lonePodHasClaim: ClusterInvariant = ({ store }, before) => {
  for (const { metadata, spec } of listKind(store, 'PersistentVolumeClaim')) {
    if (!spec.accessModes.includes('ReadWriteOncePod')) continue;
    const claim = `${metadata.namespace ?? ''}/${metadata.name}`;
    const users = podsUsing(store, claim).filter((pod) => isMounted(pod) && getKind(store, 'Node', pod.spec.nodeName ?? '') !== undefined);
    const [first, second] = users;
    const wasSo = before !== undefined && podsUsing(before.store, claim).filter(isMounted).length >= users.length;
    if (first !== undefined && second !== undefined && !wasSo)
      return `claim ${claim} is for one pod, and pods ${first.metadata.name} and ${second.metadata.name} have it`;
  }
  return undefined;
};
