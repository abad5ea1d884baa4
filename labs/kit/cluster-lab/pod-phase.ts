import type { Condition, PodObject } from '../../engine/api/cluster-kinds.ts';
import { fieldOf, isObject } from '../../engine/patch/json.ts';

/** How a pod is, as kubectl's STATUS column says it, and why in a sentence. */
export interface PodPhase {
  readonly word: string;
  readonly because: string;
}

/** Why a container waits: `ImagePullBackOff`. */
function waitingReason({ status }: PodObject): string | undefined {
  for (const container of status?.containerStatuses ?? []) {
    const state = fieldOf(container, 'state');
    const waiting = isObject(state) ? fieldOf(state, 'waiting') : undefined;
    const reason = isObject(waiting) ? fieldOf(waiting, 'reason') : undefined;
    if (typeof reason === 'string') return reason;
  }
  return undefined;
}

const conditionOf = ({ status }: PodObject, type: string): Condition | undefined => status?.conditions?.find((each) => each.type === type);

/** Whether all containers of a pod are ready. */
export const isPodReady = (pod: PodObject): boolean => conditionOf(pod, 'Ready')?.status === 'True';

/** Models kubectl pkg/printers printPod as far as a pod is being scheduled, started and deleted. */
export function podPhase(pod: PodObject): PodPhase {
  const { metadata, spec, status } = pod;
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (metadata.deletionTimestamp !== undefined) return { word: 'Terminating', because: 'It is being deleted; its kubelet ends it and then removes it.' };
  if ((spec.nodeName ?? '') === '') {
    return { word: 'Pending', because: scheduled?.message ?? 'The scheduler has not looked at it yet.' };
  }
  const reason = waitingReason(pod);
  if (status?.phase === 'Running') return { word: 'Running', because: `It runs on ${spec.nodeName ?? ''}${isPodReady(pod) ? '' : ', and is not ready'}.` };
  if (reason !== undefined) return { word: reason, because: `It is on ${spec.nodeName ?? ''}; a container waits: ${reason}.` };
  return { word: status?.phase ?? 'Pending', because: `It is on ${spec.nodeName ?? ''}, whose kubelet has not started it yet.` };
}
