import type { PodObject } from '../../labs/engine/api/cluster-kinds.ts';
import { isKind, getKind } from '../../labs/engine/api/kinds.ts';
import { nothing, type Controller } from '../../labs/engine/loop/controller.ts';
import { timestampOf } from '../../labs/engine/store/timestamp.ts';

/**
 * The kubelet that the recorder played (recorded/README.md): pods on a node become Running and Ready, images with `bad` in their name never come, and
 * deleted pods are gone after a moment. Not what a real kubelet does: only for comparing recordings.
 */
export const recorderKubelet: Controller = {
  name: 'recorder-kubelet',
  watches: ['Pod'],
  delayMs: 100,
  enqueue: ({ type, object }) => (type === 'DELETED' || !isKind(object, 'Pod') || (object.spec.nodeName ?? '') === '' ? [] : [{ key: keyOfPod(object) }]),
  reconcile: (key, { store, nowMs }) => {
    const [namespace = '', name = ''] = key.split('/');
    const pod = getKind(store, 'Pod', name, namespace);
    if (pod === undefined) return nothing;
    const podKey = { apiVersion: 'v1', kind: 'Pod', namespace, name };
    if (pod.metadata.deletionTimestamp !== undefined)
      return { steps: [{ write: { verb: 'delete', key: podKey, gracePeriodSeconds: 0 }, text: 'removes the pod' }] };
    if (pod.status?.phase !== 'Pending' && pod.status?.phase !== undefined) return nothing;
    if (pod.spec.containers.some(({ image = '' }) => image.includes('bad'))) return nothing;
    const at = timestampOf(store.startUnixMs + nowMs);
    const others = (pod.status?.conditions ?? []).filter(({ type }) => type === 'PodScheduled');
    const ready = ['Initialized', 'ContainersReady', 'Ready'].map((type) => ({ type, status: 'True', lastTransitionTime: at }));
    const status = { phase: 'Running', startTime: at, conditions: [...others, ...ready] };
    return { steps: [{ write: { verb: 'patch', key: podKey, patchType: 'merge', patch: { status }, subresource: 'status' }, text: 'runs the pod' }] };
  },
};

const keyOfPod = ({ metadata: { namespace = 'default', name } }: PodObject): string => `${namespace}/${name}`;
