import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** What readers type who mean a page or record and do not know its name, by its address. */
export type AskedWords = ReadonlyMap<string, readonly string[]>;

/** Reads such a list: phrases between semicolons. Throws when an address is not among those of the index. */
export function askedWords(file: string, addresses: ReadonlySet<string>): AskedWords {
  const lines = Object.entries(load(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>);
  const strange = lines.filter(([address]) => !addresses.has(address)).map(([address]) => address);
  if (strange.length > 0) throw new Error(`content/data/asked.yaml: the site has no ${strange.join(', ')}`);
  return new Map(lines.map(([address, words]) => [address, words.split(/;\s+/)]));
}
