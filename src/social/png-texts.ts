import { crc32 } from 'node:zlib';

/** What a PNG says about itself: its size in pixels, its kind of colour (3 is a palette) and its texts by keyword. */
export interface PngFacts {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  readonly texts: Readonly<Record<string, string>>;
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Length and name before the data of a chunk, its sum behind them. */
const headBytes = 8;
const sumBytes = 4;

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
  /** Where the chunk begins in the file. */
  readonly at: number;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  if (!png.subarray(0, signature.length).equals(signature)) throw new Error('this is no PNG');
  const chunks: Chunk[] = [];
  for (let at = signature.length; at + headBytes + sumBytes <= png.length;) {
    const bytes = png.readUInt32BE(at);
    chunks.push({ at, name: png.toString('latin1', at + 4, at + headBytes), data: png.subarray(at + headBytes, at + headBytes + bytes) });
    at += headBytes + bytes + sumBytes;
  }
  return chunks;
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(sumBytes);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** The image with texts in it, in UTF-8 (`iTXt` of the PNG specification), before its end. A keyword has up to 79 signs of Latin-1. */
export function withTexts(png: Buffer, texts: Readonly<Record<string, string>>): Buffer {
  const end = chunksOf(png).find(({ name }) => name === 'IEND');
  if (!end) throw new Error('this PNG has no end');
  // Behind the keyword: not compressed, no language, no translated keyword.
  const added = Object.entries(texts).map(([keyword, text]) => chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8')));
  return Buffer.concat([png.subarray(0, end.at), ...added, png.subarray(end.at)]);
}

/** Reads what a PNG says about itself. Throws when it is none. */
export function pngFacts(png: Buffer): PngFacts {
  const chunks = chunksOf(png);
  const header = chunks[0];
  if (header?.name !== 'IHDR') throw new Error('this PNG has no header');
  const texts = chunks
    .filter(({ name }) => name === 'iTXt')
    .map(({ data }) => {
      const [keyword = '', ...rest] = data.toString('utf8').split('\0');
      return [keyword, rest.slice(4).join('\0')] as const;
    });
  return { width: header.data.readUInt32BE(0), height: header.data.readUInt32BE(4), colourType: header.data.readUInt8(9), texts: Object.fromEntries(texts) };
}
