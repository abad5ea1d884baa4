import { getKind, listKind } from '../../engine/api/cluster-kinds.ts';
import type { ClusterState } from './cluster-state.ts';

/** What is wrong with the bonds between volumes and claims: two bound claims with one volume, or a bound claim whose volume names another. */
export function bondProblem({ cluster: { store } }: ClusterState): string | undefined {
  const owners = new Map<string, string>();
  for (const { spec, status, metadata } of listKind(store, 'PersistentVolumeClaim')) {
    const { volumeName = '' } = spec;
    if (status?.phase !== 'Bound' || volumeName === '') continue;
    const name = `${metadata.namespace ?? ''}/${metadata.name}`;
    const other = owners.get(volumeName);
    if (other !== undefined) return `volume ${volumeName} is bound to ${other} and to ${name}`;
    owners.set(volumeName, name);
    const claimRef = getKind(store, 'PersistentVolume', volumeName)?.spec.claimRef;
    if (claimRef !== undefined && claimRef.uid !== metadata.uid && (claimRef.uid ?? '') !== '')
      return `claim ${name} is Bound to ${volumeName}, whose claimRef names ${claimRef.namespace ?? ''}/${claimRef.name}`;
  }
  return undefined;
}
