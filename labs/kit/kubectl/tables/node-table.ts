import { objectAt, objectsAt, orNone, textAt, trueAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import type { JsonObject } from '../../../engine/patch/json.ts';

const rolePrefix = 'node-role.kubernetes.io/';

/** The roles that a node's labels give it: `control-plane,worker`. Models pkg/printers findNodeRoles. */
export function nodeRoles(node: JsonObject): string {
  const labels = objectAt(node, 'metadata.labels');
  const roles = Object.entries(labels).map(([label, value]) =>
    label.startsWith(rolePrefix) ? label.slice(rolePrefix.length) : label === 'kubernetes.io/role' && typeof value === 'string' ? value : '',
  );
  return orNone(
    [...new Set(roles)]
      .filter((role) => role !== '')
      .sort()
      .join(','),
  );
}

/** Models pkg/printers printNode. */
export const nodeTable: Table = {
  columns: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION', '+INTERNAL-IP', '+EXTERNAL-IP', '+OS-IMAGE', '+KERNEL-VERSION', '+CONTAINER-RUNTIME'],
  cells: (node, nowMs) => {
    // The last condition of a type counts.
    const ready = objectsAt(node, 'status.conditions').findLast(({ type }) => type === 'Ready');
    const status = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
    const addressOf = (wanted: string): string =>
      orNone(
        textAt(
          objectsAt(node, 'status.addresses').find(({ type }) => type === wanted),
          'address',
        ),
      );
    const known = (field: string): string => textAt(node, `status.nodeInfo.${field}`) || '<unknown>';
    return [
      node.metadata.name,
      trueAt(node, 'spec.unschedulable') ? `${status},SchedulingDisabled` : status,
      nodeRoles(node),
      ageAt(node, 'metadata.creationTimestamp', nowMs),
      textAt(node, 'status.nodeInfo.kubeletVersion'),
      addressOf('InternalIP'),
      addressOf('ExternalIP'),
      ...['osImage', 'kernelVersion', 'containerRuntimeVersion'].map(known),
    ];
  },
};
