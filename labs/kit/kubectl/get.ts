import type { Cluster } from '../../engine/loop/cluster.ts';
import type { StoredObject } from '../../engine/store/stored-object.ts';
import type { CommandLine, Flag } from './command-line.ts';
import { labelsText, objectAt, textAt } from './field-at.ts';
import { jsonText, yamlText } from './object-text.ts';
import type { ReadCommand } from './read-command.ts';
import { requestedObjects, type Group } from './requested.ts';
import { objectText } from './resources.ts';
import { sortedBy } from './sort-by.ts';
import type { Table } from './table.ts';
import { tableOf } from './tables.ts';
import { aligned, tableStops } from './tab-writer.ts';
import { failure, type Output } from './output.ts';

const unitedFlags = ['no-headers', 'show-labels', 'show-kind', 'ignore-not-found'];

const getFlags: readonly Flag[] = [
  { name: 'output', short: 'o', kind: 'text' },
  { name: 'selector', short: 'l', kind: 'text' },
  { name: 'field-selector', kind: 'text' },
  { name: 'label-columns', short: 'L', kind: 'text' },
  { name: 'sort-by', kind: 'text' },
  { name: 'all-namespaces', short: 'A', kind: 'truth' },
  ...unitedFlags.map((name): Flag => ({ name, kind: 'truth' })),
];

const formats =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml';
const shown = ['', 'wide', 'name', 'json', 'yaml'];

/** What `kubectl get` shows; undefined if a kind or a format is not covered. */
function get(cluster: Cluster, { words, flags }: CommandLine, namespace: string): Output | undefined {
  const format = flags.get('output') ?? '';
  if (!shown.includes(format)) {
    const isKnown = formats.split(',').includes(/^[^=]*/u.exec(format)?.[0] ?? '');
    return isKnown ? undefined : failure(`error: unable to match a printer suitable for the output format "${format}", allowed formats are: ${formats}`);
  }
  if (words.length === 0) return failure(...nothingAsked);
  const allNamespaces = flags.get('all-namespaces') === 'true';
  const [labelSelector, fieldSelector] = [flags.get('selector'), flags.get('field-selector')];
  const asked = requestedObjects(cluster.store, {
    words,
    namespace,
    allNamespaces,
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  });
  if (!asked.ok) return failure(asked.message);
  const isPlain = ['name', 'json', 'yaml'].includes(format);
  const isUnknown = words[0] !== 'all' && asked.value.resources.some(({ kind }) => tableOf(kind) === undefined);
  // What is stored can be written down whatever it is; that there is nothing can be said of the kinds that labs keep only.
  if (isUnknown && !(isPlain && asked.value.groups.some(({ objects }) => objects.length > 0))) return undefined;
  const path = flags.get('sort-by');
  const groups = asked.value.groups.map((group) => ({ ...group, objects: path === undefined ? group.objects : sortedBy(group.objects, path) }));
  if (!groups.every((group): group is Group => group.objects !== undefined)) return undefined;
  const errors = flags.get('ignore-not-found') === 'true' ? asked.value.errors.filter((error) => !error.includes('(NotFound)')) : asked.value.errors;
  const shownAs = {
    flags,
    allNamespaces,
    nowMs: cluster.store.startUnixMs + cluster.clockMs,
    isMixed: words[0] === 'all' || words.some((word) => word.includes(',')),
  };
  const isOne = asked.value.resources.length === 1 && groups.every(({ isNamed }) => isNamed);
  const stdout = isPlain ? plainText(groups, format, isOne) : tablesText(groups, shownAs);
  const isEmpty = stdout === '' && format !== 'name' && errors.length === 0 && flags.get('ignore-not-found') !== 'true';
  const isInNamespace = !allNamespaces && groups.every(({ resource }) => resource.isNamespaced);
  const none = isEmpty ? [isInNamespace ? `No resources found in ${namespace} namespace.` : 'No resources found'] : [];
  const stderr = [...shortNameWarnings(words), ...none, ...errors].map((line) => `${line}\n`).join('');
  return { stdout, stderr, exit: errors.length > 0 ? 1 : 0 };
}

const nothingAsked = [
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.',
  '',
  'error: Required resource not specified.',
  'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
  "See 'kubectl get -h' for help and examples",
];

/** Events are served by two groups, so their short name is told to be unclear. */
function shortNameWarnings(words: readonly string[]): readonly string[] {
  const types = words.some((word) => word.includes('/')) ? words.map((word) => word.split('/')[0]) : (words[0] ?? '').split(',');
  return types.includes('ev') ? ['Warning: short name "ev" could also match lower priority resource events.events.k8s.io'] : [];
}

/** `isOne`: a single object was asked for, so no list is made of it. */
function plainText(groups: readonly Group[], format: string, isOne: boolean): string {
  const objects = groups.flatMap(({ objects }) => objects);
  if (format === 'name')
    return groups.flatMap(({ resource, objects: held }) => held.map(({ metadata }) => `${objectText(resource, metadata.name)}\n`)).join('');
  const [only] = objects;
  if (isOne && only === undefined) return '';
  const value = isOne && only !== undefined ? only : { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
  return format === 'json' ? jsonText(value) : yamlText(value);
}

interface ShownAs {
  readonly flags: CommandLine['flags'];
  readonly allNamespaces: boolean;
  readonly nowMs: number;
  /** Several resources were asked for, so names carry theirs. */
  readonly isMixed: boolean;
}

/** One table after the other, an empty line between. */
function tablesText(groups: readonly Group[], shownAs: ShownAs): string {
  const isMixed = shownAs.isMixed || new Set(groups.map(({ resource }) => resource)).size > 1 || shownAs.flags.get('show-kind') === 'true';
  const texts: string[] = [];
  for (const group of groups) {
    const table = tableOf(group.resource.kind);
    if (group.objects.length === 0 || table === undefined) continue;
    const lines = tableLines(group, table, { ...shownAs, isMixed });
    texts.push(
      aligned(lines, tableStops)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
  return texts.join(shownAs.flags.get('no-headers') === 'true' ? '' : '\n');
}

function tableLines({ resource, objects }: Group, { columns, cells }: Table, { flags, allNamespaces, nowMs, isMixed }: ShownAs): readonly string[] {
  const isWide = flags.get('output') === 'wide';
  const isShown = (index: number): boolean => isWide || columns[index]?.startsWith('+') !== true;
  const labelColumns = (flags.get('label-columns') ?? '').split(',').filter((each) => each !== '');
  const withNamespace = allNamespaces && resource.isNamespaced;
  const around = (row: readonly string[], namespace: string, labels: readonly string[]): string =>
    [...(withNamespace ? [namespace] : []), ...row.filter((_, index) => isShown(index)), ...labels].join('\t');
  const nameIndex = columns.findIndex((column) => column.endsWith('NAME') && !column.startsWith('NOMINATED'));
  const lineOf = (object: StoredObject): string => {
    const row = cells(object, nowMs).map((cell) => cell.replace(/[\f\n\r][\s\S]*$/u, '...'));
    const named = isMixed ? row.with(nameIndex, objectText(resource, row[nameIndex] ?? '')) : row;
    const labels = objectAt(object, 'metadata.labels');
    const own = labelColumns.map((label) => textAt({ held: labels[label] ?? null }, 'held'));
    return around(named, object.metadata.namespace ?? '', [...own, ...(flags.get('show-labels') === 'true' ? [labelsText(labels)] : [])]);
  };
  const labelHeadings = labelColumns.map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase());
  const heading = around(
    columns.map((column) => column.replace('+', '')),
    'NAMESPACE',
    [...labelHeadings, ...(flags.get('show-labels') === 'true' ? ['LABELS'] : [])],
  );
  return [...(flags.get('no-headers') === 'true' ? [] : [heading]), ...objects.map((object) => lineOf(object))];
}

/** `kubectl get`. */
export const getCommand: ReadCommand = {
  name: 'get',
  flags: getFlags,
  otherFlags:
    'allow-missing-template-keys,chunk-size,f,filename,k,kustomize,output-watch-events,R,raw,recursive,server-print,show-managed-fields,subresource,template,w,watch,watch-only',
  run: get,
};
