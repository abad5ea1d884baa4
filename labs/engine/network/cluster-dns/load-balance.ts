import type { ResourceRecord } from '../resolver/types.ts';
import { keyHash } from '../../key-hash.ts';

const isAddress = (record: ResourceRecord): boolean => record.type === 'A' || record.type === 'AAAA';

/** A permutation that only the seed and the key decide (Fisher–Yates). */
function shuffled<Item>(items: readonly Item[], seed: number, key: string): readonly Item[] {
  const mixed = [...items];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = keyHash(`${String(seed)}/${key}/${String(index)}`) % (index + 1);
    const [first, second] = [mixed[index], mixed[other]];
    if (first === undefined || second === undefined) continue;
    mixed[index] = second;
    mixed[other] = first;
  }
  return mixed;
}

/**
 * Puts a section in the order that `loadbalance` gives it: CNAMEs, everything else, then the addresses shuffled.
 * // Models roundRobin in plugin/loadbalance, with a key hash for the random numbers
 */
export function balance(records: readonly ResourceRecord[], seed: number, key: string): readonly ResourceRecord[] {
  const aliases = records.filter(({ type }) => type === 'CNAME');
  const others = records.filter((record) => record.type !== 'CNAME' && !isAddress(record));
  return [...aliases, ...others, ...shuffled(records.filter(isAddress), seed, key)];
}
