/**
 * The same experiment gives the same trace in Node and in a browser: the states that links carry the fingerprint of hold the whole cluster or network, the log
 * included. Written for any driver of any browser.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { AnyLab, AnyReader, Move, Scenario } from '../../labs/lab.ts';
import { readScenario } from '../../labs/reading/scenario.ts';
import { extend, frameOf, framesMax, seek, type History } from '../../src/lab-player/history.ts';
import { decodeFragment } from '../../src/lab-player/link-reading.ts';
import { encodeExperiment, experimentOf, type Experiment } from '../../src/lab-player/link.ts';
import { beginWhole, playMoves, setUp } from '../../src/lab-player/moves.ts';
import type { OpaqueLab, OpaqueReader } from '../../src/lab-player/opaque.ts';

const machines = import.meta.glob<AnyLab>('../../labs/*/lab.ts', { import: 'default' });
const readers = import.meta.glob<AnyReader>('../../labs/*/read.ts', { import: 'default' });
const scenarioPaths = Object.keys(import.meta.glob('../../labs/*/scenarios/*.yaml', { query: '?raw' }));

/** All labs, by their folders. */
export const labIds: readonly string[] = Object.keys(machines).map((path) => path.replace(/^.*\/labs\/([^/]+)\/lab\.ts$/u, '$1'));

interface TracedLab {
  readonly lab: OpaqueLab;
  readonly reader: OpaqueReader;
  readonly scenarios: readonly (readonly [id: string, scenario: Scenario])[];
}

/** A run that a fragment of the lab's page brings, and what Node makes of it at its end. */
export interface Trace {
  /** What to say when it fails. */
  readonly name: string;
  readonly fragment: string;
  readonly wanted: Experiment;
}

/** The hands of a driver on the page of one lab. */
export interface Hands {
  /** Runs a function in the page. */
  readonly evaluate: <Given, Result>(run: (given: Given) => Result | Promise<Result>, given: Given) => Promise<Result>;
  readonly press: (key: 'End' | 'Enter') => Promise<void>;
}

const waitMs = 10_000;

/** Whether a lab has steps; a bench answers at once. */
export async function isRun(id: string): Promise<boolean> {
  return (await machines[`../../labs/${id}/lab.ts`]!()).meta.mode === 'run';
}

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

/** The end of a run after these moves. */
function ended({ lab, reader }: TracedLab, { texts, seed }: Scenario, moves: readonly Move[]): History {
  const read = setUp(reader, texts, seed);
  if (!read.ok) throw new Error('the scenario cannot be read');
  const played = playMoves(lab, reader, beginWhole(lab, read.setup), moves);
  if (!played.ok) throw new Error(played.message);
  const whole = extend(lab, played.history, framesMax);
  return seek(whole, whole.branch.frames.length - 1);
}

/** Every scenario of a lab, left to itself. */
export async function scenarioTraces(id: string): Promise<readonly Trace[]> {
  const traced = await load(id);
  return traced.scenarios.map(([scenario, text]) => {
    const history = ended(traced, text, []);
    const wanted = experimentOf({ lab: id, scenario }, history, text.texts);
    return { name: scenario, fragment: `scenario=${scenario}`, wanted };
  });
}

/** Every solution and wrong attempt of a lab, with another seed than its scenario's. */
export async function attemptTraces(id: string): Promise<readonly Trace[]> {
  const traced = await load(id);
  const attempts = traced.scenarios.flatMap(([scenario, text]) => [...text.solutions, ...text.wrong].map(({ moves }) => ({ scenario, text, moves })));
  return Promise.all(
    attempts.map(async ({ scenario, text, moves }, index) => {
      const history = ended(traced, { ...text, seed: text.seed + 1 }, moves);
      if (traced.lab.meta.mode === 'run' && frameOf(history).atMs === 0) throw new Error(`${scenario}: no time passes in an attempt, so its trace says little`);
      const wanted = experimentOf({ lab: id, scenario }, history, text.texts);
      return { name: `${scenario}, attempt ${index}`, fragment: `x=${await encodeExperiment(wanted)}`, wanted };
    }),
  );
}

/** Puts the lab at its end and presses “Copy link”; what stands in the clipboard then. */
async function linkAtEnd({ evaluate, press }: Hands): Promise<string> {
  const isThere = await evaluate((name) => {
    const button = [...document.querySelectorAll('lab-player button')].find((node) => node.textContent.trim() === name);
    (button as HTMLElement | undefined)?.focus();
    return button !== undefined && navigator.clipboard.writeText('').then(() => true);
  }, 'Copy link');
  if (!isThere) return '';
  await press('End');
  await press('Enter');
  // The page deflates the experiment before it copies it. A button that was replaced meanwhile copies nothing, so this does not wait for long.
  return evaluate(async (start) => {
    for (let wait = 0; wait < 25; wait += 1) {
      const copied = await navigator.clipboard.readText();
      if (copied.includes(start)) return copied;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return '';
  }, '#x=');
}

/** Opens the fragment of a trace on the lab's page and waits until the lab shows its end: what was shown before may end at the same frame. Fails with what it shows instead. */
export async function expectTrace(hands: Hands, { name, fragment, wanted }: Trace): Promise<void> {
  await hands.evaluate((to) => {
    location.hash = to;
  }, fragment);
  const shown = async (): Promise<unknown> => {
    const link = await linkAtEnd(hands);
    if (link === '') return 'no link was copied';
    const { scenario, frame, seed, hash } = JSON.parse((await decodeFragment(link.slice(link.indexOf('#x=') + 3)))!) as Experiment;
    return { scenario, frame, seed, hash };
  };
  const { scenario, frame, seed, hash } = wanted;
  await expect.poll(shown, { timeout: waitMs, message: name }).toEqual({ scenario, frame, seed, hash });
}
