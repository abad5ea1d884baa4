import { jsonWord } from '../patch/go-text.ts';
import { fieldOf, isList, isObject, withoutNulls, type Json, type JsonObject } from '../patch/json.ts';
import { resourceKind, isNamespaced, type ResourceKind } from './resource-kinds.ts';
import { badRequest, type StatusError } from './status-error.ts';

export interface OwnerReference extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** What a request may say of an object's metadata. */
export interface ObjectMeta extends JsonObject {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  /** A number as text; it changes with every write. */
  readonly resourceVersion?: string;
  /** Grows when the desired state changes; kinds without it have none. */
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

/** An object in the store. */
export interface StoredObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta & { readonly name: string; readonly uid: string; readonly resourceVersion: string; readonly creationTimestamp: string };
}

/** An object of a request: its metadata has the right types. */
export interface RequestedObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** Names one object. The version within the group does not matter. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for kinds outside namespaces; else `default` if absent. */
  readonly namespace?: string;
  readonly name: string;
}

/** The key of an object. */
export function keyOf({ apiVersion, kind, metadata: { namespace, name } }: RequestedObject): ObjectKey {
  return { apiVersion, kind, name: name ?? '', ...(namespace !== undefined && { namespace }) };
}

/** The kind that a key or an object names. */
export function kindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): ResourceKind {
  return resourceKind(apiVersion, kind);
}

/** The namespace in which objects of a kind stand, or undefined. */
export function namespaceFor(kind: ResourceKind, namespace: string | undefined): string | undefined {
  if (!isNamespaced(kind)) return undefined;
  return namespace === undefined || namespace === '' ? 'default' : namespace;
}

type Check = (value: Json) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : jsonWord(value));
const integer: Check = (value) => (Number.isInteger(value) ? undefined : jsonWord(value));
const texts: Check = (value) => {
  if (!isObject(value)) return jsonWord(value);
  const wrong = Object.values(value).find((held) => typeof held !== 'string');
  return wrong === undefined ? undefined : jsonWord(wrong);
};
const listOf =
  (element: Check): Check =>
  (value) =>
    isList(value) ? value.map(element).find((wrong) => wrong !== undefined) : jsonWord(value);
const owner: Check = (value) => {
  if (!isObject(value)) return jsonWord(value);
  const wrong = ['apiVersion', 'kind', 'name', 'uid'].find((field) => typeof fieldOf(value, field) !== 'string');
  return wrong === undefined ? undefined : jsonWord(fieldOf(value, wrong));
};

const metaChecks: readonly (readonly [field: string, type: string, check: Check])[] = [
  ['name', 'string', text],
  ['generateName', 'string', text],
  ['namespace', 'string', text],
  ['uid', 'types.UID', text],
  ['resourceVersion', 'string', text],
  ['generation', 'int64', integer],
  ['creationTimestamp', 'string', text],
  ['deletionTimestamp', 'string', text],
  ['deletionGracePeriodSeconds', 'int64', integer],
  ['labels', 'string', texts],
  ['annotations', 'string', texts],
  ['finalizers', '[]string', listOf(text)],
  ['ownerReferences', '[]v1.OwnerReference', listOf(owner)],
];

/** Reads a request's object: apiVersion, kind and metadata must have their types; fields that are null count as absent, as in Go's types. */
export function decodeObject(object: Json): { readonly ok: true; readonly object: RequestedObject } | { readonly ok: false; readonly error: StatusError } {
  if (!isObject(object)) return { ok: false, error: badRequest(`json: cannot unmarshal ${jsonWord(object)} into Go value of type runtime.TypeMeta`) };
  const { kind, apiVersion } = object;
  for (const [field, value] of [
    ['Kind', kind],
    ['apiVersion', apiVersion],
  ] as const) {
    if (typeof value !== 'string' || value === '') return { ok: false, error: badRequest(`Object '${field}' is missing in '${JSON.stringify(object)}'`) };
  }
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return { ok: false, error: badRequest('Object is missing its type') };
  const metadata = fieldOf(object, 'metadata') ?? {};
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const wrongType = (field: string, found: string, wanted: string): StatusError =>
    badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${found} into Go struct field ${field} of type ${wanted}`,
    );
  if (!isObject(metadata)) return { ok: false, error: wrongType(`${kind}.metadata`, jsonWord(metadata), 'v1.ObjectMeta') };
  const fields = withoutNulls(metadata);
  for (const [field, type, check] of metaChecks) {
    const value = fieldOf(fields, field);
    const found = value === undefined ? undefined : check(value);
    if (found !== undefined) return { ok: false, error: wrongType(`ObjectMeta.metadata.${field}`, found, type) };
  }
  return { ok: true, object: { ...withoutNulls(object), apiVersion, kind, metadata: fields } };
}
