import { bytesOf, counted, textOf } from '../c-text.ts';
import { isMapped, readAddress, writeAddress } from '../ip-literal.ts';
import type { TraceWriter } from '../trace-writer.ts';
import type { Surroundings } from '../types.ts';
import { flagOf, readNumber, type Flag, type NumberOption } from './options.ts';

/** What glibc takes from resolv.conf and the environment. */
export interface Settings {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  /** Networks whose addresses gethostbyname puts first. */
  readonly sortList: readonly Network[];
  readonly ndots: number;
  /** As it is written: 0 and less count as 1 s where the time is computed. */
  readonly timeoutSeconds: number;
  readonly attempts: number;
  readonly flags: ReadonlySet<Flag>;
}

/** An IPv4 network, both as 32-bit numbers. */
export interface Network {
  readonly address: number;
  readonly mask: number;
}

type Effect = 'used' | 'ignored' | 'changed';
interface Line {
  readonly text: string;
  effect: Effect;
  because: string;
}
interface Draft {
  readonly servers: string[];
  search: readonly string[];
  searchLine?: Line;
  readonly searchFixed: boolean;
  readonly sortList: Network[];
  readonly numbers: Record<NumberOption, number>;
  readonly flags: Set<Flag>;
  readonly knowsStrictError: boolean;
}

const serversMax = 3;

/** Reads resolv.conf and the environment and tells what becomes of each line. Models resolv/res_init.c. */
export function readSettings({ resolvConf, env, hostname }: Surroundings, knowsStrictError: boolean, writer: TraceWriter): Settings {
  const localDomain = env.LOCALDOMAIN;
  const searchFixed = localDomain !== undefined;
  const draft: Draft = {
    servers: [],
    search: searchFixed ? readLocalDomain(bytesOf(localDomain)) : [],
    searchFixed,
    sortList: [],
    numbers: { ndots: 1, timeout: 5, attempts: 2 },
    flags: new Set(),
    knowsStrictError,
  };
  const tell = (source: 'environment' | 'hostname' | 'default', text: string, effect: Effect, because: string) =>
    writer.add({ kind: 'setting', source, text, effect }, because);
  if (searchFixed) tell('environment', `LOCALDOMAIN=${localDomain}`, 'used', `${listed(draft.search)} It wins over resolv.conf.`);
  const lines = bytesOf(resolvConf ?? '').split('\n');
  for (const [index, line] of lines.map((text) => readLine(text, draft)).entries()) {
    if (line.text !== '') writer.add({ kind: 'setting', source: 'resolv.conf', line: index + 1, text: textOf(line.text), effect: line.effect }, line.because);
  }
  if (draft.servers.length === 0) {
    draft.servers.push('127.0.0.1');
    tell(
      'default',
      'nameserver 127.0.0.1',
      'used',
      `${resolvConf === null ? 'There is no resolv.conf' : 'No line names a server'}, so glibc asks its own machine.`,
    );
  }
  const domain = bytesOf(hostname).slice(0, 255).split('.').slice(1).join('.');
  if (draft.search.length === 0 && hostname.includes('.')) {
    draft.search = [domain];
    tell('hostname', hostname, 'used', `Nothing gives a search list, so it is what stands behind the first dot of the host name: ${textOf(domain)}.`);
  }
  const options = env.RES_OPTIONS;
  if (options !== undefined) {
    const line: Line = { text: options, effect: 'ignored', because: '' };
    readOptions(bytesOf(options), line, draft);
    tell('environment', `RES_OPTIONS=${options}`, line.effect, `${line.because} RES_OPTIONS comes after the file, so it wins.`);
  }
  return settle(draft, tell);
}

function settle(
  { servers, search, sortList, numbers, flags }: Draft,
  tell: (source: 'default', text: string, effect: Effect, because: string) => void,
): Settings {
  const { ndots, timeout, attempts } = numbers;
  const text = [`ndots:${ndots}`, `timeout:${timeout}`, `attempts:${attempts}`, ...flags].join(' ');
  const because = `These values hold: names with fewer than ${counted(ndots, 'dot')} go through the search list first; a server has ${Math.max(1, timeout)} s to answer, and the list of ${counted(servers.length, 'server')} is gone through ${counted(Math.max(0, attempts), 'time')}.`;
  tell('default', text, 'used', because);
  return { servers, search, sortList, ndots, timeoutSeconds: timeout, attempts, flags };
}

/** The value's first line; even an empty one makes a list, of one empty domain, which is the root. */
function readLocalDomain(value: string): readonly string[] {
  const domains = (value.split('\n')[0] ?? '').split(/[ \t]+/);
  return domains.length > 1 && domains.at(-1) === '' ? domains.slice(0, -1) : domains;
}

/** A keyword must stand at the start of a line, with a blank or a tab behind it. */
function readLine(text: string, draft: Draft): Line {
  const line: Line = { text, effect: 'ignored', because: 'glibc knows only nameserver, search, domain, sortlist and options.' };
  const [, keyword, rest = ''] = /^(nameserver|search|domain|sortlist|options)[ \t]+(.*)$/s.exec(text) ?? [];
  if (/^[#;]/.test(text)) line.because = 'A comment.';
  else if (/^\s/.test(text)) line.because = 'A keyword must stand at the start of the line.';
  else if (keyword === 'options') readOptions(rest, line, draft);
  else if (keyword === 'nameserver') readServer(rest, line, draft.servers);
  else if (keyword === 'sortlist') readSortList(rest, line, draft.sortList);
  else if (keyword !== undefined) readSearch(keyword, rest, line, draft);
  return line;
}

function readServer(rest: string, line: Line, servers: string[]): void {
  const [word = ''] = rest.split(/[ \t]/);
  // What stands behind % is no reason to refuse the address.
  const address = readAddress(word.includes(':') ? word.replace(/%.*/s, '') : word);
  if (typeof address !== 'object') line.because = `"${textOf(word)}" is no address.`;
  else if (servers.length === serversMax) line.because = `glibc asks the first ${serversMax} servers only.`;
  else {
    servers.push(writeAddress(isMapped(address.bytes) ? { ...address, family: 'inet' } : address));
    line.effect = 'used';
    line.because = `Server ${servers.length}: glibc asks its servers one after the other, beginning with the first for each name.`;
  }
}

function readSearch(keyword: string, rest: string, line: Line, draft: Draft): void {
  const domains = rest.split(/[ \t]+/).filter((word) => word !== '');
  if (draft.searchFixed) line.because = 'LOCALDOMAIN is set, so glibc passes over this line.';
  else if (domains.length === 0) line.because = 'No domain stands behind the keyword; what was read before stays.';
  else {
    if (draft.searchLine) Object.assign(draft.searchLine, { effect: 'ignored', because: 'A later search or domain line replaces this one.' });
    draft.search = keyword === 'domain' ? domains.slice(0, 1) : domains;
    draft.searchLine = line;
    line.effect = 'used';
    line.because = listed(draft.search);
  }
}

function listed(domains: readonly string[]): string {
  return `The search list: ${domains.map((domain) => (domain === '' ? 'the root' : textOf(domain))).join(', then ')}.`;
}

/** Each word is read by itself: the last one of a kind wins, what is unknown counts nothing. */
function readOptions(rest: string, line: Line, draft: Draft): void {
  const taken: string[] = [];
  const unknown: string[] = [];
  for (const { 0: word, index } of rest.matchAll(/[^ \t]+/g)) {
    const number = readNumber(rest.slice(index));
    const flag = flagOf(word, draft.knowsStrictError);
    if (number) {
      draft.numbers[number.option] = number.value;
      if (number.value !== number.written) line.effect = 'changed';
      taken.push(`${number.option}:${number.written}${number.value === number.written ? '' : ` as ${number.value}`}`);
    } else if (flag) {
      draft.flags.add(flag);
      taken.push(flag);
    } else unknown.push(textOf(word));
  }
  if (taken.length > 0 && line.effect === 'ignored') line.effect = 'used';
  line.because = `glibc takes ${taken.join(', ') || 'nothing'}${unknown.length > 0 ? ` and does not know ${unknown.join(', ')}` : ''}.`;
}

function readSortList(rest: string, line: Line, sortList: Network[]): void {
  const before = sortList.length;
  for (const word of (rest.split(';')[0] ?? '').split(/\s+/)) {
    const [net = '', mask] = word.split(/[/&]/);
    const address = numberOf(net);
    if (address !== undefined) sortList.push({ address, mask: (mask === undefined ? undefined : numberOf(mask)) ?? classMask(address) });
  }
  if (sortList.length > before) line.effect = 'used';
  line.because = `It names ${counted(sortList.length - before, 'network')}, whose addresses gethostbyname hands over first; getaddrinfo sorts by its own rules.`;
}

function numberOf(text: string): number | undefined {
  const address = readAddress(text);
  if (typeof address !== 'object' || address.family !== 'inet') return undefined;
  return address.bytes.slice(12).reduce((sum, byte) => 256 * sum + byte, 0);
}

/** The mask of the network's class, from before networks had prefix lengths. */
function classMask(address: number): number {
  return address < 0x8000_0000 ? 0xff00_0000 : address < 0xc000_0000 ? 0xffff_0000 : 0xffff_ff00;
}
