import { expect, test } from 'vitest';
import { SeenShare, type Place } from './seen-share.ts';

const windowPx = 800;
/** Three sections of 1,000, 4,000 and 200 px, in a page that is scrolled by so much. */
const scrolled = (atPx: number): readonly Place[] =>
  [
    [0, 1000],
    [1000, 5000],
    [5000, 5200],
  ].map(([top = 0, bottom = 0]) => ({ topPx: top - atPx, bottomPx: bottom - atPx }));

function visit(steps: readonly (readonly [atPx: number, nowMs: number])[]): SeenShare {
  const seen = new SeenShare();
  for (const [atPx, nowMs] of steps) seen.look(scrolled(atPx), windowPx, atPx, nowMs);
  return seen;
}
const shares = (seen: SeenShare): readonly number[] => [0, 1, 2].map((section) => seen.of(section));

test.each<[string, readonly (readonly [number, number])[], readonly number[]]>([
  ['at the top', [[0, 0]], [0.8, 0, 0]],
  ['a link to the last section shows little of the one before', [[4400, 0]], [0, 0.15, 1]],
  ['page by page all of it is seen', [0, 800, 1600, 2400, 3200, 4000, 4400].map((atPx, index) => [atPx, index * 1000] as const), [1, 1, 1]],
  [
    'what flies past on the way to a link is not seen',
    [
      [0, 0],
      [1000, 100],
      [2000, 200],
      [3000, 300],
      [4400, 700],
    ],
    [0.8, 0.15, 1],
  ],
])('%s', (_name, steps, expected) => {
  expect(shares(visit(steps))).toEqual(expected);
});

test('too soon after the last look it says when to look again; at the same place it need not', () => {
  const seen = new SeenShare();
  expect(seen.look(scrolled(0), windowPx, 0, 1000)).toBe(Infinity);
  expect(seen.look(scrolled(0), windowPx, 0, 1100)).toBe(Infinity);
  expect(seen.look(scrolled(400), windowPx, 400, 1200)).toBe(500);
  expect(seen.of(1)).toBe(0);
  expect(seen.look(scrolled(400), windowPx, 400, 1700)).toBe(Infinity);
  expect(seen.of(1)).toBeGreaterThan(0);
});
