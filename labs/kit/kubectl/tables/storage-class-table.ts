import { textAt, trueAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { isDefaultClass } from '../volume-words.ts';

/** Models pkg/printers printStorageClass. */
export const storageClassTable: Table = {
  columns: ['NAME', 'PROVISIONER', 'RECLAIMPOLICY', 'VOLUMEBINDINGMODE', 'ALLOWVOLUMEEXPANSION', 'AGE'],
  cells: (storageClass, nowMs) => [
    `${storageClass.metadata.name}${isDefaultClass(storageClass) ? ' (default)' : ''}`,
    textAt(storageClass, 'provisioner'),
    textAt(storageClass, 'reclaimPolicy') || 'Delete',
    textAt(storageClass, 'volumeBindingMode') || 'Immediate',
    String(trueAt(storageClass, 'allowVolumeExpansion')),
    ageAt(storageClass, 'metadata.creationTimestamp', nowMs),
  ],
};
