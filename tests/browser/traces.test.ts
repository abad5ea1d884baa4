import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { AnyLab, AnyReader, Move, Scenario } from '../../labs/lab.ts';
import { readScenario } from '../../labs/reading/scenario.ts';
import { extend, frameOf, framesMax, seek, type History } from '../../src/lab-player/history.ts';
import { decodeFragment, encodeExperiment, experimentOf, type Experiment } from '../../src/lab-player/link.ts';
import { beginWhole, playMoves, setUp } from '../../src/lab-player/moves.ts';
import type { OpaqueLab, OpaqueReader } from '../../src/lab-player/opaque.ts';
import { labIn } from './lab-page.ts';
import { useVisitor } from './visitor.ts';

/**
 * The same experiment gives the same trace in Node and in the built site, in the browser: the states that links carry the fingerprint of hold the whole
 * cluster or network, the log included.
 */

const machines = import.meta.glob<AnyLab>('../../labs/*/lab.ts', { import: 'default' });
const readers = import.meta.glob<AnyReader>('../../labs/*/read.ts', { import: 'default' });
const scenarioPaths = Object.keys(import.meta.glob('../../labs/*/scenarios/*.yaml', { query: '?raw' }));

interface TracedLab {
  readonly lab: OpaqueLab;
  readonly reader: OpaqueReader;
  readonly scenarios: readonly (readonly [id: string, scenario: Scenario])[];
}

const ids = Object.keys(machines).map((path) => path.replace(/^.*\/labs\/([^/]+)\/lab\.ts$/u, '$1'));

async function load(id: string): Promise<TracedLab> {
  const [lab, reader] = await Promise.all([machines[`../../labs/${id}/lab.ts`]!(), readers[`../../labs/${id}/read.ts`]!()]);
  const scenarios = scenarioPaths
    .filter((path) => path.startsWith(`../../labs/${id}/scenarios/`))
    .map((path) => {
      const read = readScenario(readFileSync(new URL(path, import.meta.url), 'utf8'), lab);
      if (!read.ok) throw new Error(`${path}: ${read.message}`);
      return [path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length), read.scenario] as const;
    });
  return { lab: lab as OpaqueLab, reader: reader as OpaqueReader, scenarios };
}

/** The end of a run, with another seed than the scenario's own if `seed` says so, after these moves. */
function ended({ lab, reader }: TracedLab, { texts, seed }: Scenario, moves: readonly Move[]): History {
  const read = setUp(reader, texts, seed);
  if (!read.ok) throw new Error('the scenario cannot be read');
  const played = playMoves(lab, reader, beginWhole(lab, read.setup), moves);
  if (!played.ok) throw new Error(played.message);
  const whole = extend(lab, played.history, framesMax);
  return seek(whole, whole.branch.frames.length - 1);
}

/** What the page says that it shows: the experiment of the link that it copies. */
async function shownExperiment(page: Page): Promise<Partial<Experiment>> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#x=');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  return JSON.parse((await decodeFragment(link.slice(link.indexOf('#x=') + 3)))!) as Experiment;
}

const visitor = useVisitor();
const base = inject('atRoot');

describe.each(ids)('lab %s', (id) => {
  let under: TracedLab;
  let page: Page;
  let troubles: readonly string[];
  beforeAll(async () => {
    under = await load(id);
    ({ page, troubles } = await visitor.open(`${base}labs/${id}/`, { permissions: ['clipboard-read', 'clipboard-write'] }));
  });

  /** Opens a fragment of the lab's page, and waits until the lab shows it: what was shown before may end at the same frame. */
  async function follow(fragment: string, { scenario, frame, hash }: Pick<Experiment, 'scenario' | 'frame' | 'hash'>): Promise<Partial<Experiment>> {
    await page.evaluate((to) => {
      location.hash = to;
    }, fragment);
    let shown: Partial<Experiment> = {};
    await expect
      .poll(
        async () => {
          await labIn(page).button('Copy link').focus();
          await page.keyboard.press('End');
          shown = await shownExperiment(page);
          return [shown.scenario, shown.frame, shown.hash];
        },
        { timeout: 10_000 },
      )
      .toEqual([scenario, frame, hash]);
    return shown;
  }

  test('every scenario runs to the same end by itself', async () => {
    for (const [scenario, text] of under.scenarios) {
      const wanted = experimentOf({ lab: id, scenario }, ended(under, text, []), text.texts);
      const shown = await follow(`scenario=${scenario}`, wanted);
      expect([scenario, shown.hash]).toEqual([scenario, wanted.hash]);
    }
    expect(troubles).toEqual([]);
  });

  test('every solution and wrong attempt, with another seed, runs to the same end', async () => {
    for (const [scenario, text] of under.scenarios) {
      for (const { moves } of [...text.solutions, ...text.wrong]) {
        const history = ended(under, { ...text, seed: text.seed + 1 }, moves);
        const wanted = experimentOf({ lab: id, scenario }, history, text.texts);
        const shown = await follow(`x=${await encodeExperiment(wanted)}`, wanted);
        expect([scenario, shown.hash, shown.seed]).toEqual([scenario, wanted.hash, text.seed + 1]);
        if (under.lab.meta.mode === 'run') expect(frameOf(history).atMs).toBeGreaterThan(0);
      }
    }
    expect(troubles).toEqual([]);
  });
});
