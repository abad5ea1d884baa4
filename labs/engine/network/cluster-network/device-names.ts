import { keyHash } from '../../key-hash.ts';

/** Longer names the kernel does not take (IFNAMSIZ 16, with the zero at the end). */
const deviceNameLengthMax = 15;

/** Something at the other end of a cable. */
interface CableEnd {
  /** Unique among all. */
  readonly id: string;
  readonly name: string;
}

/**
 * Names for the ends of cables, by `id`, that say what is at the other end: prefix and name (`veth-a1`). Where that is too long or an earlier one has it,
 * eight digits of a hash stand for it (`veth1f0c22ab`), much as the CNI plugins choose theirs by chance. An end keeps its name when others come after it.
 */
export function cableNames(ends: readonly CableEnd[], prefix: 'veth' | 'port', taken: readonly string[] = []): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const { id, name } of ends) {
    const readable = prefix === 'veth' ? `veth-${name}` : name;
    const isFree = readable.length <= deviceNameLengthMax && !used.has(readable);
    const chosen = isFree ? readable : `${prefix}${keyHash(id).toString(16).padStart(8, '0')}`;
    used.add(chosen);
    names.set(id, chosen);
  }
  return names;
}
