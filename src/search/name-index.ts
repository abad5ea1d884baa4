import type { LexiconEntry } from './lexicon.ts';
import { fit, fitMisspelt, readName, stemmed, telling, type Name, type Stemmed } from './names.ts';
import { fillers, pieces, weakWords } from './words.ts';

interface IndexedEntry {
  readonly title: Name;
  readonly also: readonly Name[];
}

/** All names of the site, cut and counted. */
export interface NameIndex {
  readonly entries: readonly IndexedEntry[];
  /** In how many entries a word stands, for each word of a name. */
  readonly counts: ReadonlyMap<string, number>;
  /** These words with their stems. */
  readonly words: readonly Stemmed[];
}

/** A word that was asked for, and what in the names it may be. */
export interface AskedWord {
  readonly word: string;
  /** How well each word of the names that is near enough fits: 0 to 1. */
  readonly fits: ReadonlyMap<string, number>;
  readonly weight: number;
  /** What it was taken for, where no name has it. */
  readonly taken: string | undefined;
}

/** Cuts and counts the names. */
export function indexNames(entries: readonly LexiconEntry[]): NameIndex {
  const counts = new Map<string, number>();
  const indexed = entries.map(({ title, also }) => {
    const entry = { title: readName(title), also: also.map(readName) };
    const words = new Set([entry.title, ...entry.also].flatMap(({ units }) => units.map(({ text }) => text)));
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return entry;
  });
  return { entries: indexed, counts, words: [...counts.keys()].map(stemmed) };
}

/** Below this, a word that begins like another is not yet known for it. */
const knownFrom = 0.5;

const beginningWeight = 0.8;

/** Looks a word of a query up among all words of the names; one that none has is taken for the nearest, unless it is known to be spelt right. */
export function askWord(word: string, { counts, entries, words }: NameIndex, isSpelt = false): AskedWord {
  const asked = stemmed(word);
  const fits = new Map<string, number>();
  let names = 0;
  const look = (fitOf: (asked: Stemmed, found: Stemmed) => number): void => {
    for (const found of words) {
      const quality = fitOf(asked, found);
      if (quality < knownFrom) continue;
      fits.set(found.word, quality);
      if (quality > 0.8) names += counts.get(found.word) ?? 0;
    }
  };
  look(fit);
  const isKnown = fits.size > 0;
  // A whole word is meant as such; what only begins like it (app, AppArmor) is the poorer guess.
  if ([...fits.values()].some((quality) => quality > 0.96)) for (const [found, quality] of fits) if (quality < 0.96) fits.set(found, beginningWeight * quality);
  // A strange word is no small word misspelt: dies, does.
  if (!isKnown && !isSpelt) look((one, other) => (fillers.has(other.word) ? 0 : fitMisspelt(one, other)));
  // Of two near words the one that more names have was rather meant.
  const [nearest, best = 1] = (isKnown ? [] : [...fits].sort(([a, x], [b, y]) => y - x || (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0]) ?? [];
  // The nearest word is taken as if it had been typed.
  if (nearest !== undefined) for (const [found, quality] of fits) fits.set(found, (0.97 * quality) / best);
  return { word, fits, weight: telling(word, names, entries.length), taken: nearest };
}

interface NameFit {
  /** The part of the query that the name answers, and the part of the name that was asked for: 0 to 1. */
  readonly asked: number;
  readonly named: number;
  /** How well the name answers each word of the query. */
  readonly each: readonly number[];
}

const partWeight = 0.96;

function fitName(words: readonly AskedWord[], name: Name, { counts, entries }: NameIndex): NameFit {
  const covered = new Set<number>();
  const each = words.map(({ fits }) => {
    let best = 0;
    let range: readonly [number, number] = [0, 0];
    for (const { text, from, to, isPart } of name.units) {
      const quality = (fits.get(text) ?? 0) * (isPart ? partWeight : 1);
      if (quality > best || (quality === best && quality > 0 && to - from > range[1] - range[0])) {
        best = quality;
        range = [from, to];
      }
    }
    for (let at = range[0]; at < range[1]; at += 1) covered.add(at);
    return best;
  });
  const weight = (piece: string): number => telling(piece, counts.get(piece) ?? 0, entries.length);
  const whole = name.pieces.reduce((sum, piece) => sum + weight(piece), 0);
  const found = name.pieces.reduce((sum, piece, at) => sum + (covered.has(at) ? weight(piece) : 0), 0);
  return { asked: share(words, each), named: whole === 0 ? 0 : found / whole, each };
}

function share(words: readonly AskedWord[], each: readonly number[]): number {
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : words.reduce((sum, { weight }, at) => sum + weight * (each[at] ?? 0), 0) / total;
}

const aloneWeight = 0.62;
const typedScore = 1.2;

/**
 * How well an entry is named by the words: 1 when one of its names is just these words, in any order. A title counts a little more than another
 * name; words that are spread over several names count less than words of one.
 */
function scoreEntry(words: readonly AskedWord[], typed: ReadonlySet<string>, { title, also }: IndexedEntry, index: NameIndex): number {
  // Small words tell nothing, unless they are all there: `pod keeps restarting`.
  const isTyped = [title, ...also].some((name) => name.pieces.length > 1 && typed.has(name.pieces.join('')));
  const score = ({ asked, named }: NameFit): number => asked ** 1.5 * (0.45 + 0.55 * named);
  const own = fitName(words, title, index);
  const others = also.map((name) => fitName(words, name, index));
  const together = share(
    words,
    words.map((_, at) => Math.max(own.each[at] ?? 0, ...others.map(({ each }) => each[at] ?? 0))),
  );
  return Math.max(isTyped ? typedScore : 0, score(own), ...others.map((other) => 0.97 * score(other)), aloneWeight * together ** 1.5);
}

/** A query as it was typed, and without some of the small words that it begins and ends with: `all error messages`. */
function typedForms(words: readonly string[]): ReadonlySet<string> {
  const isTelling = (word: string): boolean => !fillers.has(word) && !weakWords.has(word);
  const first = words.findIndex(isTelling);
  if (first < 0) return new Set([words.join('')]);
  const last = words.findLastIndex(isTelling);
  const ends = Array.from({ length: words.length - last }, (_, more) => last + 1 + more);
  return new Set(Array.from({ length: first + 1 }, (_, from) => ends.map((to) => words.slice(from, to).join(''))).flat());
}

/** Scores of all entries, in their order: 1 for a name that is just these words, 0 for none of them. */
export function scoreNames(words: readonly AskedWord[], query: string, index: NameIndex): readonly number[] {
  const typed = typedForms(pieces(query));
  // Most entries have none of the words: they are not looked at closely.
  return index.entries.map((entry) => {
    const touched = [entry.title, ...entry.also].some(({ units }) => units.some(({ text }) => words.some(({ fits }) => fits.has(text))));
    return touched ? scoreEntry(words, typed, entry, index) : 0;
  });
}
