/** An address in its canonical spelling: dotted decimal, or RFC 5952. */
export interface ParsedAddress {
  readonly family: 'IPv4' | 'IPv6';
  readonly text: string;
}

function parseFour(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  // No leading zeros: Go refuses 010.0.0.1 since 1.17.
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/u.test(part))) return undefined;
  const numbers = parts.map(Number);
  return numbers.every((number) => number < 256) ? numbers : undefined;
}

function hexGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && index === parts.length - 1) {
      const [a, b, c, d] = parseFour(part) ?? [];
      if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/iu.test(part)) groups.push(parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function parseSix(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  const [head, tail, more] = halves.map(hexGroups);
  if (halves.length > 2 || more !== undefined || head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  // "1.2.3.4::" is no address: the dotted part may only stand at the very end.
  if (tail === undefined || head.length + tail.length > 7 || (halves[0] ?? '').includes('.')) return undefined;
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function canonicalSix(groups: readonly number[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return best.start === -1 ? hex(groups) : `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}

/** Reads an address as Go's net.ParseIP does (no zone, no leading zeros; `::ffff:1.2.3.4` counts as IPv4); undefined: it is none. */
export function parseAddress(text: string): ParsedAddress | undefined {
  if (!text.includes(':')) {
    const four = parseFour(text);
    return four === undefined ? undefined : { family: 'IPv4', text: four.join('.') };
  }
  const groups = parseSix(text);
  if (groups === undefined) return undefined;
  const [, , , , , mark, high = 0, low = 0] = groups;
  if (mark === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return { family: 'IPv4', text: [high >> 8, high & 255, low >> 8, low & 255].join('.') };
  }
  return { family: 'IPv6', text: canonicalSix(groups) };
}

/** The name under which PTR records of an address stand (with its final dot); undefined: not an address. */
export function reverseName(address: string): string | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined) return undefined;
  if (parsed.family === 'IPv4') return `${parsed.text.split('.').reverse().join('.')}.in-addr.arpa.`;
  const groups = parseSix(parsed.text) ?? [];
  const nibbles = groups.map((group) => group.toString(16).padStart(4, '0')).join('');
  return `${Array.from(nibbles).reverse().join('.')}.ip6.arpa.`;
}

/** The address that a full name below in-addr.arpa or ip6.arpa stands for; undefined: the name is no whole address. */
export function addressOfReverseName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower.endsWith('.in-addr.arpa.')) return parseAddress(lower.slice(0, -'.in-addr.arpa.'.length).split('.').reverse().join('.'))?.text;
  if (!lower.endsWith('.ip6.arpa.')) return undefined;
  const nibbles = lower.slice(0, -'.ip6.arpa.'.length).split('.').reverse();
  if (nibbles.length !== 32 || !nibbles.every((nibble) => /^[0-9a-f]$/u.test(nibble))) return undefined;
  const groups = nibbles.join('').match(/.{4}/gu) ?? [];
  return parseAddress(groups.join(':'))?.text;
}

/** An address as the label of an endpoint or pod: dots and colons become dashes. */
export function dashed(address: string): string {
  return address.replaceAll(address.includes('.') ? '.' : ':', '-');
}
