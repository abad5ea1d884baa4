import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { containerCells, numbers } from '../workload-words.ts';

/** Models pkg/printers printStatefulSet. */
export const statefulSetTable: Table = {
  columns: ['NAME', 'READY', 'AGE', '+CONTAINERS', '+IMAGES'],
  cells: (set, nowMs) => [
    set.metadata.name,
    numbers(set, 'status.readyReplicas', 'spec.replicas').join('/'),
    ageAt(set, 'metadata.creationTimestamp', nowMs),
    ...containerCells(set),
  ],
};
