import type { Store } from '../store/store.ts';
import type { FieldCause, StatusError } from '../store/status-error.ts';
import type { RequestedObject, StoredObject } from '../store/stored-object.ts';
import type { NameRule } from '../../reading/name-rules.ts';

/** The cluster and the moment at which a request is looked at. */
export interface ReviewContext {
  readonly store: Store;
  readonly nowMs: number;
}

/** What the API server does with the objects of one kind between a request and the store. A kind without rules is stored as it comes. */
export interface KindRules {
  readonly group: string;
  readonly kind: string;
  /** What names of this kind look like. */
  readonly nameRule: NameRule;
  /** Fills in what was left out. Given the same object, it gives the same; run twice, it changes nothing. */
  readonly defaults?: (object: RequestedObject) => RequestedObject;
  /** What the server sets on a creation, whatever the request says: the first status, labels. */
  readonly prepare?: (object: RequestedObject, context: ReviewContext) => RequestedObject;
  /** What is wrong with an object, in the API server's order. Metadata is looked at before. */
  readonly validate?: (object: RequestedObject) => readonly FieldCause[];
  /** What the server sets on an update. */
  readonly prepareUpdate?: (object: RequestedObject, old: StoredObject, context: ReviewContext) => RequestedObject;
  /** What is wrong with an update. Absent: what is wrong with the new object. */
  readonly validateUpdate?: (object: RequestedObject, old: StoredObject) => readonly FieldCause[];
  /** What the server sets on a write of the status. */
  readonly prepareStatus?: (object: RequestedObject, old: StoredObject, context: ReviewContext) => RequestedObject;
  /** The subresource `binding`. */
  readonly bind?: (object: RequestedObject, old: StoredObject, context: ReviewContext) => RequestedObject | StatusError;
}
