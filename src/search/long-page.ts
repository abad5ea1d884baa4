import { excerptIn, windowOf, type Range } from './excerpt.ts';
import type { FoundFragment } from './pagefind.ts';
import type { Proof } from './proof.ts';
import { isTrueHit } from './relevance.ts';
import { bestSections, isHeading } from './sections.ts';

/** Words of a long page that lie in one file, 0.7 kB: an excerpt needs one or two of them, and the whole chapter would be 11 kB. */
export const wordsPerText = 250;

/** The words of a page's text, counted as Pagefind counts them. */
export const wordsOf = (content: string): readonly string[] => content.split(/\s+/);

const textAt = (place: number): number => Math.floor(place / wordsPerText);

/** What was found in a page, and whether it is what was asked for. */
export interface CheckedPage {
  readonly page: FoundFragment;
  readonly isTrue: boolean;
}

/** How a page was found, and how more of it is fetched. */
export interface Finding {
  /** The name of its fragment. */
  readonly id: string;
  /** What was typed: titles of sections are compared with it. */
  readonly query: string;
  readonly asked: string;
  readonly proof: Proof;
  /** So many headings are shown with an excerpt. */
  readonly headingsMax: number;
  /** Fetches one of the texts of a long page, from 0. */
  readonly text: (id: string, number: number) => Promise<string>;
}

const placesOf = (page: FoundFragment): readonly number[] => page.weighted_locations.map(({ location }) => location);

/** The words of ConfigMap too: Pagefind finds it by each of them. */
const withParts = (word: string): readonly string[] => [word, word.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')];

/** A word may stand in any line about a page that Pagefind looks through: its title, where it belongs, its summary. */
const linesAbout = ({ meta }: FoundFragment): readonly string[] => Object.values(meta).flatMap((line) => withParts(line ?? ''));

/**
 * Looks whether a page that has its text with it is a true hit, and fetches of a long page what it takes to know and to show that. Its headings come out in
 * the order in which they are shown.
 */
export async function checkPage(found: FoundFragment, finding: Finding): Promise<CheckedPage> {
  const { url, sub_results: sections } = found;
  const page = { ...found, sub_results: [...sections.filter((section) => !isHeading(url, section)), ...bestSections(found, finding.query)] };
  if (page.wordsApart !== undefined) return checkLongPage(page, page.wordsApart, finding);
  const words = wordsOf(page.content);
  const foundBy = [...linesAbout(page), ...placesOf(page).flatMap((place) => withParts(words[place] ?? ''))];
  finding.proof.missing(finding.asked, foundBy);
  return { page, isTrue: isTrueHit(finding.asked, foundBy) };
}

/** Of a long page: the stretches of its text that are shown, below the addresses of their headings and for the page itself. */
function shownRanges(page: FoundFragment, wordCount: number, headingsMax: number): ReadonlyMap<string, Range> {
  const headings = page.sub_results.filter((section) => isHeading(page.url, section)).slice(0, headingsMax);
  const ranges = headings.map(({ url, anchor, weighted_locations: places }): readonly [string, Range] => {
    const from = anchor?.location ?? 0;
    const ends = (page.anchors ?? []).map(({ location }) => location).filter((location) => location > from);
    return [url, windowOf(places, { from, to: Math.min(wordCount, ...ends) })];
  });
  const isSummarized = headings.length > 0 && (page.meta.summary ?? '') !== '';
  return new Map(isSummarized ? ranges : [[page.url, windowOf(page.weighted_locations, { from: 0, to: wordCount })], ...ranges]);
}

/** The words of a long page as far as they are fetched. */
interface KnownWords {
  readonly words: ReadonlyMap<number, string>;
  readonly has: (number: number) => boolean;
  readonly fetch: (numbers: readonly number[]) => Promise<void>;
}

function knownWords({ id, text }: Finding): KnownWords {
  const words = new Map<number, string>();
  const fetched = new Set<number>();
  const fetchOne = async (number: number): Promise<void> => {
    fetched.add(number);
    for (const [at, word] of wordsOf(await text(id, number)).entries()) words.set(number * wordsPerText + at, word);
  };
  return {
    words,
    has: (number) => fetched.has(number),
    fetch: async (numbers) => {
      await Promise.all([...new Set(numbers)].filter((number) => !fetched.has(number)).map(fetchOne));
    },
  };
}

/** A word may stand in a form that is not known for it (die, dying): in so many further texts it is looked for. */
const furtherTexts = 2;

async function checkLongPage(page: FoundFragment, wordCount: number, finding: Finding): Promise<CheckedPage> {
  const { id, asked, proof } = finding;
  if (proof.hasRefuted(asked)) return { page, isTrue: false };
  const known = knownWords(finding);
  const ranges = shownRanges(page, wordCount, finding.headingsMax);
  await known.fetch([...ranges.values()].flatMap(({ from, to }) => [textAt(from), textAt(Math.max(from, to - 1))]));
  const foundBy = (): readonly string[] => [...linesAbout(page), ...placesOf(page).flatMap((place) => withParts(known.words.get(place) ?? ''))];
  for (const word of proof.missing(asked, foundBy())) {
    const texts = new Set((await proof.placesIn(id, word)).map(textAt).filter((number) => !known.has(number)));
    await known.fetch([...texts].slice(0, furtherTexts));
    if (proof.missing(word, foundBy()).length === 0) continue;
    proof.refute(word);
    return { page, isTrue: false };
  }
  const marked = new Set(placesOf(page));
  const excerptOf = (url: string): string => {
    const range = ranges.get(url);
    return range ? excerptIn(range, known.words, marked) : '';
  };
  const sections = page.sub_results.map((section) => ({ ...section, excerpt: excerptOf(section.url) }));
  return { page: { ...page, excerpt: excerptOf(page.url), sub_results: sections }, isTrue: true };
}
