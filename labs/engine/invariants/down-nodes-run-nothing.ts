import type { PodObject } from '../api/cluster-kinds.ts';
import { isKind, listKind } from '../api/kinds.ts';
import { isNodeUp } from '../kubelet/node-report.ts';
import { conditionOf, isPodReady, isRunning, reportedContainers } from '../kubelet/pod-status.ts';
import { subjectOf, type Cluster } from '../loop/cluster.ts';
import { podsOnNode } from '../nodes/pods-on-node.ts';
import { changedObjects } from './changed-objects.ts';
import type { ClusterInvariant } from './invariant.ts';
import { isToLook } from './pending-work.ts';

const isUp = (cluster: Cluster, node: string): boolean => isNodeUp({ ...cluster, nowMs: cluster.clockMs, memory: null }, node);
const runs = (pod: PodObject): boolean => reportedContainers(pod, false).some(isRunning);

/** On a node that is down no container starts; and when the node controller has looked, neither the node nor its pods count as ready. */
export const downNodesRunNothing: ClusterInvariant = (cluster, before) => {
  for (const { before: was, now } of before === undefined ? [] : changedObjects(cluster.store, before.store)) {
    if (now === undefined || !isKind(now, 'Pod') || isUp(cluster, now.spec.nodeName ?? '')) continue;
    const ran = was !== undefined && isKind(was, 'Pod') && runs(was);
    if (runs(now) && !ran) return `${subjectOf(now)} starts on node ${now.spec.nodeName ?? ''}, which is down`;
  }
  for (const node of listKind(cluster.store, 'Node')) {
    const { name } = node.metadata;
    if (isUp(cluster, name) || isToLook(cluster, 'node-lifecycle-controller', name)) continue;
    if (conditionOf(node.status?.conditions, 'Ready')?.status === 'True') return `node ${name} is down for ever and counts as ready`;
    const ready = podsOnNode(cluster.store, name).find(isPodReady);
    if (ready !== undefined) return `${subjectOf(ready)} counts as ready on node ${name}, which is down for ever`;
  }
  return undefined;
};
