import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { allModules, allTables } from '../../labs/reading/all-tables.ts';
import { allKinds } from '../../labs/reading/tables/kinds.ts';
import { knownKinds } from '../../labs/reading/fields-tables.ts';
import { readManifests } from '../../labs/reading/manifests.ts';
import { judge } from './compare-file.ts';
import { printedFor, strictDecodingComparator } from './strict-decoding-comparator.ts';

const file = path.join(import.meta.dirname, 'recorded/strict-decoding.json');
const content = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly strictDecoding: { readonly apply: readonly { readonly id: string; readonly stdin: string }[] };
};
const cases = strictDecodingComparator.compare(content);
const gzipBytes = (text: string): number => gzipSync(text).length;

test('every recorded case agrees', () => {
  const wrong = cases.filter((each) => judge(each, strictDecodingComparator).disagreements.length > 0);
  expect(wrong.map(({ id }) => id)).toEqual([]);
  expect(cases.length).toBeGreaterThan(700);
});

test('the checker notices another sentence, and one where there is none', () => {
  for (const each of cases) {
    const expected = Object.fromEntries(
      Object.entries(each.expected as object).map(([name, value]) => [name, typeof value === 'string' ? `${value}.` : value]),
    );
    expect(judge({ ...each, expected }, strictDecodingComparator).disagreements, each.id).not.toEqual([]);
  }
});

test('what only validation refuses is read without errors', () => {
  const read = content.strictDecoding.apply.filter(({ id, stdin }) => printedFor(stdin) === '' && id !== 'dup-key');
  expect(read.length).toBeGreaterThan(60);
  expect(read.filter(({ stdin }) => readManifests(stdin, allTables).errors.length > 0)).toEqual([]);
});

describe('rules, not names', () => {
  test.each(content.strictDecoding.apply.filter(({ stdin }) => stdin.includes('{name: a')))(
    '$id: with another name the sentence is the same with that name',
    ({ stdin }) => {
      const renamed = printedFor(stdin.replaceAll('{name: a', '{name: renamed-7'));
      expect(renamed).toBe(printedFor(stdin).replaceAll('name: "a"', 'name: "renamed-7"'));
    },
  );
});

describe('the tables', () => {
  test('hold all that they name', () => {
    expect(knownKinds().filter((kind) => !allTables.reads(kind))).toEqual([]);
    for (const line of Object.values(allModules).flatMap((module) => module.trim().split('\n'))) {
      const [name = ''] = line.split(' ', 1);
      if (name.startsWith('=')) continue;
      for (const [field, type] of allTables.fieldsOf(name)!) {
        let of = type;
        while (of.form === 'list' || of.form === 'map') of = of.of;
        if (of.form === 'struct') expect(allTables.fieldsOf(of.name), `${name}.${field}`).toBeDefined();
      }
    }
  });
  test('stay below 60 kB gzip in all, and no module is above 8 kB', () => {
    const sizes = Object.entries({ kinds: allKinds, ...allModules }).map(([name, text]) => [name, gzipBytes(text)] as const);
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    console.log(`field tables: ${total} bytes gzip (${sizes.map(([name, bytes]) => `${name} ${bytes}`).join(', ')})`);
    expect(total).toBeLessThan(60_000);
    for (const [name, bytes] of sizes) expect(bytes, name).toBeLessThan(8000);
  });
});
