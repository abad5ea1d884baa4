import type { SchedulerPlugin } from '../plugin.ts';
import { changedNode } from './changes.ts';

/** A pod that names its node fits no other; such pods never reach the scheduler, except in what-if questions. Models plugins/nodename. */
export const nodeName: SchedulerPlugin = {
  name: 'NodeName',
  filter: ({ pod: { spec } }) => {
    const wanted = spec.nodeName ?? '';
    if (wanted === '') return undefined;
    const rejection = { reasons: ["node(s) didn't match the requested node name"], canPreempt: false };
    return { check: ({ name }) => (name === wanted ? undefined : rejection) };
  },
  wakes: (change) => changedNode(change) !== undefined,
};
