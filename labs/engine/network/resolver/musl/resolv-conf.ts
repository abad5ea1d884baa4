import type { Surroundings } from '../types.ts';
import { counted, isSpace, textOf, words } from '../c-text.ts';
import { isMapped, readAddress, writeAddress } from '../ip-literal.ts';
import type { TraceWriter } from '../trace-writer.ts';

/** What musl takes from resolv.conf. */
export interface Settings {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  /** The time for one candidate in all. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

type Option = 'ndots' | 'timeout' | 'attempts';
interface Line {
  readonly text: string;
  effect: 'used' | 'ignored' | 'changed';
  because: string;
}
interface Draft {
  readonly servers: string[];
  search: readonly string[];
  searchLine?: Line;
  readonly options: Record<Option, number>;
}

const serversMax = 3;
/** musl reads lines into a buffer of 256 bytes, with the line feed and a final zero. */
const lineBytesMax = 254;
const optionMax: Readonly<Record<Option, number>> = { ndots: 15, timeout: 60, attempts: 10 };
const optionNames = Object.keys(optionMax) as readonly Option[];
const ignoredFromOutside = ['LOCALDOMAIN', 'RES_OPTIONS', 'HOSTALIASES'] as const;

/** Reads resolv.conf (given as bytes) and tells what becomes of each line. Models src/network/resolvconf.c. */
export function readResolvConf(file: string | null, surroundings: Surroundings, writer: TraceWriter): Settings {
  for (const name of ignoredFromOutside) {
    const value = surroundings.env[name];
    if (value !== undefined) setting(writer, 'environment', `${name}=${value}`, 'ignored', `musl does not look at ${name}.`);
  }
  const draft: Draft = { servers: [], search: [], options: { ndots: 1, timeout: 5, attempts: 2 } };
  const lines = (file ?? '').split('\n').map((text, index, all) => readLine(text, index < all.length - 1, draft));
  lines.forEach(({ text, effect, because }, index) => {
    if (text !== '') writer.add({ kind: 'setting', source: 'resolv.conf', line: index + 1, text: textOf(text), effect }, because);
  });
  if (draft.servers.length === 0) {
    draft.servers.push('127.0.0.1');
    setting(
      writer,
      'default',
      'nameserver 127.0.0.1',
      'used',
      file === null ? 'There is no resolv.conf, so musl asks its own machine.' : 'No line names a server, so musl asks its own machine.',
    );
  }
  if (!draft.searchLine && surroundings.hostname.includes('.'))
    setting(writer, 'hostname', surroundings.hostname, 'ignored', 'musl makes no search list from the host name; without a search line there is none.');
  const { ndots, timeout, attempts } = draft.options;
  const spread =
    attempts > 0
      ? `musl makes ${counted(attempts, 'attempt')}, one every ${Math.floor((1000 * timeout) / attempts)} ms, and gives up ${timeout} s after the first.`
      : 'attempts is 0.';
  setting(writer, 'default', `ndots:${ndots} timeout:${timeout} attempts:${attempts}`, 'used', `These values hold. For each candidate ${spread}`);
  return { servers: draft.servers, search: draft.search, ndots, timeoutMs: 1000 * timeout, attempts };
}

function setting(writer: TraceWriter, source: 'environment' | 'default' | 'hostname', text: string, effect: Line['effect'], because: string): void {
  writer.add({ kind: 'setting', source, text, effect }, because);
}

/** `ended`: a line feed follows. A keyword needs white space behind it, and the line feed is white space. */
function readLine(text: string, ended: boolean, draft: Draft): Line {
  const line: Line = { text, effect: 'ignored', because: '' };
  const keyword = (word: string) => text.startsWith(word) && (text.length > word.length ? isSpace(text[word.length]) : ended);
  if (text.length > lineBytesMax) line.because = `The line has ${text.length} bytes; musl ignores a line of more than ${lineBytesMax} as a whole.`;
  else if (keyword('options')) readOptions(line, draft.options);
  else if (keyword('nameserver')) readServer(line, draft.servers);
  else if (keyword('search') || keyword('domain')) readSearch(line, draft);
  else
    line.because = /^[#;]/.test(text)
      ? 'A comment.'
      : isSpace(text[0])
        ? 'A keyword must stand at the start of the line.'
        : 'musl knows only nameserver, search, domain and options.';
  return line;
}

function readServer(line: Line, servers: string[]): void {
  const [word = ''] = words(line.text.slice('nameserver'.length));
  const address = readAddress(word);
  if (servers.length === serversMax) line.because = `musl asks the first ${serversMax} servers only.`;
  else if (typeof address !== 'object') line.because = `"${textOf(word)}" is no address.`;
  else {
    // An address behind ::ffff: is an IPv4 server.
    servers.push(writeAddress(isMapped(address.bytes) ? { ...address, family: 'inet' } : address));
    line.effect = 'used';
    line.because = `Server ${servers.length}: musl asks all its servers at the same time.`;
  }
}

function readSearch(line: Line, draft: Draft): void {
  if (draft.searchLine) Object.assign(draft.searchLine, { effect: 'ignored', because: 'A later search or domain line replaces this one.' });
  draft.search = words(line.text.slice('search'.length));
  draft.searchLine = line;
  line.effect = 'used';
  line.because = draft.search.length > 0 ? `The search list: ${draft.search.map(textOf).join(', then ')}.` : 'An empty search list.';
}

/** Of each option the first place on the line counts, even inside another word, and only if a digit follows. */
function readOptions(line: Line, options: Record<Option, number>): void {
  const rest = line.text.slice('options'.length);
  const taken: string[] = [];
  for (const name of optionNames) {
    const digits = /^\d+/.exec(rest.split(`${name}:`).slice(1).join(`${name}:`))?.[0];
    if (digits === undefined) continue;
    options[name] = Math.min(Number(digits), optionMax[name]);
    taken.push(`${name}:${digits}`);
    line.effect = Number(digits) > optionMax[name] || line.effect === 'changed' ? 'changed' : 'used';
    if (Number(digits) > optionMax[name]) taken.push(`which is cut to ${optionMax[name]}`);
  }
  const others = words(rest).filter((word) => !taken.includes(word));
  line.because =
    (taken.length > 0 ? `musl takes ${taken.join(', ')}.` : 'musl takes nothing from it.') +
    (others.length > 0
      ? ` It ignores ${others.map(textOf).join(' ')}: it reads only ndots, timeout and attempts, each once on a line, with a digit behind the colon.`
      : '');
}
