import type { Planned } from '../../../engine/loop/controller.ts';
import type { StatusError } from '../../../engine/store/status-error.ts';
import { keyOf, type StoredObject } from '../../../engine/store/stored-object.ts';
import type { Json } from '../../../engine/patch/json.ts';
import type { Store } from '../../../engine/store/store.ts';
import type { CommandLine, Flag } from '../command-line.ts';
import { requestedObjects } from '../requested.ts';
import type { Resource } from '../resources.ts';

/** One request that a command sends, with kubectl's line for its success. */
export interface Act {
  readonly request: Planned;
  /** For the log, in the third person: `patches PersistentVolume pv-a`. */
  readonly text: string;
  /** What kubectl prints; `isChanged`: whether the object is another one now. */
  readonly done: (isChanged: boolean) => string;
}

/** What a command would do: acts in their order, a text alone where nothing is to be sent, and lines for the error stream. */
export interface Plan {
  readonly steps: readonly (Act | string)[];
  readonly warnings?: readonly string[];
  /** The command fails with these after its steps. */
  readonly errors: readonly string[];
}

/** A command that fails before it sends anything. */
export const refusal = (...errors: readonly string[]): Plan => ({ steps: [], errors });

/** How a command is planned; undefined: it is not covered. */
export interface PlannedCommand {
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly plan: (line: CommandLine, surroundings: { readonly store: Store; readonly namespace: string }) => Plan | undefined;
}

export interface Target {
  readonly resource: Resource;
  readonly object: StoredObject;
}

/** Flags that choose objects. */
export const choosingFlags: readonly Flag[] = [
  { name: 'all', kind: 'truth' },
  { name: 'selector', short: 'l', kind: 'text' },
  { name: 'all-namespaces', short: 'A', kind: 'truth' },
];

/** The objects that a command is about; a text: why there are none. */
export function targetsOf(
  { words, flags }: CommandLine,
  { store, namespace }: { readonly store: Store; readonly namespace: string },
): { readonly targets: readonly Target[]; readonly errors: readonly string[] } | string {
  const isChosen = flags.get('all') === 'true' || flags.has('selector');
  const [first = ''] = words;
  if (words.length === 1 && !first.includes('/') && !isChosen) return 'error: resource(s) were provided, but no name was specified';
  const labelSelector = flags.get('selector');
  const allNamespaces = flags.get('all-namespaces') === 'true';
  const asked = requestedObjects(store, { words, namespace, allNamespaces, ...(labelSelector !== undefined && { labelSelector }) });
  if (!asked.ok) return asked.message;
  return { targets: asked.value.groups.flatMap(({ resource, objects }) => objects.map((object) => ({ resource, object }))), errors: asked.value.errors };
}

/** `PersistentVolume pv-a` */
export const nameOf = ({ kind, metadata }: StoredObject): string => `${kind} ${metadata.name}`;

/** A patch of one object. */
export function patchOf(object: StoredObject, patch: Json, patchType: 'json' | 'merge' | 'strategic' = 'merge'): Planned {
  return { verb: 'patch', key: keyOf(object), patchType, patch };
}

/** What kubectl prints when the API server refuses a request. Models kubectl pkg/cmd/util/helpers.go, checkErr and MultilineError. */
export function refusedText({ reason, message, causes }: StatusError): string {
  const [, what = ''] = /^(.*?) is invalid: /u.exec(message) ?? [];
  if (reason !== 'Invalid') return `Error from server${reason === '' ? '' : ` (${reason})`}: ${message}`;
  const lines = [...new Set((causes ?? []).map(({ field, message: detail }) => `${field}: ${detail}`))];
  // Kinds stand without their group here.
  const subject = what === '' ? 'The request is invalid' : `The ${what.replace(/^(\w+)\.\S+/u, '$1')} is invalid`;
  if (lines.length === 0) return `${subject}: ${message}`;
  return lines.length === 1 ? `${subject}: ${lines[0] ?? ''}` : [`${subject}: `, ...lines.map((line) => `* ${line}`)].join('\n');
}
