import type { NodeInfo } from '../node-info.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { podRequests, type Amounts } from '../pod-requests.ts';

/** How evenly cpu and memory would be used, from 50 (one full, one empty) to 100: with two shares the deviation is half their distance. */
function balance({ requested, allocatable }: NodeInfo, added: Amounts): number {
  const shares = ['cpu', 'memory'].flatMap((resource) => {
    const held = allocatable[resource] ?? 0;
    return held === 0 ? [] : [Math.min(1, ((requested[resource] ?? 0) + (added[resource] ?? 0)) / held)];
  });
  const [first, second] = shares;
  const deviation = first === undefined || second === undefined ? 0 : Math.abs((first - second) / 2);
  return Math.trunc((1 - deviation) * 100);
}

/**
 * Favours nodes whose use of cpu and memory becomes more even: 75 if the pod changes nothing, 50 and 100 at the ends.
 * Models plugins/noderesources/balanced_allocation.go since v1.36 (pull request 135573).
 */
export const nodeResourcesBalancedAllocation: SchedulerPlugin = {
  name: 'NodeResourcesBalancedAllocation',
  scorer: ({ pod }) => {
    const { requests } = podRequests(pod);
    if ((requests.cpu ?? 0) === 0 && (requests.memory ?? 0) === 0) return undefined;
    return { score: (info) => Math.trunc((150 + balance(info, requests) - balance(info, {})) / 2) };
  },
};
