// Writes the Markdown of each page beside it, and llms.txt. `npm run build` calls it; alone: npx node src/cli/markdown-twins.ts [--outDir dist] [--base /]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../course/course.ts';
import { llmsText } from '../markdown-twin/llms-text.ts';
import { readBuilt } from './arguments.ts';
import { builtPages, type BuiltPage } from './built-pages.ts';

/** Writes `<page>/index.md` for every page and `llms.txt`, which lists them. Gives the number of twins. */
export function writeMarkdownTwins(outDir: string, pages: readonly BuiltPage[]): number {
  for (const { path, markdown } of pages) writeFileSync(join(outDir, path, 'index.md'), markdown);
  const listed = pages.map(({ path, title, description, address }) => ({ path, title, description, twin: `${address}index.md` }));
  const list = llmsText(
    listed,
    chapters.map(({ slug }) => slug),
  );
  writeFileSync(join(outDir, 'llms.txt'), list);
  return pages.length;
}

if (import.meta.main) {
  const built = readBuilt(process.argv.slice(2));
  console.log(`markdown: ${writeMarkdownTwins(built.outDir, builtPages({ ...built, site: undefined }))} twins`);
}
