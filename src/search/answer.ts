import { answersFrom, sameName, type Answers } from './answers.ts';
import { hasWord } from './has-word.ts';
import { unpackLexicon, type LexiconFile } from './lexicon.ts';
import { prepareLookup, readQuery, type Lookup, type Reading } from './lookup.ts';
import { checkPage } from './long-page.ts';
import { markedText } from './marked.ts';
import { correctWords } from './nearest.ts';
import { readFragmentIds, type FoundFragment, type Fragment, type Pagefind } from './pagefind.ts';
import { proofWith, type Proof } from './proof.ts';
import { rank, type Candidate } from './ranking.ts';
import { lookedForMax, searchScattered, type Share } from './scattered.ts';
import { isHeading, promoteSections } from './sections.ts';
import { isPasted, searchText, textWords, typedWords } from './text-search.ts';
import { tellingWords } from './words.ts';

/** One heading of a page that matches. `excerpt` is text with <mark> around what was found. */
export interface SectionHit {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

/** One page, lab, scenario, term … that matches, with the headings below which the words stand. */
export interface Hit {
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  /** Where it belongs: the part of the course, the lab, the minutes. */
  readonly place: string;
  readonly summary: string;
  /** Where the words stand, marked; of what is no page, its summary. */
  readonly excerpt: string;
  readonly sections: readonly SectionHit[];
}

/** The answer to a query. Hits load in steps, as each is a small file; only then can a false one be told, so the counts may sink while loading. */
export interface Answer {
  /** What was searched for instead, when nothing holds the words as they were typed. */
  readonly readAs: string | undefined;
  readonly total: () => number;
  readonly kinds: () => Readonly<Record<string, number>>;
  /** The next hits, at most so many; fewer only at the end. */
  readonly next: (count: number) => Promise<readonly Hit[]>;
}

/** What answers: the full text, the names, and the kinds of all pages by the names of their fragments. */
export interface Engine {
  readonly pagefind: Pagefind;
  readonly lookup: Lookup;
  readonly kinds: ReadonlyMap<string, string>;
  /** The titles of whole pages by the names of their fragments, which are the large ones. */
  readonly titles: ReadonlyMap<string, string>;
  /** Fetches a page that is named and not found by its text; its address stands as it is in a page of the site. */
  readonly fragment: (id: string) => Promise<Fragment>;
  /** Fetches a text of a long page. */
  readonly text: (id: string, number: number) => Promise<string>;
  /** Words of headings and code, for the words that no name has. */
  readonly terms: () => Promise<readonly string[]>;
}

const sectionsMax = 3;

function toHit({ url, meta, filters }: Fragment, found: FoundFragment | undefined, words: readonly string[]): Hit {
  const { title = url, place = '', summary = '' } = meta;
  const sections = (found?.sub_results ?? []).filter((section) => isHeading(url, section)).slice(0, sectionsMax);
  // A record says what it is; where in it the words stand tells less, as its names stand before its text.
  const isRecord = url.includes('#');
  const excerpt = isRecord || found === undefined ? markedText(summary, words) : found.excerpt;
  return { kind: filters.kind?.[0] ?? 'Page', title, url, place, summary, excerpt, sections };
}

/** What is asked while an answer is shown. */
interface Query {
  readonly text: string;
  readonly proof: Proof;
}

/** Loads a candidate; `undefined` when it turns out to be no hit. */
async function load({ id, isNamed, found }: Candidate, { text: query, proof }: Query, engine: Engine): Promise<Hit | undefined> {
  const words = tellingWords(query);
  const result = found?.result ?? (found && (await engine.pagefind.search(found.asked)).results.find((each) => each.id === id));
  if (found === undefined || result === undefined) return isNamed ? toHit(await engine.fragment(id), undefined, words) : undefined;
  const { page, isTrue } = await checkPage(await result.data(), { id, query, asked: found.asked, proof, headingsMax: sectionsMax, text: engine.text });
  if (!isNamed && !isTrue) return undefined;
  return toHit(page, isTrue ? page : undefined, words);
}

/** Kinds whose name is their title; commands and errors go by another name than they are titled. */
const wholePages: ReadonlySet<string> = new Set(['Chapter', 'Lab', 'Part', 'Page']);

/** Of the full text, the best few: a title that was typed word by word is among them, however many names come before it. */
const textLoads = 2;

/** Puts a page first whose very title was typed. */
async function promoteTitle(candidates: readonly Candidate[], query: string, { titles, fragment }: Engine): Promise<readonly Candidate[]> {
  const best = [...candidates].sort((a, b) => b.byText - a.byText).slice(0, textLoads);
  for (const candidate of best) {
    const title = titles.get(candidate.id) ?? (await fragment(candidate.id)).meta.title;
    if (candidate.found && sameName(title ?? '', query)) return [candidate, ...candidates.filter((each) => each !== candidate)];
  }
  return candidates;
}

/** How many results are looked into before the words as typed are given up: false ones come with a score as well. */
const lookedInto = 6;

async function hasTrueHit(candidates: readonly Candidate[], own: Query, engine: Engine): Promise<boolean> {
  const inText = candidates.filter(({ found }) => found?.result !== undefined && found.asked === own.text).slice(0, lookedInto);
  // Most often the first is true, and then the others, which may be long chapters, need not be fetched.
  for (const some of [inText.slice(0, 2), inText.slice(2)]) {
    const hits = await Promise.all(some.map((candidate) => load({ ...candidate, isNamed: false }, own, engine)));
    if (hits.some((hit) => hit !== undefined)) return true;
  }
  return false;
}

/** How the files of the index are fetched. */
export type Files = Pick<Engine, 'fragment' | 'terms' | 'text'> & { readonly meta: (file: string) => Promise<Blob> };

/** Makes the index and the names ready, once. Rejects when they are of two builds. */
export async function prepareEngine(pagefind: Pagefind, lexicon: LexiconFile, { fragment, text, terms, meta }: Files): Promise<Engine> {
  const pages = unpackLexicon(lexicon, await readFragmentIds(await meta(lexicon.meta), lexicon.order.length));
  return {
    pagefind,
    kinds: new Map(pages.map(({ id, kind }) => [id, kind])),
    titles: new Map(pages.flatMap(({ id, kind, entry }) => (entry && wholePages.has(kind) ? [[id, entry.title] as const] : []))),
    lookup: prepareLookup(pages.flatMap(({ entry }) => entry ?? [])),
    fragment,
    text,
    terms,
  };
}

/** Reads a query; a word that no name has is no misspelt name if the texts have it. */
async function readChecked(query: string, engine: Engine): Promise<Reading> {
  const reading = readQuery(query, engine.lookup);
  const { words, corrected } = reading;
  if (corrected === undefined || isPasted(reading)) return reading;
  const strange = words.filter((word, at) => corrected[at] !== word);
  const real = await Promise.all(strange.map((word) => hasWord(word, engine.pagefind)));
  const spelt = new Set(strange.filter((_, at) => real[at]));
  return spelt.size === 0 ? reading : readQuery(query, engine.lookup, spelt);
}

/** A page that holds the words of both sides of a comparison is seldom the page of one of them. */
const comparedWorth = { all: 0.4, share: 0.6 } as const;

/** A query that an entry is named by as surely as this is its name. */
const surelyNamed = 0.97;

/** Looks for words in names and full text: some together, all of them one by one. */
async function findCandidates(reading: Reading, words: readonly string[], query: string, engine: Engine): Promise<readonly Candidate[]> {
  const { named, isComparison } = reading;
  // One word needs no parts, and the name of a thing or a pasted message is known whole.
  const isParted = words.length > 1 && !isPasted(reading) && (named[0]?.score ?? 0) < surelyNamed;
  // What was typed as one word (resolv.conf) stands in one place, and is not counted as two.
  const isShort = reading.words.length <= lookedForMax && typedWords(query).length === reading.words.length;
  const [searches, shares] = await Promise.all([
    searchText(words, words === reading.words ? [typedWords(query)] : isParted && isShort ? [reading.words] : [], engine.pagefind),
    isParted ? searchScattered(reading.mostTelling, engine.lookup.names.counts, engine) : new Map<string, Share>(),
  ]);
  const compared = searches.map((search) => ({ ...search, worth: search.worth * comparedWorth.all }));
  return rank({ named, searches: isComparison ? compared : searches, shares, worth: isComparison ? comparedWorth.share : 1 }, engine.kinds);
}

/** Asks names and full text. Rejects when a file cannot be fetched. */
export async function findAnswers(query: string, engine: Engine): Promise<Answers> {
  const reading = await readChecked(query, engine);
  const { named, words, corrected } = reading;
  const proof = proofWith(engine.pagefind);
  const answers = (found: readonly Candidate[], readAs?: string): Answers => {
    const own = { text: readAs ?? query, proof };
    return answersFrom({ query: own.text, readAs, found, load: (candidate) => load(candidate, own, engine) });
  };
  if (words.length === 0) return answers([]);
  const asked = textWords(reading, engine.lookup);
  const typed = await findCandidates(reading, asked, query, engine);
  const isUsual = named.length > 0 && corrected === undefined;
  if (isUsual || (await hasTrueHit(typed, { text: asked.join(' '), proof }, engine)))
    return answers(await promoteTitle(await promoteSections(typed, query), query, engine));
  // Some word is in no name, and no text holds all words.
  const near = named.length > 0 ? corrected : correctWords(words, await engine.terms());
  if (near === undefined) return answers(typed);
  const readAs = near.join(' ');
  return answers(await findCandidates({ ...reading, words: near, mostTelling: near }, near, readAs, engine), readAs);
}

/** Asks for one kind, or for all; the counts of all kinds stay. */
export const answerQuery = async (query: string, kind: string | undefined, engine: Engine): Promise<Answer> => (await findAnswers(query, engine))(kind);
