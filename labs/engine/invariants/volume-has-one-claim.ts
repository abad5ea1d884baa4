import { listKind } from '../api/kinds.ts';
import type { ClusterInvariant } from './invariant.ts';
import { isToLook } from './pending-work.ts';

/**
 * No two Bound claims have the same volume. A learner who points a volume at another claim makes two of them for up to 15 s, until the PV controller's
 * resync finds the first one misbound.
 */
export const volumeHasOneClaim: ClusterInvariant = (cluster) => {
  const owners = new Map<string, string>();
  for (const { spec, status, metadata } of listKind(cluster.store, 'PersistentVolumeClaim')) {
    const { volumeName = '' } = spec;
    if (status?.phase !== 'Bound' || volumeName === '') continue;
    const claim = `${metadata.namespace ?? ''}/${metadata.name}`;
    const other = owners.get(volumeName);
    const isSeen = [claim, other].some((each) => each !== undefined && isToLook(cluster, 'persistentvolume-controller', `claim/${each}`));
    if (other !== undefined && !isSeen) return `volume ${volumeName} is bound to claim ${other} and to claim ${claim}`;
    owners.set(volumeName, claim);
  }
  return undefined;
};
