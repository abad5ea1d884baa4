import { describe, expect, test } from 'vitest';
import { blockDifferences, blocksThatDiffer, otherBrowser, sameBrowser, type Picture } from './visual-compare.ts';
import { readPng, writeSmallPng } from './visual-png.ts';

const width = 160;
const height = 80;

interface Shape {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [number, number, number];
}

/** Paper with these shapes on it. */
function drawn(...shapes: readonly Shape[]): Picture {
  const data = new Uint8Array(width * height * 4).fill(250);
  for (const { left, top, colour, ...size } of shapes) {
    for (let y = top; y < top + size.height; y += 1) for (let x = left; x < left + size.width; x += 1) data.set([...colour, 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

/** The frame of a button with bars for its letters. */
function button(left: number, letters = 5, colour: Shape['colour'] = [20, 20, 20]): readonly Shape[] {
  const bars = Array.from({ length: letters }, (_, index) => ({ left: left + 10 + index * 8, top: 27, width: 5, height: 15, colour }));
  const frame = { left, width: 70, height: 1, colour };
  return [{ ...frame, top: 20 }, { ...frame, top: 48 }, ...bars];
}

const worst = (before: Picture, after: Picture): number => blocksThatDiffer(blockDifferences(before, after), otherBrowser);

describe('two pictures', () => {
  const before = drawn(...button(30));

  test('that are the same differ nowhere', () => {
    expect(Math.max(...blockDifferences(before, drawn(...button(30))))).toBe(0);
  });

  test('do not differ when everything stands a pixel beside', () => {
    expect(Math.max(...blockDifferences(before, drawn(...button(31))))).toBeLessThan(sameBrowser.from);
  });

  test.each([
    ['a button is moved by 6 px', drawn(...button(36))],
    ['the end of a label is cut', drawn(...button(30, 3))],
    ['a colour is another, though as bright', drawn(...button(30, 5, [160, 20, 20]))],
    ['something is missing', drawn()],
  ])('differ, by whatever browser, where %s', (_, after) => {
    expect(worst(before, after)).toBeGreaterThan(otherBrowser.blocksMax);
    expect(blocksThatDiffer(blockDifferences(before, after), sameBrowser)).toBeGreaterThan(sameBrowser.blocksMax);
  });

  test('differ by a slightly darker ground for the same browser only', () => {
    const ground = drawn({ left: 0, top: 0, width, height, colour: [250, 250, 250] });
    const darker = drawn({ left: 0, top: 0, width, height, colour: [240, 240, 236] });
    expect(worst(ground, darker)).toBe(0);
    expect(blocksThatDiffer(blockDifferences(ground, darker), sameBrowser)).toBe((width * height) / 64);
  });

  test('of different sizes are refused', () => {
    expect(() => blockDifferences(before, { width: 10, height: 10, data: new Uint8Array(400) })).toThrow('the picture is 10 × 10 px, the baseline 160 × 80');
  });
});

describe('a small PNG', () => {
  test('has the frequent colours exactly', () => {
    const before = drawn(...button(30), { left: 100, top: 10, width: 30, height: 30, colour: [0, 99, 66] });
    const after = readPng(writeSmallPng(before));
    expect([after.width, after.height]).toEqual([width, height]);
    expect(Buffer.from(after.data).subarray(0, 3)).toEqual(Buffer.from(before.data).subarray(0, 3));
    expect(Math.max(...blockDifferences(before, after))).toBe(0);
  });

  test('of far more colours than it can hold stays near them', () => {
    const data = new Uint8Array(width * height * 4);
    for (let pixel = 0; pixel < width * height; pixel += 1) data.set([(pixel * 7) % 256, (pixel * 3) % 256, pixel % 256, 255], pixel * 4);
    const after = readPng(writeSmallPng({ width, height, data }));
    expect(Math.max(...blockDifferences({ width, height, data }, after))).toBeLessThan(30);
  });
});
