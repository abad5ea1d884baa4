import type { StoredObject } from '../../engine/store/stored-object.ts';

/** How `kubectl get` shows a kind. */
export interface Table {
  /** Headings in their order; those that begin with `+` are shown with `-o wide` only. */
  readonly columns: readonly string[];
  /** The cells of an object, one for each heading. `nowMs` is the present in milliseconds since 1970. */
  readonly cells: (object: StoredObject, nowMs: number) => readonly string[];
}
