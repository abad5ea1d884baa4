import { valueOf, withoutKey, withValue, type SortedChunks } from '../store/sorted-chunks.ts';

/** One look that a controller owes to a key. */
export interface WorkItem {
  /** Name of the controller. */
  readonly controller: string;
  readonly key: string;
  readonly dueMs: number;
  /** Of items due at the same time, the least is first: the controller's place in the cluster, then the work's own rank. */
  readonly rank: readonly [number, number];
  /** Id of the log entry that led here. */
  readonly cause: number;
  /** How often the key was refused in a row. */
  readonly failures: number;
}

/** What is to be done, in order, as plain, immutable data. A key stands in it once for a controller. */
export interface WorkQueue {
  readonly items: SortedChunks<WorkItem>;
  /** Place of a controller's key among the items. */
  readonly places: SortedChunks<string>;
  /** Number of the next item: what came first is done first. */
  readonly sequence: number;
}

export const emptyQueue: WorkQueue = { items: [], places: [], sequence: 0 };

/** The queue with one more item. A key that waits already keeps its place, unless the new item is due sooner; what happened last is its cause. */
export function enqueued(queue: WorkQueue, item: WorkItem): WorkQueue {
  const name = nameOf(item);
  const place = valueOf(queue.places, name);
  const waiting = place === undefined ? undefined : valueOf(queue.items, place);
  if (place !== undefined && waiting !== undefined && waiting.dueMs <= item.dueMs) {
    return { ...queue, items: withValue(queue.items, place, { ...waiting, cause: item.cause }) };
  }
  const others = place === undefined ? queue.items : withoutKey(queue.items, place);
  const [controllerRank, workRank] = item.rank;
  const next = [padded(item.dueMs, 13), padded(controllerRank, 2), padded(workRank, 10), padded(queue.sequence, 9)].join('.');
  return { items: withValue(others, next, item), places: withValue(queue.places, name, next), sequence: queue.sequence + 1 };
}

/** The item that is due first. */
export function firstOf(queue: WorkQueue): WorkItem | undefined {
  return queue.items[0]?.[0]?.value;
}

/** The queue without the item that is due first. */
export function withoutFirst(queue: WorkQueue): WorkQueue {
  const first = queue.items[0]?.[0];
  if (first === undefined) return queue;
  return { ...queue, items: withoutKey(queue.items, first.key), places: withoutKey(queue.places, nameOf(first.value)) };
}

const nameOf = ({ controller, key }: WorkItem): string => `${controller} ${key}`;
const padded = (value: number, length: number): string => String(value).padStart(length, '0');
