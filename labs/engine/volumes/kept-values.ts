import type { Json } from '../patch/json.ts';
import { valueOf, withoutKey, withValue, type SortedChunks } from '../store/sorted-chunks.ts';

/** What a controller's memory holds for a key. The memory is a map that shares what does not change, so that a thousand keys cost no more than one. */
export function keptValue(memory: Json, key: string): Json | undefined {
  return valueOf((memory ?? []) as unknown as SortedChunks<Json>, key);
}

/** The memory with another value for a key; undefined: with none. */
export function keeping(memory: Json, key: string, value: Json | undefined): Json {
  const values = (memory ?? []) as unknown as SortedChunks<Json>;
  return (value === undefined ? withoutKey(values, key) : withValue(values, key, value)) as unknown as Json;
}
