import type { IpFamily } from '../../api/types.ts';
import { readAddress, writeAddress, type AddressBytes } from '../resolver/ip-literal.ts';

/** A block of addresses. */
export interface Cidr {
  readonly family: IpFamily;
  /** The canonical text, with the bits behind the prefix cleared. */
  readonly text: string;
  /** The first and the last address as numbers; those of IPv4 as if mapped to IPv6. */
  readonly first: bigint;
  readonly last: bigint;
}

const numberOf = (bytes: AddressBytes): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
const bytesOf = (number: bigint): AddressBytes => Array.from({ length: 16 }, (_, index) => Number((number >> BigInt(120 - 8 * index)) & 255n));

/** Undefined: it is no address. */
function addressNumber(address: string): bigint | undefined {
  const read = readAddress(address);
  return typeof read === 'object' ? numberOf(read.bytes) : undefined;
}

/** The family of an address or block by its looks. */
export function familyOf(text: string): IpFamily {
  return text.includes(':') ? 'IPv6' : 'IPv4';
}

/** Reads `address/prefix`, with blanks around it; undefined: it is none. Models Go's net.ParseCIDR. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', prefix = ''] = /^\s*([^/\s]+)\/(\d{1,3})\s*$/u.exec(text) ?? [];
  const number = addressNumber(address);
  const family = familyOf(address);
  const free = (family === 'IPv4' ? 32 : 128) - Number(prefix);
  if (number === undefined || free < 0) return undefined;
  const first = (number >> BigInt(free)) << BigInt(free);
  return { family, text: `${addressText(first, family)}/${prefix}`, first, last: first + (1n << BigInt(free)) - 1n };
}

function addressText(number: bigint, family: IpFamily): string {
  return writeAddress({ family: family === 'IPv4' ? 'inet' : 'inet6', bytes: bytesOf(number) });
}

/** The usual text of an address of this family; undefined: it is none. */
export function canonicalAddress(address: string, family: IpFamily): string | undefined {
  const number = addressNumber(address);
  return number === undefined || familyOf(address) !== family ? undefined : addressText(number, family);
}

/** Whether a block holds an address. */
export function cidrHas({ first, last }: Cidr, address: string): boolean {
  const number = addressNumber(address);
  return number !== undefined && first <= number && number <= last;
}

/** An address as a block of its own. */
export function hostCidr(address: string): string {
  return `${address}/${familyOf(address) === 'IPv4' ? '32' : '128'}`;
}

/**
 * Blocks of one family as nft lists them in a set: by address, with those that touch or overlap joined; `a-b` where that is no block.
 * Models the automatic merge of anonymous interval sets (nftables src/intervals.c).
 */
export function mergedIntervals(cidrs: readonly Cidr[]): readonly string[] {
  const sorted = cidrs.toSorted((one, other) => (one.first < other.first ? -1 : 1));
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of sorted) {
    const before = merged.at(-1);
    if (before === undefined || first > before.last + 1n) merged.push({ first, last });
    else if (last > before.last) before.last = last;
  }
  return merged.map((interval) => intervalText(interval, cidrs[0]?.family ?? 'IPv4'));
}

function intervalText({ first, last }: { readonly first: bigint; readonly last: bigint }, family: IpFamily): string {
  const size = last - first + 1n;
  const from = addressText(first, family);
  if (size === 1n) return from;
  // A block has a power of two of addresses and starts at a multiple of it.
  if ((size & (size - 1n)) !== 0n || first % size !== 0n) return `${from}-${addressText(last, family)}`;
  return `${from}/${String((family === 'IPv4' ? 32 : 128) - (size.toString(2).length - 1))}`;
}
