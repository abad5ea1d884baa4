import type { Json } from '../patch/json.ts';
import type { StatusError } from '../store/status-error.ts';
import type { Store, WatchEvent } from '../store/store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { WriteRequest } from '../store/requests.ts';

/** A change that controllers hear of: the event, and the object as it was before (absent for a new one). */
export interface Change extends WatchEvent {
  readonly before?: StoredObject;
}

/** What a controller sees when it decides. */
export interface View {
  readonly store: Store;
  /** The virtual clock, in whole milliseconds. */
  readonly nowMs: number;
  /** Facts of the world outside the API, by name: `kubelet/n1` = `stopped`. Absent facts are as they should be. */
  readonly world: Readonly<Record<string, Json>>;
  /** What the controller itself kept last time (back-offs, assumptions); null at first. */
  readonly memory: Json;
}

/** A key to reconcile. Without `afterMs` it is due after the controller's `delayMs`; of keys due at once, the least `rank` is first (0 if absent, below 10^10). */
export interface Work {
  readonly key: string;
  readonly afterMs?: number;
  readonly rank?: number;
}

/** A request to the API server without its time. */
export type Planned = WriteRequest extends infer Request ? (Request extends WriteRequest ? Omit<Request, 'atMs'> : never) : never;

/** One write of a controller, with the words of the log. */
export interface PlannedWrite {
  readonly write: Planned;
  /** What it does, in the third person: `binds volume pv-a to claim default/data`. */
  readonly text: string;
  /** Why, in a few words: `the smallest volume that fits`. */
  readonly because?: string;
  readonly tone?: 'good' | 'bad';
  /** What the controller does when the API server refuses; absent: the key is tried again later. */
  readonly refused?: (error: StatusError) => readonly PlannedStep[];
  /** What it does once it is written, where that depends on what the API server made of it: a generated name. */
  readonly done?: (object: StoredObject) => readonly PlannedStep[];
}

/** A Kubernetes Event about an object. The same Event again only raises its count. */
export interface PlannedEvent {
  readonly about: StoredObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** The part of it that is meant: `spec.containers{web}`. */
  readonly fieldPath?: string;
  /** Who says so; absent: the controller's name. */
  readonly source?: string;
}

/** Something for the log alone: a decision that writes nothing. */
export interface PlannedNote {
  readonly note: string;
  readonly about?: StoredObject;
  readonly because?: string;
  readonly tone?: 'good' | 'bad';
}

export type PlannedStep = PlannedWrite | PlannedEvent | PlannedNote;

/** What comes of looking at one key: the steps are taken in order; a write that is refused without `refused` ends them. */
export interface Reconciliation {
  readonly steps: readonly PlannedStep[];
  /** When to look again though nothing changed. */
  readonly requeueAfterMs?: number;
  /** What to keep in place of `View.memory`; absent: as it was. */
  readonly memory?: Json;
}

/** Nothing to do. */
export const nothing: Reconciliation = { steps: [] };

/**
 * Something that acts: a controller, the scheduler, a kubelet. Level-triggered: `reconcile` looks at the store as it is and never at what the event
 * said, so that events may be merged or lost. Both functions are pure.
 */
export interface Controller {
  /** As Events name it: `persistentvolume-controller`. */
  readonly name: string;
  /** Kinds whose changes it hears of (`Pod`, `StorageClass`); `*`: all. Events are told to nobody. */
  readonly watches: readonly string[];
  /** Milliseconds from a change to the look at it. */
  readonly delayMs: number;
  /** The keys that a change makes worth a look. */
  readonly enqueue: (change: Change, view: View) => readonly Work[];
  /** The keys that a fact of the world makes worth a look; `fact` has just changed. */
  readonly notice?: (fact: string, view: View) => readonly Work[];
  readonly reconcile: (key: string, view: View) => Reconciliation;
}
