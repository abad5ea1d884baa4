import type { Condition, PodObject } from '../../engine/api/cluster-kinds.ts';
import { podState } from '../kubectl/pod-state.ts';

/** How a pod is, as kubectl's STATUS column says it, and why in a sentence. */
export interface PodPhase {
  readonly word: string;
  readonly because: string;
}

const conditionOf = ({ status }: PodObject, type: string): Condition | undefined => status?.conditions?.find((each) => each.type === type);

/** Whether all containers of a pod are ready. */
export const isPodReady = (pod: PodObject): boolean => conditionOf(pod, 'Ready')?.status === 'True';

/** The word is kubectl's own (../kubectl/pod-state.ts); the sentence says what the pod waits for. */
export function podPhase(pod: PodObject): PodPhase {
  const { metadata, spec } = pod;
  const { status: word } = podState(pod);
  const node = spec.nodeName ?? '';
  if (metadata.deletionTimestamp !== undefined) return { word, because: 'It is being deleted; its kubelet ends it and then removes it.' };
  if (node === '') return { word, because: conditionOf(pod, 'PodScheduled')?.message ?? 'The scheduler has not looked at it yet.' };
  if (word === 'Running') return { word, because: `It runs on ${node}${isPodReady(pod) ? '' : ', and is not ready'}.` };
  if (word === 'Pending') return { word, because: `It is on ${node}, whose kubelet has not started it yet.` };
  return { word, because: `It is on ${node}; kubectl calls its state ${word}.` };
}
