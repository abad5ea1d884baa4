import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import { functionsComparator } from './functions-comparator.ts';
import ignored from './ignored.json' with { type: 'json' };
import { leavesOf } from './leaves.ts';

const content = JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded/functions.json'), 'utf8')) as Readonly<Record<string, unknown>>;
const disagreementsOf = (tables: unknown) => functionsComparator.compare(tables).map((each) => judge(each, functionsComparator).disagreements);

test('every recorded table is compared', () => {
  const subjects = new Set(functionsComparator.compare(content).map(({ subject }) => subject));
  expect([...subjects].sort()).toEqual(
    Object.keys(content)
      .filter((name) => name !== 'meta')
      // Two kinds of patches stand in one table.
      .flatMap((name) => (name === 'patch' ? ['strategicMerge', 'threeWay'] : [name]))
      .sort(),
  );
});

test('a table without a model is passed over if a reason is given, and only then', () => {
  expect(disagreementsOf({ taints: {}, cron: {} })).toEqual([]);
  expect(disagreementsOf({ taints: {}, clouds: {} }).filter((each) => each.length > 0)).toHaveLength(1);
});

test('a table with a model has no reason to be passed over', () => {
  const subjects = functionsComparator.compare(content).map(({ subject }) => subject);
  expect(Object.keys(ignored.functions.tables).filter((name) => subjects.includes(name))).toEqual([]);
});

test('every compared value counts: another one is a disagreement', () => {
  const inputs = new Set([...Object.keys(ignored.functions.inputs), ...Object.keys(ignored.functions.ignored)]);
  let spoilt = 0;
  for (const { expected, ...rest } of functionsComparator.compare(content)) {
    const parts = Object.entries(expected as object).filter(([name]) => !inputs.has(name));
    expect(parts.length, rest.id).toBeGreaterThan(0);
    for (const [name, value] of parts) {
      const wrong = { ...(expected as object), [name]: [...leavesOf(value).values(), 'one more'] };
      expect(judge({ ...rest, expected: wrong }, functionsComparator).disagreements, `${rest.id}: ${name}`).not.toEqual([]);
      spoilt += 1;
    }
  }
  expect(spoilt).toBeGreaterThan(1000);
});
