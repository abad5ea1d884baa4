import { sameJson, without } from '../patch/json.ts';
import { qualifiedKind, type ResourceKind } from './resource-kinds.ts';
import { conflict, notFound, type StatusError } from './status-error.ts';
import { getObject, type Store } from './store.ts';
import { kindOf, type StoredObject } from './stored-object.ts';
import { timestampOf, unixMsOf } from './timestamp.ts';
import { isHeldNamespace } from './update-object.ts';
import type { Outcome, DeleteRequest } from './requests.ts';

/**
 * What comes of a deletion: the object goes at once, or is marked and stays for its finalizers or its grace period.
 * Models apiserver pkg/registry/rest/delete.go BeforeDelete and pkg/registry/generic/registry/store.go Delete.
 */
export function deleteObject(store: Store, request: DeleteRequest): Outcome {
  const { key } = request;
  const kind = kindOf(key);
  const old = getObject(store, key);
  if (old === undefined) return { ok: false, error: notFound(kind, key.name) };
  const error = preconditionError(kind, request, old);
  if (error !== undefined) return { ok: false, error };
  const graceSeconds = remainingGrace(request, old);
  if (graceSeconds === 'pending') return { ok: true, unchanged: old };
  const finalizers = finalizersFor(request, old);
  const resourceVersion = String(store.revision + 1);
  if (finalizers.length === 0 && graceSeconds === 0 && !isHeldNamespace(old)) {
    return { ok: true, key, event: { type: 'DELETED', object: { ...old, metadata: { ...old.metadata, resourceVersion } } } };
  }
  const marked = withMark(store, request, { old, graceSeconds, finalizers });
  if (sameJson(marked, old)) return { ok: true, unchanged: old };
  return { ok: true, key, event: { type: 'MODIFIED', object: { ...marked, metadata: { ...marked.metadata, resourceVersion } } } };
}

function preconditionError(
  kind: ResourceKind,
  { preconditions }: DeleteRequest,
  { metadata: { name, uid, resourceVersion } }: StoredObject,
): StatusError | undefined {
  const { uid: wantedUid, resourceVersion: wantedVersion } = preconditions ?? {};
  if (wantedUid !== undefined && wantedUid !== uid) {
    const because = `the UID in the precondition (${wantedUid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    return conflict(qualifiedKind(kind), name, because);
  }
  if (wantedVersion !== undefined && wantedVersion !== resourceVersion) {
    const because = `the ResourceVersion in the precondition (${wantedVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    return conflict(qualifiedKind(kind), name, because);
  }
  return undefined;
}

/** The grace period that now holds. A running one can only be made shorter; `pending`: nothing changes. Negative periods count as one second. */
function remainingGrace({ gracePeriodSeconds }: DeleteRequest, { metadata }: StoredObject): number | 'pending' {
  const wanted = gracePeriodSeconds === undefined ? undefined : gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds;
  const { deletionTimestamp, deletionGracePeriodSeconds: running = 0 } = metadata;
  if (deletionTimestamp === undefined) return wanted ?? 0;
  if (running === 0) return 0;
  return wanted === undefined || wanted >= running ? 'pending' : wanted;
}

/** The finalizers with those that the way of propagation asks for. */
function finalizersFor({ propagationPolicy }: DeleteRequest, { metadata: { finalizers = [] } }: StoredObject): readonly string[] {
  if (propagationPolicy === undefined) return finalizers;
  const others = finalizers.filter((finalizer) => finalizer !== 'orphan' && finalizer !== 'foregroundDeletion');
  if (propagationPolicy === 'Background') return others.length === finalizers.length ? finalizers : others;
  const wanted = propagationPolicy === 'Orphan' ? 'orphan' : 'foregroundDeletion';
  return finalizers.includes(wanted) && others.length === finalizers.length - 1 ? finalizers : [...others, wanted];
}

interface Mark {
  readonly old: StoredObject;
  readonly graceSeconds: number;
  readonly finalizers: readonly string[];
}

function withMark(store: Store, { atMs }: DeleteRequest, { old, graceSeconds, finalizers }: Mark): StoredObject {
  const { generation, deletionTimestamp, deletionGracePeriodSeconds = 0, name, uid, resourceVersion, creationTimestamp } = old.metadata;
  // A shortened period counts from the first deletion. A timestamp that lies ahead without a period comes forward to now.
  const nowMs = store.startUnixMs + atMs;
  const firstMs = deletionTimestamp === undefined ? nowMs : unixMsOf(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
  const isFirst = deletionTimestamp === undefined;
  const metadata = {
    ...without(old.metadata, 'finalizers'),
    name,
    uid,
    resourceVersion,
    creationTimestamp,
    ...(finalizers.length > 0 && { finalizers }),
    ...(generation !== undefined && { generation: isFirst && generation > 0 ? generation + 1 : generation }),
    deletionTimestamp: timestampOf(firstMs + graceSeconds * 1000),
    deletionGracePeriodSeconds: graceSeconds,
  };
  return { ...old, metadata };
}
