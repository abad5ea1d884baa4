/** One word of the node's resolv.conf with the line it stands in (from 1). */
export interface HostWord {
  readonly text: string;
  readonly line: number;
}

/** A line, or a word of one, that the kubelet passes over. */
interface IgnoredText {
  readonly text: string;
  readonly line: number;
  readonly because: string;
}

export interface HostResolvConf {
  readonly servers: readonly HostWord[];
  readonly searches: readonly HostWord[];
  readonly options: readonly HostWord[];
  readonly ignored: readonly IgnoredText[];
  /** The kubelet refuses the file with this sentence, and no pod that needs it starts. */
  readonly error?: string;
}

// Go's unicode.IsSpace: JavaScript's \s also holds U+FEFF and lacks U+0085.
const blanks = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

function firstWordReason(word: string): string {
  if (word.startsWith(';')) return 'a line that starts with ";" is a comment for C libraries; the kubelet only looks at its first word, which is no keyword';
  if (word === 'domain') return 'the kubelet does not read "domain" lines; write "search" instead';
  return `the kubelet reads only nameserver, search and options; "${word}" is none of them`;
}

function byName(words: readonly HostWord[]): { kept: readonly HostWord[]; replaced: readonly HostWord[] } {
  const last = new Map<string, HostWord>();
  const replaced: HostWord[] = [];
  for (const word of words) {
    const name = word.text.split(':')[0] ?? '';
    const earlier = last.get(name);
    if (earlier !== undefined) replaced.push(earlier);
    last.set(name, word);
  }
  return { kept: [...last.values()], replaced };
}

/**
 * Reads the node's resolv.conf as the kubelet does, which is not as a C library does: leading blanks are allowed, only `#` starts a comment, `domain`
 * is not read, the last `search` line wins and several `options` lines add up (an option given twice keeps its last value). The kubelet keeps options
 * in a Go map, so their order is random on a real node; here they keep the order of the file. Never throws.
 * // Models parseResolvConf and appendOptions in pkg/kubelet/network/dns (v1.36 and later)
 */
export function readHostResolvConf(text: string): HostResolvConf {
  const servers: HostWord[] = [];
  let searches: HostWord[] = [];
  const options: HostWord[] = [];
  const ignored: IgnoredText[] = [];
  let error: string | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const words = raw.split(blanks).filter((word) => word !== '');
    const [keyword, ...rest] = words;
    if (keyword === undefined || keyword.startsWith('#')) continue;
    if (keyword === 'nameserver') {
      const [address, ...others] = rest;
      if (address === undefined) error = 'nameserver list is empty';
      else servers.push({ text: address, line });
      if (others.length > 0) ignored.push({ text: others.join(' '), line, because: 'only the first word behind "nameserver" counts' });
    } else if (keyword === 'search') {
      for (const earlier of searches) ignored.push({ ...earlier, because: `the "search" line ${String(line)} replaces this one: the last line wins` });
      searches = [];
      for (const domain of rest) {
        if (domain === '.') ignored.push({ text: domain, line, because: 'the kubelet drops the search domain "."' });
        else searches.push({ text: domain.endsWith('.') ? domain.slice(0, -1) : domain, line });
      }
    } else if (keyword === 'options') {
      for (const option of rest) options.push({ text: option, line });
    } else {
      ignored.push({ text: words.join(' '), line, because: firstWordReason(keyword) });
    }
  }
  const { kept, replaced } = byName(options);
  for (const word of replaced) ignored.push({ ...word, because: 'the same option comes again later and wins' });
  return { servers, searches, options: kept, ignored, ...(error === undefined ? {} : { error }) };
}
