/** Whose wish an entry is: a rule of the kubelet, the node's own file, or the pod's `dnsConfig`. */
export type Origin = 'kubelet' | 'node' | 'pod';

export interface ResolvEntry {
  readonly text: string;
  readonly by: Origin;
  /** Why it stands there, as a clause for a note beside the line. */
  readonly because: string;
}

/** What was asked for and does not stand in the file. */
export interface DroppedEntry extends ResolvEntry {
  readonly keyword: 'nameserver' | 'search' | 'options';
}

/** The three lists while they are put together. */
export interface Draft {
  readonly servers: readonly ResolvEntry[];
  readonly searches: readonly ResolvEntry[];
  readonly options: readonly ResolvEntry[];
  readonly events: readonly string[];
  readonly dropped: readonly DroppedEntry[];
}
