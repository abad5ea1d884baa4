import { isMapped, readAddress, type Address, type AddressBytes } from '../ip-literal.ts';

/** RFC 6724's default policies as musl keeps them: leading bytes, a mask for the byte behind them, precedence and label. */
const policies: readonly { readonly bytes: AddressBytes; readonly mask: number; readonly precedence: number; readonly label: number }[] = [
  { bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], mask: 255, precedence: 50, label: 0 },
  { bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255], mask: 255, precedence: 35, label: 4 },
  { bytes: [0x20, 0x02], mask: 255, precedence: 30, label: 2 },
  { bytes: [0x20, 0x01, 0, 0], mask: 255, precedence: 5, label: 5 },
  { bytes: [0xfc], mask: 0xfe, precedence: 3, label: 13 },
];
const otherPolicy = { precedence: 40, label: 1 };
const scopeGlobal = 14;

/**
 * Puts addresses into the order in which a program should try them, the best first; equal ones keep their order.
 * Nothing changes when all are IPv4. Models the last part of src/network/lookup_name.c, a subset of RFC 6724.
 * `own` are the pod's addresses: the first of a family is the source for all that is not its own.
 */
export function sortAddresses(addresses: readonly Address[], own: readonly string[]): readonly Address[] {
  if (addresses.every(({ family }) => family === 'inet')) return addresses;
  const sources = own.map((text) => readAddress(text)).filter((address) => typeof address === 'object');
  return addresses
    .map((address, index) => ({ address, key: sortKey(address.bytes, sources) - index }))
    .sort((one, other) => other.key - one.key)
    .map(({ address }) => address);
}

/** Usable, same scope and same label as its source weigh most, then precedence, small scope, bits in common with the source. */
function sortKey(destination: AddressBytes, own: readonly Address[]): number {
  const { precedence, label } = policyOf(destination);
  const scope = scopeOf(destination);
  let key = (precedence << 20) | ((15 - scope) << 16);
  const source = sourceFor(destination, own);
  if (!source) return key;
  key |= 1 << 30;
  if (scopeOf(source) === scope) key |= 1 << 29;
  if (policyOf(source).label === label) key |= 1 << 28;
  return key | (commonBits(source, destination) << 8);
}

/** The address from which the kernel would send; undefined without a route. */
function sourceFor(destination: AddressBytes, own: readonly Address[]): AddressBytes | undefined {
  const v4 = isMapped(destination);
  if (v4 ? destination[12] === 127 : isLoopbackV6(destination)) return v4 ? [...destination.slice(0, 12), 127, 0, 0, 1] : destination;
  const family = v4 ? 'inet' : 'inet6';
  const candidates = own.filter((address) => address.family === family).map(({ bytes }) => bytes);
  return candidates.find((bytes) => commonBits(bytes, destination) === 128) ?? candidates[0];
}

function policyOf(address: AddressBytes): { readonly precedence: number; readonly label: number } {
  const fits = ({ bytes, mask }: (typeof policies)[number]) =>
    bytes.every((byte, index) => ((address[index] ?? 0) & (index === bytes.length - 1 ? mask : 255)) === byte);
  return policies.find(fits) ?? otherPolicy;
}

function scopeOf(address: AddressBytes): number {
  const [first = 0, second = 0] = address;
  if (first === 0xff) return second & 15;
  if ((first === 0xfe && second >> 6 === 2) || isLoopbackV6(address)) return 2;
  return first === 0xfe && second >> 6 === 3 ? 5 : scopeGlobal;
}

function isLoopbackV6(address: AddressBytes): boolean {
  return address.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

function commonBits(one: AddressBytes, other: AddressBytes): number {
  const index = one.findIndex((byte, at) => byte !== other[at]);
  return index < 0 ? 128 : 8 * index + Math.clz32((one[index] ?? 0) ^ (other[index] ?? 0)) - 24;
}
