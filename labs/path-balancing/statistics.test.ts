import { describe, expect, test } from 'vitest';
import { chiSquaredTest, fairBand, repeats } from './statistics.ts';

describe('chiSquaredTest', () => {
  // Critical values from tables of the distribution.
  test.each([
    [1, 3.841, 0.05],
    [2, 5.991, 0.05],
    [3, 7.815, 0.05],
    [4, 13.277, 0.01],
    [5, 9.236, 0.1],
    [11, 19.675, 0.05],
  ])('with %i degrees of freedom, %f is exceeded in %f of all runs', (degrees, statistic, probability) => {
    const cells = Array.from({ length: degrees + 1 }, (_, index) => ({ expected: 100, observed: index === 0 ? 100 + Math.sqrt(statistic * 100) : 100 }));
    const found = chiSquaredTest([cells]);
    expect(found?.degrees).toBe(degrees);
    expect(found?.statistic).toBeCloseTo(statistic, 6);
    expect(found?.probability).toBeCloseTo(probability, 3);
  });
  test('says nothing where fewer than five are expected, or where there is no choice', () => {
    expect(
      chiSquaredTest([
        [
          { observed: 3, expected: 4 },
          { observed: 5, expected: 4 },
        ],
      ]),
    ).toBeUndefined();
    expect(chiSquaredTest([[{ observed: 100, expected: 100 }]])).toBeUndefined();
    expect(chiSquaredTest([])).toBeUndefined();
  });
  test('each node has a sum of its own, and so loses a degree of freedom', () => {
    const pair = [
      { observed: 50, expected: 50 },
      { observed: 50, expected: 50 },
    ];
    expect(chiSquaredTest([pair, pair])?.degrees).toBe(2);
    expect(chiSquaredTest([pair, [{ observed: 100, expected: 100 }]])?.degrees).toBe(1);
  });
});

describe('fairBand', () => {
  test('one draw can be nothing or all', () => {
    expect(fairBand([{ draws: 1, chance: 1 / 3 }])).toEqual({ low: 0, high: 1 });
  });
  test('ten draws of a third: one to six (exact: P(0) = 0.017, P(>= 7) = 0.020)', () => {
    expect(fairBand([{ draws: 10, chance: 1 / 3 }])).toEqual({ low: 0.1, high: 0.6 });
  });
  test('what is certain has no width', () => {
    expect(
      fairBand([
        { draws: 50, chance: 1 },
        { draws: 50, chance: 0 },
      ]),
    ).toEqual({ low: 0.5, high: 0.5 });
  });
  test('a hundred times as many draws make it a tenth as wide', () => {
    const width = (draws: number): number => {
      const { low, high } = fairBand([{ draws, chance: 0.5 }]);
      return high - low;
    };
    expect(width(1000) / width(100_000)).toBeCloseTo(10, 6);
    expect(width(1000)).toBeCloseTo(2 * 1.96 * Math.sqrt(0.25 / 1000), 3);
  });
});

test('repeats counts neighbours and the longest row', () => {
  expect(repeats(['a', 'b', 'b', 'b', 'a', 'c'])).toEqual({ same: 2, of: 5, longest: 3 });
  expect(repeats(['a'])).toEqual({ same: 0, of: 0, longest: 1 });
  expect(repeats([])).toEqual({ same: 0, of: 0, longest: 0 });
});
