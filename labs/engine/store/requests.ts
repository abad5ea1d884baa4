import type { Json } from '../patch/json.ts';
import type { StatusError } from './status-error.ts';
import type { Store, WatchEvent } from './store.ts';
import type { ObjectKey, StoredObject, RequestedObject } from './stored-object.ts';

export interface WriteBase {
  /** The virtual clock, in whole milliseconds. */
  readonly atMs: number;
  /** Everything is checked, nothing is kept. */
  readonly dryRun?: boolean;
}

export interface Subresource {
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
