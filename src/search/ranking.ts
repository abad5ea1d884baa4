import type { Named } from './lookup.ts';
import { isLong } from './long-kinds.ts';
import type { PagefindResult } from './pagefind.ts';
import type { Share } from './scattered.ts';
import { standClose } from './together.ts';
import { tellingWords } from './words.ts';

/** How a page was found in the full text, and by which words. */
export interface FoundByText {
  /** Absent where its words were looked for one by one: they are looked for together when it is shown. */
  readonly result: PagefindResult | undefined;
  readonly asked: string;
}

/** A page that may be shown. */
export interface Candidate {
  readonly id: string;
  readonly kind: string;
  readonly score: number;
  /** How well its text as a whole fits. */
  readonly byText: number;
  readonly isNamed: boolean;
  readonly found: FoundByText | undefined;
}

/** What the full text gives for some words: results, and how much their best is worth beside other searches. */
export interface TextSearch {
  readonly asked: string;
  readonly worth: number;
  readonly results: readonly PagefindResult[];
}

/** All that was found for a query. */
export interface Findings {
  readonly named: readonly Named[];
  readonly searches: readonly TextSearch[];
  /** What pages have of the single words. */
  readonly shares: ReadonlyMap<string, Share>;
  /** What the text counts for: less in a comparison. */
  readonly worth: number;
}

/** What all words together in a text add to a name; and what they are worth to a page that is found by them alone. */
const textWeight = { named: 0.25, alone: 0.15 } as const;
/** What it is worth that a page has the single words. */
const shareWeight = 0.8;
/** Of two pages the one with a little more of the question is much more likely meant. */
const sharePower = 1.5;
/** A page with less of the question, and without its name, is there by chance. */
const shareMin = 0.5;

/** Who types the very name of a thing wants that thing, however often other pages speak of it. */
const nameMin = 0.9;
const nameBonus = 0.5;

/** What is left to a long page in which the words stand far apart. */
const chanceWeight = 0.4;

/** The best that any of the searches says of each page. */
function bestOf(searches: readonly TextSearch[], kinds: ReadonlyMap<string, string>): ReadonlyMap<string, FoundByText & { readonly score: number }> {
  const text = new Map<string, FoundByText & { readonly score: number }>();
  for (const { asked, worth, results } of searches) {
    const count = tellingWords(asked).length;
    const scored = results.map((result) => ({ result, isChance: isLong(kinds.get(result.id)) && !standClose(result.words, count) }));
    const real = scored.filter(({ isChance }) => !isChance);
    const best = Math.max(0, ...(real.length > 0 ? real : scored).map(({ result }) => result.score));
    for (const { result, isChance } of scored) {
      const score = best === 0 ? 0 : worth * (isChance ? chanceWeight : 1) * Math.min(1, result.score / best);
      if (score > (text.get(result.id)?.score ?? -1)) text.set(result.id, { score, result, asked });
    }
  }
  return text;
}

/** Puts together what names and full text say, the best first. */
export function rank({ named, searches, shares, worth }: Findings, kinds: ReadonlyMap<string, string>): readonly Candidate[] {
  const text = bestOf(searches, kinds);
  const shareOf = (id: string): number => worth * (shares.get(id)?.share ?? 0) ** sharePower;
  const byText = (id: string): number => text.get(id)?.score ?? 0;
  const known = named.map(({ entry: { id, kind }, score }): Candidate => {
    const more = textWeight.named * byText(id) + shareWeight * shareOf(id);
    return { id, kind, score: score + (score > nameMin ? nameBonus : 0) + more, byText: byText(id), isNamed: true, found: text.get(id) };
  });
  const ids = new Set(known.map(({ id }) => id));
  const others = [...new Set([...text.keys(), ...shares.keys()])].flatMap((id): readonly Candidate[] => {
    const { share = 0, words = [] } = shares.get(id) ?? {};
    const found = text.get(id) ?? (share < shareMin ? undefined : { result: undefined, asked: words.join(' ') });
    if (ids.has(id) || found === undefined) return [];
    const kind = kinds.get(id) ?? 'Page';
    const score = textWeight.alone * byText(id) + shareWeight * shareOf(id);
    return [{ id, kind, score, byText: byText(id), isNamed: false, found }];
  });
  return [...known, ...others].sort((a, b) => b.score - a.score);
}
