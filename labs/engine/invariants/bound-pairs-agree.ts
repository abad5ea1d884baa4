import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { listKind, getKind } from '../api/kinds.ts';
import type { Cluster } from '../loop/cluster.ts';
import type { ClusterInvariant } from './invariant.ts';
import { isToLook } from './pending-work.ts';

const isDue = (cluster: Cluster, key: string): boolean => isToLook(cluster, 'persistentvolume-controller', key);

/** A Bound claim's volume names that claim, and a Bound volume's claim names that volume, unless the PV controller is about to look. */
export const boundPairsAgree: ClusterInvariant = (cluster) => {
  const { store } = cluster;
  for (const claim of listKind(store, 'PersistentVolumeClaim')) {
    const problem = claim.status?.phase === 'Bound' ? claimProblem(claim, getKind(store, 'PersistentVolume', claim.spec.volumeName ?? '')) : undefined;
    const name = `${claim.metadata.namespace ?? ''}/${claim.metadata.name}`;
    if (problem !== undefined && !isDue(cluster, `claim/${name}`)) return `claim ${name} is Bound, but ${problem}`;
  }
  for (const volume of listKind(store, 'PersistentVolume')) {
    if (volume.status?.phase !== 'Bound') continue;
    const { name = '', namespace = '' } = volume.spec.claimRef ?? {};
    const problem = volumeProblem(volume, getKind(store, 'PersistentVolumeClaim', name, namespace));
    if (problem !== undefined && !isDue(cluster, `volume/${volume.metadata.name}`) && !isDue(cluster, `claim/${namespace}/${name}`))
      return `volume ${volume.metadata.name} is Bound, but ${problem}`;
  }
  return undefined;
};

function claimProblem({ metadata, spec }: PersistentVolumeClaim, volume: PersistentVolume | undefined): string | undefined {
  if (volume === undefined) return `its volume ${spec.volumeName ?? ''} is not there`;
  const { claimRef } = volume.spec;
  return claimRef?.uid === metadata.uid ? undefined : `volume ${volume.metadata.name} names ${claimRef === undefined ? 'no claim' : `claim ${claimRef.name}`}`;
}

function volumeProblem({ metadata, spec }: PersistentVolume, claim: PersistentVolumeClaim | undefined): string | undefined {
  if (claim === undefined || claim.metadata.uid !== spec.claimRef?.uid) return `its claim ${spec.claimRef?.name ?? ''} is not there`;
  const { volumeName = '' } = claim.spec;
  return volumeName === metadata.name ? undefined : `claim ${claim.metadata.name} names ${volumeName === '' ? 'no volume' : `volume ${volumeName}`}`;
}
