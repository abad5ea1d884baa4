import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../reading/scenario.ts';
import type { Input } from './input.ts';
import lab from './lab.ts';
import reader from './read.ts';
import { start } from './reduce.ts';
import type { State } from './state.ts';
import type { Move, Scenario } from '../lab.ts';
import type { CheckId } from './check-ids.ts';

const folder = new URL('scenarios/', import.meta.url);
const files = globSync('*.yaml', { cwd: folder });

function scenarioOf(file: string): Scenario {
  const read = readScenario(readFileSync(new URL(file, folder), 'utf8'), lab);
  if (!read.ok) throw new Error(`${file}: ${read.message}`);
  return read.scenario;
}

function readTexts({ cluster = '', corefile = '', guess = '' }: Scenario['texts']): Input {
  const read = reader.read({ cluster, corefile, guess });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.input;
}

const begin = (texts: Scenario['texts']): State => start(readTexts(texts), 1);

/** Every edit is applied to the running cluster, as the player does it in the middle of a run. */
function play(scenario: Scenario, moves: readonly Move[]): State {
  let texts = scenario.texts;
  let state = begin(texts);
  for (const move of moves) {
    if ('act' in move) {
      const action = lab.readAction(move.act);
      expect(action).toBeDefined();
      state = lab.reduce(state, action!);
    } else if ('replace' in move || 'edit' in move) {
      if ('replace' in move) expect(texts[move.replace.part]).toContain(move.replace.from);
      texts =
        'edit' in move
          ? { ...texts, ...move.edit }
          : { ...texts, [move.replace.part]: texts[move.replace.part]!.replace(move.replace.from, () => move.replace.to) };
      state = lab.reduce(state, lab.amend(state, readTexts(texts)));
    }
  }
  return state;
}

const unmet = (scenario: Scenario, state: State): readonly string[] =>
  scenario.goals.flatMap(({ goal, text }) => {
    const check = 'finally' in goal ? lab.checks[goal.finally as CheckId](state) : { met: false, because: 'unknown goal' };
    return check.met ? [] : [`${text}: ${check.because}`];
  });

test.each(files)('%s: open at the start, met by each solution', (file) => {
  const scenario = scenarioOf(file);
  expect(unmet(scenario, begin(scenario.texts)), 'at the start').not.toEqual([]);
  for (const { title, moves } of scenario.solutions) expect(unmet(scenario, play(scenario, moves)), title).toEqual([]);
});

test.each(files)('%s: each wrong attempt fails and meets its diagnosis', (file) => {
  const scenario = scenarioOf(file);
  for (const { title, moves, diagnosis } of scenario.wrong) {
    const state = play(scenario, moves);
    expect(unmet(scenario, state), title).not.toEqual([]);
    const held = Object.entries(lab.diagnoses).filter(([, { when }]) => when(state));
    expect(
      held.map(([id]) => id),
      title,
    ).toContain(diagnosis);
  }
});
