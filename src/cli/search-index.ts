// Makes the search index over a built site. `npm run build` calls it; alone: npx node src/cli/search-index.ts [--outDir dist]
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { close, createIndex } from 'pagefind';
import { readBuilt } from './arguments.ts';
import { askedWords } from './search-asked.ts';
import { slimFragments } from './search-fragments.ts';
import { searchLexicon } from './search-lexicon.ts';
import { knownNames } from './search-names.ts';
import { cutIndex } from './search-pieces.ts';
import { searchTerms } from './search-terms.ts';

/** A record that is no page of its own. The page `search-records.json` lists them; it is made by the build, which knows labs, scenarios and errors. */
interface SearchRecord {
  readonly path: string;
  readonly kind: string;
  readonly title: string;
  readonly place: string;
  readonly summary: string;
  readonly content: string;
}

/** The search with a page of its own needs none of Pagefind's interfaces, nor the code for languages it has no stems of: 250 kB that nobody would fetch. */
const unusedFiles = [
  'pagefind-ui.js',
  'pagefind-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-modular-ui.css',
  'pagefind-component-ui.js',
  'pagefind-component-ui.css',
  'pagefind-highlight.js',
  'pagefind-worker.js',
  'wasm.unknown.pagefind',
];

function fail(what: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`${what}: ${errors.join('; ')}`);
}

/** Writes `<outDir>/pagefind/`: the pages with their headings, the records, and the words that titles use. Throws when Pagefind reports an error. */
export async function writeSearchIndex(outDir: string): Promise<{ readonly pages: number; readonly records: number; readonly terms: number }> {
  const recordsFile = join(outDir, 'search-records.json');
  const records = JSON.parse(readFileSync(recordsFile, 'utf8')) as readonly SearchRecord[];
  // Pagefind finds resolv.conf, ndots:5 and kube-dns as they are, whole and by their pieces. With `includeCharacters: '.'` the dot that
  // ends a sentence would belong to the word before it, and a search for that word would pass it over.
  const { index, errors } = await createIndex({ excludeSelectors: ['svg', 'button', '.anchor', '.sec'], forceLanguage: 'en' });
  fail('search index', errors);
  if (!index) throw new Error('search index: Pagefind gave no index');
  const directory = await index.addDirectory({ path: outDir });
  fail('search pages', directory.errors);
  // Pagefind keeps one entry for an address: a second one would quietly replace a page.
  const taken = new Set(globSync('**/*.html', { cwd: outDir }).map((file) => `/${file.replace(/index\.html$/, '')}`));
  for (const { path, title } of records) {
    if (taken.has(path)) throw new Error(`search record "${title}": ${path} is in the index already; give it an address of its own, with a #fragment`);
    taken.add(path);
  }
  const asked = askedWords(join(import.meta.dirname, '../../content/data/asked.yaml'), taken);
  // Paths without the base: Pagefind puts the place it is loaded from before every address.
  for (const { path, kind, title, place, summary, content: own } of records) {
    const words = asked.get(path.replace(/#main$/, ''));
    // In front: what stands first in a record counts most.
    const content = words === undefined ? own : `${words.join(', ')}. ${own}`;
    const added = await index.addCustomRecord({ url: path, content, language: 'en', meta: { title, place, summary }, filters: { kind: [kind] } });
    fail(`search record "${title}"`, added.errors);
  }
  const outputPath = join(outDir, 'pagefind');
  // Pagefind's own writing says that it is done before all is on the disk: on a busy machine its script was left empty.
  const written = await index.getFiles();
  fail('search files', written.errors);
  for (const { path, content } of written.files) {
    mkdirSync(dirname(join(outputPath, path)), { recursive: true });
    writeFileSync(join(outputPath, path), content);
  }
  await close();
  await slimFragments(outputPath);
  cutIndex(outputPath);
  const lexicon = await searchLexicon(outputPath, knownNames(join(import.meta.dirname, '../../content/data')), asked);
  writeFileSync(join(outputPath, 'lexicon.json'), JSON.stringify(lexicon));
  for (const file of unusedFiles) rmSync(join(outputPath, file), { force: true });
  rmSync(recordsFile);
  const pages = globSync('**/*.html', { cwd: outDir }).map((file) => readFileSync(join(outDir, file), 'utf8'));
  const terms = searchTerms(
    pages,
    records.map(({ title, content }) => `${title} ${content}`),
  );
  writeFileSync(join(outputPath, 'terms.json'), JSON.stringify(terms));
  return { pages: directory.page_count, records: records.length, terms: terms.length };
}

if (import.meta.main) {
  const { outDir } = readBuilt(process.argv.slice(2));
  const { pages, records, terms } = await writeSearchIndex(outDir);
  console.log(`search: ${pages} pages, ${records} records, ${terms} terms`);
}
