import { scoreCommandLine } from './command-line.ts';
import { indexErrors, scoreErrors, withoutAppendix, type ErrorIndex } from './error-texts.ts';
import type { LexiconEntry } from './lexicon.ts';
import { askWord, indexNames, scoreNames, type AskedWord, type NameIndex } from './name-index.ts';
import { fillers, pieces, stem, tellingWords, weakWords } from './words.ts';

/** What the site knows by name, ready to be asked. */
export interface Lookup {
  readonly entries: readonly LexiconEntry[];
  readonly names: NameIndex;
  readonly errors: ErrorIndex;
}

/** An entry that a query names, and how surely: about 1 for its very name, more for a whole error text, 0.5 for some of its words. */
export interface Named {
  readonly entry: LexiconEntry;
  readonly score: number;
}

/** What a query says before the pages are searched. */
export interface Reading {
  /** Entries that it names, the surest first. */
  readonly named: readonly Named[];
  /** Its telling words. */
  readonly words: readonly string[];
  /** The same words, those last that stand in any question, those first that are in a name, of these the rarest. */
  readonly mostTelling: readonly string[];
  /** The same words, misspelt ones replaced by what they were taken for; `undefined` when none was. */
  readonly corrected: readonly string[] | undefined;
  /** Whether it asks how two things differ: then a page that has the words of both is not yet about either. */
  readonly isComparison: boolean;
}

/** Prepares the lexicon: once, some milliseconds. */
export function prepareLookup(entries: readonly LexiconEntry[]): Lookup {
  return { entries, names: indexNames(entries), errors: indexErrors(entries) };
}

/** Less of a name than this is chance; so is a word that was only taken for another, when it is but a part of the query. */
const scoreMin = 0.15;
const misspeltMin = 0.35;
/** Entries that are named much worse than the best are not worth a line. */
const ofBestMin = 0.4;
/** Longer texts are pasted, and their many words are names, numbers and paths of somebody's own. */
const wordsMax = 12;

/** Of two that are named as well, the one that explains comes first. */
const preference: Readonly<Record<string, number>> = { Term: 0.03, Chapter: 0.025, Lab: 0.015, Error: 0.02, Command: 0.01 };

/** What readers call the kinds, when they say which they want: `packet path lab`, `storage part`, `shortcuts of this site`. */
const kindWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    chapter: ['Chapter', 'Part'],
    lab: ['Lab'],
    part: ['Part'],
    scenario: ['Scenario'],
    challenge: ['Challenge'],
    exercise: ['Challenge'],
    definition: ['Term'],
    glossary: ['Term'],
    command: ['Command'],
    website: ['Page'],
    site: ['Page'],
    course: ['Page', 'Path'],
  }).map(([word, kinds]) => [stem(word), kinds]),
);
const kindBonus = 0.3;

/** Pages of the site itself are wanted by who types what they are called; one word of it is about something else: keys, a map. */
const pageMin = 0.6;

/** The sides of a comparison, each a query of its own: `pv vs pvc`, `difference between requests and limits`. */
function sidesOf(query: string): readonly string[] {
  const sides = query.split(/\s+(?:vs\.?|versus)\s+|\bdifferences?\s+between\s+/i);
  const isCompared = sides.length > 1;
  const parted = /\bdifferences?\s+between\s/i.test(query) ? sides.flatMap((side) => side.split(/\s+(?:and|or)\s+/i)) : sides;
  return isCompared ? parted.filter((side) => side.trim() !== '' && tellingWords(side).some((word) => !fillers.has(word))) : [query];
}

/** A side of a comparison is named as surely as it can be, and yet the query is about both. */
const sideWeight = 0.95;

function scoreEntries(asked: readonly AskedWord[], query: string, { entries, names, errors }: Lookup): readonly number[] {
  const byName = scoreNames(asked, query, names);
  const byText = scoreErrors(query, errors);
  const byLine = scoreCommandLine(query, entries);
  const wanted = asked.find(({ word }) => kindWords.has(stem(word)));
  const others = asked.filter((each) => each !== wanted);
  const kinds = wanted && others.length > 0 ? (kindWords.get(stem(wanted.word)) ?? []) : [];
  const ofKind = kinds.length === 0 ? [] : scoreNames(others, '', names);
  return entries.map((entry, at) => {
    const isKind = kinds.includes(entry.kind);
    if (entry.kind === 'Page' && Math.max(byName[at] ?? 0, isKind ? (ofKind[at] ?? 0) : 0) < pageMin) return 0;
    const score = Math.max(byName[at] ?? 0, byText[at] ?? 0, byLine[at] ?? 0, isKind ? (ofKind[at] ?? 0) : 0);
    return score === 0 ? 0 : score + (preference[entry.kind] ?? 0) + (isKind ? kindBonus : 0);
  });
}

/** Reads a query: what it names, and which words to search for. `spelt` are words that are in no name and yet no misspelt ones. */
export function readQuery(query: string, lookup: Lookup, spelt: ReadonlySet<string> = new Set()): Reading {
  const text = withoutAppendix(query);
  const telling = [...new Set(tellingWords(text))];
  // The letter of an option (-f) is in no name; a letter alone may be asked for.
  const isLong = (word: string): boolean => word.length > 1 || /\p{N}/u.test(word);
  const words = telling.some(isLong) ? telling.filter(isLong) : telling;
  const asked = words.slice(0, wordsMax).map((word) => askWord(word, lookup.names, spelt.has(word)));
  const sides = sidesOf(text);
  const scores =
    sides.length === 1
      ? [scoreEntries(asked, text, lookup)]
      : sides.map((side) =>
          scoreEntries(
            asked.filter(({ word }) => pieces(side).includes(word)),
            side,
            lookup,
          ).map((score) => sideWeight * score),
        );
  const named = lookup.entries
    .map((entry, at): Named => ({ entry, score: Math.max(...scores.map((each) => each[at] ?? 0)) }))
    .sort((a, b) => b.score - a.score);
  const isKnown = ({ fits, taken }: AskedWord): boolean => fits.size > 0 && taken === undefined;
  const rank = (each: AskedWord): number => (weakWords.has(each.word) ? 0 : isKnown(each) ? 2 : 1);
  const mostTelling = [...asked].sort((a, b) => rank(b) - rank(a) || b.weight - a.weight).map(({ word }) => word);
  const corrected = asked.some(({ taken }) => taken !== undefined) ? asked.map(({ word, taken }) => taken ?? word) : undefined;
  const least = Math.max(corrected === undefined ? scoreMin : misspeltMin, ofBestMin * (named[0]?.score ?? 0));
  return { named: named.filter(({ score }) => score >= least), words, mostTelling, corrected, isComparison: sides.length > 1 };
}
