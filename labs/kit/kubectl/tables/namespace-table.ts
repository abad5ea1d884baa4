import { textAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';

/** Models pkg/printers printNamespace. */
export const namespaceTable: Table = {
  columns: ['NAME', 'STATUS', 'AGE'],
  cells: (namespace, nowMs) => [namespace.metadata.name, textAt(namespace, 'status.phase'), ageAt(namespace, 'metadata.creationTimestamp', nowMs)],
};
