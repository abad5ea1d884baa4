// What readers type and what they should find: reads gold.yaml, asks the search of a built site as the panel does, and counts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { builtSearch } from '../../src/cli/built-search.ts';
import { answerQuery, type Engine, type Hit } from '../../src/search/answer.ts';
import { pieces } from '../../src/search/words.ts';

/** A query and the addresses of which any one is right; none when nothing must be found. */
export interface GoldQuery {
  readonly query: string;
  readonly wants: readonly string[];
}

/** What came of a query: its first addresses, and where the first right one stands, from 1; 0 when it is not among them. */
export interface GoldResult extends GoldQuery {
  readonly found: readonly string[];
  readonly rank: number;
}

/** Part of the queries that have a right answer in the first place, and in the first five. */
export interface GoldFigures {
  readonly queries: number;
  readonly first: number;
  readonly five: number;
}

const shown = 5;

/** FNV-1a over the query's code units: no hand decides which set a query belongs to. */
export function isHeld(query: string): boolean {
  let hash = 0x811c9dc5;
  for (let at = 0; at < query.length; at += 1) hash = Math.imul(hash ^ query.charCodeAt(at), 0x01000193) >>> 0;
  return ((hash >>> 16) & 1) === 1;
}

/** Reads the queries. Throws when two are the same. */
export function readGold(): readonly GoldQuery[] {
  const queries = load(readFileSync(join(import.meta.dirname, 'gold.yaml'), 'utf8')) as readonly GoldQuery[];
  const seen = new Set<string>();
  for (const { query } of queries) {
    if (seen.has(query)) throw new Error(`tests/search/gold.yaml: "${query}" stands there twice`);
    seen.add(query);
  }
  return queries;
}

/** The search of a built site, in this process. */
export const openSearch = async (outDir: string): Promise<Engine> => (await builtSearch(outDir)).open();

/** Whether a hit is what was wanted: the page itself, one of its headings, or just the place when the wish names one. */
function isWanted({ url, sections }: Hit, want: string): boolean {
  const own = url.replace(/#main$/, '');
  if (want.includes('#')) return own === want || sections.some((section) => section.url === want);
  // A list that stands for its entries: any of them is right.
  if (want === '/often-said/' || want === '/commands/') return own.startsWith(want);
  return own === want;
}

/** Asks all queries. */
export async function runGold(queries: readonly GoldQuery[], engine: Engine): Promise<readonly GoldResult[]> {
  const results: GoldResult[] = [];
  for (const { query, wants } of queries) {
    const answer = await answerQuery(query, undefined, engine);
    const hits = await answer.next(shown);
    const rank = hits.findIndex((hit) => wants.some((want) => isWanted(hit, want))) + 1;
    results.push({ query, wants, found: hits.map(({ url }) => url), rank });
  }
  return results;
}

/** Counts. A query that wants nothing is right when nothing is found. */
export function goldFigures(results: readonly GoldResult[]): GoldFigures {
  const isFirst = ({ wants, found, rank }: GoldResult): boolean => (wants.length === 0 ? found.length === 0 : rank === 1);
  const isInFive = (result: GoldResult): boolean => isFirst(result) || result.rank > 0;
  return { queries: results.length, first: results.filter(isFirst).length / results.length, five: results.filter(isInFive).length / results.length };
}

/** Words of a title, as they are compared: marks and capitals aside. */
const wordsOf = (title: string): string => pieces(title).join(' ');

/** Of all titles, or of every so many, those that do not find a page of that title first when they are typed as they stand. */
export async function titleMisses(engine: Engine, every = 1): Promise<readonly { readonly title: string; readonly found: string | undefined }[]> {
  const fragments = await Promise.all([...engine.kinds.keys()].map((id) => engine.fragment(id)));
  const titles = [...new Set(fragments.map(({ meta }) => meta.title ?? ''))].sort().filter((_, at) => at % every === 0);
  const misses: { readonly title: string; readonly found: string | undefined }[] = [];
  for (const title of titles) {
    const answer = await answerQuery(title, undefined, engine);
    const [first] = await answer.next(shown);
    if (first === undefined || wordsOf(first.title) !== wordsOf(title)) misses.push({ title, found: first?.title });
  }
  return misses;
}
