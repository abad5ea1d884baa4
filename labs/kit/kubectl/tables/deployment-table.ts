import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { containerCells, numbers, selectorCell } from '../workload-words.ts';

/** Models pkg/printers printDeployment. */
export const deploymentTable: Table = {
  columns: ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE', '+CONTAINERS', '+IMAGES', '+SELECTOR'],
  cells: (deployment, nowMs) => [
    deployment.metadata.name,
    numbers(deployment, 'status.readyReplicas', 'spec.replicas').join('/'),
    ...numbers(deployment, 'status.updatedReplicas', 'status.availableReplicas'),
    ageAt(deployment, 'metadata.creationTimestamp', nowMs),
    ...containerCells(deployment),
    selectorCell(deployment),
  ],
};
