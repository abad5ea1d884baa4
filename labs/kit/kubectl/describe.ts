import type { Cluster } from '../../engine/loop/cluster.ts';
import { listObjects } from '../../engine/store/store.ts';
import type { StoredObject } from '../../engine/store/stored-object.ts';
import type { CommandLine, Flag } from './command-line.ts';
import { describerOf } from './describers.ts';
import type { Surroundings } from './describers/description.ts';
import { eventLines } from './describers/event-lines.ts';
import { failure, type Output } from './output.ts';
import type { ReadCommand } from './read-command.ts';
import { requestedObjects } from './requested.ts';
import { findResource } from './resources.ts';
import { aligned, descriptionStops } from './tab-writer.ts';

const describeFlags: readonly Flag[] = [
  { name: 'selector', short: 'l', kind: 'text' },
  { name: 'all-namespaces', short: 'A', kind: 'truth' },
  { name: 'show-events', kind: 'truth' },
];

function described(object: StoredObject, surroundings: Surroundings, withEvents: boolean): string {
  const lines = describerOf(object.kind)?.(object, surroundings) ?? [];
  const events = withEvents ? eventLines(object, surroundings) : [];
  // With Events everything before them is aligned by itself.
  const all = [
    ...aligned([...lines, ...(withEvents && events.length === 0 ? ['Events:\t<none>'] : [])], descriptionStops),
    ...aligned(events, descriptionStops),
  ];
  return all.map((line) => `${line}\n`).join('');
}

/** What `kubectl describe` shows; undefined if a kind is not covered. A name that no object has stands for all that begin with it. */
function describe(cluster: Cluster, { words, flags }: CommandLine, namespace: string): Output | undefined {
  const { store, clockMs } = cluster;
  if (words.length === 0)
    return failure('error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.');
  const allNamespaces = flags.get('all-namespaces') === 'true';
  const labelSelector = flags.get('selector');
  const asked = requestedObjects(store, { words, namespace, allNamespaces, ...(labelSelector !== undefined && { labelSelector }) });
  if (!asked.ok) return failure(asked.message);
  const { groups, errors, resources } = asked.value;
  if (resources.some(({ kind }) => describerOf(kind) === undefined)) return undefined;
  const [type = '', prefix] = words;
  const resource = findResource(type);
  const isPrefix = words.length === 2 && prefix !== undefined && resource !== undefined && errors.length > 0;
  const matches = ({ metadata }: StoredObject): boolean => metadata.name.startsWith(prefix ?? '');
  const begun = isPrefix ? listObjects(store, { ...resource, ...(resource.isNamespaced && { namespace }), matches }) : [];
  const surroundings = { store, nowMs: store.startUnixMs + clockMs };
  const texts = (isPrefix ? begun : groups.flatMap(({ objects }) => objects)).map((object) =>
    described(object, surroundings, flags.get('show-events') !== 'false'),
  );
  if (begun.length > 0) return { stdout: texts.map((text) => `${text}\n`).join(''), stderr: '', exit: 0 };
  const isInNamespace = !allNamespaces && groups.every((group) => group.resource.isNamespaced);
  const none = isInNamespace ? `No resources found in ${namespace} namespace.` : 'No resources found';
  const stderr = texts.length === 0 && errors.length === 0 ? [none] : errors;
  return { stdout: texts.join('\n\n'), stderr: stderr.map((line) => `${line}\n`).join(''), exit: errors.length > 0 ? 1 : 0 };
}

/** `kubectl describe`. */
export const describeCommand: ReadCommand = {
  name: 'describe',
  flags: describeFlags,
  otherFlags: 'chunk-size,f,filename,k,kustomize,R,recursive',
  run: describe,
};
