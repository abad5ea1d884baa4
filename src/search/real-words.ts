import { isLong } from './long-kinds.ts';
import type { Pagefind, PagefindResult } from './pagefind.ts';
import { isTrueHit } from './relevance.ts';
import { pieces, stem } from './words.ts';

/** The texts of the site and the kinds of its pages. */
export interface Texts {
  readonly pagefind: Pagefind;
  readonly kinds: ReadonlyMap<string, string>;
}

/** Title and found words of the short pages among the first results, which cost 0.3 kB each. */
async function foundBy(results: readonly PagefindResult[], count: number, { kinds }: Texts): Promise<readonly (readonly string[])[]> {
  const short = results.filter(({ id }) => !isLong(kinds.get(id))).slice(0, count);
  return Promise.all(
    short.map(async (result) => {
      const { meta, content, weighted_locations: places } = await result.data();
      const words = content.split(/\s+/);
      return [meta.title ?? '', ...places.flatMap(({ location }) => words[location] ?? [])];
    }),
  );
}

/** Whether what was found by a word is that word: Pagefind answers one that it does not have with words that begin somewhat like it, in all pages alike. */
export async function isRealWord(word: string, results: readonly PagefindResult[], texts: Texts): Promise<boolean> {
  const [first] = await foundBy(results, 1, texts);
  return first === undefined ? results.length > 0 : isTrueHit(word, first);
}

/** A page may be found by a longer word first: so many are looked into before a word counts as misspelt. */
const lookedInto = 3;

/** Whether the texts have a word as it was typed, or with another ending; what only begins like it may be the word that was meant. */
export async function isSpelt(word: string, texts: Texts): Promise<boolean> {
  const pages = await foundBy((await texts.pagefind.search(word)).results, lookedInto, texts);
  return pages
    .flat()
    .flatMap(pieces)
    .some((found) => found === word || stem(found) === stem(word));
}
