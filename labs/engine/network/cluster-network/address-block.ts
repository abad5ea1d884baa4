import { canonicalAddress, parseCidr } from '../kube-proxy/cidr.ts';

/** A block of IPv4 addresses. */
export interface AddressBlock {
  /** With the bits behind the prefix cleared. */
  readonly text: string;
  readonly prefixLength: number;
  /** The first and the last address as numbers. */
  readonly first: number;
  readonly last: number;
}

/** Reads `address/prefix`; undefined: it is no block of IPv4 addresses. */
export function addressBlock(text: string): AddressBlock | undefined {
  const cidr = parseCidr(text);
  if (cidr?.family !== 'IPv4') return undefined;
  const low = (address: bigint): number => Number(address & 0xffff_ffffn);
  return { text: cidr.text, prefixLength: Number(cidr.text.split('/')[1]), first: low(cidr.first), last: low(cidr.last) };
}

/** The number of an IPv4 address; undefined: it is none. */
export function addressNumber(address: string): number | undefined {
  return canonicalAddress(address, 'IPv4')
    ?.split('.')
    .reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function bytesOf(number: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255);
}

/** The address at a place of a block; 0 is the block’s own. */
export function addressAt({ first }: AddressBlock, place: number): string {
  return bytesOf(first + place).join('.');
}

/** Whether a block holds an address that a machine can have: its first stands for the block, its last for everybody. */
export function hasHost({ first, last }: AddressBlock, address: string): boolean {
  const number = addressNumber(address);
  return number !== undefined && first < number && number < last;
}

/** Whether one block lies in another. */
export function isWithin(one: AddressBlock, other: AddressBlock): boolean {
  return other.first <= one.first && one.last <= other.last;
}

/** Whether two blocks share an address. */
export function overlaps(one: AddressBlock, other: AddressBlock): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** A MAC of two bytes that say what the device is and four that are an address, so that it can be read: `0a:58` and 10.244.1.5 give 0a:58:0a:f4:01:05. */
export function macFor(kind: string, address: string): string {
  return macOfNumber(kind, addressNumber(address) ?? 0);
}

/** As `macFor`, of a plain number. */
export function macOfNumber(kind: string, number: number): string {
  return [kind, ...bytesOf(number).map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}
