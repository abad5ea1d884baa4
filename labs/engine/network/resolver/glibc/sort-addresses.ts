import { isMapped, readAddress, type Address, type AddressBytes } from '../ip-literal.ts';

interface Policy {
  readonly prefix: AddressBytes;
  /** How many bits of the prefix count. */
  readonly bits: number;
  readonly value: number;
}

const zeros: AddressBytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const mappedPrefix: AddressBytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];
/** What holds without gai.conf: nss/getaddrinfo.c, default_labels and default_precedence. */
const labels: readonly Policy[] = [
  { prefix: [...zeros, 0, 0, 0, 1], bits: 128, value: 0 },
  { prefix: [0x20, 0x02], bits: 16, value: 2 },
  { prefix: zeros, bits: 96, value: 3 },
  { prefix: mappedPrefix, bits: 96, value: 4 },
  { prefix: [0xfe, 0xc0], bits: 10, value: 5 },
  { prefix: [0xfc], bits: 7, value: 6 },
  { prefix: [0x20, 0x01, 0, 0], bits: 32, value: 7 },
  { prefix: [], bits: 0, value: 1 },
];
const precedences: readonly Policy[] = [
  { prefix: [...zeros, 0, 0, 0, 1], bits: 128, value: 50 },
  { prefix: [0x20, 0x02], bits: 16, value: 30 },
  { prefix: zeros, bits: 96, value: 20 },
  { prefix: mappedPrefix, bits: 96, value: 10 },
  { prefix: [], bits: 0, value: 40 },
];
const scopeGlobal = 14;
/** Pod networks are cut into pieces of this size for the nodes (kube-controller-manager, --node-cidr-mask-size). */
const podPrefixBits = 24;

interface Candidate {
  readonly address: Address;
  /** The address from which the kernel would send; absent without a route. */
  readonly source?: AddressBytes;
}

/**
 * Puts addresses into the order in which a program should try them; equal ones keep their order.
 * Models rfc3484_sort in nss/getaddrinfo.c. `own` are the pod's addresses: the first of a family is the source for all that is not its own.
 */
export function sortAddresses(addresses: readonly Address[], own: readonly string[]): readonly Address[] {
  const sources = own.map((text) => readAddress(text)).filter((address) => typeof address === 'object');
  const candidates = addresses.map((address): Candidate => {
    const source = sourceFor(address.bytes, sources);
    return source ? { address, source } : { address };
  });
  // Linux tells glibc about prefix lengths only when there is an IPv6 address; otherwise only the address itself counts as near.
  const prefixBits = sources.some(({ family }) => family === 'inet6') ? podPrefixBits : 32;
  return candidates.sort((one, other) => compare(one, other, prefixBits)).map(({ address }) => address);
}

/** Rules 1, 2, 5, 6, 8 and 9; a pod has no deprecated, home or tunnelled addresses. */
function compare(one: Candidate, other: Candidate, prefixBits: number): number {
  const a = one.address.bytes;
  const b = other.address.bytes;
  const reachable = Number(one.source === undefined) - Number(other.source === undefined);
  if (reachable !== 0) return reachable;
  const v6 = one.address.family === 'inet6';
  if (one.source && other.source) {
    const sameScope =
      Number(scopeOf(other.address) === scopeOf({ ...other.address, bytes: other.source })) -
      Number(scopeOf(one.address) === scopeOf({ ...one.address, bytes: one.source }));
    if (sameScope !== 0) return sameScope;
    const sameLabel = Number(valueOf(labels, b) === valueOf(labels, other.source)) - Number(valueOf(labels, a) === valueOf(labels, one.source));
    if (sameLabel !== 0) return sameLabel;
  }
  const precedence = valueOf(precedences, b) - valueOf(precedences, a);
  if (precedence !== 0) return precedence;
  const scope = scopeOf(one.address) - scopeOf(other.address);
  if (scope !== 0 || !one.source || !other.source || one.address.family !== other.address.family) return scope;
  if (v6) return nearnessV6(b, other.source, a, one.source) - nearnessV6(a, one.source, b, other.source);
  return nearness(b, other.source, prefixBits) - nearness(a, one.source, prefixBits);
}

/** Bits in common, of IPv4 addresses only inside one network. */
function nearness(destination: AddressBytes, source: AddressBytes, prefixBits: number): number {
  const bits = commonBits(destination, source) - 96;
  return bits >= prefixBits ? bits : 0;
}

/** glibc compares the first four bytes in which either of the two pairs differs, not the whole addresses. */
function nearnessV6(destination: AddressBytes, source: AddressBytes, destination2: AddressBytes, source2: AddressBytes): number {
  const word = Math.floor(Math.min(commonBits(destination, source), commonBits(destination2, source2)) / 32);
  return Math.min(32, commonBits(destination, source) - 32 * word);
}

function sourceFor(destination: AddressBytes, own: readonly Address[]): AddressBytes | undefined {
  const v4 = isMapped(destination);
  if (v4 ? destination[12] === 127 : commonBits(destination, [...zeros, 0, 0, 0, 1]) === 128) return v4 ? [...mappedPrefix, 127, 0, 0, 1] : destination;
  const candidates = own.filter(({ family }) => family === (v4 ? 'inet' : 'inet6')).map(({ bytes }) => bytes);
  return candidates.find((bytes) => commonBits(bytes, destination) === 128) ?? candidates[0];
}

function valueOf(policies: readonly Policy[], address: AddressBytes): number {
  return policies.find(({ prefix, bits }) => commonBits(prefix, address) >= bits)?.value ?? 0;
}

/** Models get_scope: IPv4 has scopes only in a socket address of its own family. */
function scopeOf({ family, bytes }: Address): number {
  const [first = 0, second = 0] = bytes;
  if (family === 'inet') return bytes[12] === 127 || (bytes[12] === 169 && bytes[13] === 254) ? 2 : scopeGlobal;
  if (first === 0xff) return second & 15;
  if ((first === 0xfe && second >> 6 === 2) || commonBits(bytes, [...zeros, 0, 0, 0, 1]) === 128) return 2;
  return first === 0xfe && second >> 6 === 3 ? 5 : scopeGlobal;
}

/** Leading bits that two addresses, or a prefix and an address, have in common. */
function commonBits(one: AddressBytes, other: AddressBytes): number {
  const index = one.findIndex((byte, at) => byte !== other[at]);
  return index < 0 ? 8 * one.length : 8 * index + Math.clz32((one[index] ?? 0) ^ (other[index] ?? 0)) - 24;
}
