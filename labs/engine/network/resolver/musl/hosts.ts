import { isSpace, pieces, words } from '../c-text.ts';
import { readAddress, type Address } from '../ip-literal.ts';

/** musl keeps at most so many addresses for a name. */
export const addressesMax = 48;
const lineBufferBytes = 512;

/** What the hosts file says about a name. `wrongFamily`: a line fits, but its address is not of the family that was asked for. */
export interface HostsAnswer {
  readonly addresses: readonly Address[];
  readonly canonicalName: string | undefined;
  readonly wrongFamily: boolean;
}

/**
 * Collects the addresses of all lines that hold the name. It must stand behind an address and between white space, in the same case.
 * Models name_from_hosts in src/network/lookup_name.c.
 */
export function findInHosts(file: string | null, name: string, family: 'unspec' | 'inet' | 'inet6'): HostsAnswer {
  const addresses: Address[] = [];
  let canonicalName: string | undefined;
  let wrongFamily = false;
  for (const line of linesOf(file)) {
    if (addresses.length === addressesMax) break;
    if (!holds(line, name)) continue;
    const { address, first } = split(line);
    if (!address) continue;
    if (address === 'wrong scope' || (family !== 'unspec' && address.family !== family)) wrongFamily = true;
    else addresses.push(address);
    if (first !== undefined && isHostname(first)) canonicalName ??= first;
  }
  return { addresses, canonicalName, wrongFamily: wrongFamily && addresses.length === 0 };
}

/** The first name behind an address. Models reverse_hosts in src/network/getnameinfo.c. */
export function findAddressInHosts(file: string | null, wanted: Address): string | undefined {
  for (const line of linesOf(file)) {
    const { address, first } = split(line);
    if (typeof address === 'object' && String(address.bytes) === String(wanted.bytes)) return first;
  }
  return undefined;
}

/** A comment ends the line, with white space in its place. */
function linesOf(file: string | null): readonly string[] {
  return pieces(file ?? '', lineBufferBytes).map((line) => line.replace(/#.*/s, '\n'));
}

function holds(line: string, name: string): boolean {
  for (let at = line.indexOf(name, 1); at >= 0; at = line.indexOf(name, at + 1)) {
    if (isSpace(line[at - 1]) && isSpace(line[at + name.length])) return true;
  }
  return false;
}

function split(line: string): { readonly address: ReturnType<typeof readAddress>; readonly first: string | undefined } {
  if (isSpace(line[0])) return { address: undefined, first: undefined };
  const [address = '', first] = words(line);
  return { address: readAddress(address), first };
}

/** Letters, digits, dots, hyphens and all that is not ASCII; at most 254 bytes. */
export function isHostname(name: string): boolean {
  return /^[A-Za-z\d.\-\x80-\xff]{1,254}$/.test(name);
}
