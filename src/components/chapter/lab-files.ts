import type { AnyLab, AnyReader, Judges } from '../../../labs/lab.ts';
import type { LabFiles } from './settled-lab.ts';

/** What `labs/<id>/terminal.ts` offers: what a command prints inside the pod of a state; undefined for a command it does not know. */
export interface LabTerminal {
  readonly default: (state: unknown, command: string) => string | undefined;
  /** Commands it knows, as examples for an author's mistake. */
  readonly commands?: readonly string[];
}

/** Names the modules of a glob by the lab's id, or `<lab>/<file>` for scenarios. */
const named = <T>(modules: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [
      path.replace(/^\/labs\/([^/]+)\/(?:scenarios\/([^/]+)\.yaml|.*)$/, (_, lab: string, scenario?: string) =>
        scenario === undefined ? lab : `${lab}/${scenario}`,
      ),
      module,
    ]),
  );

/** All labs of the course, found by where they lie. For the build only: nothing of this reaches a reader. */
export const labFiles: LabFiles = {
  labs: named(import.meta.glob<AnyLab>('/labs/*/lab.ts', { import: 'default', eager: true })),
  readers: named(import.meta.glob<AnyReader>('/labs/*/read.ts', { import: 'default', eager: true })),
  scenarios: named(import.meta.glob<string>('/labs/*/scenarios/*.yaml', { query: '?raw', import: 'default', eager: true })),
  judges: named(import.meta.glob<Judges>('/labs/*/judges.ts', { import: 'default', eager: true })),
};

export const labTerminals: Readonly<Record<string, LabTerminal>> = named(import.meta.glob<LabTerminal>('/labs/*/terminal.ts', { eager: true }));
