import type { LogEntry } from '../../labs/lab.ts';
import type { Branch } from './history.ts';
import type { OpaqueReplay } from './opaque.ts';

/** The entry `id` and the causes behind it, the latest first; it ends at the start or at an act of the learner. */
export function causesOf(entries: readonly LogEntry[], id: number): readonly LogEntry[] {
  const chain: LogEntry[] = [];
  let entry = entries.find((item) => item.id === id);
  // Causes are earlier, so a chain cannot be longer than the log; a broken lab does not hang the page.
  while (entry && chain.length < entries.length) {
    chain.push(entry);
    const { cause } = entry;
    entry = cause === undefined ? undefined : entries.find((item) => item.id === cause);
  }
  return chain;
}

/** The frame in which the log entry first stands. */
export function frameOfEntry(lab: OpaqueReplay, { frames }: Branch, id: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lab.log(frames[middle]?.state, 0).at(-1)?.id ?? 0) >= id) high = middle;
    else low = middle + 1;
  }
  return low;
}
