import { appliedManifests } from '../kit/cluster-lab/applied-manifests.ts';
import { claimsOf, deploymentsOf, podsOf, volumesOf } from './scene.ts';
import type { State } from './state.ts';

/** The objects that were applied, as a manifest, and the commands that show what this lab shows. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const stuck = podsOf(state).find(({ status }) => status?.phase !== 'Running');
  return {
    manifests: appliedManifests([...volumesOf(state), ...claimsOf(state), ...deploymentsOf(state), ...podsOf(state)]),
    commands: [
      'kubectl get pods -o wide',
      ...(stuck === undefined ? [] : [`kubectl describe pod -n ${stuck.metadata.namespace ?? 'default'} ${stuck.metadata.name}`]),
      'kubectl get pvc,pv',
      'kubectl get volumeattachments',
      'kubectl get events --sort-by=.lastTimestamp',
    ],
  };
}
