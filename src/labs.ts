import type { AnyLab, Category, Meta, Scenario } from '../labs/lab.ts';
import { compareScenarios, readScenario } from '../labs/reading/scenario.ts';

/** A scenario as lists show it. */
export interface ScenarioEntry extends Pick<Scenario, 'title' | 'task' | 'kind' | 'order'> {
  readonly id: string;
}

/** A lab as lists, search and its page show it. */
export interface LabEntry {
  readonly id: string;
  readonly meta: Meta;
  readonly category: Category;
  /** In the order of `compareScenarios`. */
  readonly scenarios: readonly ScenarioEntry[];
}

const machines = import.meta.glob<AnyLab>('/labs/*/lab.ts', { import: 'default', eager: true });
const scenarioTexts = import.meta.glob<string>('/labs/*/scenarios/*.yaml', { import: 'default', eager: true, query: '?raw' });
// A lab is one that can be played: it has a reader for its texts and a picture.
const readers = import.meta.glob('/labs/*/read.ts');
const views = import.meta.glob('/labs/*/view.tsx');

function scenariosOf(labId: string, lab: AnyLab): readonly ScenarioEntry[] {
  const found = Object.entries(scenarioTexts).flatMap(([path, text]): readonly ScenarioEntry[] => {
    const [, folder, id] = /labs\/([^/]+)\/scenarios\/([^/]+)\.yaml$/.exec(path) ?? [];
    if (folder !== labId || id === undefined) return [];
    const read = readScenario(text, lab);
    if (!read.ok) throw new Error(`${path}: ${read.message}`);
    const { title, task, kind, order } = read.scenario;
    return [{ id, title, task, kind, ...(order !== undefined && { order }) }];
  });
  return found.sort(compareScenarios);
}

const glyphOf = ({ categories = [] }: Meta): Category => categories.at(-1) ?? 'packet';

/** Every lab that can be played, by title. */
export const labs: readonly LabEntry[] = Object.entries(machines)
  .flatMap(([path, lab]) => {
    const id = path.split('/')[2] ?? '';
    const isPlayable = `/labs/${id}/read.ts` in readers && `/labs/${id}/view.tsx` in views;
    return isPlayable ? [{ id, meta: lab.meta, category: glyphOf(lab.meta), scenarios: scenariosOf(id, lab) }] : [];
  })
  .sort((a, b) => (a.meta.title < b.meta.title ? -1 : 1));

/** The lab with this id, if there is one. */
export function labById(id: string): LabEntry | undefined {
  return labs.find((lab) => lab.id === id);
}
