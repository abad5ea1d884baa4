import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Built } from './arguments.ts';
import { pageMarkdown, type PageMarkdown } from '../markdown-twin/page-markdown.ts';

/** Where a site was built, and the address it will be found at: `https://example.org`, without a slash at the end. Undefined: nobody has said. */
export interface Published extends Built {
  readonly site: string | undefined;
}

/** A page of a built site that is meant to be found: its path below the base, `''` for the home page, its address and its text. */
export interface BuiltPage extends PageMarkdown {
  readonly path: string;
  /** With the host if the site is known, else from the root of the host. */
  readonly address: string;
  readonly html: string;
}

/** An address of the site: `https://example.org/course/dns/`, or `/course/dns/` where no site is known. */
export function addressIn({ site, base }: Published, path: string): string {
  return (site ?? '') + base + path;
}

/** All pages that are not kept out of search engines, by path. */
export function builtPages(published: Published): readonly BuiltPage[] {
  return globSync('**/index.html', { cwd: published.outDir })
    .map((file) => file.replaceAll('\\', '/').replace(/index\.html$/, ''))
    .sort()
    .map((path): BuiltPage => {
      const html = readFileSync(join(published.outDir, path, 'index.html'), 'utf8');
      const address = addressIn(published, path);
      return { path, address, html, ...pageMarkdown(html, address) };
    })
    .filter(({ isHidden }) => !isHidden);
}
