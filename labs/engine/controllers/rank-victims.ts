import type { PodObject } from '../api/cluster-kinds.ts';
import { conditionOf, isPodReady } from '../kubelet/pod-status.ts';
import { unixMsOf } from '../store/timestamp.ts';
import { isActive } from './workload-pods.ts';

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };
const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost';

interface Ranked {
  readonly pod: PodObject;
  /** What is compared, first to last; the least is deleted first. */
  readonly marks: readonly number[];
}

/**
 * Pods in the order in which they are given up: not on a node, not running, not ready, cheap to delete, next to most others of their kind, ready for a
 * shorter time, restarted more often, younger. Times are compared by powers of two, so that it is not always the youngest; equal pods by their uid.
 * Models pkg/controller ActivePodsWithRanks.
 */
export function rankVictims(pods: readonly PodObject[], related: readonly PodObject[], nowUnixMs: number): readonly PodObject[] {
  const onNode = new Map<string, number>();
  for (const pod of related) {
    if (isActive(pod)) onNode.set(pod.spec.nodeName ?? '', (onNode.get(pod.spec.nodeName ?? '') ?? 0) + 1);
  }
  const ranked = pods.map((pod): Ranked => ({ pod, marks: marksOf(pod, onNode.get(pod.spec.nodeName ?? '') ?? 0, nowUnixMs) }));
  return ranked.toSorted(compare).map(({ pod }) => pod);
}

function marksOf(pod: PodObject, neighbours: number, nowUnixMs: number): readonly number[] {
  const isReady = isPodReady(pod);
  const statuses = (pod.status?.containerStatuses ?? []) as readonly { readonly restartCount?: number }[];
  const cost = Number(pod.metadata.annotations?.[costAnnotation] ?? 0);
  return [
    (pod.spec.nodeName ?? '') === '' ? 0 : 1,
    phases[pod.status?.phase ?? 'Pending'] ?? 0,
    isReady ? 1 : 0,
    Number.isInteger(cost) ? cost : 0,
    -neighbours,
    isReady ? logarithm(nowUnixMs - unixMsOf(conditionOf(pod.status?.conditions, 'Ready')?.lastTransitionTime ?? '')) : 0,
    -Math.max(0, ...statuses.map(({ restartCount = 0 }) => restartCount)),
    logarithm(nowUnixMs - unixMsOf(pod.metadata.creationTimestamp)),
  ];
}

/** Of an age in nanoseconds, as logarithmicRankDiff counts it. */
function logarithm(ageMs: number): number {
  return ageMs > 0 ? Math.floor(Math.log2(ageMs * 1e6)) : -1;
}

function compare(one: Ranked, other: Ranked): number {
  for (const [index, mark] of one.marks.entries()) {
    const difference = mark - (other.marks[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.pod.metadata.uid < other.pod.metadata.uid ? -1 : 1;
}
