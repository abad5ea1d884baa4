import { expect, test } from 'vitest';
import { quantile } from './search-cost.ts';

test.each([
  ['the middle', [3, 1, 2], 0.5, 2],
  ['nine in ten', [10, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9, 9],
  ['all', [1, 5, 3], 1, 5],
  ['none of none', [], 0.5, 0],
])('%s', (_, numbers, part, expected) => {
  expect(quantile(numbers, part)).toBe(expected);
});
