import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { goldFigures, isHeld, openSearch, readGold, runGold, titleMisses, type GoldFigures, type GoldResult } from '../search/gold.ts';
import type { Engine } from '../../src/search/answer.ts';
import { builds } from './serve-dist.ts';

describe('the gold queries', () => {
  const gate = JSON.parse(readFileSync(new URL('../search/gold-gate.json', import.meta.url), 'utf8')) as {
    readonly tuning: Omit<GoldFigures, 'queries'>;
    readonly held: Omit<GoldFigures, 'queries'>;
    readonly titleMisses: number;
  };
  let engine: Engine;
  let results: readonly GoldResult[];
  beforeAll(async () => {
    engine = await openSearch(builds.atRoot.outDir);
    results = await runGold(readGold(), engine);
  });
  const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

  test.each(['tuning', 'held'] as const)('find what they should, as often as before: %s', (set) => {
    const { queries, first, five } = goldFigures(results.filter(({ query }) => isHeld(query) === (set === 'held')));
    console.log(`search, ${set}: ${String(queries)} queries, right first ${percent(first)}, in five ${percent(five)}`);
    expect(queries).toBeGreaterThan(75);
    // A text of the course that changes may move one query; two are a search that got worse.
    expect(first).toBeGreaterThanOrEqual(gate[set].first - 1.01 / queries);
    expect(five).toBeGreaterThanOrEqual(gate[set].five - 1.01 / queries);
  });

  test('of all of them the right one stands first in 85 of 100, among five in 98', () => {
    const { first, five } = goldFigures(results);
    expect(first).toBeGreaterThanOrEqual(0.85);
    expect(five).toBeGreaterThanOrEqual(0.98);
  });

  test('nonsense finds nothing', () => {
    expect(results.filter(({ wants, found }) => wants.length === 0 && found.length > 0)).toEqual([]);
  });

  test('a title that is typed as it stands is found first', async () => {
    const every = 4;
    const misses = await titleMisses(engine, every);
    console.log(`search: ${String(misses.length)} of ${String(Math.ceil(engine.kinds.size / every))} titles are not found first`);
    expect(misses.length, misses.map(({ title }) => title).join('\n')).toBeLessThanOrEqual(gate.titleMisses);
  });
});
