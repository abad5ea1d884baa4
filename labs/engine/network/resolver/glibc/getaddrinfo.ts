import { bytesOf, counted, textOf } from '../c-text.ts';
import { isMapped, mapToV6, readAddress, writeAddress, type Address } from '../ip-literal.ts';
import type { LookupResult, Question } from '../types.ts';
import { getHostByName } from './gethostbyname.ts';
import type { Status } from './nsswitch.ts';
import type { HostError, Process } from './process.ts';
import { sortAddresses } from './sort-addresses.ts';
import { ask, bufferBytesAtFirst, sourcesOf, type Buffer, type Result } from './sources.ts';

export interface Ending {
  readonly result: LookupResult;
  readonly because: string;
}
interface Request {
  readonly name: string;
  readonly family: Question['family'];
  readonly flags: readonly string[];
}
interface Hosts {
  readonly addresses: readonly Address[];
  readonly canonicalName: string;
}
type Failure = 'EAI_NONAME' | 'EAI_NODATA' | 'EAI_AGAIN' | 'EAI_SYSTEM' | 'EAI_ADDRFAMILY' | 'EAI_BADFLAGS';

const knownFlags: readonly string[] = ['passive', 'canonname', 'numerichost', 'v4mapped', 'all', 'addrconfig', 'idn', 'canonidn', 'numericserv'];
const meanings: Readonly<Record<Failure, string>> = {
  EAI_NONAME: 'The name was not found.',
  EAI_NODATA: 'The name exists, but without an address of the family asked for.',
  EAI_AGAIN: 'No server gave a usable answer; the program may try again.',
  EAI_SYSTEM: 'glibc could not ask: an error of the system.',
  EAI_ADDRFAMILY: 'The name is an address of the other family.',
  EAI_BADFLAGS: 'glibc does not know one of the flags.',
};

/** Models getaddrinfo and gaih_inet in nss/getaddrinfo.c, for one socket type and no service. */
export function getaddrinfo(process: Process, question: Question): Ending {
  const { flags } = question;
  const { addresses: own } = process.surroundings;
  if (!flags.every((flag) => knownFlags.includes(flag))) return fail('EAI_BADFLAGS');
  // The program that passes "*" for the name wants no name.
  if (question.name === '*') return fail('EAI_NONAME');
  const family = flags.includes('addrconfig') ? narrowFamily(process, question.family) : question.family;
  if (family === undefined) return fail('EAI_NONAME');
  const hosts = findHosts(process, { name: bytesOf(question.name), family, flags });
  if (typeof hosts === 'string') return fail(hosts);
  const sorted = sortAddresses(hosts.addresses, own);
  if (sorted.some((address, index) => address !== hosts.addresses[index]))
    process.writer.add(
      { kind: 'decide', next: 'accept' },
      'getaddrinfo sorts the addresses by RFC 6724: those that the pod can reach come first, then near ones.',
    );
  return succeed(sorted, flags.includes('canonname') ? hosts.canonicalName : undefined);
}

/** The end of a lookup that found addresses. */
export function succeed(addresses: readonly Address[], canonicalName: string | undefined): Ending {
  const result = { code: 'OK', addresses: addresses.map(writeAddress), ...(canonicalName !== undefined && { canonname: textOf(canonicalName) }) };
  return { result, because: `The program gets ${counted(addresses.length, 'address')}.` };
}

function fail(code: Failure): Ending {
  return { result: { code, addresses: [] }, because: meanings[code] };
}

/** AI_ADDRCONFIG: without an IPv6 address besides loopback nobody asks for AAAA. Undefined: the wanted family is missing. */
function narrowFamily({ surroundings, writer }: Process, family: Question['family']): Question['family'] | undefined {
  const families = new Set(surroundings.addresses.map((text) => (text.includes(':') ? 'inet6' : 'inet')));
  const [only] = families;
  const names = families.size === 0 ? 'no address' : [...families].map((each) => (each === 'inet' ? 'IPv4' : 'IPv6')).join(' and ');
  const narrowed = families.size === 1 && only !== undefined;
  const impossible = family !== 'unspec' && !families.has(family);
  const then = impossible ? 'what is asked for could not be reached' : narrowed ? 'only that family is asked for' : 'nothing is left out';
  writer.add({ kind: 'decide', next: impossible ? 'stop' : 'remember' }, `AI_ADDRCONFIG: besides loopback the pod has ${names}, so ${then}.`);
  if (impossible) return undefined;
  return family === 'unspec' && narrowed ? only : family;
}

function findHosts(process: Process, request: Request): Hosts | Failure {
  const { name, family, flags } = request;
  const { writer } = process;
  const literal = readLiteral(request);
  writer.add(
    { kind: 'local', source: 'numeric', found: literal !== undefined },
    literal === undefined
      ? 'The name is not the text of an address.'
      : typeof literal === 'string'
        ? 'The name is an address, but none that fits.'
        : 'The name is an address: nothing is asked.',
  );
  if (literal !== undefined) return typeof literal === 'string' ? literal : { addresses: [literal], canonicalName: name };
  if (flags.includes('numerichost')) return 'EAI_NONAME';
  const buffer = { bytes: bufferBytesAtFirst };
  if (family !== 'inet' || flags.includes('canonname')) return new NameService(process, request, buffer).find();
  const result = getHostByName(process, name, 'inet', buffer);
  if ('entry' in result) return result.entry;
  if (result.returned === 'zero') return result.hostError === 'NO_DATA' ? 'EAI_NODATA' : 'EAI_NONAME';
  if (result.hostError === 'NETDB_INTERNAL') return 'EAI_SYSTEM';
  return result.hostError === 'TRY_AGAIN' ? 'EAI_AGAIN' : 'EAI_NODATA';
}

/** Models text_to_binary_address in nss/getaddrinfo.c. */
function readLiteral({ name, family, flags }: Request): Address | Failure | undefined {
  const address = readAddress(name);
  if (address === undefined) return undefined;
  const plain = typeof address === 'object' ? address : undefined;
  const v4 = plain?.family === 'inet';
  if (family === 'inet6' && v4) return flags.includes('v4mapped') ? mapToV6(plain) : 'EAI_ADDRFAMILY';
  if (family === 'inet' && !v4) return plain && isMapped(plain.bytes) ? { family, bytes: plain.bytes } : 'EAI_ADDRFAMILY';
  return plain ?? 'EAI_NONAME';
}

/** Asks the sources in turn. Models get_nss_addresses in nss/getaddrinfo.c. */
class NameService {
  readonly #process: Process;
  readonly #request: Request;
  readonly #buffer: Buffer;
  #hostError: HostError = 'NETDB_SUCCESS';

  constructor(process: Process, request: Request, buffer: Buffer) {
    this.#process = process;
    this.#request = request;
    this.#buffer = buffer;
  }

  find(): Hosts | Failure {
    let status: Status = 'unavail';
    let shortage: readonly Shortage[] = [];
    for (const source of sourcesOf(this.#process)) {
      const looked = this.#request.family === 'unspec' ? this.#askPair(source.name) : this.#askFamilies(source.name);
      if (looked === 'EAI_SYSTEM') return looked;
      if (looked.hosts) return looked.hosts;
      ({ status, shortage } = looked);
      if (source.endsAt.has(status)) break;
    }
    if ((status === 'tryagain' || status === 'unavail') && this.#hostError === 'NETDB_INTERNAL') return 'EAI_SYSTEM';
    if (shortage.length === 0 || shortage.includes('none')) return 'EAI_NONAME';
    return shortage.every((each) => each === 'again') ? 'EAI_AGAIN' : 'EAI_NODATA';
  }

  #ask(source: string, family: Request['family'], checked: boolean): Result | undefined {
    const result = ask(this.#process, source, { name: this.#request.name, family, checked }, this.#buffer);
    this.#hostError = result ? (result.hostError ?? this.#hostError) : 'NETDB_INTERNAL';
    return result;
  }

  #askPair(source: string): Looked {
    const result = this.#ask(source, 'unspec', true);
    return { status: result?.status ?? 'unavail', shortage: [result ? this.#shortage() : 'none'], ...(result?.found && { hosts: result.found }) };
  }

  /** One family, or with AI_V4MAPPED IPv6 and then IPv4. */
  #askFamilies(source: string): Looked | 'EAI_SYSTEM' {
    const { family, flags } = this.#request;
    const checked = !flags.includes('canonname');
    const wanted = family === 'inet' ? 'inet' : 'inet6';
    const result = this.#ask(source, wanted, checked);
    if (!result) return { status: 'unavail', shortage: ['none'] };
    const shortage = [result.found ? 'none' : this.#shortage()] satisfies Shortage[];
    const mapped = wanted === 'inet6' && flags.includes('v4mapped') && (flags.includes('all') || !result.found);
    const more = mapped ? this.#ask(source, 'inet', checked) : undefined;
    if (more) shortage.push(more.found ? 'none' : this.#shortage());
    const found = [...(result.found?.addresses ?? []), ...(more?.found?.addresses ?? []).map(mapToV6)];
    const canonicalName = result.found?.canonicalName ?? more?.found?.canonicalName ?? '';
    if (found.length > 0) return { status: 'success', shortage, hosts: { addresses: found, canonicalName } };
    const status = more && result.status !== 'tryagain' && more.status !== 'unavail' ? more.status : result.status;
    return { status, shortage };
  }

  #shortage(): Shortage {
    if (this.#hostError === 'TRY_AGAIN') return 'again';
    return this.#hostError === 'NO_DATA' ? 'no data' : 'none';
  }
}

/** Why a source gave no addresses, as far as the program hears of it. */
type Shortage = 'again' | 'no data' | 'none';
interface Looked {
  readonly status: Status;
  readonly shortage: readonly Shortage[];
  readonly hosts?: Hosts;
}
