import type { NodeObject, PodObject } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { conditionOf, withCondition } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep } from '../loop/controller.ts';
import { keyOf } from '../store/stored-object.ts';
import { timestampOf } from '../store/timestamp.ts';
import { podsOnNode } from './pods-on-node.ts';

/** A node that is gone must stay gone for so long before its pods are deleted; the controller looks every 20 s. */
const quarantineMs = 40_000;

/** Whether a node was declared out of service, and is not ready: the taint alone does not take the pods of a node that still answers. */
const isOutOfService = ({ spec, status }: NodeObject): boolean =>
  conditionOf(status?.conditions, 'Ready')?.status !== 'True' && (spec?.taints ?? []).some(({ key }) => key === 'node.kubernetes.io/out-of-service');

/**
 * Deletes for good pods that no kubelet can end: those on a node that no longer exists, and deleted ones on a silent node that was declared out of service.
 * Models pkg/controller/podgc. Not modelled: the limit of 12,500 ended pods.
 */
export const podGarbageCollector: Controller = {
  name: 'pod-garbage-collector',
  watches: ['Node', 'Pod'],
  delayMs: quarantineMs,
  enqueue: ({ object, type }, { store }) => {
    if (isKind(object, 'Node')) {
      const isLeft = type === 'DELETED' || isOutOfService(object);
      return isLeft ? [{ key: object.metadata.name, ...(type !== 'DELETED' && { afterMs: 20_000 }) }] : [];
    }
    if (!isKind(object, 'Pod') || type === 'DELETED') return [];
    const { nodeName = '' } = object.spec;
    if (nodeName === '') return [];
    const node = getKind(store, 'Node', nodeName);
    if (node === undefined) return [{ key: nodeName }];
    return object.metadata.deletionTimestamp !== undefined && isOutOfService(node) ? [{ key: nodeName, afterMs: 20_000 }] : [];
  },
  reconcile: (name, { store, nowMs }) => {
    const node = getKind(store, 'Node', name);
    if (node !== undefined && !isOutOfService(node)) return nothing;
    const pods = podsOnNode(store, name).filter(({ metadata: { deletionTimestamp } }) => node === undefined || deletionTimestamp !== undefined);
    const at = timestampOf(store.startUnixMs + nowMs);
    return { steps: pods.flatMap((pod) => forced(pod, { at, isNodeGone: node === undefined })) };
  },
};

function forced(pod: PodObject, { at, isNodeGone }: { readonly at: string; readonly isNodeGone: boolean }): readonly PlannedStep[] {
  const name = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  const because = `node ${pod.spec.nodeName ?? ''} is ${isNodeGone ? 'gone' : 'out of service'}`;
  const held = pod.status?.conditions ?? [];
  // Only a node that is gone is said to disrupt its pods.
  const condition = { type: 'DisruptionTarget', status: 'True', reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' } as const;
  const status = { ...pod.status, phase: 'Failed', conditions: isNodeGone ? withCondition(held, condition, at) : held };
  return [
    { write: { verb: 'update', object: { ...pod, status }, subresource: 'status' }, text: `reports pod ${name} as failed`, because, tone: 'bad' },
    { write: { verb: 'delete', key: keyOf(pod), gracePeriodSeconds: 0 }, text: `deletes pod ${name} for good`, because, tone: 'bad' },
  ];
}
