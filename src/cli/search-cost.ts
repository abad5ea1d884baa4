import { globSync } from 'node:fs';
import { join } from 'node:path';
import { gates, type Figure } from './gates.ts';
import { dynamicImports, withImports, type Site } from './site-files.ts';

/** The names of pages, terms, commands and errors: fetched with the first query. */
const namesMax = 15_000;

/** What the first query fetches: dialog, engine, names, the largest piece of the index and eight results. Empty where there is no index. */
export function searchCost(site: Site): readonly Figure[] {
  const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: join(site.outDir, 'pagefind') }).map((file) => `pagefind/${file}`);
  const sizes = (pattern: string): readonly number[] =>
    files(pattern)
      .map(site.bytes)
      .sort((a, b) => b - a);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, bytes) => total + bytes, 0);
  if (files('pagefind.js').length === 0) return [];
  // `wasm.unknown` serves other languages, and the worker is not used: neither is fetched.
  const engine = sum(['pagefind.js', 'pagefind-entry.json', 'wasm.en.pagefind', '*.pf_meta'].flatMap(sizes));
  const names = sum(sizes('lexicon.json'));
  const index = sizes('index/*').at(0) ?? 0;
  const results = sum(sizes('fragment/*').slice(0, 8));
  const opener = globSync('_astro/*.js', { cwd: site.outDir }).flatMap((script) =>
    dynamicImports(site.text(script)).flatMap((address) => site.fileOf(address, script) ?? []),
  );
  const dialog = opener.find((file) => file.includes('/dialog.'));
  const own = dialog === undefined ? 0 : sum([...withImports(site, [dialog]), ...globSync('_astro/search.*.css', { cwd: site.outDir })].map(site.bytes));
  return [
    { name: 'search: names', bytes: names, max: namesMax },
    { name: 'search: first query', bytes: own + engine + names + index + results, max: gates.searchFirstQuery },
  ];
}
