import type { SchedulerPlugin } from '../plugin.ts';
import type { NodeInfo } from '../node-info.ts';
import { podRequests, type Amounts } from '../pod-requests.ts';
import { amountsOf } from '../pod-requests.ts';
import { changedNode, podLeaving } from './changes.ts';

/** First the four that every node has, then the others by name. */
const ownOrder = ['cpu', 'memory', 'ephemeral-storage'];
const inOrder = (requests: Amounts): readonly string[] => {
  const names = Object.keys(requests).filter((resource) => (requests[resource] ?? 0) > 0);
  return [...ownOrder.filter((resource) => names.includes(resource)), ...names.filter((resource) => !ownOrder.includes(resource)).toSorted()];
};

/** The share of a resource that stays free, from 0 to 100. Models plugins/noderesources/least_allocated.go. */
function freeShare(wanted: number, allocatable: number): number {
  return wanted > allocatable ? 0 : Math.trunc(((allocatable - wanted) * 100) / allocatable);
}

function leastAllocated({ scored, allocatable }: NodeInfo, wanted: NodeInfo['scored']): number {
  const shares = (['cpu', 'memory'] as const).flatMap((resource) => {
    const held = allocatable[resource] ?? 0;
    return held === 0 ? [] : [freeShare(scored[resource] + wanted[resource], held)];
  });
  return shares.length === 0 ? 0 : Math.trunc(shares.reduce((total, share) => total + share, 0) / shares.length);
}

/** The node must have free what the pod asks for; emptier nodes are better. Models plugins/noderesources/fit.go with LeastAllocated. */
export const nodeResourcesFit: SchedulerPlugin = {
  name: 'NodeResourcesFit',
  filter: ({ pod }) => {
    const { requests } = podRequests(pod);
    const resources = inOrder(requests);
    return {
      check: ({ pods, requested, allocatable }) => {
        const tooMany = pods.length + 1 > (allocatable.pods ?? 0) ? ['Too many pods'] : [];
        const missing = resources.filter((resource) => (requests[resource] ?? 0) > (allocatable[resource] ?? 0) - (requested[resource] ?? 0));
        if (tooMany.length + missing.length === 0) return undefined;
        // What is larger than the whole node does not fit even if all pods went.
        const canPreempt = missing.every((resource) => (requests[resource] ?? 0) <= (allocatable[resource] ?? 0));
        return { reasons: [...tooMany, ...missing.map((resource) => `Insufficient ${resource}`)], canPreempt };
      },
    };
  },
  scorer: ({ pod }) => {
    const { scored } = podRequests(pod);
    return { score: (info) => leastAllocated(info, scored) };
  },
  wakes: (change, pod) => {
    // Any pod that leaves frees its place among the pods of the node.
    if (podLeaving(change) !== undefined) return true;
    const node = changedNode(change, ({ status }) => status?.allocatable ?? {});
    if (node === undefined) return false;
    const { requests } = podRequests(pod);
    const allocatable = amountsOf(node.status?.allocatable);
    return Object.entries(requests).every(([resource, wanted]) => wanted <= (allocatable[resource] ?? 0));
  },
};
