import type { LookupResult, Question, Surroundings, Trace, Wire, MuslVersion } from '../types.ts';
import { bytesOf, counted, textOf } from '../c-text.ts';
import { exchange } from './exchange.ts';
import { findAddressInHosts } from './hosts.ts';
import { isMapped, readAddress, writeAddress, type Address } from '../ip-literal.ts';
import { lookupName, settingsOf, type Failure, type Found, type Process } from './lookup-name.ts';
import { queryName } from './query-name.ts';
import { TraceWriter } from '../trace-writer.ts';

interface Ending {
  readonly result: LookupResult;
  readonly because: string;
}

const knownFlags: readonly string[] = ['passive', 'canonname', 'numerichost', 'v4mapped', 'all', 'addrconfig', 'numericserv'];
/** h_errno names for what a lookup of a name returns. */
const hostErrors = { EAI_NONAME: 'HOST_NOT_FOUND', EAI_NODATA: 'NO_DATA', EAI_AGAIN: 'TRY_AGAIN', CRASH: 'CRASH' } as const;
const meanings: Readonly<Record<Failure, string>> = {
  EAI_NONAME: 'The name was not found.',
  EAI_NODATA: 'The name exists, but has no address of the family asked for.',
  EAI_AGAIN: 'No usable answer came in time.',
  CRASH: 'attempts is 0, musl divides the timeout by it, and the process dies of SIGFPE.',
};

/**
 * One lookup by musl: what it asks, in which order, and what the program gets. 1.2.5 stands for 1.2.4 and later too.
 * Pure: the clock is virtual, `wire` answers the queries. A musl process keeps nothing from one lookup to the next.
 */
export function lookupMusl(version: MuslVersion, question: Question, surroundings: Surroundings, wire: Wire): Trace {
  const writer = new TraceWriter(wire);
  writer.add({ kind: 'call' }, `The program calls ${functionNames[question.api]} for "${question.name}".`);
  if (surroundings.nsswitch !== null) {
    const text = /^hosts:.*/m.exec(surroundings.nsswitch)?.[0] ?? 'nsswitch.conf';
    writer.add(
      { kind: 'setting', source: 'nsswitch', text, effect: 'ignored' },
      'musl never reads nsswitch.conf: it always looks into the hosts file first and then asks DNS.',
    );
  }
  const { result, because } = calls[question.api]({ version, surroundings, writer }, question);
  return writer.finish(result, because);
}

const functionNames: Readonly<Record<Question['api'], string>> = {
  gai: 'getaddrinfo',
  res_search: 'res_search',
  res_query: 'res_query',
  gethostbyname: 'gethostbyname',
  gethostbyname2: 'gethostbyname2',
  gni: 'getnameinfo',
};

const calls: Readonly<Record<Question['api'], (process: Process, question: Question) => Ending>> = {
  gai: getaddrinfo,
  res_search: resQuery,
  res_query: resQuery,
  gethostbyname: (process, question) => gethostbyname(process, { ...question, family: 'inet' }),
  gethostbyname2: gethostbyname,
  gni: getnameinfo,
};

/** Models src/network/getaddrinfo.c. */
function getaddrinfo(process: Process, { name, family, flags }: Question): Ending {
  if (!flags.every((flag) => knownFlags.includes(flag))) return fail('EAI_BADFLAGS', 'musl does not know one of the flags.');
  if (flags.includes('addrconfig'))
    process.writer.add(
      { kind: 'decide', next: 'remember' },
      'AI_ADDRCONFIG: musl only checks whether the loopback address of a family can be reached. Both can, so both families stay.',
    );
  const found = lookupName(process, { name: bytesOf(name), family }, flags);
  if (typeof found === 'string') return fail(found, meanings[found]);
  return succeed(found, flags.includes('canonname'));
}

function fail(code: string, because: string): Ending {
  return { result: { code, addresses: [] }, because };
}

function succeed({ addresses, canonicalName }: Found, named: boolean): Ending {
  const result = { code: 'OK', addresses: addresses.map(writeAddress), ...(named && { canonname: textOf(canonicalName) }) };
  return { result, because: `The program gets ${counted(addresses.length, 'address')}.` };
}

/** Room in the first buffer behind the structure of 32 bytes; each further buffer is twice as large and one byte larger. */
const bufferBytesAtFirst = 127;
const structureBytes = 32;
const pointerBytes = 8;

/**
 * Looks up, and if the result does not fit into the buffer, looks everything up again with a larger one.
 * Models src/network/gethostbyname2.c and gethostbyname2_r.c on 64 bits.
 */
function gethostbyname(process: Process, question: Question): Ending {
  const name = bytesOf(question.name);
  const family = question.family === 'inet6' ? 'inet6' : 'inet';
  for (let bufferBytes = bufferBytesAtFirst; ; bufferBytes = 2 * bufferBytes + 1) {
    const found = lookupName(process, { name, family }, []);
    if (typeof found === 'string') return fail(hostErrors[found], meanings[found]);
    const addressBytes = family === 'inet6' ? 16 : 4;
    const neededBytes = 4 * pointerBytes + (found.addresses.length + 1) * (pointerBytes + addressBytes) + name.length + found.canonicalName.length + 2;
    if (neededBytes <= bufferBytes - structureBytes) return succeed(found, true);
    process.writer.add(
      { kind: 'decide', next: 'grow buffer' },
      `The result needs ${neededBytes} bytes, the buffer has ${bufferBytes - structureBytes}: musl takes a larger one and looks everything up again.`,
    );
  }
}

/** musl's res_search is res_query: it asks the name as it is. Models src/network/res_query.c. */
function resQuery(process: Process, { api, name, family }: Question): Ending {
  const { version, writer } = process;
  const text = bytesOf(name);
  const qtype = family === 'inet6' ? 'AAAA' : 'A';
  const query = queryName(text, version);
  if (query.kind === 'impossible') {
    writer.add({ kind: 'local', source: 'invalid', found: true }, query.because);
    return { result: { code: 'FAIL', h_errno: 'NETDB_SUCCESS', addresses: [] }, because: 'The query cannot be written; musl sets no error code.' };
  }
  const settings = settingsOf(process);
  const dots = text.split('.').length - 1;
  writer.add(
    { kind: 'candidate', name, rule: 'no search', dots, ndots: settings.ndots },
    api === 'res_search' ? "musl's res_search does not search: it asks the name as it is." : 'res_query asks the name as it is.',
  );
  const asked = { qname: query.qname, malformed: query.kind === 'malformed', qtypes: [qtype], ad: true, tcpAfterTruncation: version !== 'musl-1.2.3' } as const;
  const answers = exchange(asked, settings, writer);
  if (answers === 'crash') return fail('CRASH', meanings.CRASH);
  const [answer] = answers;
  const failure = !answer ? 'TRY_AGAIN' : answer.rcode === 'NXDOMAIN' ? 'HOST_NOT_FOUND' : answer.records.length === 0 ? 'NO_DATA' : undefined;
  if (!answer || failure) return { result: { code: 'FAIL', h_errno: failure ?? 'TRY_AGAIN', addresses: [] }, because: `h_errno is ${failure ?? ''}.` };
  const addresses = answer.records.filter(({ type }) => type === qtype).map(({ data }) => data);
  return { result: { code: 'OK', rcode: answer.rcode, ancount: answer.records.length, addresses }, because: 'The program gets the message as it came.' };
}

/** With NI_NAMEREQD, so that a missing name is an error. Models src/network/getnameinfo.c. */
function getnameinfo(process: Process, { name }: Question): Ending {
  const { version, writer, surroundings } = process;
  const address = readAddress(name);
  if (typeof address !== 'object') return fail('EAI_FAMILY', 'This is no address.');
  const inHosts = findAddressInHosts(surroundings.hosts === null ? null : bytesOf(surroundings.hosts), address);
  writer.add(
    { kind: 'local', source: 'hosts', found: inHosts !== undefined },
    inHosts === undefined ? 'The hosts file has no name for the address.' : 'The first name behind the address in the hosts file counts.',
  );
  if (inHosts !== undefined) return nameHost(inHosts);
  const text = reverseName(address);
  const settings = settingsOf(process);
  writer.add(
    { kind: 'candidate', name: text, rule: 'reverse', dots: text.split('.').length - 1, ndots: settings.ndots },
    'The name for an address stands under its parts in reverse.',
  );
  const asked = { qname: `${text}.`, malformed: false, qtypes: ['PTR'], ad: false, tcpAfterTruncation: version !== 'musl-1.2.3' } as const;
  const answers = exchange(asked, settings, writer);
  if (answers === 'crash') return fail('CRASH', meanings.CRASH);
  const host = answers[0]?.records
    .filter(({ type }) => type === 'PTR')
    .at(-1)
    ?.data.replace(/\.$/, '');
  return host === undefined || host === '' ? fail('EAI_NONAME', 'There is no name for the address.') : nameHost(host);
}

function nameHost(host: string): Ending {
  return { result: { code: 'OK', addresses: [], host: textOf(host) }, because: 'The program gets the name.' };
}

function reverseName({ bytes }: Address): string {
  if (isMapped(bytes)) return `${bytes.slice(12).reverse().join('.')}.in-addr.arpa`;
  const digits = bytes.flatMap((byte) => [byte >> 4, byte & 15]).reverse();
  return `${digits.map((digit) => digit.toString(16)).join('.')}.ip6.arpa`;
}
