import { withoutHoles } from './error-texts.ts';
import { unpackLexicon, type LexiconFile } from './lexicon.ts';
import { prepareLookup, readQuery, type Lookup, type Named, type Reading } from './lookup.ts';
import { checkPage, isHeading } from './long-page.ts';
import { markedText } from './marked.ts';
import { correctWords } from './nearest.ts';
import { readFragmentIds, type FoundFragment, type Fragment, type Pagefind, type PagefindResult } from './pagefind.ts';
import { proofWith, type Proof } from './proof.ts';
import { standClose } from './together.ts';
import { fillers, pieces, tellingWords } from './words.ts';

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

interface FoundByText {
  readonly result: PagefindResult;
  readonly asked: string;
  readonly proof: Proof;
  readonly score: number;
}

interface Candidate {
  readonly id: string;
  readonly kind: string;
  readonly score: number;
  readonly isNamed: boolean;
  /** How it was found in the full text, and by which words. */
  readonly found: FoundByText | undefined;
}

const sectionsMax = 3;

function toHit({ url, meta, filters }: Fragment, found: FoundFragment | undefined, words: readonly string[]): Hit {
  const { title = url, place = '', summary = '' } = meta;
  // The piece before the first heading is the page's own line.
  const sections = (found?.sub_results ?? []).filter((section) => isHeading(url, section)).slice(0, sectionsMax);
  // A record says what it is; where in it the words stand tells less, as its names stand before its text.
  const isRecord = url.includes('#');
  const excerpt = isRecord || found === undefined ? markedText(summary, words) : found.excerpt;
  return { kind: filters.kind?.[0] ?? 'Page', title, url, place, summary, excerpt, sections };
}

/** What full text adds to a name; and all that a page has that is found by its text alone. Some words of a name are worth as much. */
const textWeight = 0.45;
/** What is found by its text alone: all words somewhere in a long chapter say less than most words in a name. */
const textAloneWeight = 0.4;
/** Who types the very name of a thing wants that thing, however often other pages speak of it. */
const nameMin = 0.9;
const nameBonus = 0.5;

/** Long pages hold many words somewhere, and tables that list other pages hold all of theirs. */
const kindWeight: Readonly<Record<string, number>> = { Page: 0.6, Part: 0.7, Chapter: 0.9, Lab: 0.9 };

const isLong = (kind: string | undefined): boolean => kindWeight[kind ?? 'Page'] !== undefined;
/** What is left to a long page in which the words stand far apart. */
const chanceWeight = 0.4;

/** What the full text gives for some words: results, and how much their best is worth beside other searches. */
interface TextSearch {
  readonly asked: string;
  readonly proof: Proof;
  readonly worth: number;
  readonly results: readonly PagefindResult[];
}

function rank(named: readonly Named[], searches: readonly TextSearch[], { kinds }: Engine): readonly Candidate[] {
  const text = new Map<string, FoundByText>();
  for (const { asked, proof, worth, results } of searches) {
    const count = tellingWords(asked).length;
    const scored = results.map((result) => ({ result, isChance: isLong(kinds.get(result.id)) && !standClose(result.words, count) }));
    const real = scored.filter(({ isChance }) => !isChance);
    const best = Math.max(0, ...(real.length > 0 ? real : scored).map(({ result }) => result.score));
    for (const { result, isChance } of scored) {
      const score = best === 0 ? 0 : worth * (isChance ? chanceWeight : 1) * Math.min(1, result.score / best);
      if (score > (text.get(result.id)?.score ?? -1)) text.set(result.id, { score, result, asked, proof });
    }
  }
  const known = named.map(({ entry: { id, kind }, score }): Candidate => {
    const found = text.get(id);
    return { id, kind, score: score + (score > nameMin ? nameBonus : 0) + textWeight * (found?.score ?? 0), isNamed: true, found };
  });
  const ids = new Set(known.map(({ id }) => id));
  const others = [...text].flatMap(([id, found]): readonly Candidate[] => {
    const kind = kinds.get(id) ?? 'Page';
    return ids.has(id) ? [] : [{ id, kind, score: textAloneWeight * (kindWeight[kind] ?? 1) * found.score, isNamed: false, found }];
  });
  return [...known, ...others].sort((a, b) => b.score - a.score);
}

/** Each word may lie in another piece of the index, 24 kB: of a pasted text two are enough to find the pages that speak of it. */
const pastedWords = 2;

/** Of a question too: each further word costs a piece of the index, and a page that holds these holds most of the others or is about them. */
const textWordsMax = 3;

/** Words that are worth a search of the full text: of a pasted text the most telling ones of the message that it is. */
function textWords({ named, words, mostTelling }: Reading, { errors: { weights } }: Lookup): readonly string[] {
  const [first] = named;
  const isPasted = first?.entry.kind === 'Error' && first.score > 1 && words.length > 4;
  if (!isPasted) {
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
const typedWords = (query: string): readonly string[] => query.split(/\s+/).filter((word) => !fillers.has(word.toLowerCase()) && /[\p{L}\p{N}]/u.test(word));

/** A page that holds the words of both sides of a comparison is seldom the page of one of them. */
const comparedWorth = 0.4;

async function searchText(words: readonly string[], typed: readonly string[], { pagefind }: Engine): Promise<readonly TextSearch[]> {
  const proof = proofWith(pagefind);
  const search = async (some: readonly string[], worth: number): Promise<TextSearch> => {
    const asked = some.join(' ');
    return { asked, proof, worth, results: (await pagefind.search(asked)).results };
  };
  const isSame = typed.join(' ').toLowerCase() === words.join(' ');
  const all = await Promise.all([search(words, 1), ...(isSame ? [] : [search(typed, 1)])]);
  if (words.length < 3 || words.length > leaveOutMax || all.some(({ results }) => results.length >= enoughResults)) return all;
  return [...all, ...(await Promise.all(words.map((_, at) => search(words.toSpliced(at, 1), withoutOneWorth))))];
}

/** Loads a candidate; `undefined` when it turns out to be no hit. */
async function load({ id, isNamed, found }: Candidate, words: readonly string[], { fragment: fetchFragment, text }: Engine): Promise<Hit | undefined> {
  if (found === undefined) return toHit(await fetchFragment(id), undefined, words);
  const { page, isTrue } = await checkPage(await found.result.data(), { id, asked: found.asked, proof: found.proof, headingsMax: sectionsMax, text });
  if (!isNamed && !isTrue) return undefined;
  return toHit(page, isTrue ? page : undefined, words);
}

/** Kinds whose name is their title; commands and errors go by another name than they are titled. */
const wholePages: ReadonlySet<string> = new Set(['Chapter', 'Lab', 'Part', 'Page']);

/** So many are loaded at once, so that one whose very title was typed comes first. */
const startLoads = 8;

const sameName = (a: string, b: string): boolean => pieces(a).join(' ') === pieces(b).join(' ');

/** Of the full text, the best few: a title that was typed word by word is among them, however many names come before it. */
const textLoads = 2;

/** Puts a page first whose very title was typed. */
async function promoteTitle(candidates: readonly Candidate[], query: string, { titles }: Engine): Promise<readonly Candidate[]> {
  const best = [...candidates].sort((a, b) => (b.found?.score ?? 0) - (a.found?.score ?? 0)).slice(0, textLoads);
  for (const candidate of best) {
    const title = titles.get(candidate.id) ?? (await candidate.found?.result.data())?.meta.title;
    if (candidate.found && sameName(title ?? '', query)) return [candidate, ...candidates.filter((each) => each !== candidate)];
  }
  return candidates;
}

/** Pagefind answers letters that no word has with every word that begins somewhat like them: after so many of these in a row the rest is no better. */
const falseHitsMax = 8;

interface Asked {
  readonly query: string;
  readonly kind: string | undefined;
  readonly readAs: string | undefined;
}

function toAnswer(found: readonly Candidate[], { query, kind, readAs }: Asked, engine: Engine): Answer {
  const words = tellingWords(query);
  const counts = new Map<string, number>();
  for (const candidate of found) counts.set(candidate.kind, (counts.get(candidate.kind) ?? 0) + 1);
  let candidates = kind === undefined ? found : found.filter((candidate) => candidate.kind === kind);
  let total = candidates.length;
  let at = 0;
  let isBegun = false;
  let falseHits = 0;
  const drop = (candidate: Candidate): void => {
    total -= 1;
    counts.set(candidate.kind, (counts.get(candidate.kind) ?? 1) - 1);
  };
  const waiting: Hit[] = [];
  const next = async (count: number): Promise<readonly Hit[]> => {
    while (waiting.length < count && at < candidates.length) {
      const isStart = !isBegun;
      isBegun = true;
      const batch = candidates.slice(at, at + Math.max(count - waiting.length, isStart ? startLoads : 0));
      at += batch.length;
      const hits = await Promise.all(batch.map((candidate) => load(candidate, words, engine)));
      for (const [index, candidate] of batch.entries()) {
        falseHits = hits[index] === undefined ? falseHits + 1 : 0;
        if (hits[index] === undefined) drop(candidate);
      }
      if (falseHits >= falseHitsMax) {
        const rest = candidates.slice(at);
        rest.filter(({ isNamed }) => !isNamed).forEach(drop);
        candidates = rest.filter(({ isNamed }) => isNamed);
        at = 0;
      }
      const isExact = (hit: Hit): boolean => isStart && sameName(hit.title, query);
      const real = hits.filter((hit) => hit !== undefined);
      waiting.push(...real.filter(isExact), ...real.filter((hit) => !isExact(hit)));
    }
    return waiting.splice(0, count);
  };
  return { readAs, total: () => total, kinds: () => Object.fromEntries([...counts].filter(([, count]) => count > 0)), next };
}

/** How many results are looked into before the words as typed are given up: false ones come with a score as well. */
const lookedInto = 6;

async function hasTrueHit(candidates: readonly Candidate[], words: readonly string[], engine: Engine): Promise<boolean> {
  const asked = words.join(' ');
  const inText = candidates.filter(({ found }) => found?.asked === asked).slice(0, lookedInto);
  // Most often the first is true, and then the others, which may be long chapters, need not be fetched.
  for (const some of [inText.slice(0, 2), inText.slice(2)]) {
    const hits = await Promise.all(some.map((candidate) => load({ ...candidate, isNamed: false }, words, engine)));
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

/** Asks names and full text. `kind` narrows to one kind; the counts of all kinds stay. Rejects when a file cannot be fetched. */
export async function answerQuery(query: string, kind: string | undefined, engine: Engine): Promise<Answer> {
  const reading = readQuery(query, engine.lookup);
  const { named, words, corrected, isComparison } = reading;
  if (words.length === 0) return toAnswer([], { query, kind, readAs: undefined }, engine);
  const find = async (some: readonly string[], as: readonly string[]): Promise<readonly Candidate[]> => {
    const searches = await searchText(some, as, engine);
    return rank(named, isComparison ? searches.map((search) => ({ ...search, worth: search.worth * comparedWorth })) : searches, engine);
  };
  const asked = textWords(reading, engine.lookup);
  const typed = await find(asked, asked === words ? typedWords(query) : asked);
  const isUsual = named.length > 0 && corrected === undefined;
  if (isUsual || (await hasTrueHit(typed, asked, engine)))
    return toAnswer(await promoteTitle(typed, query, engine), { query, kind, readAs: undefined }, engine);
  // Some word is in no name, and no text holds all words.
  const near = named.length > 0 ? corrected : correctWords(words, await engine.terms());
  if (near === undefined) return toAnswer(typed, { query, kind, readAs: undefined }, engine);
  return toAnswer(await find(near, near), { query: near.join(' '), kind, readAs: near.join(' ') }, engine);
}
