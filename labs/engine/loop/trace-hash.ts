import { fieldOf, isList, isObject, type Json } from '../patch/json.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterEntry } from './cluster-log.ts';

/** Two 32-bit numbers. */
type Hash = readonly [number, number];

const seed: Hash = [0x811c9dc5, 0x9747b28c];
/** Objects and entries are immutable, so each is hashed once. */
const known = new WeakMap<object, Hash>();

/**
 * A fingerprint (16 hexadecimal digits) of all that happened in a cluster and of what came of it: every field of the log, every object, the clock, the
 * world. Equal for equal runs on every machine, whatever the order of fields. Tells differences, not attackers.
 */
export function traceHash({ log, store, clockMs, world }: Cluster): string {
  let hash = folded(seed, hashOf({ clockMs, world, revision: store.revision, seed: store.seed, generatedNames: store.generatedNames }));
  for (const chunk of log) for (const entry of chunk) hash = folded(hash, remembered(entry, hashOfEntry));
  for (const resource of Object.keys(store.objects).sort()) {
    const chunks = store.objects[resource] ?? [];
    // A resource whose last object is gone is as one that never had any.
    if (chunks.length > 0) hash = folded(hash, hashOf(resource));
    for (const chunk of chunks) for (const { value } of chunk) hash = folded(hash, remembered(value, hashOf));
  }
  return hash.map((half) => finished(half).toString(16).padStart(8, '0')).join('');
}

const hashOfEntry = (entry: ClusterEntry): Hash => hashOf({ ...entry });

function remembered<Value extends object>(value: Value, hash: (value: Value) => Hash): Hash {
  const held = known.get(value) ?? hash(value);
  known.set(value, held);
  return held;
}

/** The hash of a value, its fields in the order of their names. */
function hashOf(value: Json): Hash {
  return isObject(value)
    ? Object.keys(value)
        .sort()
        .reduce<Hash>((hash, field) => folded(withText(hash, `${JSON.stringify(field)}:`), hashOf(fieldOf(value, field) ?? null)), withText(seed, '{'))
    : isList(value)
      ? value.reduce<Hash>((hash, element) => folded(hash, hashOf(element)), withText(seed, '['))
      : withText(seed, JSON.stringify(value));
}

/** FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/), twice with different beginnings. */
function withText([one, other]: Hash, text: string): Hash {
  let [first, second] = [one, other];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x01000193);
  }
  return [first, second];
}

function folded([one, other]: Hash, [first, second]: Hash): Hash {
  return [Math.imul(one ^ finished(first), 0x01000193), Math.imul(other ^ finished(second), 0x01000193)];
}

/** Spreads every bit over all of them, else what differs only in high bits would fold into the same. */
function finished(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  const second = Math.imul(first ^ (first >>> 15), 0x846ca68b);
  return (second ^ (second >>> 16)) >>> 0;
}
