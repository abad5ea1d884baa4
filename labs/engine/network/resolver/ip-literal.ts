/**
 * Addresses as the C libraries read and write them. Models inet_aton, inet_pton and inet_ntop and the reading of scopes:
 * src/network/lookup_ipliteral.c in musl, inet/inet6_scopeid_pton.c in glibc.
 */

/** Sixteen bytes; IPv4 stands behind `::ffff:`. */
export type AddressBytes = readonly number[];

export interface Address {
  readonly family: 'inet' | 'inet6';
  readonly bytes: AddressBytes;
}

const mapped: AddressBytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];
/** Only these interfaces exist in a pod; a scope with another name is refused. */
const interfaces: readonly string[] = ['lo', 'eth0'];

/**
 * Reads the text of an address: undefined if it is none, `wrong scope` if the part behind `%` fits nothing.
 * IPv4 may have one to four parts, decimal, octal with a leading 0 or hexadecimal with 0x.
 */
export function readAddress(text: string): Address | 'wrong scope' | undefined {
  const v4 = readV4(text);
  if (v4) return { family: 'inet', bytes: [...mapped, ...v4] };
  const percent = text.indexOf('%');
  // The text before the scope is copied to a buffer of 64 bytes only if it fits.
  const bytes = readV6(percent >= 0 && percent < 64 ? text.slice(0, percent) : text);
  if (!bytes) return undefined;
  const scope = percent < 0 ? '0' : text.slice(percent + 1);
  if (/^\d+$/.test(scope)) return Number(scope) > 0xffff_ffff ? 'wrong scope' : { family: 'inet6', bytes };
  const [first = 0, second = 0] = bytes;
  const linkLocal = (first === 0xfe && second >> 6 === 2) || (first === 0xff && (second & 15) === 2);
  return linkLocal && interfaces.includes(scope) ? { family: 'inet6', bytes } : 'wrong scope';
}

function readV4(text: string): AddressBytes | undefined {
  const parts = text.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0[0-7]/.test(part) ? parseInt(part, 8) : Number(part)));
  // The last part fills all bytes that are left.
  const last = numbers.pop() ?? 0;
  const bytesLeft = 4 - numbers.length;
  if (last >= 256 ** bytesLeft || numbers.some((number) => number > 255)) return undefined;
  for (let place = bytesLeft - 1; place >= 0; place -= 1) numbers.push(Math.floor(last / 256 ** place) % 256);
  return numbers;
}

function readV6(text: string): AddressBytes | undefined {
  const dotted = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  const tail = dotted?.[2]?.split('.');
  if (tail?.some((part) => (part.length > 1 && part.startsWith('0')) || Number(part) > 255)) return undefined;
  const [a, b, c, d] = tail?.map(Number) ?? [];
  const plain = tail ? `${dotted?.[1] ?? ''}${(((a ?? 0) << 8) | (b ?? 0)).toString(16)}:${(((c ?? 0) << 8) | (d ?? 0)).toString(16)}` : text;
  const halves = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], rest] = halves;
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (halves.length > 2 || (rest ? missing < 1 : missing !== 0)) return undefined;
  const groups = rest ? [...head, ...Array<string>(missing).fill('0'), ...rest] : head;
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
}

/** Sixteen bytes of an IPv4 address become one of family inet6, as AI_V4MAPPED asks. */
export function mapToV6({ bytes }: Address): Address {
  return { family: 'inet6', bytes };
}

/** Whether the bytes stand for an IPv4 address. */
export function isMapped(bytes: AddressBytes): boolean {
  return mapped.every((byte, index) => bytes[index] === byte);
}

/** The usual text: the longest run of two or more zero groups becomes `::`. */
export function writeAddress({ family, bytes }: Address): string {
  const v4 = bytes.slice(12).join('.');
  if (family === 'inet') return v4;
  if (isMapped(bytes)) return `::ffff:${v4}`;
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16));
  let start = 0;
  let longest = 1;
  groups.forEach((_, from) => {
    const end = groups.findIndex((group, index) => index >= from && group !== '0');
    const length = (end < 0 ? 8 : end) - from;
    if (length > longest) [start, longest] = [from, length];
  });
  if (longest < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`;
}
