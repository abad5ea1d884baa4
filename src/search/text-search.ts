import { withoutHoles } from './error-texts.ts';
import type { Lookup, Reading } from './lookup.ts';
import type { Pagefind } from './pagefind.ts';
import type { TextSearch } from './ranking.ts';
import { fillers, tellingWords } from './words.ts';

/** Each word may lie in another piece of the index, 24 kB: of a pasted text two are enough to find the pages that speak of it. */
const pastedWords = 2;

/** Of a question too: each further word costs a piece of the index, and a page that holds these holds most of the others or is about them. */
const textWordsMax = 3;

/** Whether a query is a message that was pasted. */
export const isPasted = ({ named: [first], words }: Pick<Reading, 'named' | 'words'>): boolean =>
  first?.entry.kind === 'Error' && first.score > 1 && words.length > 4;

/** Words that are worth a search of the full text: of a pasted text the most telling ones of the message that it is. */
export function textWords({ named, words, mostTelling }: Reading, { errors: { weights } }: Lookup): readonly string[] {
  const [first] = named;
  if (first === undefined || !isPasted({ named, words })) {
    const kept = new Set(mostTelling.slice(0, textWordsMax));
    return words.length > textWordsMax ? words.filter((word) => kept.has(word)) : words;
  }
  const own = [...new Set(tellingWords(withoutHoles(first.entry.title)))].filter((word) => word.length > 2);
  return own.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)).slice(0, pastedWords);
}

/** With fewer results than this, pages are looked for that hold all words but one. */
const enoughResults = 4;
const leaveOutMax = 5;
const withoutOneWorth = 0.6;

/** The words of a query as they were typed, `--image=nginx`: Pagefind keeps some marks in its words that part words here. */
export const typedWords = (query: string): readonly string[] =>
  query.split(/\s+/).filter((word) => !fillers.has(word.toLowerCase()) && /[\p{L}\p{N}]/u.test(word));

/**
 * Looks for pages that hold all words, and for those that hold all but one where these are few. `others` are words by which a page may be found as well:
 * as they were typed, and all of them.
 */
export async function searchText(words: readonly string[], others: readonly (readonly string[])[], pagefind: Pagefind): Promise<readonly TextSearch[]> {
  const search = async (some: readonly string[], worth: number): Promise<TextSearch> => {
    const asked = some.join(' ');
    return { asked, worth, results: (await pagefind.search(asked)).results };
  };
  const isOther = (some: readonly string[]): boolean => some.join(' ').toLowerCase() !== words.join(' ');
  const all = await Promise.all([words, ...others.filter(isOther)].map((some) => search(some, 1)));
  if (words.length < 3 || words.length > leaveOutMax || all.some(({ results }) => results.length >= enoughResults)) return all;
  return [...all, ...(await Promise.all(words.map((_, at) => search(words.toSpliced(at, 1), withoutOneWorth))))];
}
