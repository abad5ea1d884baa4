import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';
import ts from 'typescript';
import type { AnyLab, Scenario, ViewProps } from '../../labs/lab.ts';
import { compareScenarios, readScenario } from '../../labs/reading/scenario.ts';
import { frameOf, lastOf, seek } from '../lab-player/history.ts';
import { beginWhole, sayErrors, setUp } from '../lab-player/moves.ts';
import type { Act, OpaqueLab, OpaqueReader } from '../lab-player/opaque.ts';

/** The end of a run as a picture outside of the site. */
export interface LabPicture {
  readonly lab: AnyLab;
  readonly scenario: Scenario;
  readonly html: string;
  /** The lab’s own stylesheet. */
  readonly css: string;
  /** When each frame of the run stands. */
  readonly framesMs: readonly number[];
}

const root = path.resolve(import.meta.dirname, '../..');

// Node runs TypeScript but no JSX; the build that knows it takes 30 s, and freshness is asked for often.
registerHooks({
  load: (url, context, nextLoad) => {
    if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context);
    const compilerOptions = { jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'preact', module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext };
    const { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), { compilerOptions });
    return { format: 'module', source: outputText, shortCircuit: true };
  },
});

/** Ids of all labs that can be played: those with a machine, a reader and a picture. */
export function playableLabs(): readonly string[] {
  return globSync('labs/*/view.tsx', { cwd: root })
    .map((file) => path.basename(path.dirname(file)))
    .sort();
}

async function load<Wanted>(labId: string, file: string): Promise<Wanted> {
  const { href } = pathToFileURL(path.join(root, 'labs', labId, file));
  return ((await import(href)) as { readonly default: Wanted }).default;
}

/** Its first scenario, or the one with this id. Throws when there is none, or when it cannot be read. */
function scenarioOf(labId: string, lab: AnyLab, id: string | undefined): Scenario {
  const scenarios = globSync(`labs/${labId}/scenarios/${id ?? '*'}.yaml`, { cwd: root }).map((file) => {
    const read = readScenario(readFileSync(path.join(root, file), 'utf8'), lab);
    if (!read.ok) throw new Error(`${file}: ${read.message}`);
    return { ...read.scenario, id: path.basename(file, '.yaml') };
  });
  const first = scenarios.sort(compareScenarios)[0];
  if (!first) throw new Error(`The lab ${labId} has no scenario ${id ?? ''}`);
  return first;
}

/** Plays a scenario to its end and draws that; without an id the scenario that the lab opens with. */
export async function labPicture(labId: string, scenarioId?: string): Promise<LabPicture> {
  const [lab, reader, view] = await Promise.all([
    load<AnyLab>(labId, 'lab.ts'),
    load<OpaqueReader>(labId, 'read.ts'),
    load<ComponentType<ViewProps<unknown, Act>>>(labId, 'view.tsx'),
  ]);
  const scenario = scenarioOf(labId, lab, scenarioId);
  const ready = setUp(reader, scenario.texts, scenario.seed);
  if (!ready.ok) throw new Error(`${labId}: ${sayErrors(ready.errors)}`);
  const whole = beginWhole(lab as OpaqueLab, ready.setup);
  const { state } = frameOf(seek(whole, lastOf(whole.branch)));
  const nothing = (): void => undefined;
  const html = renderToString(h(view, { state, selected: undefined, select: nothing, act: nothing }));
  const framesMs = whole.branch.frames.map(({ atMs }) => atMs);
  return { lab, scenario, html, framesMs, css: readFileSync(path.join(root, 'labs', labId, 'view.css'), 'utf8') };
}
