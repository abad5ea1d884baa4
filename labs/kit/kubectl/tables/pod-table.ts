import { objectsAt, orNone, textAt } from '../field-at.ts';
import { humanDuration } from '../human-duration.ts';
import { ageAt } from '../moment.ts';
import { podState } from '../pod-state.ts';
import type { Table } from '../table.ts';

/** Models pkg/printers printPod. */
export const podTable: Table = {
  columns: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', '+IP', '+NODE', '+NOMINATED NODE', '+READINESS GATES'],
  cells: (pod, nowMs) => {
    const { status, readyContainers, containers, restarts, lastRestartMs } = podState(pod);
    const gates = objectsAt(pod, 'spec.readinessGates');
    const conditions = objectsAt(pod, 'status.conditions');
    const open = gates.filter(({ conditionType }) => conditions.find(({ type }) => type === conditionType)?.status === 'True');
    return [
      pod.metadata.name,
      `${readyContainers}/${containers}`,
      status,
      lastRestartMs === undefined ? String(restarts) : `${restarts} (${humanDuration(nowMs - lastRestartMs)} ago)`,
      ageAt(pod, 'metadata.creationTimestamp', nowMs),
      orNone(textAt(objectsAt(pod, 'status.podIPs')[0], 'ip')),
      orNone(textAt(pod, 'spec.nodeName')),
      orNone(textAt(pod, 'status.nominatedNodeName')),
      gates.length === 0 ? '<none>' : `${open.length}/${gates.length}`,
    ];
  },
};
