import { labelsText, objectAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { containerCells, numbers, selectorCell } from '../workload-words.ts';

/** Models pkg/printers printDaemonSet. */
export const daemonSetTable: Table = {
  columns: ['NAME', 'DESIRED', 'CURRENT', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'NODE SELECTOR', 'AGE', '+CONTAINERS', '+IMAGES', '+SELECTOR'],
  cells: (set, nowMs) => [
    set.metadata.name,
    ...numbers(
      set,
      ...['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady', 'updatedNumberScheduled', 'numberAvailable'].map((each) => `status.${each}`),
    ),
    labelsText(objectAt(set, 'spec.template.spec.nodeSelector')),
    ageAt(set, 'metadata.creationTimestamp', nowMs),
    ...containerCells(set),
    selectorCell(set),
  ],
};
