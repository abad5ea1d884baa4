import type { Entry, SortedChunks } from './sorted-chunks.ts';
import { qualifiedResource } from './resource-kinds.ts';
import type { Store } from './store.ts';
import { kindOf, type StoredObject } from './stored-object.ts';

type Chunk = readonly Entry<StoredObject>[];

/** Finds objects by something other than their names, in the order of their names. */
export interface ObjectIndex {
  /** The objects of a kind that stand under a key. */
  readonly find: (store: Store, type: { readonly apiVersion: string; readonly kind: string }, key: string) => readonly StoredObject[];
  /** The same for all resources but Events (nobody looks for them, and there are most of them). */
  readonly findAll: (store: Store, key: string) => readonly StoredObject[];
}

/**
 * An index over the store. What it knows of a chunk is kept as long as the chunk is: chunks are immutable, so that is only a memory of a pure function,
 * and after a write one chunk of at most 64 objects is read again. Models client-go tools/cache Indexer.
 */
export function objectIndex(keysOf: (object: StoredObject) => readonly string[]): ObjectIndex {
  const known = new WeakMap<Chunk, ReadonlyMap<string, readonly StoredObject[]>>();
  const indexed = (chunk: Chunk): ReadonlyMap<string, readonly StoredObject[]> => {
    const held = known.get(chunk);
    if (held !== undefined) return held;
    const index = new Map<string, StoredObject[]>();
    for (const { value } of chunk) {
      for (const key of keysOf(value)) {
        const others = index.get(key);
        if (others === undefined) index.set(key, [value]);
        else others.push(value);
      }
    }
    known.set(chunk, index);
    return index;
  };
  const inChunks = (chunks: SortedChunks<StoredObject>, key: string): readonly StoredObject[] => chunks.flatMap((chunk) => indexed(chunk).get(key) ?? []);
  return {
    find: (store, type, key) => inChunks(store.objects[qualifiedResource(kindOf(type))] ?? [], key),
    findAll: (store, key) => Object.entries(store.objects).flatMap(([resource, chunks]) => (resource === 'events' ? [] : inChunks(chunks, key))),
  };
}
