import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { agreementOf, writtenAgreement } from './agreement.ts';
import { compareFile, judge, type FileVerdict } from './compare-file.ts';
import { leavesOf, matches } from './leaves.ts';
import ignored from './ignored.json' with { type: 'json' };
import type { RecordedLookup } from './recorded-lookup.ts';
import { renamed } from './renamed-lookup.ts';
import { reportLines, tally } from './report.ts';
import { resolverComparator } from './resolver-comparator.ts';

const folder = path.join(import.meta.dirname, 'recorded');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
/** Compared once, when the first test asks, so that a model that fails fails the tests of its own files only. */
const verdicts = new Map<string, FileVerdict>();
function verdictOf(name: string): FileVerdict {
  const verdict = verdicts.get(name) ?? compareFile(path.join(folder, name));
  verdicts.set(name, verdict);
  return verdict;
}
const groupOf = (id: string) => id.split('/')[0]!;
const lookupsOf = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as readonly RecordedLookup[];
const resolverFiles = files.filter((name) => resolverComparator.recognises(lookupsOf(name)));

/** Only in these groups may a lookup be a listed exception, and only so many of them. */
const groupsWithExceptions = ['odd', 'parse', 'env', 'flags', 'gethostbyname', 'reverse'];
const exceptionsShareMax = 0.05;

describe('the models agree with what was recorded', () => {
  test.each(files)('%s: every case agrees or is a listed exception', (name) => {
    const disagreeing = verdictOf(name).cases.filter(({ disagreements, exception }) => disagreements.length > 0 && exception === undefined);
    expect(reportLines([{ ...verdictOf(name), cases: disagreeing }]).slice(0, -3)).toEqual([]);
  });

  test.each(resolverFiles)('%s: exceptions are rare, needed and only where they are allowed', (name) => {
    const { cases } = verdictOf(name);
    const excepted = cases.filter(({ exception }) => exception !== undefined);
    const allowed = cases.filter(({ id }) => groupsWithExceptions.includes(groupOf(id)));
    expect(excepted.filter(({ id }) => !groupsWithExceptions.includes(groupOf(id)))).toEqual([]);
    expect(excepted.filter(({ disagreements }) => disagreements.length === 0)).toEqual([]);
    expect(excepted.length).toBeLessThanOrEqual(exceptionsShareMax * allowed.length);
  });

  test.each(files)('%s: enough is compared', (name) => {
    const { cases } = verdictOf(name);
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.filter(({ compared }) => compared === 0)).toEqual([]);
  });

  test('the figures that the site shows are fresh', () => {
    expect(writtenAgreement()).toEqual(agreementOf(files.map((name) => verdictOf(name))));
  });
});

describe('the checker notices every change', () => {
  test.each(resolverFiles)('%s: changing, dropping or adding any compared value of one case of each group is a disagreement', (name) => {
    const compared = resolverComparator.compare(lookupsOf(name));
    const groups = new Map(compared.toReversed().map((each) => [groupOf(each.id), each]));
    expect(groups.size).toBeGreaterThan(20);
    for (const { expected, ...rest } of groups.values()) {
      const paths = [...leavesOf(expected).keys()].filter((where) => isCompared(where));
      expect(paths.length).toBeGreaterThan(1);
      for (const where of paths) {
        for (const change of [spoil, drop]) {
          const verdict = judge({ ...rest, expected: change(expected, where.split('.')) }, resolverComparator);
          expect(verdict.disagreements, `${rest.id}: ${change.name} ${where}`).not.toEqual([]);
        }
      }
      expect(judge({ ...rest, expected: { ...(expected as object), extra: 1 } }, resolverComparator).disagreements).not.toEqual([]);
    }
  });

  test('a time that lies too far away is reported, but is no disagreement', () => {
    const [one] = resolverComparator.compare(lookupsOf('resolver-musl.json'));
    const verdict = judge({ ...one!, expected: { ...(one!.expected as object), elapsedMs: 301 } }, resolverComparator);
    expect(verdict.soft).toEqual([{ path: 'elapsedMs', expected: 301, got: 0 }]);
    expect(verdict.disagreements).toEqual([]);
  });
});

describe('the models follow rules, not names', () => {
  test.each(resolverFiles)('%s: with all labels and addresses renamed the renamed answer is given', (name) => {
    const lookups = lookupsOf(name)
      .map((recorded) => renamed(recorded))
      .filter((recorded) => recorded !== undefined);
    expect(lookups.length).toBeGreaterThan(250);
    const excepted = new Set(
      verdictOf(name)
        .cases.filter(({ exception }) => exception !== undefined)
        .map(({ id }) => id),
    );
    const verdict = resolverComparator.compare(lookups.filter(({ id }) => !excepted.has(id))).map((each) => judge(each, resolverComparator));
    expect(verdict.flatMap(({ id, disagreements }) => disagreements.map((each) => ({ id, ...each })))).toEqual([]);
  });
});

describe('the report', () => {
  test('a file of an unknown shape, without a case or that is no JSON is an error that names the file', () => {
    expect(() => compareFile(path.join(import.meta.dirname, 'ignored.json'))).toThrow(/ignored\.json: no model for a file of this shape/);
    expect(() => compareFile(path.join(folder, 'README.md'))).toThrow(/README\.md: is no JSON/);
    expect(() => compareFile('no-such-file.json')).toThrow(/no-such-file\.json: cannot be read/);
  });

  test('it ends with how many agree, exceptions counted apart', () => {
    const verdict = { id: 'a', subject: 's', soft: [], compared: 2, softCompared: 0, ignored: 0 };
    const wrong = { ...verdict, disagreements: [{ path: 'x', expected: 1, got: undefined }] };
    const cases = [{ ...verdict, disagreements: [] }, wrong, { ...wrong, exception: 'why' }];
    expect(reportLines([{ file: 'f', shape: 'resolver', cases }])).toEqual([
      'a: x: expected 1, got nothing',
      'a: listed exception: why',
      'a: x: expected 1, got nothing',
      'f (resolver): 1 of 3 agree, 1 listed exception',
      '6 values compared, 0 soft ones (0 too far away), 0 ignored',
      '1 of 3 agree, 1 listed exception',
    ]);
    expect(tally(cases)).toEqual({ agree: 1, of: 3, exceptions: 1 });
  });
});

function isCompared(where: string): boolean {
  const { inputs, ignored: unimportant, soft } = ignored.resolver;
  return ![inputs, unimportant, soft].some((reasons) => Object.keys(reasons).some((pattern) => matches(where, pattern)));
}

/** A copy in which the value at a path is another one. */
function spoil(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part !== undefined) return copyWith(value, part, (held) => spoil(held, rest));
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}x` : ['x'];
}

/** A copy without the value at a path. */
function drop(value: unknown, [part, ...rest]: readonly string[]): unknown {
  return part === undefined ? undefined : copyWith(value, part, (held) => drop(held, rest));
}

function copyWith(value: unknown, part: string, change: (held: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((held: unknown, index) => (String(index) === part ? change(held) : held));
  const parts = value as Readonly<Record<string, unknown>>;
  return { ...parts, [part]: change(parts[part]) };
}
