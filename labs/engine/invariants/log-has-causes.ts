import { entriesAfter, entryOf, lengthOf } from '../loop/cluster-log.ts';
import type { ClusterInvariant } from './invariant.ts';

/**
 * The log only grows; its ids count from 1, its times do not go back; each entry of a controller names an earlier one as its cause, and only the start and
 * acts from outside have none, so that every chain of causes ends there.
 */
export const logHasCauses: ClusterInvariant = ({ log, clockMs }, before) => {
  const known = lengthOf(before?.log ?? []);
  if (before !== undefined && (lengthOf(log) < known || entryOf(log, known)?.text !== entryOf(before.log, known)?.text))
    return `entry ${known} of the log changed`;
  if (before !== undefined && clockMs < before.clockMs) return `the clock went back from ${before.clockMs} to ${clockMs} ms`;
  let id = known;
  let atMs = entryOf(log, known)?.atMs ?? 0;
  for (const entry of entriesAfter(log, known)) {
    id += 1;
    if (entry.id !== id) return `entry ${id} of the log has id ${entry.id}`;
    if (entry.atMs < atMs || entry.atMs > clockMs) return `entry ${id} of the log stands at ${entry.atMs} ms, after ${atMs} and before ${clockMs} ms`;
    atMs = entry.atMs;
    const isOutside = entry.by === 'learner' || entry.by === 'start';
    if (entry.cause === undefined && !isOutside) return `entry ${id} of the log, by ${entry.by}, has no cause`;
    if (entry.cause !== undefined && (entry.cause < 1 || entry.cause >= id)) return `entry ${id} of the log has entry ${entry.cause} as its cause`;
  }
  return undefined;
};
