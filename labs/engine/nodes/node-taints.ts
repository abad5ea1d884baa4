import type { NodeObject, Taint } from '../api/cluster-kinds.ts';
import { conditionOf } from '../kubelet/pod-status.ts';

const unreachable = 'node.kubernetes.io/unreachable';
const notReady = 'node.kubernetes.io/not-ready';

/** Which taint a condition stands for when it has a status. Models pkg/controller/nodelifecycle nodeConditionToTaintKeyStatusMap. */
const taintOfCondition: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: notReady, Unknown: unreachable },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};
const unschedulable = 'node.kubernetes.io/unschedulable';
const conditionKeys: ReadonlySet<string> = new Set([unschedulable, ...Object.values(taintOfCondition).flatMap((keys) => Object.values(keys))]);

const noTaints: readonly Taint[] = [];

/** A node's taints with those of effect NoSchedule that its conditions and `unschedulable` ask for; the same list if nothing changes. */
export function withConditionTaints({ spec, status }: NodeObject, at: string): readonly Taint[] {
  const taints = spec?.taints ?? noTaints;
  const keys = (status?.conditions ?? []).flatMap((condition) => taintOfCondition[condition.type]?.[condition.status] ?? []);
  // A node that has reported nothing keeps the taint with which it was registered.
  const hasReported = (status?.conditions ?? []).some(({ type }) => type === 'Ready');
  const reported = hasReported ? keys : [...keys, ...taints.filter(({ key, effect }) => key === notReady && effect === 'NoSchedule').map(({ key }) => key)];
  const wanted = spec?.unschedulable === true ? [...reported, unschedulable] : reported;
  const isOurs = ({ key, effect }: Taint): boolean => effect === 'NoSchedule' && conditionKeys.has(key);
  const kept = taints.filter((taint) => !isOurs(taint) || wanted.includes(taint.key));
  const added = wanted
    .filter((key) => !kept.some((taint) => isOurs(taint) && taint.key === key))
    .map((key) => ({ key, effect: 'NoSchedule', timeAdded: at }) as const);
  return added.length === 0 && kept.length === taints.length ? taints : [...kept, ...added];
}

/** The key of the taint with effect NoExecute that a node's Ready condition asks for; undefined if it is ready or never said. */
export function evictionTaint({ status }: NodeObject): string | undefined {
  const ready = conditionOf(status?.conditions, 'Ready');
  return ready === undefined ? undefined : taintOfCondition.Ready?.[ready.status];
}

/** Taints of a node with one of not-ready and unreachable of effect NoExecute, or none; the same list if nothing changes. */
export function withEvictionTaint(taints: readonly Taint[], key: string | undefined, at: string): readonly Taint[] {
  const isOurs = (taint: Taint): boolean => taint.effect === 'NoExecute' && (taint.key === notReady || taint.key === unreachable);
  const ours = taints.filter(isOurs);
  if (key === undefined) return ours.length === 0 ? taints : taints.filter((taint) => !isOurs(taint));
  if (ours.length === 1 && ours[0]?.key === key) return taints;
  return [...taints.filter((taint) => !isOurs(taint)), { key, effect: 'NoExecute', timeAdded: at }];
}
