/** The number of an IPv4 address in dotted form; undefined: it is none. */
export function addressNumber(text: string): number | undefined {
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u.exec(text)?.slice(1).map(Number);
  if (bytes === undefined || bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The dotted form of a number. */
export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** A block of addresses: its first number, how many, and the length of its prefix. */
export interface Block {
  readonly first: number;
  readonly size: number;
  readonly prefixLength: number;
}

/** The block of `10.244.1.0/24`; undefined: it is none, or its address is not its first. */
export function blockOf(text: string): Block | undefined {
  const [address = '', length = ''] = text.split('/');
  const first = addressNumber(address);
  const prefixLength = /^\d{1,2}$/u.test(length) ? Number(length) : 33;
  if (first === undefined || prefixLength > 32) return undefined;
  const size = 2 ** (32 - prefixLength);
  return first % size === 0 ? { first, size, prefixLength } : undefined;
}

export function isInBlock({ first, size }: Block, address: string): boolean {
  const number = addressNumber(address);
  return number !== undefined && number >= first && number < first + size;
}
