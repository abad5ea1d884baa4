import type { Json } from '../patch/json.ts';
import { createObject } from './create-object.ts';
import { deleteObject } from './delete-object.ts';
import { patchObject } from './patch-object.ts';
import type { StatusError } from './status-error.ts';
import { getObject, withEvent, type Store, type WatchEvent } from './store.ts';
import { kindOf, type ObjectKey, type RequestedObject, type StoredObject } from './stored-object.ts';
import { notFound } from './status-error.ts';
import { updateObject } from './update-object.ts';

interface WriteBase {
  /** The virtual clock, in whole milliseconds. */
  readonly atMs: number;
  /** Everything is checked, nothing is kept. */
  readonly dryRun?: boolean;
}

interface Subresource {
  /** `status`: only the status and metadata are written. `binding`: the scheduler's way to set a pod's node. Absent: everything but the status. */
  readonly subresource?: 'status' | 'binding';
}

/** A new object. Its namespace is `default` if it names none. */
export interface CreateRequest extends WriteBase {
  readonly verb: 'create';
  readonly object: Json;
}

/** A whole object in the place of the old one. With a resourceVersion, only if nobody wrote in between. */
export interface UpdateRequest extends WriteBase, Subresource {
  readonly verb: 'update';
  readonly object: Json;
}

/** A change to whatever the object is. */
export interface PatchRequest extends WriteBase, Subresource {
  readonly verb: 'patch';
  readonly key: ObjectKey;
  readonly patchType: 'json' | 'merge' | 'strategic';
  readonly patch: Json;
}

/** A deletion. */
export interface DeleteRequest extends WriteBase {
  readonly verb: 'delete';
  readonly key: ObjectKey;
  /**
   * For kinds that end gracefully (pods): the period. Above 0 the object stays, marked, until it is deleted with 0. The caller decides it:
   * from the pod's terminationGracePeriodSeconds, 0 if the pod is on no node or has ended. Other kinds leave it out.
   */
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

/** Adds or removes one finalizer, as controllers do; what is so already changes nothing. */
export interface FinalizerRequest extends WriteBase {
  readonly verb: 'finalize' | 'unfinalize';
  readonly key: ObjectKey;
  readonly finalizer: string;
}

export type WriteRequest = CreateRequest | UpdateRequest | PatchRequest | DeleteRequest | FinalizerRequest;

/** What stands between a request and the store: admission, defaults and validation of a kind. Gives the object to store, or an error. */
export type Review = (
  object: RequestedObject,
  old: StoredObject | undefined,
  subresource?: 'status' | 'binding',
) => { readonly ok: true; readonly object: RequestedObject } | { readonly ok: false; readonly error: StatusError };

export type WriteResult =
  | {
      readonly ok: true;
      readonly store: Store;
      /** The object as it is now; a deleted one as it was. In a dry run: as it would be. */
      readonly object: StoredObject;
      /** Null if nothing changed: the same content again is no write, and in a dry run. */
      readonly event: WatchEvent | null;
    }
  | { readonly ok: false; readonly error: StatusError };

/** What a request comes to, before it is written. */
export type Outcome =
  | { readonly ok: true; readonly key: ObjectKey; readonly event: WatchEvent; readonly generatedNames?: Store['generatedNames'] }
  | { readonly ok: true; readonly unchanged: StoredObject }
  | { readonly ok: false; readonly error: StatusError };

const asIs: Review = (object) => ({ ok: true, object });

/**
 * The only function that changes objects. Never throws on any request, never changes a store that was given.
 * Models apiserver pkg/registry/generic/registry/store.go and pkg/registry/rest.
 */
export function write(store: Store, request: WriteRequest, review: Review = asIs): WriteResult {
  const outcome = outcomeOf(store, request, review);
  if (!outcome.ok) return outcome;
  if ('unchanged' in outcome) return { ok: true, store, object: outcome.unchanged, event: null };
  const { key, event, generatedNames = store.generatedNames } = outcome;
  if (request.dryRun === true) return { ok: true, store, object: event.object, event: null };
  return { ok: true, store: withEvent({ ...store, generatedNames }, key, event), object: event.object, event };
}

function outcomeOf(store: Store, request: WriteRequest, review: Review): Outcome {
  switch (request.verb) {
    case 'create':
      return createObject(store, request, review);
    case 'update':
      return updateObject(store, request, review);
    case 'patch':
      return patchObject(store, request, review);
    case 'delete':
      return deleteObject(store, request);
    case 'finalize':
    case 'unfinalize':
      return changeFinalizers(store, request, review);
  }
}

function changeFinalizers(store: Store, { verb, key, finalizer, atMs }: FinalizerRequest, review: Review): Outcome {
  const old = getObject(store, key);
  if (old === undefined) return { ok: false, error: notFound(kindOf(key), key.name) };
  const others = (old.metadata.finalizers ?? []).filter((each) => each !== finalizer);
  if ((verb === 'finalize') === others.length < (old.metadata.finalizers ?? []).length) return { ok: true, unchanged: old };
  const object = { ...old, metadata: { ...old.metadata, finalizers: verb === 'finalize' ? [...others, finalizer] : others } };
  return updateObject(store, { verb: 'update', object, atMs }, review);
}
