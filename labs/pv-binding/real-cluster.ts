import { appliedManifests } from '../kit/cluster-lab/applied-manifests.ts';
import { claimsOf, podsOf, volumesOf } from './matching.ts';
import type { State } from './state.ts';

/** The objects that were applied, as a manifest, and the commands that show what this lab shows. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const [claim] = claimsOf(state);
  const [pod] = podsOf(state);
  const inNamespace = (object: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string =>
    `${object.metadata.namespace === undefined || object.metadata.namespace === 'default' ? '' : `-n ${object.metadata.namespace} `}${object.metadata.name}`;
  return {
    manifests: appliedManifests([...volumesOf(state), ...claimsOf(state), ...podsOf(state)]),
    commands: [
      'kubectl get pv,pvc',
      ...(claim === undefined ? [] : [`kubectl describe pvc ${inNamespace(claim)}`]),
      ...(pod === undefined ? [] : [`kubectl describe pod ${inNamespace(pod)}`]),
      'kubectl get storageclass',
      'kubectl get events --sort-by=.lastTimestamp',
    ],
  };
}
