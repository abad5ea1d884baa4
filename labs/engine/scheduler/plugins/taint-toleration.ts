import type { PodObject } from '../../api/cluster-kinds.ts';
import { untolerated, type Taint, type Toleration } from '../../api/taints.ts';
import { normalisedByMaximum, type SchedulerPlugin } from '../plugin.ts';
import type { NodeInfo } from '../node-info.ts';
import { changedNode } from './changes.ts';

const taintsOf = ({ spec }: NodeInfo['node']): readonly Taint[] => spec?.taints ?? [];
const tolerationsOf = ({ spec }: PodObject): readonly Toleration[] => (spec.tolerations ?? []) as readonly Toleration[];

/** Keeps pods off tainted nodes, and prefers nodes with fewer PreferNoSchedule taints that the pod does not tolerate. Models plugins/tainttoleration. */
export const taintToleration: SchedulerPlugin = {
  name: 'TaintToleration',
  weight: 3,
  filter: ({ pod }) => {
    const tolerations = tolerationsOf(pod);
    const rejection = { reasons: ['node(s) had untolerated taint(s)'], canPreempt: false };
    return { check: ({ node }) => (untolerated(taintsOf(node), tolerations).length === 0 ? undefined : rejection) };
  },
  scorer: ({ pod }) => ({
    score: ({ node }) => untolerated(taintsOf(node), tolerationsOf(pod), ['PreferNoSchedule']).length,
    normalised: (scores) => normalisedByMaximum(scores, true),
  }),
  wakes: (change, pod) => {
    const node = changedNode(change, ({ spec }) => spec?.taints ?? []);
    return node !== undefined && untolerated(taintsOf(node), tolerationsOf(pod)).length === 0;
  },
};
