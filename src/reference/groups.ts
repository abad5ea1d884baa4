/** Entries under one heading of a list. `id` is its anchor. */
export interface Group<Entry> {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Groups entries, in the order in which each group is first met. */
export function groupBy<Entry>(entries: readonly Entry[], groupOf: (entry: Entry) => { readonly id: string; readonly title: string }): readonly Group<Entry>[] {
  const groups = new Map<string, { readonly id: string; readonly title: string; readonly entries: Entry[] }>();
  for (const entry of entries) {
    const group = groupOf(entry);
    const known = groups.get(group.id) ?? { ...group, entries: [] };
    known.entries.push(entry);
    groups.set(group.id, known);
  }
  return [...groups.values()];
}

/** Alphabetical as a reader expects it: capitals, dots and hyphens do not count, digits come before letters. */
export function byName<Entry>(entries: readonly Entry[], nameOf: (entry: Entry) => string): readonly Entry[] {
  const key = (entry: Entry): string =>
    nameOf(entry)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  return entries.toSorted((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -1 : 1));
}

/** The letter that a name stands under; `0–9` for one that begins with none. */
export function letterOf(name: string): { readonly id: string; readonly title: string } {
  const letter = /^[^a-z0-9]*([a-z])/i.exec(name)?.[1]?.toUpperCase();
  return letter === undefined ? { id: 'digits', title: '0–9' } : { id: `letter-${letter.toLowerCase()}`, title: letter };
}

/** The entries before and after the one with this id. */
export function neighbours<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  id: string,
): { readonly before: Entry | undefined; readonly after: Entry | undefined } {
  const at = entries.findIndex((each) => each.id === id);
  return { before: entries[at - 1], after: entries[at + 1] };
}
