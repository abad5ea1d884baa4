import type { SchedulerPlugin } from '../plugin.ts';

/** Keeps pods with gates out of the queue. Models plugins/schedulinggates. */
export const schedulingGates: SchedulerPlugin = {
  name: 'SchedulingGates',
  gate: ({ spec: { schedulingGates: gates = [] } }) =>
    gates.length === 0 ? undefined : `waiting for scheduling gates: [${gates.map(({ name }) => name).join(' ')}]`,
};
