import type { NodeObject, PodObject } from '../../api/cluster-kinds.ts';
import { matchesNodeSelector } from '../../api/node-affinity.ts';

/** Whether a pod's `nodeSelector` and required node affinity allow a node. Models component-helpers scheduling/corev1/nodeaffinity GetRequiredNodeAffinity. */
export function isAllowedByAffinity({ spec }: PodObject, { metadata: { name, labels = {} } }: NodeObject): boolean {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const hasLabels = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
  return hasLabels && (required === undefined || matchesNodeSelector(required, { name, labels }));
}
