import { hasWord } from './has-word.ts';
import { isLong } from './long-kinds.ts';
import type { Pagefind, PagefindResult } from './pagefind.ts';
import { synonymsOf } from './synonyms.ts';
import { heaviestWithin } from './together.ts';
import { weakWords } from './words.ts';

/** The texts of the site and the kinds of its pages. */
interface Texts {
  readonly pagefind: Pagefind;
  readonly kinds: ReadonlyMap<string, string>;
}

/** What a page has of the words of a question. */
export interface Share {
  /** How much of what the question's words weigh: 0 for none, 1 for all of them close together at the beginning. */
  readonly share: number;
  /** The words that it has, or what stands for them. */
  readonly words: readonly string[];
}

/** A word that was looked for alone. */
interface Looked {
  readonly word: string;
  readonly weight: number;
  /** Pages that have it, or a synonym. */
  readonly found: readonly Occurrence[];
}

/** A word of the question in a page: as which word, where, and how much it counts there. */
interface Occurrence {
  readonly id: string;
  readonly as: string;
  readonly places: readonly number[];
  readonly weight: number;
}

/** So many words are looked for one by one: each may cost a piece of the index. */
export const lookedForMax = 8;
/** A word that no name has, with a number in it, is an address, an id, a time: somebody's own. */
const weakWeight = 0.3;
/** What the words weigh that are not looked for. */
const restWeight = 0.3;

/** A record begins with what it is called and asked for, and ends with what else there is to say. */
const headWords = 12;
const tailFrom = 52;
const tailWeight = 0.6;

/** Words of one thought stand within so many: in a record, where half of the share is for that, and in a long page, where only these count. */
const recordThought = 12;
const pageThought = 40;

const synonymsMax = 2;
const synonymWeight = 0.7;

/** What a word counts for by where it stands first; a title alone has no place in the text. */
function placeWeight(places: readonly number[]): number {
  if (places.length === 0) return 1;
  const beyond = (Math.min(...places) - headWords) / (tailFrom - headWords);
  return 1 - (1 - tailWeight) * Math.min(1, Math.max(0, beyond));
}

/** Pages that have a word; none for one that the texts do not have. */
async function pagesWith(word: string, isKnown: boolean, { pagefind }: Texts): Promise<readonly PagefindResult[]> {
  const { results } = await pagefind.search(word);
  return isKnown || (await hasWord(word, pagefind)) ? results : [];
}

/** Looks for one word, and for its synonyms in pages that do not have it. */
async function look(word: string, isOwn: boolean, isKnown: boolean, texts: Texts): Promise<Looked> {
  const results = await pagesWith(word, isKnown, texts);
  const rarity = Math.log(1 + texts.kinds.size / (1 + results.length)) / Math.log(1 + texts.kinds.size);
  const isWeak = weakWords.has(word) || isOwn;
  const weight = (isWeak ? weakWeight : 1) * rarity;
  const others = isWeak ? [] : synonymsOf(word).slice(0, synonymsMax);
  const occurrence =
    (as: string, part: number) =>
    ({ id, words: places }: PagefindResult): Occurrence => ({ id, as, places, weight: part * weight * placeWeight(places) });
  const byOthers = await Promise.all(others.map(async (other) => (await pagesWith(other, false, texts)).map(occurrence(other, synonymWeight))));
  const found = new Map<string, Occurrence>();
  for (const each of [...results.map(occurrence(word, 1)), ...byOthers.flat()]) if (!found.has(each.id)) found.set(each.id, each);
  return { word, weight, found: [...found.values()] };
}

const sum = (some: readonly { readonly weight: number }[]): number => some.reduce((total, { weight }) => total + weight, 0);

/**
 * Looks for the words of a question one by one, and tells what each page has of them: a question is put in more words than its answer uses. `words` begin
 * with the most telling; `known` are those of the names.
 */
export async function searchScattered(
  words: readonly string[],
  known: { readonly has: (word: string) => boolean },
  texts: Texts,
): Promise<ReadonlyMap<string, Share>> {
  const looked = await Promise.all(words.slice(0, lookedForMax).map((word) => look(word, /\d/.test(word) && !known.has(word), known.has(word), texts)));
  const whole = sum(looked) + restWeight * Math.max(0, words.length - lookedForMax);
  const pages = new Map<string, Occurrence[]>();
  for (const each of looked.flatMap(({ found }) => found)) {
    const list = pages.get(each.id);
    if (list) list.push(each);
    else pages.set(each.id, [each]);
  }
  const shareOf = (id: string, all: readonly Occurrence[]): Share => {
    const isPage = isLong(texts.kinds.get(id));
    const together = heaviestWithin(all, isPage ? pageThought : recordThought);
    const counted = isPage ? together : all;
    return { share: (sum(counted) + sum(together)) / 2 / whole, words: counted.map(({ as }) => as) };
  };
  return new Map([...pages].map(([id, all]) => [id, shareOf(id, all)]));
}
