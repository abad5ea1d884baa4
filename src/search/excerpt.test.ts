import { describe, expect, test } from 'vitest';
import { excerptIn, windowOf } from './excerpt.ts';

const places = (...locations: readonly number[]) => locations.map((location) => ({ location, balanced_score: 1 }));
const page = { from: 0, to: 1000 };

describe('of a text, the stretch is shown', () => {
  test.each([
    ['where most stands', places(10, 200, 203, 500), page, { from: 193, to: 211 }],
    ['with the weightier word', [...places(10, 12), { location: 300, balanced_score: 9 }], page, { from: 292, to: 310 }],
    ['from the first word on when what was found stands there', places(2), page, { from: 0, to: 18 }],
    ['up to its end', places(998), page, { from: 982, to: 1000 }],
    ['that stays below its heading', places(10, 101, 150), { from: 100, to: 140 }, { from: 100, to: 118 }],
    ['whole when it is short', places(5), { from: 3, to: 9 }, { from: 3, to: 9 }],
    ['from its beginning when nothing was found in it', places(), { from: 40, to: 90 }, { from: 40, to: 58 }],
  ])('%s', (_, found, range, expected) => {
    expect(windowOf(found, range)).toEqual(expected);
  });
});

test('what was found is marked, and signs of HTML are written out', () => {
  const words = new Map(['a', '<pod>', '&', 'node'].entries());
  expect(excerptIn({ from: 1, to: 4 }, words, new Set([0, 1, 3]))).toBe('<mark>&lt;pod&gt;</mark> &amp; <mark>node</mark>');
});
