import type { PersistentVolumeClaim, PodObject } from '../api/cluster-kinds.ts';
import { isKind, listKind } from '../api/kinds.ts';
import { subjectOf, type Cluster } from '../loop/cluster.ts';
import { entriesAfter, lengthOf } from '../loop/cluster-log.ts';
import { claimProtection } from '../volumes/annotations.ts';
import { isMadeFor } from '../volumes/pod-volumes.ts';
import { hasEnded, podsUsing } from '../volumes/volume-indexes.ts';
import { changedObjects } from './changed-objects.ts';
import type { ClusterInvariant } from './invariant.ts';
import { isToLook } from './pending-work.ts';

/** A pod on a node that has not ended and uses a claim; of a claim that was made for a pod only that pod. */
function userOf({ store }: Cluster, claim: PersistentVolumeClaim): string | undefined {
  const { namespace = '', name } = claim.metadata;
  const isNamed = ({ spec: { volumes = [] } }: PodObject): boolean => volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
  const users = podsUsing(store, `${namespace}/${name}`).filter((pod) => (pod.spec.nodeName ?? '') !== '' && !hasEnded(pod));
  return users.find((pod) => isNamed(pod) || isMadeFor(claim, pod))?.metadata.name;
}

/** A claim does not go while a pod on a node uses it, and is protected from the beginning, unless somebody from outside takes the protection away. */
export const usedClaimsStay: ClusterInvariant = (cluster, before) => {
  for (const { before: was, now } of before === undefined ? [] : changedObjects(cluster.store, before.store)) {
    if (was === undefined || now !== undefined || !isKind(was, 'PersistentVolumeClaim')) continue;
    const user = userOf(cluster, was);
    const isByHand = entriesAfter(cluster.log, lengthOf(before?.log ?? [])).some(({ subject, by }) => subject === subjectOf(was) && by === 'learner');
    if (user !== undefined && !isByHand) return `${subjectOf(was)} is gone, though pod ${user} uses it`;
  }
  for (const claim of listKind(cluster.store, 'PersistentVolumeClaim')) {
    const { deletionTimestamp, finalizers = [], namespace = '', name } = claim.metadata;
    const isSafe = deletionTimestamp !== undefined || finalizers.includes(claimProtection);
    if (!isSafe && !isToLook(cluster, 'pvc-protection-controller', `${namespace}/${name}`)) return `${subjectOf(claim)} is not protected while it is in use`;
  }
  return undefined;
};
