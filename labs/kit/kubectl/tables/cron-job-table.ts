import { fieldAt, objectsAt, orNone, textAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { orUnset } from '../volume-words.ts';
import { containerCells, selectorCell } from '../workload-words.ts';

/** Models pkg/printers printCronJob. */
export const cronJobTable: Table = {
  columns: ['NAME', 'SCHEDULE', 'TIMEZONE', 'SUSPEND', 'ACTIVE', 'LAST SCHEDULE', 'AGE', '+CONTAINERS', '+IMAGES', '+SELECTOR'],
  cells: (job, nowMs) => [
    job.metadata.name,
    textAt(job, 'spec.schedule'),
    orNone(textAt(job, 'spec.timeZone')),
    orUnset(textAt(job, 'spec.suspend').replace(/^[tf]/u, (first) => first.toUpperCase())),
    String(objectsAt(job, 'status.active').length),
    fieldAt(job, 'status.lastScheduleTime') === undefined ? '<none>' : ageAt(job, 'status.lastScheduleTime', nowMs),
    ageAt(job, 'metadata.creationTimestamp', nowMs),
    ...containerCells(job, 'spec.jobTemplate.spec.template.spec'),
    selectorCell(job, 'spec.jobTemplate.spec.selector'),
  ],
};
