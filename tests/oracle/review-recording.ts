import type { JsonObject } from '../../labs/engine/patch/json.ts';

/** A manifest and what the API server stored of it. */
export interface RecordedDefaulting {
  readonly id: string;
  readonly manifest: JsonObject;
  readonly stored: JsonObject;
}

/** A LimitRange and what became of pods under it. */
export interface RecordedLimits {
  readonly id: string;
  readonly limitRange: readonly JsonObject[];
  readonly pods: readonly { readonly given: JsonObject }[];
}

/** A ResourceQuota and what became of objects under it. */
export interface RecordedQuota {
  readonly id: string;
  readonly hard: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
  /** What the recorded cluster itself had in the namespace. */
  readonly initialUsed: Readonly<Record<string, string>>;
  readonly creates: readonly { readonly object: JsonObject }[];
}

/** `defaulting`, `limitrange` and `resourcequota` of workloads.json. */
export interface RecordedDefaultings {
  readonly defaulting: readonly RecordedDefaulting[];
  readonly limitrange?: readonly RecordedLimits[];
  readonly resourcequota?: readonly RecordedQuota[];
}

/** One call of kubectl with a manifest. */
export interface RecordedCommand {
  readonly command: string;
  readonly stdin: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RecordedSession {
  readonly id: string;
  readonly namespace: string;
  /** Names of the manifests, in the order of the commands. */
  readonly ids?: readonly string[];
  readonly commands: readonly RecordedCommand[];
}

/** Sessions of kubectl-output.json in which manifests are sent to the server. */
export interface RecordedSessions {
  readonly scenarios: readonly RecordedSession[];
}

/** Whether a session sends manifests to the server for a look at them alone. */
export const isManifestSession = ({ id, commands }: Pick<RecordedSession, 'id' | 'commands'>): boolean =>
  id.startsWith('errors-manifests') && commands.some(({ command }) => command.includes('--dry-run=server'));

/** One manifest of a session. */
export interface RecordedManifest extends RecordedCommand {
  readonly id: string;
  readonly namespace: string;
}

/** The manifests of all sessions that can be compared. */
export function manifestsOf({ scenarios }: RecordedSessions): readonly RecordedManifest[] {
  return scenarios
    .filter(isManifestSession)
    .flatMap(({ id, namespace, ids, commands }) =>
      commands.map((recorded, index) => ({ ...recorded, id: ids === undefined ? `${id}/${index + 1}` : (ids[index] ?? ''), namespace })),
    );
}
