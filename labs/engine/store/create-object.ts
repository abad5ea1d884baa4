import type { JsonObject } from '../patch/json.ts';
import { generatedName, generatedUid } from './generated-name.ts';
import { hasGeneration, hasStatus, qualifiedResource, type ResourceKind } from './resource-kinds.ts';
import { alreadyExists, invalid, noUniqueName, unknownError } from './status-error.ts';
import { getObject, type Store } from './store.ts';
import { decodeObject, keyOf, kindOf, namespaceFor, type ObjectMeta, type RequestedObject, type StoredObject } from './stored-object.ts';
import { timestampOf } from './timestamp.ts';
import { finalizerCauses } from './update-object.ts';
import type { Outcome, Review, CreateRequest } from './requests.ts';

/** So many names are tried. Models apiserver pkg/registry/generic/registry/store.go maxNameGenerationCreateAttempts. */
const nameAttemptsMax = 8;

/** What comes of a creation. Models apiserver pkg/registry/rest/create.go BeforeCreate. */
export function createObject(store: Store, { object, atMs }: CreateRequest, review: Review): Outcome {
  const decoded = decodeObject(object);
  if (!decoded.ok) return decoded;
  const kind = kindOf(decoded.object);
  const { resourceVersion = '' } = decoded.object.metadata;
  const named = withName(store, kind, prepared(kind, decoded.object));
  const reviewed = review(named.object, undefined);
  if (!reviewed.ok) return reviewed;
  const { metadata } = reviewed.object;
  const causes = finalizerCauses(metadata.finalizers ?? []);
  if (metadata.name === undefined || metadata.name === '')
    causes.unshift({ field: 'metadata.name', message: 'Required value: name or generateName is required' });
  if (causes.length > 0) return { ok: false, error: invalid(kind, metadata.name ?? '', causes) };
  // Once v1.36 decodes a number here it is the storage that refuses it, without words of the API's own.
  if (resourceVersion !== '' && resourceVersion !== '0')
    return { ok: false, error: unknownError('resourceVersion should not be set on objects to be created') };
  const key = keyOf(reviewed.object);
  const existing = getObject(store, key);
  if (existing !== undefined) {
    const isBeingDeleted = existing.metadata.deletionTimestamp !== undefined;
    return { ok: false, error: named.isGenerated ? noUniqueName(kind, key.name) : alreadyExists(kind, key.name, isBeingDeleted) };
  }
  const revision = store.revision + 1;
  const created: StoredObject = {
    ...reviewed.object,
    metadata: {
      ...metadata,
      name: key.name,
      uid: generatedUid([store.seed, qualifiedResource(kind), key.namespace ?? '', key.name, revision].join('/')),
      resourceVersion: String(revision),
      creationTimestamp: timestampOf(store.startUnixMs + atMs),
    },
  };
  return { ok: true, key, event: { type: 'ADDED', object: created }, generatedNames: named.generatedNames };
}

/** The object without what only the server may set, in its namespace. */
function prepared(kind: ResourceKind, object: RequestedObject): RequestedObject {
  const serverFields = new Set(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'selfLink']);
  // A kubelet registers its node with a status; other objects start without one.
  const dropsStatus = hasStatus(kind) && kind.kind !== 'Node';
  const kept: JsonObject = Object.fromEntries(Object.entries(object).filter(([field]) => field !== 'status' || !dropsStatus));
  const namespace = namespaceFor(kind, object.metadata.namespace);
  const fields: ObjectMeta = Object.fromEntries(Object.entries(object.metadata).filter(([field]) => !serverFields.has(field) && field !== 'namespace'));
  const metadata = { ...fields, ...(namespace !== undefined && { namespace }), ...(hasGeneration(kind) && { generation: 1 }) };
  return { ...kept, apiVersion: object.apiVersion, kind: object.kind, metadata };
}

interface Named {
  readonly object: RequestedObject;
  readonly isGenerated: boolean;
  readonly generatedNames: Store['generatedNames'];
}

/** Generates the name if only its beginning is given. The n-th name of a prefix does not depend on other prefixes. */
function withName(store: Store, kind: ResourceKind, object: RequestedObject): Named {
  const { name = '', generateName = '', namespace = '' } = object.metadata;
  if (name !== '' || generateName === '') return { object, isGenerated: false, generatedNames: store.generatedNames };
  const prefix = [qualifiedResource(kind), namespace, generateName].join('/');
  const before = (Object.hasOwn(store.generatedNames, prefix) ? store.generatedNames[prefix] : undefined) ?? 0;
  for (let attempt = 1; ; attempt += 1) {
    const candidate = { ...object, metadata: { ...object.metadata, name: generatedName(generateName, [store.seed, prefix, before + attempt].join('/')) } };
    if (attempt < nameAttemptsMax && getObject(store, keyOf(candidate)) !== undefined) continue;
    return { object: candidate, isGenerated: true, generatedNames: { ...store.generatedNames, [prefix]: before + attempt } };
  }
}
