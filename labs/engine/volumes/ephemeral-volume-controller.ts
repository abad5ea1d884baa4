import type { PodObject, PodVolume } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { nothing, type Controller, type PlannedStep, type View } from '../loop/controller.ts';
import { fieldOf, isObject, type JsonObject } from '../patch/json.ts';
import { claimNameOf, isMadeFor } from './pod-volumes.ts';

/**
 * Makes a claim for each ephemeral volume of a pod, owned by the pod: the garbage collector deletes it with the pod. Models
 * pkg/controller/volume/ephemeral.
 */
export const ephemeralVolumeController: Controller = {
  name: 'ephemeral_volume',
  watches: ['Pod', 'PersistentVolumeClaim'],
  delayMs: 10,
  enqueue: ({ type, object }) => {
    if (isKind(object, 'Pod')) return type !== 'DELETED' && hasEphemeral(object) ? [{ key: keyOf(object) }] : [];
    // A claim that goes away is made anew while its pod is there.
    const owner = type === 'DELETED' ? object.metadata.ownerReferences?.find(({ kind }) => kind === 'Pod') : undefined;
    return owner === undefined ? [] : [{ key: `${object.metadata.namespace ?? 'default'}/${owner.name}` }];
  },
  reconcile: (key, view) => {
    const [namespace = '', name = ''] = key.split('/');
    const pod = getKind(view.store, 'Pod', name, namespace);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return nothing;
    return { steps: (pod.spec.volumes ?? []).flatMap((volume) => claimSteps(pod, volume, view)) };
  },
};

const keyOf = ({ metadata: { namespace = 'default', name } }: PodObject): string => `${namespace}/${name}`;
const hasEphemeral = ({ spec: { volumes = [] } }: PodObject): boolean => volumes.some(({ ephemeral }) => ephemeral !== undefined);

function claimSteps(pod: PodObject, volume: PodVolume, { store }: View): readonly PlannedStep[] {
  const template = volume.ephemeral?.volumeClaimTemplate;
  const name = claimNameOf(pod, volume) ?? '';
  if (template === undefined) return [];
  const { namespace = 'default', uid, name: podName } = pod.metadata;
  const claim = getKind(store, 'PersistentVolumeClaim', name, namespace);
  if (claim !== undefined) {
    if (isMadeFor(claim, pod)) return [];
    const message = `ephemeral volume ${volume.name}: PVC ${namespace}/${name} was not created for pod ${namespace}/${podName} (pod is not owner)`;
    return [{ about: pod, type: 'Warning', reason: 'FailedBinding', message }];
  }
  const metadata = objectAt(template, 'metadata');
  const owner = { apiVersion: 'v1', kind: 'Pod', name: podName, uid, controller: true, blockOwnerDeletion: true };
  const object = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels: objectAt(metadata, 'labels'), annotations: objectAt(metadata, 'annotations'), ownerReferences: [owner] },
    spec: objectAt(template, 'spec'),
  };
  return [{ write: { verb: 'create', object }, text: `creates claim ${namespace}/${name}`, because: `pod ${podName} brings its own volume ${volume.name}` }];
}

function objectAt(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isObject(value) ? value : {};
}
