import type { Answer, CandidateRule, MuslVersion, QueryType, Surroundings } from '../types.ts';
import { bytesOf, counted, textOf } from '../c-text.ts';
import { exchange } from './exchange.ts';
import { addressesMax, findInHosts, isHostname } from './hosts.ts';
import { mapToV6, readAddress, type Address } from '../ip-literal.ts';
import { queryName } from './query-name.ts';
import { readResolvConf, type Settings } from './resolv-conf.ts';
import { sortAddresses } from './sort-addresses.ts';
import type { TraceWriter } from '../trace-writer.ts';

/** The results of getaddrinfo that a lookup of a name can have. */
export type Failure = 'EAI_NONAME' | 'EAI_NODATA' | 'EAI_AGAIN' | 'CRASH';

/** One process that looks names up. Files and names are bytes. */
export interface Process {
  readonly version: MuslVersion;
  readonly surroundings: Surroundings;
  readonly writer: TraceWriter;
  /** resolv.conf is told about once; a second pass over it says nothing new. */
  settings?: Settings;
}

export interface Found {
  readonly addresses: readonly Address[];
  readonly canonicalName: string;
}

interface Asked {
  readonly name: string;
  readonly family: 'unspec' | 'inet' | 'inet6';
}

interface Candidate {
  readonly text: string;
  readonly family: Asked['family'];
  /** The host's name unless an alias says otherwise. */
  readonly canonicalName: string;
  readonly last?: boolean;
}

const nameBytesMax = 254;
/** The name, a dot and a search domain share a buffer of 256 bytes with a final zero. */
const candidateBytesMax = 255;

/** Reads resolv.conf as musl does before each lookup over the network. */
export function settingsOf(process: Process): Settings {
  const { surroundings, writer } = process;
  process.settings ??= readResolvConf(surroundings.resolvConf === null ? null : bytesOf(surroundings.resolvConf), surroundings, writer);
  return process.settings;
}

/** Numeric text, then the hosts file, then DNS. Models __lookup_name in src/network/lookup_name.c. */
export function lookupName(process: Process, asked: Asked, flags: readonly string[]): Found | Failure {
  const mapped = flags.includes('v4mapped') && asked.family === 'inet6';
  const family = mapped ? 'unspec' : asked.family;
  const found = findName(process, { ...asked, family }, flags.includes('numerichost'));
  if (typeof found === 'string') return found;
  const { writer, surroundings } = process;
  let { addresses } = found;
  if (mapped) {
    const v6 = addresses.filter((address) => address.family === 'inet6');
    addresses = (flags.includes('all') || v6.length === 0 ? addresses : v6).map(mapToV6);
    writer.add(
      { kind: 'decide', next: 'accept' },
      'AI_V4MAPPED: IPv4 addresses are handed over as ::ffff: addresses, besides real IPv6 addresses only with AI_ALL.',
    );
  }
  const sorted = sortAddresses(addresses, surroundings.addresses);
  if (sorted !== addresses && sorted.length > 1)
    writer.add(
      { kind: 'decide', next: 'accept' },
      'With IPv6 among the addresses musl sorts them by RFC 6724: first those with a route and a source of the same scope and label.',
    );
  return { ...found, addresses: sorted };
}

function findName(process: Process, { name, family }: Asked, numericOnly: boolean): Found | Failure {
  const { writer, version, surroundings } = process;
  const noData = version === 'musl-1.2.3' ? 'EAI_NONAME' : 'EAI_NODATA';
  if (name === '' || name.length > nameBytesMax) {
    writer.add({ kind: 'local', source: 'invalid', found: true }, `A name must have 1 to ${nameBytesMax} bytes; this one has ${name.length}.`);
    return 'EAI_NONAME';
  }
  const address = readAddress(name);
  if (address === 'wrong scope' || (address && family !== 'unspec' && address.family !== family)) {
    writer.add(
      { kind: 'local', source: 'numeric', found: true },
      `The name is an address, but ${address === 'wrong scope' ? 'its scope fits nothing' : 'of the other family'}.`,
    );
    return address === 'wrong scope' ? 'EAI_NONAME' : noData;
  }
  writer.add(
    { kind: 'local', source: 'numeric', found: address !== undefined },
    address ? 'The name is an address: nothing is asked.' : 'The name is not the text of an address.',
  );
  if (address) return { addresses: [address], canonicalName: name };
  if (numericOnly) return 'EAI_NONAME';
  const hosts = findInHosts(surroundings.hosts === null ? null : bytesOf(surroundings.hosts), name, family);
  writer.add(
    { kind: 'local', source: 'hosts', found: hosts.addresses.length > 0 || hosts.wrongFamily },
    becauseOfHosts(hosts.addresses.length, hosts.wrongFamily, surroundings.hosts),
  );
  if (hosts.wrongFamily) return noData;
  if (hosts.addresses.length > 0) return { addresses: hosts.addresses, canonicalName: hosts.canonicalName ?? name };
  return searchDns(process, name, family);
}

function becauseOfHosts(count: number, wrongFamily: boolean, hosts: string | null): string {
  if (count > 0) return `The hosts file has the name on ${counted(count, 'line')}; musl takes them all and asks no server.`;
  if (wrongFamily) return 'The hosts file has the name, but with no address of this family; musl asks no server.';
  return hosts === null ? 'There is no hosts file.' : 'The hosts file does not hold the name exactly as it is typed.';
}

/** Models name_from_dns_search in src/network/lookup_name.c. */
function searchDns(process: Process, name: string, family: Asked['family']): Found | Failure {
  const { writer } = process;
  const { search, ndots } = settingsOf(process);
  const dots = name.split('.').length - 1;
  const absolute = name.endsWith('.');
  const stem = absolute ? name.slice(0, -1) : name;
  if (stem === '' || stem.endsWith('.')) {
    writer.add({ kind: 'local', source: 'invalid', found: true }, 'Nothing stands before the final dot, or more than one dot ends the name.');
    return 'EAI_NONAME';
  }
  const candidate = (text: string, rule: CandidateRule, because: string, searchIndex?: number) =>
    writer.add({ kind: 'candidate', name: textOf(text), rule, dots, ndots, ...(searchIndex !== undefined && { searchIndex }) }, because);
  const searched = !absolute && dots < ndots;
  for (const [index, domain] of searched ? search.entries() : []) {
    const text = `${stem}.${domain}`;
    candidate(
      text,
      'search list',
      `${counted(dots, 'dot')}, fewer than ndots:${ndots}: domain ${index + 1} of the search list, ${textOf(domain)}, is put behind the name.`,
      index,
    );
    if (text.length > candidateBytesMax) {
      writer.add({ kind: 'skip', name: textOf(text) }, `With this domain the name has ${text.length} bytes, more than ${candidateBytesMax}.`);
      continue;
    }
    const found = askDns(process, { text, family, canonicalName: text });
    if (found !== undefined) return found;
  }
  const rule = absolute ? 'absolute' : !searched ? 'enough dots: as typed first' : search.length > 0 ? 'as typed last' : 'no search';
  candidate(name, rule, becauseOfRule(rule, dots, ndots));
  return askDns(process, { text: name, family, canonicalName: stem, last: true }) ?? 'EAI_NONAME';
}

function becauseOfRule(rule: CandidateRule, dots: number, ndots: number): string {
  if (rule === 'absolute') return 'The final dot makes the name absolute: no search list.';
  if (rule === 'as typed last') return 'The search list is used up, so the name is asked as it was typed.';
  if (rule === 'no search') return 'There is no search list, so the name is asked as it was typed.';
  return `${counted(dots, 'dot')}, at least ndots:${ndots}: musl asks the name as it was typed and never uses the search list for it.`;
}

/** Asks for one candidate; undefined: it does not exist and the next one follows. Models name_from_dns. */
function askDns(process: Process, { text, family, canonicalName, last }: Candidate): Found | Failure | undefined {
  const { writer, version } = process;
  const old = version === 'musl-1.2.3';
  const name = queryName(text, version);
  if (name.kind === 'impossible') {
    writer.add(
      { kind: 'skip', name: textOf(text) },
      name.because + (old ? ' musl 1.2.3 gives the whole lookup up.' : last === true ? '' : ' musl goes on with the next candidate.'),
    );
    return old ? 'EAI_NONAME' : undefined;
  }
  const qtypes: readonly QueryType[] = family === 'unspec' ? ['A', 'AAAA'] : [family === 'inet' ? 'A' : 'AAAA'];
  const answers = exchange(
    { qname: name.qname, malformed: name.kind === 'malformed', qtypes, ad: false, tcpAfterTruncation: !old },
    settingsOf(process),
    writer,
  );
  if (answers === 'crash') return 'CRASH';
  const stop = (because: string) => writer.add({ kind: 'decide', next: 'stop' }, because);
  for (const [index, answer] of answers.entries()) {
    if (!answer) {
      stop(`Without a usable answer for ${qtypes[index] ?? ''} musl ends the lookup; it neither tries another candidate nor hands over the other family.`);
      return 'EAI_AGAIN';
    }
    if (answer.rcode === 'NXDOMAIN') {
      if (last === true) stop(`NXDOMAIN for ${qtypes[index] ?? ''}, and no candidate is left.`);
      else
        writer.add({ kind: 'decide', next: 'next candidate' }, `NXDOMAIN for ${qtypes[index] ?? ''}: the name does not exist, so the next candidate follows.`);
      return undefined;
    }
  }
  const found = collect(
    answers.filter((answer) => answer !== undefined),
    qtypes,
    old,
    canonicalName,
  );
  if (found.addresses.length === 0) {
    stop('The name exists, but without an address (NODATA). That ends the lookup: musl tries no other candidate.');
    return old ? 'EAI_NONAME' : 'EAI_NODATA';
  }
  writer.add({ kind: 'decide', next: 'accept' }, `The answers hold ${counted(found.addresses.length, 'address')}; musl keeps at most ${addressesMax}.`);
  return found;
}

/** Since 1.2.4 musl reads the last question's answer first; the last alias that it meets names the host. */
function collect(answers: readonly Answer[], qtypes: readonly QueryType[], old: boolean, name: string): Found {
  const order = answers.map((answer, index) => ({ answer, qtype: qtypes[index] }));
  const addresses: Address[] = [];
  let canonicalName = name;
  for (const { answer, qtype } of old ? order : order.reverse()) {
    for (const { type, data } of answer.records) {
      const target = data.replace(/\.$/, '');
      if (type === 'CNAME' && isHostname(target)) canonicalName = target;
      const address = type === qtype && addresses.length < addressesMax ? readAddress(data) : undefined;
      if (typeof address === 'object') addresses.push(address);
    }
  }
  return { addresses, canonicalName };
}
