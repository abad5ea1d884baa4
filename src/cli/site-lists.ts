import { execFileSync } from 'node:child_process';
import { globSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chapters } from '../course/course.ts';
import { feedText, sitemapText } from '../social/feed.ts';
import { addressIn, type BuiltPage, type Published } from './built-pages.ts';

function git(...words: readonly string[]): string {
  try {
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** When a folder last changed: its last commit, else its newest file where there is no history (an archive, a shallow clone, a folder that is new). */
function lastChanged(folder: string, hasHistory: boolean): string {
  const committed = hasHistory ? git('log', '-1', '--format=%cI', '--', folder) : '';
  if (committed !== '') return committed;
  const newestMs = Math.max(...globSync('**/*', { cwd: folder }).map((file) => statSync(join(folder, file)).mtimeMs));
  return new Date(Math.floor(newestMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** The folder of each written chapter by slug. */
function chapterFolders(): ReadonlyMap<string, string> {
  const files = globSync('content/*/*/index.mdx').map((file) => dirname(file));
  return new Map(files.map((folder) => [(folder.replaceAll('\\', '/').split('/').at(-1) ?? '').replace(/^\d+-/, ''), folder]));
}

/**
 * Writes what names full addresses, so only for a known site: `sitemap.xml`, `feed.xml` with the chapters, and at the root of a host `robots.txt`.
 * Gives the names of the files.
 */
export function writeSiteLists(published: Published, pages: readonly BuiltPage[]): readonly string[] {
  if (published.site === undefined) return [];
  const hasHistory = git('rev-parse', '--is-shallow-repository') === 'false';
  const folders = chapterFolders();
  const changed = new Map<string, string>(
    chapters.flatMap(({ slug }) => {
      const folder = folders.get(slug);
      return folder === undefined ? [] : [[`${slug}/`, lastChanged(folder, hasHistory)] as const];
    }),
  );
  const entries = pages.flatMap((page) => {
    const when = changed.get(page.path);
    return when === undefined ? [] : [{ ...page, changed: when }];
  });
  const home = addressIn(published, '');
  const files: readonly (readonly [string, string])[] = [
    ['sitemap.xml', sitemapText(pages.map(({ path, address }) => ({ address, changed: changed.get(path) })))],
    ['feed.xml', feedText(home, pages.find(({ path }) => path === '')?.description ?? '', entries)],
    // Robots look for it at the root of a host only.
    ...(published.base === '/' ? [['robots.txt', `User-agent: *\nAllow: /\nSitemap: ${home}sitemap.xml\n`] as const] : []),
  ];
  for (const [name, text] of files) writeFileSync(join(published.outDir, name), text);
  return files.map(([name]) => name);
}
