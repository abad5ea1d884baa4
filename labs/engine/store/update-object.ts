import { fieldOf, isList, isObject, sameJson, without, type Json, type JsonObject } from '../patch/json.ts';
import { allowsUnconditionalUpdate, hasGeneration, hasStatus, qualifiedResource, storagePath, type ResourceKind } from './resource-kinds.ts';
import { conflict, invalid, invalidAs, noSuchResource, notFound, staleVersion, unknownError, type FieldCause, type StatusError } from './status-error.ts';
import { getObject, type Store } from './store.ts';
import { decodeObject, keyOf, kindOf, namespaceFor, type ObjectMeta, type RequestedObject, type StoredObject } from './stored-object.ts';
import type { Outcome, Review, UpdateRequest } from './requests.ts';

/** What comes of an update. Models apiserver pkg/registry/rest/update.go BeforeUpdate and pkg/registry/generic/registry/store.go Update. */
export function updateObject(store: Store, { object, subresource }: UpdateRequest, review: Review): Outcome {
  const decoded = decodeObject(object);
  if (!decoded.ok) return decoded;
  const kind = kindOf(decoded.object);
  const namespace = namespaceFor(kind, decoded.object.metadata.namespace);
  const wanted: RequestedObject = {
    ...decoded.object,
    metadata: { ...without(decoded.object.metadata, 'namespace'), ...(namespace !== undefined && { namespace }) },
  };
  if (subresource === 'status' && !hasStatus(kind)) return { ok: false, error: noSuchResource() };
  const key = keyOf(wanted);
  const old = getObject(store, key);
  if (old === undefined) return { ok: false, error: notFound(kind, key.name) };
  const error = preconditionError(kind, wanted, old);
  if (error !== undefined) return { ok: false, error };
  const reviewed = review(subresource === 'status' ? withStatusOnly(kind, wanted, old) : withOldStatus(kind, wanted, old), old, subresource);
  if (!reviewed.ok) return reviewed;
  // A write of the status never raises the generation, even where it changes annotations; nor does a binding, as recorded.
  const raises = subresource === undefined && hasGeneration(kind) && isNewGeneration(kind, reviewed.object, old);
  const next = withServerFields(reviewed.object, old, raises);
  const causes = updateCauses(next.metadata, old.metadata);
  if (causes.length > 0) return { ok: false, error: invalid(kind, key.name, causes) };
  const revision = String(store.revision + 1);
  if (isFinished(next, old)) return { ok: true, key, event: { type: 'DELETED', object: { ...old, metadata: { ...old.metadata, resourceVersion: revision } } } };
  if (sameJson(next, old)) return { ok: true, unchanged: old };
  return { ok: true, key, event: { type: 'MODIFIED', object: { ...next, metadata: { ...next.metadata, resourceVersion: revision } } } };
}

/** Finalizers that exclude each other. Models apimachinery pkg/api/validation/objectmeta.go ValidateFinalizers. */
export function finalizerCauses(finalizers: readonly string[]): FieldCause[] {
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return [];
  const message = `Invalid value: ${JSON.stringify(finalizers)}: finalizer orphan and foregroundDeletion cannot be both set`;
  return [{ field: 'metadata.finalizers', message }];
}

function preconditionError(kind: ResourceKind, { metadata }: RequestedObject, old: StoredObject): StatusError | undefined {
  const { uid = '', resourceVersion = '' } = metadata;
  const { name, namespace } = old.metadata;
  if (uid !== '' && uid !== old.metadata.uid) {
    const path = storagePath(kind, namespace, name);
    const detail = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
    const because = `StorageError: invalid object, Code: 4, Key: ${path}, ResourceVersion: 0, AdditionalErrorMsg: ${detail}`;
    return conflict(qualifiedResource(kind), name, because);
  }
  if (!/^\d*$/u.test(resourceVersion)) return unknownError(`strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`);
  if (Number(resourceVersion) !== 0) return Number(resourceVersion) === Number(old.metadata.resourceVersion) ? undefined : staleVersion(kind, name);
  if (allowsUnconditionalUpdate(kind)) return undefined;
  return invalidAs(qualifiedResource(kind), name, [{ field: 'metadata.resourceVersion', message: 'Invalid value: 0: must be specified for an update' }]);
}

/** A write of the object leaves the status as it is. */
function withOldStatus(kind: ResourceKind, wanted: RequestedObject, old: StoredObject): RequestedObject {
  if (!hasStatus(kind)) return wanted;
  return { ...without(wanted, 'status'), apiVersion: wanted.apiVersion, kind: wanted.kind, metadata: wanted.metadata, ...statusOf(old) };
}

/** A write of the status leaves all else as it is, except metadata: annotations can be written this way, and of a Deployment all but the labels. */
function withStatusOnly(kind: ResourceKind, wanted: RequestedObject, old: StoredObject): RequestedObject {
  const { labels } = (kind.kind === 'Deployment' ? old : wanted).metadata;
  return {
    ...without(old, 'status'),
    apiVersion: old.apiVersion,
    kind: old.kind,
    metadata: { ...without(wanted.metadata, 'labels'), ...(labels !== undefined && { labels }) },
    ...statusOf(wanted),
  };
}

function statusOf(object: JsonObject): JsonObject {
  const status = fieldOf(object, 'status') ?? null;
  return status === null ? {} : { status };
}

/** The object with the metadata that only the server sets: taken from the old one, the generation raised if the desired state changed. */
function withServerFields(wanted: RequestedObject, old: StoredObject, raises: boolean): StoredObject {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, name, resourceVersion } = old.metadata;
  const { finalizers } = wanted.metadata;
  const metadata = {
    ...without(wanted.metadata, 'generation', 'finalizers'),
    // An empty list is written as none, as the API server's encoding does.
    ...(finalizers !== undefined && finalizers.length > 0 && { finalizers }),
    name,
    uid,
    resourceVersion,
    creationTimestamp,
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && wanted.metadata.deletionGracePeriodSeconds === undefined && { deletionGracePeriodSeconds }),
    ...(generation !== undefined && { generation: generation + (raises ? 1 : 0) }),
  };
  return { ...wanted, metadata };
}

/** Whether the desired state changed: all but metadata and status; for a Deployment also annotations, for an EndpointSlice also labels. */
function isNewGeneration(kind: ResourceKind, wanted: RequestedObject, old: StoredObject): boolean {
  if (kind.kind === 'PriorityClass') return false;
  const desired = (object: JsonObject): JsonObject => without(object, 'metadata', 'status', 'apiVersion');
  if (!sameJson(desired(wanted), desired(old))) return true;
  if (kind.kind === 'Deployment') return !sameJson(wanted.metadata.annotations ?? {}, old.metadata.annotations ?? {});
  return kind.kind === 'EndpointSlice' && !sameJson(wanted.metadata.labels ?? {}, old.metadata.labels ?? {});
}

function updateCauses(metadata: ObjectMeta, old: ObjectMeta): readonly FieldCause[] {
  const immutable = (field: string, value: Json | undefined, held: Json | undefined): readonly FieldCause[] =>
    sameJson(value, held) ? [] : [{ field: `metadata.${field}`, message: `Invalid value: ${JSON.stringify(value ?? null)}: field is immutable` }];
  const added = (metadata.finalizers ?? []).filter((finalizer) => !(old.finalizers ?? []).includes(finalizer)).toSorted();
  const found = `[]string{${added.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`;
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
  return [
    ...(old.deletionTimestamp !== undefined && added.length > 0 ? [{ field: 'metadata.finalizers', message }] : []),
    ...immutable('deletionTimestamp', metadata.deletionTimestamp, old.deletionTimestamp),
    ...immutable('deletionGracePeriodSeconds', metadata.deletionGracePeriodSeconds, old.deletionGracePeriodSeconds),
    ...finalizerCauses(metadata.finalizers ?? []),
  ];
}

/** Whether a namespace still has the finalizers of its spec, by which it outlives its deletion until its content is gone. Models pkg/registry/core/namespace/storage. */
export function isHeldNamespace({ kind, apiVersion, spec }: StoredObject): boolean {
  return kind === 'Namespace' && apiVersion === 'v1' && isObject(spec) && isList(spec.finalizers) && spec.finalizers.length > 0;
}

/** Whether the last finalizer of a deleted object is gone and no grace period runs. */
function isFinished(next: StoredObject, { metadata: { deletionTimestamp, deletionGracePeriodSeconds = 0 } }: StoredObject): boolean {
  const { finalizers = [] } = next.metadata;
  return finalizers.length === 0 && !isHeldNamespace(next) && deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0;
}
