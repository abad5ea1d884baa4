import { parseFieldSelector, matchesFields } from '../../engine/api/selectors-fields.ts';
import { parseLabelSelector } from '../../engine/api/selectors-parse.ts';
import { matchesRequirements } from '../../engine/api/selectors.ts';
import { fieldAt, textAt } from './field-at.ts';
import { notFound } from '../../engine/store/status-error.ts';
import { getObject, listObjects, type Store } from '../../engine/store/store.ts';
import { kindOf, type StoredObject } from '../../engine/store/stored-object.ts';
import { allResources, findResource, type Resource } from './resources.ts';

/** Objects of one resource that were asked for together. */
export interface Group {
  readonly resource: Resource;
  readonly objects: readonly StoredObject[];
  /** Asked for by name. */
  readonly isNamed: boolean;
}

/** What a command's words stand for. */
export interface Requested {
  /** What was asked for, found or not. */
  readonly resources: readonly Resource[];
  readonly groups: readonly Group[];
  /** Lines for the error stream about single objects; the others are shown all the same. */
  readonly errors: readonly string[];
}

export interface Request {
  readonly words: readonly string[];
  readonly namespace: string;
  readonly allNamespaces: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export type Asked = { readonly ok: true; readonly value: Requested } | { readonly ok: false; readonly message: string };

const wrong = (message: string): Asked => ({ ok: false, message: `error: ${message}` });

/** Finds the objects that `TYPE[,TYPE]`, `TYPE NAME…` or `TYPE/NAME…` ask for. Models cli-runtime pkg/resource/builder.go. */
export function requestedObjects(store: Store, request: Request): Asked {
  const { words } = request;
  const isSelected = request.labelSelector !== undefined || request.fieldSelector !== undefined;
  if (words.some((word) => word.includes('/'))) {
    if (isSelected) return wrong('name cannot be provided when a selector is specified');
    return byPath(store, request);
  }
  const [types = '', ...names] = words;
  const resources: Resource[] = [];
  for (const type of types.split(',')) {
    const resource = findResource(type);
    if (type === 'all') resources.push(...allResources);
    else if (resource === undefined) return wrong(`the server doesn't have a resource type "${type.split('.')[0] ?? ''}"`);
    else resources.push(resource);
  }
  if (names.length === 0) return listed(store, resources, request);
  if (isSelected) return wrong('name cannot be provided when a selector is specified');
  if (request.allNamespaces) return wrong('a resource cannot be retrieved by name across all namespaces');
  return {
    ok: true,
    value: named(
      store,
      resources.flatMap((resource) => names.map((name) => ({ resource, name }))),
      request.namespace,
    ),
  };
}

function byPath(store: Store, { words, namespace, allNamespaces }: Request): Asked {
  const wanted: { readonly resource: Resource; readonly name: string }[] = [];
  for (const word of words) {
    const [type = '', name = '', ...rest] = word.split('/');
    if (rest.length > 0) return wrong('arguments in resource/name form may not have more than one slash');
    if (!word.includes('/')) {
      const hint = "'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";
      return wrong(`there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. ${hint}`);
    }
    if (type === '' || name === '') return wrong('arguments in resource/name form must have a single resource and name');
    const resource = findResource(type);
    if (resource === undefined) return wrong(`the server doesn't have a resource type "${type.split('.')[0] ?? ''}"`);
    wanted.push({ resource, name });
  }
  if (allNamespaces) return wrong('a resource cannot be retrieved by name across all namespaces');
  return { ok: true, value: named(store, wanted, namespace) };
}

/** Where the namespace does not exist either, that is what kubectl tells. */
function notFoundText(store: Store, resource: Resource, { name, namespace }: { readonly name: string; readonly namespace: string }): string {
  const key = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  const isMissing = resource.isNamespaced && namespace !== 'default' && getObject(store, key) === undefined;
  return `Error from server (NotFound): ${(isMissing ? notFound(kindOf(key), namespace) : notFound(kindOf(resource), name)).message}`;
}

/** Objects by name; those of one resource that follow each other stand together. */
function named(store: Store, wanted: readonly { readonly resource: Resource; readonly name: string }[], namespace: string): Requested {
  const groups: Group[] = [];
  const errors: string[] = [];
  for (const { resource, name } of wanted) {
    const object = getObject(store, { ...resource, name, ...(resource.isNamespaced && { namespace }) });
    const last = groups.at(-1);
    if (object === undefined) errors.push(notFoundText(store, resource, { name, namespace }));
    else if (last?.resource === resource) groups[groups.length - 1] = { ...last, objects: [...last.objects, object] };
    else groups.push({ resource, objects: [object], isNamed: true });
  }
  return { resources: wanted.map(({ resource }) => resource), groups, errors };
}

/** Fields that each kind may be selected by, besides its name and namespace. Models the API server's field label conversions. */
const selectableFields: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((field) => `involvedObject.${field}`),
    ...['reason', 'reportingComponent', 'source', 'type'],
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  ReplicaSet: ['status.replicas'],
  Job: ['status.successful'],
};

function fieldsFor(object: StoredObject): Readonly<Record<string, string>> {
  const paths = ['metadata.name', 'metadata.namespace', ...(selectableFields[object.kind] ?? [])];
  const flags = new Set(['spec.unschedulable', 'spec.hostNetwork']);
  const read = (path: string): string => {
    if (path === 'source') return textAt(object, 'source.component') || textAt(object, 'reportingComponent');
    if (path === 'reportingComponent') return textAt(object, 'reportingComponent');
    return flags.has(path) ? String(fieldAt(object, path) === true) : textAt(object, path);
  };
  return Object.fromEntries(paths.map((path) => [path, read(path)]));
}

function listed(store: Store, resources: readonly Resource[], { labelSelector = '', fieldSelector = '', allNamespaces, namespace }: Request): Asked {
  const labels = parseLabelSelector(labelSelector);
  const fields = parseFieldSelector(fieldSelector);
  const errors: string[] = [];
  const groups = resources.flatMap((resource): readonly Group[] => {
    const known = ['metadata.name', 'metadata.namespace', ...(selectableFields[resource.kind] ?? [])];
    const unknown = fields.ok ? fields.value.find(({ field }) => !known.includes(field)) : undefined;
    const problem = !labels.ok
      ? labels.message
      : !fields.ok
        ? fields.message
        : unknown === undefined
          ? undefined
          : `field label not supported: ${unknown.field}`;
    if (problem !== undefined || !labels.ok || !fields.ok) {
      const [version = '', group = ''] = resource.apiVersion.split('/').toReversed();
      const what = `"${group}/${version}, Resource=${resource.plural}" that match label selector "${labelSelector}", field selector "${fieldSelector}"`;
      errors.push(`Error from server (BadRequest): Unable to find ${what}: ${problem ?? ''}`);
      return [];
    }
    const objects = listObjects(store, {
      ...resource,
      ...(resource.isNamespaced && !allNamespaces && { namespace }),
      matches: (object) => matchesRequirements(labels.value, object.metadata.labels ?? {}) && matchesFields(fields.value, fieldsFor(object)),
    });
    return [{ resource, objects, isNamed: false }];
  });
  return { ok: true, value: { resources, groups, errors } };
}
