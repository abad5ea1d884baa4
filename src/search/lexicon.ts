/** One thing that the search knows by name: a page, a term, a command, an error message, a scenario. */
export interface LexiconEntry {
  /** What Pagefind calls it: the name of its fragment. */
  readonly id: string;
  readonly kind: string;
  /** Its name, with the holes of an error text, in small letters where case tells nothing. */
  readonly title: string;
  /** Other names for it, in small letters. */
  readonly also: readonly string[];
}

/** A page or record of the index: what kind it is, and its names if it is known by any. */
export interface IndexedPage {
  readonly id: string;
  readonly kind: string;
  readonly entry: LexiconEntry | undefined;
}

/**
 * As it is fetched. Pagefind's names of fragments are random letters that no packing makes smaller; the client has them from Pagefind, so pages stand
 * in its order and do without. That is the order in which they were indexed: a list in a row, and names that begin alike beside one another pack better.
 */
export interface LexiconFile {
  /** The file in which Pagefind lists its fragments. */
  readonly meta: string;
  readonly kinds: readonly string[];
  /** For each fragment in the order of Pagefind: the letter of its kind, small where it has names, else a capital. */
  readonly order: string;
  /** A line for each page with names, kind after kind: its title and other names between bars. */
  readonly names: string;
}

const letterOf = (kind: number): string => String.fromCharCode(97 + kind);

/** Packs all pages of an index, given in the order in which Pagefind lists them. */
export function packLexicon(pages: readonly IndexedPage[], meta: string): LexiconFile {
  const kinds = [...new Set(pages.map(({ kind }) => kind))].sort();
  const order = pages.map(({ kind, entry }) => (entry ? letterOf(kinds.indexOf(kind)) : letterOf(kinds.indexOf(kind)).toUpperCase())).join('');
  const lines = kinds.flatMap((kind) =>
    pages.flatMap(({ kind: own, entry }) =>
      entry && own === kind ? [[entry.title, ...entry.also].map((name) => name.replace(/[\s|]+/g, ' ')).join('|')] : [],
    ),
  );
  return { meta, kinds, order, names: lines.join('\n') };
}

/** Unpacks what `packLexicon` packed, given the names of the same fragments in the same order. Throws when they are not as many: the files are of two builds. */
export function unpackLexicon({ kinds, order, names }: LexiconFile, ids: readonly string[]): readonly IndexedPage[] {
  if (ids.length !== order.length) throw new Error('search: names and index are of two builds');
  const lines = names.split('\n');
  let at = 0;
  return kinds.flatMap((kind, number) =>
    ids.flatMap((id, place): readonly IndexedPage[] => {
      const letter = order[place] ?? '';
      if (letter.toLowerCase() !== letterOf(number)) return [];
      if (letter !== letterOf(number)) return [{ id, kind, entry: undefined }];
      const [title = '', ...also] = (lines[at] ?? '').split('|');
      at += 1;
      return [{ id, kind, entry: { id, kind, title, also } }];
    }),
  );
}
