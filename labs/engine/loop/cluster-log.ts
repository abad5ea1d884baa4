/** One thing that happened in a cluster. */
export interface ClusterEntry {
  /** Counts from 1. */
  readonly id: number;
  readonly atMs: number;
  /** `start`, `learner`, or the controller. */
  readonly by: string;
  readonly text: string;
  readonly because?: string;
  /** Id of the earlier entry that led here; only the start and the learner's own acts have none. */
  readonly cause?: number;
  /** What it is about, as `Kind/namespace/name` or `Kind/name`. */
  readonly subject?: string;
  readonly tone?: 'good' | 'bad';
  /** Set where the entry is a Kubernetes Event. */
  readonly event?: { readonly type: 'Normal' | 'Warning'; readonly reason: string };
  /** The store's revision after it, where it wrote, and what became of the object. */
  readonly revision?: number;
  readonly change?: 'ADDED' | 'MODIFIED' | 'DELETED';
}

/** The log as plain, immutable data: lists of `entriesPerChunk`, oldest first. */
export type ClusterLog = readonly (readonly ClusterEntry[])[];

const entriesPerChunk = 64;

/** How many entries a log has; ids run from 1 to this. */
export function lengthOf(log: ClusterLog): number {
  const last = log.at(-1);
  return last === undefined ? 0 : (log.length - 1) * entriesPerChunk + last.length;
}

/** The log with one more entry. */
export function withEntry(log: ClusterLog, entry: Omit<ClusterEntry, 'id'>): ClusterLog {
  const numbered = { id: lengthOf(log) + 1, ...entry };
  const last = log.at(-1);
  return last === undefined || last.length === entriesPerChunk ? [...log, [numbered]] : log.with(-1, [...last, numbered]);
}

/** The entry of an id. */
export function entryOf(log: ClusterLog, id: number): ClusterEntry | undefined {
  return log[Math.floor((id - 1) / entriesPerChunk)]?.[(id - 1) % entriesPerChunk];
}

/** The entries with an id above `after`, oldest first. */
export function entriesAfter(log: ClusterLog, after: number): readonly ClusterEntry[] {
  const first = Math.floor(Math.max(0, after) / entriesPerChunk);
  return log.slice(first).flatMap((chunk, index) => (index === 0 ? chunk.slice(Math.max(0, after) % entriesPerChunk) : chunk));
}
