import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { containerCells, numbers, selectorCell } from '../workload-words.ts';

/** Models pkg/printers printReplicaSet. */
export const replicaSetTable: Table = {
  columns: ['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE', '+CONTAINERS', '+IMAGES', '+SELECTOR'],
  cells: (replicaSet, nowMs) => [
    replicaSet.metadata.name,
    ...numbers(replicaSet, 'spec.replicas', 'status.replicas', 'status.readyReplicas'),
    ageAt(replicaSet, 'metadata.creationTimestamp', nowMs),
    ...containerCells(replicaSet),
    selectorCell(replicaSet),
  ],
};
