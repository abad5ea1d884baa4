import { fieldOf, isObject, type Json, type JsonObject } from '../engine/patch/json.ts';
import { lastAppliedOf } from '../engine/patch/apply-manifest.ts';
import { claimsOf, podsOf, volumesOf } from './matching.ts';
import type { State } from './state.ts';

/** The objects that were applied, as a manifest, and the commands that show what this lab shows. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const applied = [...volumesOf(state), ...claimsOf(state), ...podsOf(state)].map(lastAppliedOf).filter((object) => fieldOf(object, 'kind') !== undefined);
  const [claim] = claimsOf(state);
  const [pod] = podsOf(state);
  const inNamespace = (object: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string =>
    `${object.metadata.namespace === undefined || object.metadata.namespace === 'default' ? '' : `-n ${object.metadata.namespace} `}${object.metadata.name}`;
  return {
    manifests: applied.map((object) => JSON.stringify(inOrder(object), undefined, 2)).join('\n---\n'),
    commands: [
      'kubectl get pv,pvc',
      ...(claim === undefined ? [] : [`kubectl describe pvc ${inNamespace(claim)}`]),
      ...(pod === undefined ? [] : [`kubectl describe pod ${inNamespace(pod)}`]),
      'kubectl get storageclass',
      'kubectl get events --sort-by=.lastTimestamp',
    ],
  };
}

/** apiVersion, kind and metadata first, as people write them; without an empty list of annotations. */
function inOrder({ apiVersion = '', kind = '', metadata = {}, ...rest }: JsonObject): JsonObject {
  const annotations = isObject(metadata) ? fieldOf(metadata, 'annotations') : undefined;
  const isEmpty = isObject(annotations) && Object.keys(annotations).length === 0;
  const kept: Json = isObject(metadata) && isEmpty ? Object.fromEntries(Object.entries(metadata).filter(([field]) => field !== 'annotations')) : metadata;
  return { apiVersion, kind, metadata: kept, ...rest };
}
