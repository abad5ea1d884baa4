import { expect, test } from 'vitest';
import { standClose } from './together.ts';

test.each([
  ['two in one sentence', [900, 12, 20], 2, true],
  ['each in a chapter of its own', [12, 900, 4000], 2, false],
  ['two of three close', [12, 20, 900], 3, false],
  ['three of many', [3, 400, 410, 420, 900], 3, true],
  ['one word is always close', [7], 1, true],
  ['fewer places than words', [7], 2, false],
])('%s', (_name, places, asked, expected) => {
  expect(standClose(places, asked)).toBe(expected);
});
