// npm run build -- [--base /course/] [--outDir folder] [--site https://example.org] : the site, then its search index.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withSlashes } from './arguments.ts';
import { writeSearchIndex } from './search-index.ts';

const { values } = parseArgs({
  options: { outDir: { type: 'string', default: 'dist' }, base: { type: 'string', default: '/' }, site: { type: 'string' } },
});
const base = withSlashes(values.base);
const astro = fileURLToPath(new URL('bin/astro.mjs', import.meta.resolve('astro/package.json')));

// Left over from an earlier build, an index would be served for pages that are gone.
rmSync(`${values.outDir}/pagefind`, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [astro, 'build', '--outDir', values.outDir, '--base', base, ...(values.site === undefined ? [] : ['--site', values.site])],
  {
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(status ?? 1);
const { pages, records, terms } = await writeSearchIndex(values.outDir);
console.log(`search: ${pages} pages, ${records} records, ${terms} terms`);
