import { load } from 'js-yaml';
import type { AnyLab, AnyReader, Judges } from '../../../labs/lab.ts';

// More than any lab needs; a lab that never settles must stop the build, not hang it.
const STEPS_MAX = 5_000;

/** The labs of the course by id, as the build finds them. */
export interface LabFiles {
  readonly labs: Readonly<Record<string, AnyLab>>;
  readonly readers: Readonly<Record<string, AnyReader>>;
  /** Texts of the scenario files, by `<lab>/<scenario>`. */
  readonly scenarios: Readonly<Record<string, string>>;
  /** What judges typed answers, by lab; absent: nothing does. */
  readonly judges?: Readonly<Record<string, Judges>>;
}

/** What a scenario starts from. Throws, with the ids that exist, when there is no such scenario. */
export function scenarioStart(files: LabFiles, labId: string, scenarioId: string): { readonly texts: Readonly<Record<string, string>>; readonly seed: number } {
  const text = files.scenarios[`${labId}/${scenarioId}`];
  if (text === undefined) {
    const there = Object.keys(files.scenarios).filter((key) => key.startsWith(`${labId}/`));
    throw new Error(`The lab "${labId}" has no scenario "${scenarioId}". Scenarios: ${there.map((key) => key.slice(labId.length + 1)).join(', ') || 'none'}.`);
  }
  const { texts, seed = 1 } = load(text) as { readonly texts: Readonly<Record<string, string>>; readonly seed?: number };
  return { texts, seed };
}

/** The state in which a scenario comes to rest when nobody interferes. Throws, with the ids that exist, when a lab or scenario does not. */
export function settledState(files: LabFiles, labId: string, scenarioId: string): unknown {
  const lab = files.labs[labId];
  const reader = files.readers[labId];
  if (!lab || !reader) throw new Error(`There is no lab "${labId}". Labs: ${Object.keys(files.labs).join(', ') || 'none'}.`);
  const { texts, seed } = scenarioStart(files, labId, scenarioId);
  const read = reader.read(texts);
  if (!read.ok) throw new Error(`The scenario "${scenarioId}" cannot be read: ${read.errors.map((error) => error.message).join(' ')}`);
  let state: unknown = lab.start(read.input as unknown, seed);
  for (let step = 0; step < STEPS_MAX; step++) {
    const action: unknown = lab.next(state);
    if (action === undefined || lab.clockMs(state) > (lab.meta.horizonMs ?? Infinity)) return state;
    state = lab.reduce(state, action);
  }
  throw new Error(`The scenario "${scenarioId}" of the lab "${labId}" is not settled after ${STEPS_MAX} steps.`);
}
