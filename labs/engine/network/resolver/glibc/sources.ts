import { bytesOf, counted, textOf } from '../c-text.ts';
import type { Address } from '../ip-literal.ts';
import { readPair, readSingle, type Found } from './answer.ts';
import { isHostName, wrongHostName } from './domain-name.ts';
import { findAlias } from './host-aliases.ts';
import { findInHosts } from './hosts.ts';
import { readSources, type Source, type Status } from './nsswitch.ts';
import { settingsOf, type HostError, type Process } from './process.ts';
import { search } from './search.ts';

/** What a source is asked. `checked`: DNS refuses what cannot be a host name; only gethostbyname3_r does not. */
export interface Wanted {
  /** Bytes, one character each. */
  readonly name: string;
  readonly family: 'unspec' | 'inet' | 'inet6';
  readonly checked: boolean;
}

/** What a source says. Without `hostError` the one from before stays. */
export interface Result {
  readonly status: Status;
  readonly hostError?: HostError;
  readonly found?: Pick<Found, 'addresses' | 'canonicalName'>;
}

/** The buffer for results, which grows until they fit. */
export interface Buffer {
  bytes: number;
}

/** Size of a scratch buffer and of gethostbyname's own buffer before they grow. */
export const bufferBytesAtFirst = 1024;

/** The sources of host names in their order. */
export function sourcesOf({ surroundings, writer }: Process): readonly Source[] {
  const { line, sources } = readSources(surroundings.nsswitch);
  const names = sources.map(({ name }) => name).join(', then ');
  if (line === undefined)
    writer.add(
      { kind: 'setting', source: 'default', text: 'hosts: files dns', effect: 'used' },
      'No line of nsswitch.conf says where to look: glibc takes the hosts file, then DNS.',
    );
  else writer.add({ kind: 'setting', source: 'nsswitch', text: line, effect: 'used' }, `nsswitch.conf says where host names come from: ${names}.`);
  return sources;
}

/** Asks one source; undefined: there is no such module. The lookup is repeated until the result fits into the buffer. */
export function ask(process: Process, source: string, wanted: Wanted, buffer: Buffer): Result | undefined {
  if (source === 'files') return askHosts(process, wanted);
  if (source === 'dns') return askDns(process, wanted, buffer);
  const { writer } = process;
  writer.add({ kind: 'setting', source: 'nsswitch', text: source, effect: 'ignored' }, `The module ${source} is not part of glibc, so it is taken as missing.`);
  return undefined;
}

function askHosts({ surroundings, writer }: Process, { name, family }: Wanted): Result {
  const { hosts } = surroundings;
  const entry = hosts === null ? undefined : findInHosts(bytesOf(hosts), name, family);
  const kind = family === 'unspec' ? 'an address' : `an ${family === 'inet' ? 'IPv4' : 'IPv6'} address`;
  const because = entry
    ? 'The first line of the hosts file with this name counts; no server is asked.'
    : hosts === null
      ? 'There is no hosts file.'
      : `No line of the hosts file has ${kind} for exactly this name.`;
  writer.add({ kind: 'local', source: 'hosts', found: entry !== undefined }, because);
  if (entry) return { status: 'success', hostError: 'NETDB_SUCCESS', found: { addresses: [entry.address], canonicalName: entry.names[0] ?? '' } };
  if (hosts !== null) return { status: 'notfound', hostError: 'HOST_NOT_FOUND' };
  return { status: 'unavail', ...(family === 'unspec' && { hostError: 'NO_DATA' }) };
}

/** Models _nss_dns_gethostbyname4_r for pairs and gethostbyname3_context for one family in resolv/nss_dns/dns-host.c. */
function askDns(process: Process, wanted: Wanted, buffer: Buffer): Result {
  const { writer } = process;
  const wrong = wanted.checked ? wrongHostName(wanted.name) : undefined;
  if (wrong !== undefined) {
    writer.add(
      { kind: 'local', source: 'invalid', found: true },
      `This cannot be a host name: ${wrong}${wrong.endsWith('.') ? '' : '.'} glibc sends no query for it.`,
    );
    return { status: 'notfound', hostError: 'HOST_NOT_FOUND' };
  }
  for (;;) {
    const result = searchDns(process, wanted);
    const { found } = result;
    if (!found || found.bufferBytes <= buffer.bytes) return result;
    const because = `${counted(found.addresses.length, 'address')} take ${found.bufferBytes} bytes, the buffer has ${buffer.bytes}: glibc doubles it and repeats the whole lookup.`;
    writer.add({ kind: 'decide', next: 'grow buffer' }, because);
    buffer.bytes *= 2;
  }
}

function searchDns(process: Process, { name, family }: Wanted): Result & { readonly found?: Found } {
  const { flags } = settingsOf(process);
  const asked = (name.includes('.') ? undefined : findAlias(process, name)) ?? name;
  const pair = family === 'unspec' && !flags.has('no-aaaa');
  const qtypes = pair ? (['A', 'AAAA'] as const) : ([family === 'inet6' ? 'AAAA' : 'A'] as const);
  const reply = search(process, asked, qtypes);
  if ('error' in reply) {
    const unavailable = process.systemError === 'refused' || process.systemError === 'timeout';
    return { status: unavailable ? 'unavail' : 'notfound', hostError: reply.error };
  }
  const { answers, qname } = reply;
  const [answer] = answers;
  const found = family === 'unspec' ? readPair(answers, qname, qtypes) : answer && readSingle(answer, qname, qtypes[0]);
  if (found) {
    process.writer.add({ kind: 'decide', next: 'accept' }, `${textOf(qname)} has ${counted(found.addresses.length, 'address')}.`);
    return { status: 'success', hostError: 'NETDB_SUCCESS', found };
  }
  process.writer.add(
    { kind: 'decide', next: 'stop' },
    isHostName(qname)
      ? 'The answer holds records, but no address of the name or its alias. glibc does not ask for the alias and ends the search.'
      : 'The name that was asked cannot be a host name, so glibc takes nothing from the answer.',
  );
  return family === 'unspec' || !isHostName(qname) ? { status: 'notfound', hostError: 'HOST_NOT_FOUND' } : { status: 'tryagain', hostError: 'NO_RECOVERY' };
}

/** Puts the addresses of the networks of `sortlist` first, which only gethostbyname does. Models addrsort in resolv/nss_dns/dns-host.c. */
export function sortByNetworks(addresses: readonly Address[], process: Process): readonly Address[] {
  const { sortList } = settingsOf(process);
  const sortedMax = 48;
  const place = ({ bytes }: Address) => {
    const number = bytes.slice(12).reduce((sum, byte) => 256 * sum + byte, 0);
    const index = sortList.findIndex(({ address, mask }) => address === (number & mask) >>> 0);
    return index < 0 ? sortList.length : index;
  };
  return [...addresses.slice(0, sortedMax).sort((one, other) => place(one) - place(other)), ...addresses.slice(sortedMax)];
}
