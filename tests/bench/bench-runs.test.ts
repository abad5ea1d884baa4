import { expect, test } from 'vitest';
import { benchSizes, growth, measureRun, median } from './bench-runs.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 3],
  [[5], 5],
])('the median of %j is %d', (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test('growth is the exponent between neighbouring sizes', () => {
  const rows = [
    { name: 'a', pods: 10, cpuMs: 5 },
    { name: 'b', pods: 100, cpuMs: 50 },
    { name: 'c', pods: 200, cpuMs: 200 },
  ];
  expect(growth(rows).map(({ from, to, exponent }) => [from, to, Math.round(exponent * 100) / 100])).toEqual([
    ['a', 'b', 1],
    ['b', 'c', 2],
  ]);
});

test('the smallest size runs to the end, in the same steps each time', () => {
  const [smallest] = benchSizes;
  if (smallest === undefined) throw new Error('no size');
  const [one, other] = [measureRun(smallest), measureRun(smallest)];
  expect(one.virtualMs).toBeGreaterThan(1000);
  expect([one.steps, one.virtualMs]).toEqual([other.steps, other.virtualMs]);
});
