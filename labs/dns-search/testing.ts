import { readFileSync } from 'node:fs';
import { readScenario } from '../reading/scenario.ts';
import { reduce, start } from './acts.ts';
import type { Input } from './input.ts';
import reader from './read.ts';
import type { State } from './state.ts';
import { next } from './steps.ts';

/** For tests: the texts of a scenario of this lab. */
export function textsOf(scenario: string): Readonly<Record<'cluster' | 'resolvConf' | 'network' | 'lookup', string>> {
  const result = readScenario(readFileSync(new URL(`scenarios/${scenario}.yaml`, import.meta.url), 'utf8'));
  if (!result.ok) throw new Error(result.message);
  const { cluster = '', resolvConf = '', network = '', lookup = '' } = result.scenario.texts;
  return { cluster, resolvConf, network, lookup };
}

/** For tests: the input of a scenario, with the lookup text replaced where one is given. */
export function inputOf(scenario: string, changes: Partial<ReturnType<typeof textsOf>> = {}): Input {
  const result = reader.read({ ...textsOf(scenario), ...changes });
  if (!result.ok) throw new Error(result.errors.map((error) => error.message).join('; '));
  return result.input;
}

/** For tests: plays until nothing more happens. */
export function settled(state: State): State {
  let current = state;
  for (let action = next(current); action !== undefined; action = next(current)) current = reduce(current, action);
  return current;
}

/** For tests: a scenario played to its end. */
export function settledScenario(scenario: string, changes: Partial<ReturnType<typeof textsOf>> = {}): State {
  return settled(start(inputOf(scenario, changes), 1));
}
