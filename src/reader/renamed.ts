import { joined } from './joined.ts';

/**
 * Former id → the id it has now. What is kept under an id, and how an id is written:
 * `/dns/` a chapter, `/dns/#records` a heading in it, `dns/who-answers` a question of its quiz, `dns/card/who-answers` a summary card,
 * `labs/dns-search/fix-alpine` a scenario (or the draft of a listing), `labs/dns-search#resolv` a text that is edited in a lab.
 */
export type Renames = ReadonlyMap<string, string>;

/** Ids that were renamed since somebody could read the course. A line stays for good: a browser, or a file, may hold what is years old. */
export const renamed: Renames = new Map([]);

/** Ids that are no more, and that nothing took the place of: what was kept under them goes without a word. For the register only; readers do not load it. */
export const dropped: readonly string[] = [];

/** What gives a name the one that it has now. Names are ids, or ids without what stands `before` them all. */
export const renaming =
  (renames: Renames, before = '') =>
  (name: string): string =>
    renames.get(before + name)?.slice(before.length) ?? name;

type Entries<Entry> = Readonly<Record<string, Entry>>;

/** The entries under the names that they have now. Where two meet, `choose` decides between the one that had the name already and the one that gets it. */
export function underNewNames<Entry>(entries: Entries<Entry>, nameNow: (name: string) => string, choose: (one: Entry, other: Entry) => Entry): Entries<Entry> {
  const pairs = Object.entries(entries);
  const isNow = ([name]: readonly [string, Entry]): boolean => nameNow(name) === name;
  const moved = pairs.filter((pair) => !isNow(pair)).map(([name, entry]) => [nameNow(name), entry] as const);
  return moved.length === 0 ? entries : joined(Object.fromEntries(pairs.filter(isNow)), moved, choose);
}
