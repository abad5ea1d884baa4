import { bytesOf, textOf } from '../c-text.ts';
import { isMapped, readAddress, type Address } from '../ip-literal.ts';
import type { Question } from '../types.ts';
import { readHostName } from './answer.ts';
import type { Ending } from './getaddrinfo.ts';
import { findAddressInHosts } from './hosts.ts';
import { settingsOf, type HostError, type Process } from './process.ts';
import { query } from './search.ts';
import { sourcesOf } from './sources.ts';

/** With NI_NAMEREQD, so that a missing name is an error. Models nss/getnameinfo.c and gethostbyaddr in nss_files and nss_dns. */
export function getnameinfo(process: Process, { name }: Question): Ending {
  const address = readAddress(name);
  if (typeof address !== 'object') return { result: { code: 'EAI_FAMILY', addresses: [] }, because: 'This is no address.' };
  let hostError: HostError = 'HOST_NOT_FOUND';
  for (const { name: source, endsAt } of sourcesOf(process)) {
    const host: string | { readonly error: HostError } =
      source === 'files' ? askHosts(process, address) : source === 'dns' ? askDns(process, address) : { error: hostError };
    if (typeof host === 'string') return { result: { code: 'OK', addresses: [], host: textOf(host) }, because: 'The program gets the name.' };
    hostError = host.error;
    if (endsAt.has('notfound')) break;
  }
  const code = hostError === 'TRY_AGAIN' ? 'EAI_AGAIN' : 'EAI_NONAME';
  return { result: { code, addresses: [] }, because: hostError === 'TRY_AGAIN' ? 'No server gave a usable answer.' : 'There is no name for the address.' };
}

function askHosts({ surroundings, writer }: Process, address: Address): string | { readonly error: HostError } {
  const entry = surroundings.hosts === null ? undefined : findAddressInHosts(bytesOf(surroundings.hosts), address);
  writer.add(
    { kind: 'local', source: 'hosts', found: entry !== undefined },
    entry ? 'The first name behind the address in the hosts file counts.' : 'The hosts file has no name for the address.',
  );
  return entry?.names[0] ?? { error: 'HOST_NOT_FOUND' };
}

function askDns(process: Process, address: Address): string | { readonly error: HostError } {
  const text = reverseName(address);
  const { ndots } = settingsOf(process);
  const dots = text.split('.').length - 1;
  process.writer.add({ kind: 'candidate', name: text, rule: 'reverse', dots, ndots }, 'The name for an address stands under its parts in reverse.');
  const reply = query(process, text, ['PTR']);
  if ('error' in reply) return reply;
  const [answer] = reply.answers;
  const host = answer && readHostName(answer, reply.qname);
  return host ?? { error: 'NO_RECOVERY' };
}

/** Also an IPv6 address that only wraps an IPv4 one is asked as IPv4. */
function reverseName({ bytes }: Address): string {
  const wrapped = bytes.slice(0, 12).every((byte) => byte === 0) && String(bytes.slice(12)) !== '0,0,0,1';
  if (isMapped(bytes) || wrapped) return `${bytes.slice(12).reverse().join('.')}.in-addr.arpa`;
  const digits = bytes.flatMap((byte) => [byte >> 4, byte & 15]).reverse();
  return `${digits.map((digit) => digit.toString(16)).join('.')}.ip6.arpa`;
}
