// As much of CBOR (RFC 8949) as Pagefind's files use: they are cut between items and put together again, and only texts are read.

const majorText = 3;
const majorArray = 4;

interface Head {
  readonly major: number;
  /** The number in the head: how many bytes, items or pairs follow; `undefined` where an end is marked instead. */
  readonly count: number | undefined;
  readonly end: number;
}

function readHead(bytes: Buffer, at: number): Head {
  const first = bytes.readUInt8(at);
  const [major, short] = [first >> 5, first & 31];
  if (short < 24) return { major, count: short, end: at + 1 };
  if (short === 31) return { major, count: undefined, end: at + 1 };
  const width = 2 ** (short - 24);
  if (short > 27) throw new Error(`CBOR: no head begins with ${String(first)}`);
  const count = width === 8 ? Number(bytes.readBigUInt64BE(at + 1)) : bytes.readUIntBE(at + 1, width);
  return { major, count, end: at + 1 + width };
}

const isBreak = (bytes: Buffer, at: number): boolean => bytes[at] === 0xff;

/** Where the item that begins here ends. */
function endOf(bytes: Buffer, at: number): number {
  const { major, count, end } = readHead(bytes, at);
  if (major < 2 || major === 7) return end;
  if (major < majorArray && count !== undefined) return end + count;
  if (major === 6) return endOf(bytes, end);
  const items = count === undefined ? Infinity : count * (major === 5 ? 2 : 1);
  let next = end;
  for (let item = 0; item < items; item += 1) {
    if (count === undefined && isBreak(bytes, next)) return next + 1;
    next = endOf(bytes, next);
  }
  return next;
}

/** The items of an array, each as it is encoded. Throws for anything else. */
export function cborItems(bytes: Buffer | undefined): readonly Buffer[] {
  const { major, count, end } = readHead(bytes ?? Buffer.alloc(1), 0);
  if (bytes === undefined || major !== majorArray) throw new Error('CBOR: expected an array');
  const items: Buffer[] = [];
  let at = end;
  while (count === undefined ? !isBreak(bytes, at) : items.length < count) {
    const next = endOf(bytes, at);
    items.push(bytes.subarray(at, next));
    at = next;
  }
  return items;
}

/** An encoded text as a string. Throws for anything else. */
export function textOf(bytes: Buffer | undefined): string {
  const { major, count, end } = readHead(bytes ?? Buffer.alloc(1), 0);
  if (bytes === undefined || major !== majorText || count === undefined) throw new Error('CBOR: expected a text');
  return bytes.toString('utf8', end, end + count);
}

function head(major: number, count: number): Buffer {
  const first = major << 5;
  if (count < 24) return Buffer.from([first | count]);
  if (count < 0x100) return Buffer.from([first | 24, count]);
  if (count < 0x10000) return Buffer.from([first | 25, count >> 8, count & 0xff]);
  const long = Buffer.alloc(5);
  long.writeUInt8(first | 26);
  long.writeUInt32BE(count, 1);
  return long;
}

/** An array of encoded items. */
export const cborArray = (items: readonly Buffer[]): Buffer => Buffer.concat([head(majorArray, items.length), ...items]);

/** A text. */
export function cborText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([head(majorText, bytes.length), bytes]);
}
