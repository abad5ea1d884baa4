// npm run build -- [--base /course/] [--outDir folder] [--site https://example.org] : the site, its search index, its Markdown, for a known site its lists, and what readers keep.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withSlashes } from './arguments.ts';
import { builtPages } from './built-pages.ts';
import { writeMarkdownTwins } from './markdown-twins.ts';
import { writeOffline } from './offline.ts';
import { writeSearchIndex } from './search-index.ts';
import { writeSiteLists } from './site-lists.ts';

const { values } = parseArgs({
  options: { outDir: { type: 'string', default: 'dist' }, base: { type: 'string', default: '/' }, site: { type: 'string' } },
});
const base = withSlashes(values.base);
const site = values.site?.replace(/\/+$/, '');
const astro = fileURLToPath(new URL('bin/astro.mjs', import.meta.resolve('astro/package.json')));

// Left over from an earlier build, an index would be served for pages that are gone.
rmSync(`${values.outDir}/pagefind`, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [astro, 'build', '--outDir', values.outDir, '--base', base, ...(site === undefined ? [] : ['--site', site])], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
const { pages, records, terms } = await writeSearchIndex(values.outDir);
console.log(`search: ${pages} pages, ${records} records, ${terms} terms`);
const published = { outDir: values.outDir, base, site };
const found = builtPages(published);
console.log(`markdown: ${writeMarkdownTwins(values.outDir, found)} twins`);
const lists = writeSiteLists(published, found);
if (lists.length > 0) console.log(`lists: ${lists.join(', ')}`);
// Last: it names every file that is there.
const { version, pages: kept, bytes } = writeOffline(values.outDir);
console.log(`offline: version ${version}, ${kept} pages, ${(bytes / 1e6).toFixed(1)} MB`);
