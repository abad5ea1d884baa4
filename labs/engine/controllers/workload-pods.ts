import type { PodObject } from '../api/cluster-kinds.ts';
import { podGracePeriodSeconds } from '../api/pod-deletion.ts';
import type { PodTemplate } from '../api/workload-kinds.ts';
import { conditionOf, isPodReady } from '../kubelet/pod-status.ts';
import type { PlannedStep } from '../loop/controller.ts';
import type { JsonObject } from '../patch/json.ts';
import type { StatusError } from '../store/status-error.ts';
import { keyOf, type StoredObject } from '../store/stored-object.ts';
import { unixMsOf } from '../store/timestamp.ts';
import { controllerReference } from './ownership.ts';

export const podType = { apiVersion: 'v1', kind: 'Pod' } as const;

/** Whether a pod counts: it has not ended and is not being deleted. Models pkg/controller IsPodActive. */
export function isActive({ status, metadata: { deletionTimestamp } }: PodObject): boolean {
  return deletionTimestamp === undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** Whether a pod is on its way out and has not ended. Models pkg/controller IsPodTerminating. */
export function isTerminating({ status, metadata: { deletionTimestamp } }: PodObject): boolean {
  return deletionTimestamp !== undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** Milliseconds until a pod has been ready for long enough: 0 if it has, undefined if it is not ready. Models pkg/api/v1/pod IsPodAvailable. */
export function availableInMs(pod: PodObject, minReadySeconds: number, nowUnixMs: number): number | undefined {
  if (!isPodReady(pod)) return undefined;
  if (minReadySeconds === 0) return 0;
  const sinceMs = unixMsOf(conditionOf(pod.status?.conditions, 'Ready')?.lastTransitionTime ?? '');
  return Number.isNaN(sinceMs) ? undefined : Math.max(0, sinceMs + minReadySeconds * 1000 - nowUnixMs);
}

/** How many of some pods are ready, and available; and when the next one becomes available by itself. */
export function countPods(pods: readonly PodObject[], minReadySeconds: number, nowUnixMs: number) {
  let [ready, available] = [0, 0];
  let nextMs: number | undefined;
  for (const pod of pods) {
    const inMs = availableInMs(pod, minReadySeconds, nowUnixMs);
    if (inMs === undefined) continue;
    ready += 1;
    if (inMs === 0) available += 1;
    else nextMs = Math.min(inMs, nextMs ?? inMs);
  }
  return { ready, available, ...(nextMs !== undefined && { nextMs }) };
}

/** Whether a change of a pod may matter to who owns it. */
export function concernsOwner(before: PodObject, pod: PodObject): boolean {
  return (
    before.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    before.metadata.labels !== pod.metadata.labels ||
    before.metadata.ownerReferences !== pod.metadata.ownerReferences ||
    before.status?.phase !== pod.status?.phase ||
    isPodReady(before) !== isPodReady(pod)
  );
}

/** A pod made from a template, controlled by an owner; its name is generated. Models pkg/controller/controller_utils.go GetPodFromTemplate. */
export function podFromTemplate(owner: StoredObject, { metadata: { labels, annotations, finalizers } = {}, spec }: PodTemplate): JsonObject {
  const { name, namespace = 'default' } = owner.metadata;
  const metadata = {
    generateName: `${name}-`,
    namespace,
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
    ...(finalizers !== undefined && { finalizers }),
    ownerReferences: [controllerReference(owner)],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

/** Whether a creation failed because its namespace goes away: then nothing is said and nothing tried again. */
export const isNamespaceGoing = ({ code, message }: StatusError): boolean => code === 403 && message.includes('because it is being terminated');

/** The deletion of a pod by its owner, with the Events of pkg/controller/controller_utils.go RealPodControl. */
export function deletePod(owner: StoredObject, pod: PodObject, because: string): PlannedStep {
  const { name } = pod.metadata;
  return {
    write: { verb: 'delete', key: keyOf(pod), gracePeriodSeconds: podGracePeriodSeconds(pod) },
    text: `deletes pod ${name}`,
    because,
    done: () => [{ about: owner, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${name}` }],
    refused: ({ code, message }) => (code === 404 ? [] : [{ about: owner, type: 'Warning', reason: 'FailedDelete', message: `Error deleting: ${message}` }]),
  };
}
