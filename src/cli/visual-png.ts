import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Picture } from './visual-compare.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const paletteMax = 256;
/** So many of the most frequent colours are kept exactly: paper, plates, lines, inks. */
const exactMax = 32;
/** The others share an entry where they differ less in each channel: the steps of a letter's edge. Far below what a comparison counts. */
const nearness = 12;

/** Reads any PNG. Throws with the reader's words if it is none. */
export function readPng(bytes: Buffer): Picture {
  const { width, height, data } = PNG.sync.read(bytes);
  return { width, height, data };
}

type Colour = readonly [red: number, green: number, blue: number];

const coloursOf = (key: number): Colour => [key >> 16, (key >> 8) & 255, key & 255];
const distance = (one: Colour, other: Colour): number => Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1]), Math.abs(one[2] - other[2]));

/** Colours of all pixels as numbers. */
function keysOf({ data, width, height }: Picture): Uint32Array {
  const keys = new Uint32Array(width * height);
  for (let pixel = 0; pixel < keys.length; pixel += 1) {
    keys[pixel] = ((data[pixel * 4] ?? 0) << 16) | ((data[pixel * 4 + 1] ?? 0) << 8) | (data[pixel * 4 + 2] ?? 0);
  }
  return keys;
}

/** The colours that are there most often, exactly, and the place of every colour's nearest among them. */
function paletteOf(keys: Uint32Array): { readonly palette: readonly Colour[]; readonly places: ReadonlyMap<number, number> } {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const byCount = [...counts].toSorted(([one, ofOne], [other, ofOther]) => ofOther - ofOne || one - other).map(([key]) => key);
  const palette: Colour[] = [];
  for (const key of byCount) {
    if (palette.length === paletteMax) break;
    const colour = coloursOf(key);
    if (palette.length < exactMax || palette.every((chosen) => distance(chosen, colour) >= nearness)) palette.push(colour);
  }
  const places = new Map<number, number>();
  for (const key of byCount) {
    const colour = coloursOf(key);
    let nearest = 0;
    for (const [place, chosen] of palette.entries()) if (distance(chosen, colour) < distance(palette[nearest] ?? chosen, colour)) nearest = place;
    places.set(key, nearest);
  }
  return { palette, places };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Writes a small PNG: 256 colours, the frequent ones exact, the others by the nearest of them. A page of text takes a fifth of what the browser writes. */
export function writeSmallPng(picture: Picture): Buffer {
  const { width, height } = picture;
  const keys = keysOf(picture);
  const { palette, places } = paletteOf(keys);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, which name an entry of the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = places.get(keys[y * width + x] ?? 0) ?? 0;
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
