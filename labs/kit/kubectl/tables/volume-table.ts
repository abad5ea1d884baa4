import { accessModesText } from '../access-modes.ts';
import { textAt, textsAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { claimText, classText, orUnset, phaseText, quantityAt } from '../volume-words.ts';

/** Models pkg/printers printPersistentVolume. */
export const volumeTable: Table = {
  columns: [
    ...['NAME', 'CAPACITY', 'ACCESS MODES', 'RECLAIM POLICY', 'STATUS', 'CLAIM'],
    ...['STORAGECLASS', 'VOLUMEATTRIBUTESCLASS', 'REASON', 'AGE', '+VOLUMEMODE'],
  ],
  cells: (volume, nowMs) => [
    volume.metadata.name,
    quantityAt(volume, 'spec.capacity.storage'),
    accessModesText(textsAt(volume, 'spec.accessModes')),
    textAt(volume, 'spec.persistentVolumeReclaimPolicy'),
    phaseText(volume),
    claimText(volume),
    classText(volume),
    orUnset(textAt(volume, 'spec.volumeAttributesClassName')),
    textAt(volume, 'status.reason'),
    ageAt(volume, 'metadata.creationTimestamp', nowMs),
    orUnset(textAt(volume, 'spec.volumeMode')),
  ],
};
