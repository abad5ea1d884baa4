// npm run build -- [--base /course/] [--outDir folder] [--site https://example.org] [--pdf] : the site, its search index, its Markdown, the course as a book, for a known site its lists, and what readers keep.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeEpub } from '../book/make-epub.ts';
import { openSite } from '../book/site.ts';
import { withSlashes } from './arguments.ts';
import { builtPages } from './built-pages.ts';
import { writeMarkdownTwins } from './markdown-twins.ts';
import { writeOffline } from './offline.ts';
import { writeSearchIndex } from './search-index.ts';
import { writeSiteLists } from './site-lists.ts';

const { values } = parseArgs({
  options: {
    outDir: { type: 'string', default: 'dist' },
    base: { type: 'string', default: '/' },
    site: { type: 'string' },
    pdf: { type: 'boolean', default: false },
  },
});
const base = withSlashes(values.base);
const site = values.site?.replace(/\/+$/, '');
const astro = fileURLToPath(new URL('bin/astro.mjs', import.meta.resolve('astro/package.json')));

// Left over from an earlier build, an index would be served for pages that are gone, and a book of an older text.
for (const old of ['pagefind', 'kubestep.epub', 'kubestep.pdf']) rmSync(join(values.outDir, old), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [astro, 'build', '--outDir', values.outDir, '--base', base, ...(site === undefined ? [] : ['--site', site])], {
  stdio: 'inherit',
  // So that the page which offers the book knows of the PDF (src/pages/offline.astro).
  env: { ...process.env, PUBLIC_BOOK_PDF: values.pdf ? 'yes' : '' },
});
if (status !== 0) process.exit(status ?? 1);
const { pages, records, terms } = await writeSearchIndex(values.outDir);
console.log(`search: ${pages} pages, ${records} records, ${terms} terms`);
const published = { outDir: values.outDir, base, site };
const found = builtPages(published);
console.log(`markdown: ${writeMarkdownTwins(values.outDir, found)} twins`);
await writeBook();
const lists = writeSiteLists(published, found);
if (lists.length > 0) console.log(`lists: ${lists.join(', ')}`);
// Last: it names every file that is there.
const { version, pages: kept, bytes } = writeOffline(values.outDir);
console.log(`offline: version ${version}, ${kept} pages, ${(bytes / 1e6).toFixed(1)} MB`);

/** The course as a book. Its EPUB needs no browser; its PDF is printed by one, and so only on request. */
async function writeBook(): Promise<void> {
  const folder = openSite(values.outDir);
  const { bytes, missing } = await makeEpub(folder, site);
  writeFileSync(join(values.outDir, 'kubestep.epub'), bytes);
  const without = missing.length === 0 ? '' : `, without ${missing.join(', ')}: "npm run book -- --pictures" draws what is missing`;
  console.log(`book: EPUB, ${(bytes.length / 1e6).toFixed(1)} MB${without}`);
  if (!values.pdf) return;
  const [{ launchBrowser }, { printPdf }] = await Promise.all([import('./browser.ts'), import('../book/print-book.ts')]);
  const browser = await launchBrowser();
  try {
    const pdf = await printPdf(browser, folder, site);
    writeFileSync(join(values.outDir, 'kubestep.pdf'), pdf);
    console.log(`book: PDF, ${(pdf.length / 1e6).toFixed(1)} MB`);
  } finally {
    await browser.close();
  }
}
