import type { ResolvEntry } from './resolv-entries.ts';

/** One line of the pod's file. */
export interface ResolvLine {
  readonly keyword: 'search' | 'nameserver' | 'options';
  readonly text: string;
  readonly entries: readonly ResolvEntry[];
}

/**
 * The file as containerd writes it: one `search` line, one line per server, one `options` line, in this order; an empty part gives no line.
 * // Models parseDNSOptions in containerd's CRI plugin
 */
export function renderResolvConf(lists: {
  readonly servers: readonly ResolvEntry[];
  readonly searches: readonly ResolvEntry[];
  readonly options: readonly ResolvEntry[];
}): {
  readonly lines: readonly ResolvLine[];
  readonly text: string;
} {
  const line = (keyword: ResolvLine['keyword'], entries: readonly ResolvEntry[]): ResolvLine => ({
    keyword,
    text: `${keyword} ${entries.map((entry) => entry.text).join(' ')}`,
    entries,
  });
  const lines: ResolvLine[] = [];
  if (lists.searches.length > 0) lines.push(line('search', lists.searches));
  for (const server of lists.servers) lines.push(line('nameserver', [server]));
  if (lists.options.length > 0) lines.push(line('options', lists.options));
  return { lines, text: lines.map(({ text }) => `${text}\n`).join('') };
}
