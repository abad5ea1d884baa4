import lab from './lab.ts';
import reader from './read.ts';
import type { Action, State } from './state.ts';

/** A run of the lab with these texts, before its first step. */
export function begun(objects: string, setup = ''): State {
  const reading = reader.read({ setup, objects });
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return lab.start(reading.input, 1);
}

/** The state after all acts, with what follows of itself after each. */
export function after(state: State, ...acts: readonly Action[]): State {
  return acts.reduce((reached, act) => settled(lab.reduce(reached, act)), settled(state));
}

/** The state when nothing more happens. */
export function settled(state: State): State {
  let current = state;
  for (let action = lab.next(current); action !== undefined; action = lab.next(current)) current = lab.reduce(current, action);
  return current;
}
