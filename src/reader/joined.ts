// Where two entries for one thing meet: of this browser and of a file, or under the former and the present name of a thing.

type Entries<Entry> = Readonly<Record<string, Entry>>;

/** All entries of both; for a name that both have, `choose` decides between the entry of the first and that of the second. */
export function joined<Entry>(first: Entries<Entry>, second: Iterable<readonly [string, Entry]>, choose: (one: Entry, other: Entry) => Entry): Entries<Entry> {
  const all = new Map(Object.entries(first));
  for (const [name, entry] of second) {
    const own = all.get(name);
    all.set(name, own === undefined ? entry : choose(own, entry));
  }
  return Object.fromEntries(all);
}

/** The later of the two. */
export const later = <Entry extends { readonly at: number }>(one: Entry, other: Entry): Entry => (other.at > one.at ? other : one);

/** The first, whatever the second is. */
export const own = <Entry>(one: Entry): Entry => one;
