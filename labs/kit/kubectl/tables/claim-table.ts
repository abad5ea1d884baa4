import { accessModesText } from '../access-modes.ts';
import { textAt, textsAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { classText, orUnset, phaseText, quantityAt } from '../volume-words.ts';

/** Models pkg/printers printPersistentVolumeClaim: size and modes are those of the volume, so they are empty without one. */
export const claimTable: Table = {
  columns: ['NAME', 'STATUS', 'VOLUME', 'CAPACITY', 'ACCESS MODES', 'STORAGECLASS', 'VOLUMEATTRIBUTESCLASS', 'AGE', '+VOLUMEMODE'],
  cells: (claim, nowMs) => {
    const volume = textAt(claim, 'spec.volumeName');
    return [
      claim.metadata.name,
      phaseText(claim),
      volume,
      volume === '' ? '' : quantityAt(claim, 'status.capacity.storage'),
      volume === '' ? '' : accessModesText(textsAt(claim, 'status.accessModes')),
      classText(claim),
      orUnset(textAt(claim, 'spec.volumeAttributesClassName')),
      ageAt(claim, 'metadata.creationTimestamp', nowMs),
      orUnset(textAt(claim, 'spec.volumeMode')),
    ];
  },
};
