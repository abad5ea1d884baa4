import { isFields } from '../reader/reading-values.ts';
import { change, load, type Thing } from '../reader/storage.ts';

/** Queries that led somewhere, the latest first. They never leave the browser. */
interface Recent {
  readonly queries: readonly string[];
}

const queriesMax = 6;

/** Reads what is kept; what is no list of texts counts as nothing. */
export function readRecent(value: unknown): Recent {
  const queries: unknown = isFields(value) ? value.queries : undefined;
  if (!Array.isArray(queries)) return { queries: [] };
  const texts: readonly unknown[] = queries;
  return { queries: texts.filter((query) => typeof query === 'string' && query !== '').slice(0, queriesMax) as readonly string[] };
}

const recentThing: Thing<Recent> = { key: 'kubestep:searches', read: readRecent };

/** The list with a query put in front; the same query in other capitals is taken out. */
export function withQuery(queries: readonly string[], query: string): readonly string[] {
  return [query, ...queries.filter((each) => each.toLowerCase() !== query.toLowerCase())].slice(0, queriesMax);
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
