import { textAt, trueAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';

/** Models pkg/printers printVolumeAttachment. */
export const volumeAttachmentTable: Table = {
  columns: ['NAME', 'ATTACHER', 'PV', 'NODE', 'ATTACHED', 'AGE'],
  cells: (attachment, nowMs) => [
    attachment.metadata.name,
    textAt(attachment, 'spec.attacher'),
    textAt(attachment, 'spec.source.persistentVolumeName'),
    textAt(attachment, 'spec.nodeName'),
    String(trueAt(attachment, 'status.attached')),
    ageAt(attachment, 'metadata.creationTimestamp', nowMs),
  ],
};
