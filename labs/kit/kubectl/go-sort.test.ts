import { expect, test } from 'vitest';
import { goSorted } from './go-sort.ts';

const numbers = (count: number, step: number, kinds: number) => Array.from({ length: count }, (_, index) => ({ index, kind: (index * step) % kinds }));
const byKind = (one: { readonly kind: number }, other: { readonly kind: number }) => one.kind < other.kind;

test.each([0, 1, 12, 13, 37, 50, 70, 200, 1000])('%i values end in order, none is lost and nothing given is changed', (count) => {
  for (const [step, kinds] of [
    [7, 5],
    [1, 1000],
    [999, 1000],
    [37, 70],
    [0, 1],
  ] as const) {
    const values = numbers(count, step, kinds);
    const before = structuredClone(values);
    const sorted = goSorted(values, byKind);
    expect(sorted.every((each, index) => index === 0 || sorted[index - 1]!.kind <= each.kind)).toBe(true);
    expect(new Set(sorted).size).toBe(count);
    expect(values).toEqual(before);
  }
});

test('up to twelve values keep the order of equal ones, more do not', () => {
  const isStable = (count: number) => {
    const sorted = goSorted(numbers(count, 7, 3), byKind);
    return sorted.every((each, index) => index === 0 || sorted[index - 1]!.kind < each.kind || sorted[index - 1]!.index < each.index);
  };
  expect(isStable(12)).toBe(true);
  expect(isStable(40)).toBe(false);
});
