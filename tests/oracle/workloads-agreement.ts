import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import type { Comparator } from './comparator.ts';
import { leavesOf, matches } from './leaves.ts';
import ignored from './ignored.json' with { type: 'json' };

interface Options {
  readonly file: string;
  readonly comparator: Comparator & { readonly shape: 'rollouts' | 'stateful-sets' | 'kubelet' };
  /** A name of the recording, and what it is called in a copy. */
  readonly renamed: readonly [from: string, to: string];
}

const valuesMax = 400;

/** Tests that a file of `recorded/workloads/` agrees with its model, that each change of it is noticed, and that names do not matter. */
export function describeAgreement({ file, comparator, renamed: [from, to] }: Options): void {
  const text = readFileSync(new URL(`recorded/workloads/${file}`, import.meta.url), 'utf8');
  const cases = comparator.compare(JSON.parse(text));

  test('the file is recognised', () => {
    expect(comparator.recognises(JSON.parse(text))).toBe(true);
    expect(cases.length).toBeGreaterThan(0);
  });

  describe('what was recorded is what the model gives', () => {
    test.each(cases)('$id', (compared) => {
      const verdict = judge(compared, comparator);
      expect(verdict.disagreements).toEqual([]);
      expect(verdict.compared).toBeGreaterThan(0);
    });
  });

  test('changing any compared value of a case is a disagreement', () => {
    const { inputs, ignored: unimportant, soft } = ignored[comparator.shape];
    const left = [inputs, unimportant, soft].flatMap((reasons) => Object.keys(reasons));
    // A long case holds most kinds of values; each of them costs a comparison of all.
    const sizes = new Map(cases.map((compared) => [compared, leavesOf(compared.expected).size]));
    const [long] = cases.filter((compared) => sizes.get(compared)! <= valuesMax).toSorted((one, other) => sizes.get(other)! - sizes.get(one)!);
    const leaves = leavesOf(long!.expected);
    const paths = [...leaves.keys()].filter((where) => !left.some((pattern) => matches(where, pattern)));
    expect(paths.length).toBeGreaterThan(20);
    for (const where of paths) {
      const verdict = judge({ ...long!, expected: spoilt(long!.expected, where) }, comparator);
      expect(
        verdict.disagreements.map((each) => each.path),
        where,
      ).toContain(where);
    }
  });

  test('with another name the same is given under that name', () => {
    const copy = text.replaceAll(new RegExp(`\\b${from}\\b`, 'gu'), to);
    expect(copy).not.toBe(text);
    const disagreements = comparator.compare(JSON.parse(copy)).flatMap((compared) => judge(compared, comparator).disagreements);
    expect(disagreements).toEqual([]);
  });
}

/** A copy in which the leaf at a path is another. */
function spoilt(value: unknown, where: string): unknown {
  if (where === '') return `${JSON.stringify(value)}x`;
  const [key = '', ...rest] = where.split('.');
  const inner = (held: unknown): unknown => spoilt(held, rest.join('.'));
  if (Array.isArray(value)) return value.map((held: unknown, index) => (String(index) === key ? inner(held) : held));
  const parts = value as Readonly<Record<string, unknown>>;
  return { ...parts, [key]: inner(parts[key]) };
}
