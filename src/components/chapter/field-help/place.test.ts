import { describe, expect, test } from 'vitest';
import { placeFieldCard } from './place.ts';

const box = (left: number, right: number, top: number, bottom = top + 20) => ({ left, right, top, bottom });
const card = { width: 320, height: 200 };
const wide = { width: 1280, height: 800 };

describe('the card of a field', () => {
  const lines = [box(300, 500, 280), box(300, 640, 300), box(300, 890, 620)];

  test('stands to the right of the listing where there is room', () => {
    expect(placeFieldCard({ key: box(320, 420, 300), listing: box(300, 900, 200, 700), lines }, card, wide)).toEqual({ left: 908, top: 292 });
  });

  test('else to the right of the lines beside it; a long line further down does not count', () => {
    expect(placeFieldCard({ key: box(320, 420, 300), listing: box(300, 900, 200, 700), lines }, card, { width: 1024, height: 800 })).toEqual({
      left: 664,
      top: 292,
    });
  });

  test('else below the key, else above it', () => {
    const around = { key: box(320, 420, 300), listing: box(20, 780, 200, 700), lines: [box(20, 780, 300)] };
    expect(placeFieldCard(around, card, { width: 800, height: 800 })).toEqual({ left: 320, top: 328 });
    expect(placeFieldCard(around, card, { width: 800, height: 500 })).toEqual({ left: 320, top: 92 });
  });

  test('never leaves the window, and never goes under the header', () => {
    const listing = box(300, 900, -400, 1200);
    expect(placeFieldCard({ key: box(320, 420, 780), listing, lines: [] }, card, wide).top).toBe(584);
    expect(placeFieldCard({ key: box(320, 420, 10), listing, lines: [] }, card, wide).top).toBe(64);
  });
});
