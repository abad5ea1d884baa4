import { expect, test } from 'vitest';
import { heaviestWithin, standClose } from './together.ts';

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

test('of words in a page those that weigh most together, and those of its title', () => {
  const word = (name: string, weight: number, places: readonly number[]) => ({ name, weight, places });
  const words = [word('a', 1, [5, 300]), word('b', 1, [9]), word('c', 1.5, [200, 304]), word('titled', 1, [])];
  expect(heaviestWithin(words, 10).map(({ name }) => name)).toEqual(['a', 'c', 'titled']);
  expect(heaviestWithin(words, 3).map(({ name }) => name)).toEqual(['c', 'titled']);
  expect(heaviestWithin([], 10)).toEqual([]);
});
