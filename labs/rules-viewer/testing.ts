import { readFileSync } from 'node:fs';
import { readScenario } from '../reading/scenario.ts';
import type { PartId } from './parts.ts';
import reader from './read.ts';
import { start } from './reduce.ts';
import type { State } from './state.ts';

type Texts = Readonly<Record<PartId, string>>;

/** For tests: the texts of a scenario of this lab. */
export function textsOf(scenario: string): Texts {
  const result = readScenario(readFileSync(new URL(`scenarios/${scenario}.yaml`, import.meta.url), 'utf8'));
  if (!result.ok) throw new Error(result.message);
  const { objects = '', proxy = '', before = '' } = result.scenario.texts;
  return { objects, proxy, before };
}

/** For tests: the first state of texts. */
export function stateOf(texts: Partial<Texts>): State {
  const result = reader.read({ objects: '', proxy: '', before: '', ...texts });
  if (!result.ok) throw new Error(result.errors.map((error) => error.message).join('; '));
  return start(result.input, 1);
}

/** For tests: the first state of a scenario, with some texts replaced. */
export function scenarioState(scenario: string, changes: Partial<Texts> = {}): State {
  return stateOf({ ...textsOf(scenario), ...changes });
}
