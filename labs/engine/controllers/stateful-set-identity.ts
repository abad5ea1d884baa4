import type { PodObject } from '../api/cluster-kinds.ts';
import type { StatefulSet } from '../api/workload-kinds.ts';
import { isList, isObject, type Json, type JsonObject } from '../patch/json.ts';
import { controllerReference } from './ownership.ts';
import { podFromTemplate } from './workload-pods.ts';

export const revisionLabel = 'controller-revision-hash';

/** The ordinal in a pod's name, if the name is one of the set's. Models pkg/controller/statefulset getParentNameAndOrdinal. */
export function ordinalOf({ metadata: { name } }: StatefulSet, podName: string): number | undefined {
  const found = /^(.*)-(\d+)$/u.exec(podName);
  return found?.[1] === name ? Number(found[2]) : undefined;
}

/** The name of a claim: `data-db-0`. */
export function claimName({ metadata: { name } }: StatefulSet, template: string, ordinal: number): string {
  return `${template}-${name}-${ordinal}`;
}

/** The pod of an ordinal: its name, host name, labels and claims. Models pkg/controller/statefulset newStatefulSetPod, updateIdentity, updateStorage. */
export function statefulPod(
  set: StatefulSet,
  ordinal: number,
  revision: { readonly name: string; readonly template: StatefulSet['spec']['template'] },
): JsonObject {
  const pod = podFromTemplate(set, revision.template) as JsonObject & { readonly metadata: JsonObject; readonly spec: PodObject['spec'] };
  const name = `${set.metadata.name}-${ordinal}`;
  const { serviceName = '', volumeClaimTemplates = [] } = set.spec;
  const labels = {
    ...revision.template.metadata?.labels,
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': String(ordinal),
    [revisionLabel]: revision.name,
  };
  const claims = volumeClaimTemplates.map(({ metadata }) => ({
    name: metadata.name,
    persistentVolumeClaim: { claimName: claimName(set, metadata.name, ordinal) },
  }));
  const others = (pod.spec.volumes ?? []).filter((volume) => !claims.some((claim) => claim.name === volume.name));
  const volumes = [...claims, ...others];
  return {
    ...pod,
    metadata: { ...pod.metadata, name, labels },
    spec: { ...pod.spec, hostname: name, ...(serviceName !== '' && { subdomain: serviceName }), ...(volumes.length > 0 && { volumes }) },
  };
}

/** The claims of an ordinal. With `whenDeleted: Delete` they belong to the set and go with it. Models pkg/controller/statefulset getPersistentVolumeClaims. */
export function statefulClaims(set: StatefulSet, ordinal: number): readonly (JsonObject & { readonly metadata: JsonObject & { readonly name: string } })[] {
  const { volumeClaimTemplates = [], selector, persistentVolumeClaimRetentionPolicy } = set.spec;
  const owners = persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete' ? { ownerReferences: [controllerReference(set)] } : {};
  return volumeClaimTemplates.map(({ metadata, spec }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...metadata,
      name: claimName(set, metadata.name, ordinal),
      namespace: set.metadata.namespace ?? 'default',
      labels: { ...textsOf(metadata.labels), ...selector.matchLabels },
      ...owners,
    },
    spec,
  }));
}

function textsOf(value: Json | undefined): JsonObject {
  return isObject(value) && !isList(value) ? value : {};
}
