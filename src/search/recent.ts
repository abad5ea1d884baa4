import { ignore, isFields, type Fault } from '../reader/reading-values.ts';
import { change, load, type Thing } from '../reader/storage.ts';

/** Queries that led somewhere, the latest first. They never leave the browser. */
export interface Recent {
  readonly queries: readonly string[];
}

const queriesMax = 6;
/** Longer than any error text worth pasting in one line: the field takes no more. */
export const queryCharactersMax = 200;

/** Reads what is kept, here or in an exported file; what is no list of short texts is left out and told to `fault`. */
export function readRecent(value: unknown, fault: Fault = ignore): Recent {
  const queries: unknown = isFields(value) ? value.queries : undefined;
  if (queries === undefined) return { queries: [] };
  if (!Array.isArray(queries)) {
    fault('queries', 'a list of texts');
    return { queries: [] };
  }
  const isQuery = (query: unknown): query is string => typeof query === 'string' && query !== '' && query.length <= queryCharactersMax;
  const texts: readonly unknown[] = queries;
  if (!texts.every(isQuery)) fault('queries', `texts of at most ${queryCharactersMax} characters only`);
  return { queries: texts.filter(isQuery).slice(0, queriesMax) };
}

/** Where the queries lie. */
export const recentThing: Thing<Recent> = { key: 'kubestep:searches', read: readRecent };

/** The list with a query put in front; the same query in other capitals is taken out. */
export function withQuery(queries: readonly string[], query: string): readonly string[] {
  return withQueries([query], queries);
}

/** Both lists, the first in front; of queries that differ in capitals only the first stays, and only the latest six in all. */
export function withQueries(first: readonly string[], then: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const query of [...first, ...then]) if (!seen.has(query.toLowerCase())) seen.set(query.toLowerCase(), query);
  return [...seen.values()].slice(0, queriesMax);
}

/** The queries of this browser, the latest first. */
export const recentQueries = (): readonly string[] => load(recentThing).queries;

/** Keeps a query that led somewhere. */
export function keepQuery(query: string): void {
  change(recentThing, ({ queries }) => ({ queries: withQuery(queries, query) }));
}

/** Forgets all queries. */
export function forgetQueries(): void {
  change(recentThing, () => ({ queries: [] }));
}
