import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { answerQuery } from '../search/answer.ts';
import { builtSearch } from './built-search.ts';
import { gates, type Figure } from './gates.ts';
import { dynamicImports, withImports, type Site } from './site-files.ts';

/** The names of pages, terms, commands and errors: fetched with the first query. */
const namesMax = 15_000;

/** As many hits as the panel shows at first. */
const shownHits = 8;

const goldFile = join(import.meta.dirname, '../../tests/search/gold.yaml');

/** The value that so many of the numbers do not exceed: 0.9 for nine in ten. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

/** Bytes that each query of the gold set fetches from the index, asked as the first of a visit: pieces of the index, results, words for a misspelt one. */
async function queryBytes(site: Site): Promise<readonly number[]> {
  const search = await builtSearch(site.outDir);
  const queries = load(readFileSync(goldFile, 'utf8')) as readonly { readonly query: string }[];
  const bytes: number[] = [];
  for (const { query } of queries) {
    const engine = await search.open();
    // What starts the engine is the same for all, and counted apart.
    search.fetched();
    await (await answerQuery(query, undefined, engine)).next(shownHits);
    const own = search.fetched().filter((file) => /^(?:index|fragment|text)\/|^terms\.json$/.test(file));
    bytes.push(own.reduce((sum, file) => sum + site.bytes(`pagefind/${file}`), 0));
  }
  return bytes;
}

/** What the first query fetches: dialog, engine, names, and what it needs of the index, over all gold queries. Empty where there is no index. */
export async function searchCost(site: Site): Promise<readonly Figure[]> {
  const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: join(site.outDir, 'pagefind') }).map((file) => `pagefind/${file}`);
  const sum = (names: readonly string[]): number => names.reduce((total, file) => total + site.bytes(file), 0);
  if (!existsSync(join(site.outDir, 'pagefind/pagefind.js'))) return [];
  const engine = sum(['pagefind.js', 'pagefind-entry.json', 'wasm.en.pagefind', '*.pf_meta'].flatMap(files));
  const names = sum(files('lexicon.json'));
  const opener = globSync('_astro/*.js', { cwd: site.outDir }).flatMap((script) =>
    dynamicImports(site.text(script)).flatMap((address) => site.fileOf(address, script) ?? []),
  );
  const dialog = opener.find((file) => file.includes('/dialog.'));
  const own = dialog === undefined ? 0 : sum([...withImports(site, [dialog]), ...globSync('_astro/search.*.css', { cwd: site.outDir })]);
  const queries = await queryBytes(site);
  const start = own + engine + names;
  return [
    { name: 'search: names', bytes: names, max: namesMax },
    { name: 'search: first query, one in two', bytes: start + quantile(queries, 0.5), max: gates.searchOneInTwo },
    { name: 'search: first query, nine in ten', bytes: start + quantile(queries, 0.9), max: gates.searchNineInTen },
    { name: 'search: first query, the dearest', bytes: start + quantile(queries, 1), max: gates.searchFirstQuery },
  ];
}
