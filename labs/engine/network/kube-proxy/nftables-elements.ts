import { readAddress } from '../resolver/ip-literal.ts';
import type { NftElement } from './nftables-types.ts';

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132 };

/** A part of a key as the kernel keeps it: an address, a protocol or a port. */
function bytesOf(part: string): readonly number[] {
  const protocol = protocolNumbers[part];
  if (protocol !== undefined) return [protocol];
  if (/^\d+$/u.test(part)) return [Number(part) >> 8, Number(part) & 255];
  const address = readAddress(part);
  if (typeof address !== 'object') return [];
  return address.family === 'inet' ? address.bytes.slice(12) : address.bytes;
}

/**
 * Elements in nft's order. A key of one part counts as the number that it is; one of several parts is read as a single number of the (little-endian)
 * machine, so that its last byte counts most: ports go first, by their low byte.
 * Models src/mergesort.c of nftables before 1.1.6.
 */
export function sortedElements<Element extends NftElement>(elements: readonly Element[]): readonly Element[] {
  const keyed = elements.map((element) => {
    const bytes = element.key.flatMap(bytesOf);
    const ordered = element.key.length > 1 ? bytes.toReversed() : bytes;
    return { element, order: ordered.map((byte) => byte.toString(16).padStart(2, '0')).join('') };
  });
  return keyed.toSorted((one, other) => (one.order < other.order ? -1 : 1)).map(({ element }) => element);
}
