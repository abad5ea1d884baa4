import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';

/** One thing that somebody does to a cluster, as plain data: a failing program is printed, and can be pasted as it is. Objects are named as in the log. */
export type Command =
  /** kubectl apply. */
  | { readonly do: 'apply'; readonly object: JsonObject }
  /** kubectl patch --type merge. */
  | { readonly do: 'patch'; readonly object: string; readonly patch: JsonObject }
  /** kubectl delete, with --cascade, or with --grace-period 0 --force. */
  | { readonly do: 'delete'; readonly object: string; readonly cascade?: 'Foreground' | 'Orphan'; readonly force?: true }
  /** Removes all finalizers by hand. */
  | { readonly do: 'strip'; readonly object: string }
  /** A fact outside the API; null: as it should be again. */
  | { readonly do: 'world'; readonly fact: string; readonly value: Json }
  | { readonly do: 'pass'; readonly ms: number }
  /** A quarter of an hour passes: whatever will happen has happened. */
  | { readonly do: 'settle' };

export type Program = readonly Command[];
