/**
 * `npm run -s lab -- <id> [--scenario ID] [--input [PART=]FILE…] [--actions FILE | --solution N] [--seed N] [--json]`
 * Plays a lab in the terminal: what happened and why, its tables, its goals.
 * Exit code 0: played; 1: a goal is not met after the given actions; 2: wrong use, or a text that cannot be read.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import type { AnyLab, Move, Scenario } from '../../labs/lab.ts';
import { readScenario } from '../../labs/reading/scenario.ts';
import { judgeAll } from '../lab-player/goals.ts';
import { beginWhole, playMoves, sayErrors, setUp } from '../lab-player/moves.ts';
import type { OpaqueLab, OpaqueReader, Texts } from '../lab-player/opaque.ts';
import { jsonReport, textReport } from './lab-report.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Wrong use: said without a stack. */
class UseError extends Error {}

interface Wishes {
  readonly id: string;
  readonly scenario: string | undefined;
  readonly inputs: readonly string[];
  readonly actions: string | undefined;
  readonly solution: string | undefined;
  readonly seed: string | undefined;
  readonly json: boolean;
}

function wishesOf(args: readonly string[]): Wishes {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      scenario: { type: 'string' },
      input: { type: 'string', multiple: true },
      actions: { type: 'string' },
      solution: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [id, ...files] = positionals;
  if (id === undefined) throw new UseError(`Which lab? There are: ${labIds().join(', ')}.`);
  // `--input a.yaml b.yaml`: what follows the first file are files too.
  if (files.length > 0 && !values.input) throw new UseError(`What is ${files.join(' ')}? Files follow --input.`);
  if (values.actions !== undefined && values.solution !== undefined) throw new UseError('--actions and --solution exclude each other.');
  return {
    id,
    scenario: values.scenario,
    inputs: [...(values.input ?? []), ...files],
    actions: values.actions,
    solution: values.solution,
    seed: values.seed,
    json: values.json ?? false,
  };
}

function labIds(): readonly string[] {
  return globSync('labs/*/lab.ts', { cwd: root })
    .map((file) => path.basename(path.dirname(file)))
    .sort();
}

async function loadLab(id: string): Promise<{ readonly lab: OpaqueLab; readonly reader: OpaqueReader; readonly machine: AnyLab }> {
  if (!labIds().includes(id)) throw new UseError(`There is no lab ${id}. There are: ${labIds().join(', ')}.`);
  const [machine, reader] = await Promise.all(
    ['lab', 'read'].map((file) => import(path.join(root, 'labs', id, `${file}.ts`)) as Promise<{ readonly default: unknown }>),
  );
  return { lab: machine?.default as OpaqueLab, reader: reader?.default as OpaqueReader, machine: machine?.default as AnyLab };
}

function scenarioIds(id: string): readonly string[] {
  return globSync(`labs/${id}/scenarios/*.yaml`, { cwd: root })
    .map((file) => path.basename(file, '.yaml'))
    .sort();
}

function loadScenario(id: string, name: string, lab: AnyLab): Scenario {
  if (!scenarioIds(id).includes(name)) throw new UseError(`The lab ${id} has no scenario ${name}. There are: ${scenarioIds(id).join(', ')}.`);
  const read = readScenario(readFileSync(path.join(root, 'labs', id, 'scenarios', `${name}.yaml`), 'utf8'), lab);
  if (!read.ok) throw new UseError(`labs/${id}/scenarios/${name}.yaml: ${read.message}`);
  return read.scenario;
}

function readFile(file: string): string {
  if (!existsSync(file)) throw new UseError(`There is no file ${file}.`);
  return readFileSync(file, 'utf8');
}

/** Each file is a part: named (`lookup=x.yaml`), by its own name (`lookup.yaml`), or the next one not yet given. */
function textsOf(lab: OpaqueLab, inputs: readonly string[], from: Texts): Texts {
  const parts = Object.keys(lab.parts);
  const texts: Record<string, string> = {};
  for (const input of inputs) {
    const [, named, file = input] = /^(\w+)=(.+)$/s.exec(input) ?? [];
    const base = path.basename(file).replace(/\.[^.]*$/, '');
    const part = named ?? (parts.includes(base) ? base : parts.find((name) => texts[name] === undefined));
    if (part === undefined || !parts.includes(part)) throw new UseError(`No part ${part ?? ''} for ${file}. The parts are: ${parts.join(', ')}.`);
    texts[part] = readFile(file);
  }
  return { ...Object.fromEntries(parts.map((part) => [part, ''])), ...from, ...texts };
}

/** Moves from a file: a list as scenario files write it, or an experiment saved in a page. */
function movesFrom(file: string, lab: AnyLab): readonly Move[] {
  const value: unknown = load(readFile(file));
  const list: unknown = Array.isArray(value) ? value : (value as { moves?: unknown } | null)?.moves;
  // The scenario reader knows moves and their mistakes; its smallest scenario lends them a place.
  const texts = Object.fromEntries(Object.keys(lab.parts).map((part) => [part, '']));
  const read = readScenario(JSON.stringify({ title: file, kind: 'show', task: file, texts, solutions: [{ title: file, moves: list }] }), lab);
  if (!read.ok) throw new UseError(`${file}: ${read.message.replace('solutions[0].', '')}`);
  return read.scenario.solutions[0]?.moves ?? [];
}

function movesOf(wishes: Wishes, scenario: Scenario | undefined, lab: AnyLab): readonly Move[] {
  if (wishes.actions !== undefined) return movesFrom(wishes.actions, lab);
  if (wishes.solution === undefined) return [{ run: 'to the end' }];
  const solutions = scenario?.solutions ?? [];
  const solution = solutions[Number(wishes.solution) - 1];
  if (!solution)
    throw new UseError(
      `No solution ${wishes.solution}. There are: ${solutions.map(({ title }, index) => `${index + 1} (${title})`).join(', ') || 'none; name a --scenario'}.`,
    );
  return solution.moves;
}

function seedOf(wish: string | undefined, scenario: Scenario | undefined): number {
  if (wish === undefined) return scenario?.seed ?? 1;
  if (!/^\d{1,15}$/.test(wish)) throw new UseError(`--seed is a whole number from 0, not ${wish}.`);
  return Number(wish);
}

async function main(args: readonly string[]): Promise<number> {
  const wishes = wishesOf(args);
  const { lab, reader, machine } = await loadLab(wishes.id);
  const name = wishes.scenario ?? (wishes.inputs.length === 0 ? scenarioIds(wishes.id)[0] : undefined);
  const scenario = name === undefined ? undefined : loadScenario(wishes.id, name, machine);
  const begun = setUp(reader, textsOf(lab, wishes.inputs, scenario?.texts ?? {}), seedOf(wishes.seed, scenario));
  if (!begun.ok) throw new UseError(sayErrors(begun.errors));
  const played = playMoves(lab, reader, beginWhole(lab, begun.setup), movesOf(wishes, scenario, machine));
  if (!played.ok) throw new UseError(`Move ${played.move + 1}: ${played.message}`);
  const goals = scenario ? judgeAll(lab, scenario, played.history) : [];
  const report = { lab, scenario, history: played.history, goals };
  console.log(wishes.json ? JSON.stringify(jsonReport(report), null, 2) : textReport(report));
  const isJudged = wishes.actions !== undefined || wishes.solution !== undefined;
  return isJudged && goals.some(({ verdict }) => verdict !== 'met') ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUse = error instanceof UseError || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(isUse ? error.message : error);
  process.exitCode = 2;
}
