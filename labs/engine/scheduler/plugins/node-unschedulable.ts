import { tolerates, type Toleration } from '../../api/taints.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { changedNode } from './changes.ts';

const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

/** Keeps pods off cordoned nodes, unless they tolerate that. Models plugins/nodeunschedulable. */
export const nodeUnschedulable: SchedulerPlugin = {
  name: 'NodeUnschedulable',
  filter: ({ pod }) => {
    const isTolerated = ((pod.spec.tolerations ?? []) as readonly Toleration[]).some((toleration) => tolerates(toleration, taint));
    if (isTolerated) return undefined;
    const rejection = { reasons: ['node(s) were unschedulable'], canPreempt: false };
    return { check: ({ node }) => (node.spec?.unschedulable === true ? rejection : undefined) };
  },
  wakes: (change) => {
    const node = changedNode(change, ({ spec }) => spec?.unschedulable ?? false);
    return node !== undefined && node.spec?.unschedulable !== true;
  },
};
