import type { JsonObject } from '../../../engine/patch/json.ts';
import { fieldAt, numberAt, objectsAt, textAt } from '../field-at.ts';
import { humanDuration } from '../human-duration.ts';
import { ageAt, momentAt } from '../moment.ts';
import type { Table } from '../table.ts';
import { containerCells, selectorCell } from '../workload-words.ts';

/** Conditions of which the first that holds gives the status; being deleted counts after the first two. */
const conditionWords: readonly (readonly [condition: string, word: string])[] = [
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['', 'Terminating'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
];

function statusOf(job: JsonObject): string {
  const holds = (condition: string): boolean =>
    condition === ''
      ? fieldAt(job, 'metadata.deletionTimestamp') !== undefined
      : textAt(
          objectsAt(job, 'status.conditions').find(({ type }) => type === condition),
          'status',
        ) === 'True';
  return conditionWords.find(([condition]) => holds(condition))?.[1] ?? 'Running';
}

function completionsOf(job: JsonObject): string {
  const succeeded = numberAt(job, 'status.succeeded');
  const parallelism = numberAt(job, 'spec.parallelism');
  if (fieldAt(job, 'spec.completions') !== undefined) return `${succeeded}/${textAt(job, 'spec.completions')}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

/** Models pkg/printers printJob. */
export const jobTable: Table = {
  columns: ['NAME', 'STATUS', 'COMPLETIONS', 'DURATION', 'AGE', '+CONTAINERS', '+IMAGES', '+SELECTOR'],
  cells: (job, nowMs) => {
    const startMs = momentAt(job, 'status.startTime');
    return [
      job.metadata.name,
      statusOf(job),
      completionsOf(job),
      startMs === undefined ? '' : humanDuration((momentAt(job, 'status.completionTime') ?? nowMs) - startMs),
      ageAt(job, 'metadata.creationTimestamp', nowMs),
      ...containerCells(job),
      selectorCell(job),
    ];
  },
};
