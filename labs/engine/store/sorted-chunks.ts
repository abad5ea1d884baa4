/**
 * A sorted map as plain, immutable data: short sorted lists in a list. A change copies one list of at most 64 entries and the list of lists
 * (about 200 for 10,000 entries) and shares everything else; reading all in order costs no sorting.
 */
export type SortedChunks<Value> = readonly (readonly Entry<Value>[])[];

export interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}

const chunkLengthMax = 64;

/** The value of a key. */
export function valueOf<Value>(chunks: SortedChunks<Value>, key: string): Value | undefined {
  const chunk = chunks[chunkFor(chunks, key)] ?? [];
  const entry = chunk[placeIn(chunk, key)];
  return entry?.key === key ? entry.value : undefined;
}

/** The map with a key set. */
export function withValue<Value>(chunks: SortedChunks<Value>, key: string, value: Value): SortedChunks<Value> {
  if (chunks.length === 0) return [[{ key, value }]];
  const index = chunkFor(chunks, key);
  const chunk = chunks[index] ?? [];
  const place = placeIn(chunk, key);
  const changed = chunk.toSpliced(place, chunk[place]?.key === key ? 1 : 0, { key, value });
  if (changed.length <= chunkLengthMax) return chunks.with(index, changed);
  const half = changed.length >> 1;
  return chunks.toSpliced(index, 1, changed.slice(0, half), changed.slice(half));
}

/** The map without a key. */
export function withoutKey<Value>(chunks: SortedChunks<Value>, key: string): SortedChunks<Value> {
  const index = chunkFor(chunks, key);
  const chunk = chunks[index] ?? [];
  const place = placeIn(chunk, key);
  if (chunk[place]?.key !== key) return chunks;
  return chunk.length === 1 ? chunks.toSpliced(index, 1) : chunks.with(index, chunk.toSpliced(place, 1));
}

/** The values whose keys begin with a text, in the order of their keys. */
export function valuesFrom<Value>(chunks: SortedChunks<Value>, prefix: string): readonly Value[] {
  const values: Value[] = [];
  for (let index = Math.max(0, chunkFor(chunks, prefix)); index < chunks.length; index += 1) {
    for (const { key, value } of chunks[index] ?? []) {
      if (key.startsWith(prefix)) values.push(value);
      else if (key > prefix) return values;
    }
  }
  return values;
}

/** Index of the chunk in which a key stands or would stand. */
function chunkFor<Value>(chunks: SortedChunks<Value>, key: string): number {
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.[0]?.key ?? '') <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the first entry whose key is not less. */
function placeIn<Value>(chunk: readonly Entry<Value>[], key: string): number {
  let [low, high] = [0, chunk.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunk[middle]?.key ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
