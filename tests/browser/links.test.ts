import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { targetOf } from '../../src/cli/static-server.ts';
import { builds } from './serve-dist.ts';
import { builtPages } from './visitor.ts';

interface BuiltPage {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

/** Fragments that a lab reads by itself: no element has such an id. */
const labFragment = /^(?:scenario|x|s)=/u;

function read(file: string): BuiltPage {
  const html = readFileSync(file, 'utf8');
  const attribute = (name: string): readonly string[] =>
    [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'gu'))].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));
  return { ids: new Set(attribute('id')), links: [...attribute('href'), ...attribute('src')] };
}

/** What a link leads to, checked against the files of the build; undefined: all is well. */
function brokenLink(
  link: string,
  from: string,
  { outDir, base }: { readonly outDir: string; readonly base: string },
  pages: ReadonlyMap<string, BuiltPage>,
): string | undefined {
  const url = new URL(link, `http://site${base}${from}`);
  if (url.host !== 'site') return url.protocol === 'https:' ? undefined : `${from}: ${link} is not https`;
  if (!url.pathname.startsWith(base)) return `${from}: ${link} leaves the base ${base}`;
  const target = targetOf(url.pathname, base);
  if (target === undefined || 'redirect' in target) return `${from}: ${link} lacks its final slash or leads nowhere`;
  const page = pages.get(target.file);
  const isFile = page !== undefined || builtFiles(outDir).has(target.file);
  if (!isFile) return `${from}: ${link} leads to ${target.file}, which is not there`;
  const fragment = decodeURIComponent(url.hash.slice(1));
  return fragment === '' || labFragment.test(fragment) || page?.ids.has(fragment) === true ? undefined : `${from}: ${link} names an anchor that is not there`;
}

const cache = new Map<string, ReadonlySet<string>>();
function builtFiles(outDir: string): ReadonlySet<string> {
  const known = cache.get(outDir) ?? new Set(globSync('**/*.*', { cwd: outDir }).map((file) => file.replaceAll('\\', '/')));
  cache.set(outDir, known);
  return known;
}

describe.each(Object.entries(builds))('%s', (_, build) => {
  const files = builtPages(build.outDir).map((page) => (page === '' || page.endsWith('/') ? `${page}index.html` : page));
  const pages = new Map(files.map((file) => [file, read(path.join(build.outDir, file))]));

  test('every link and anchor leads somewhere', () => {
    const broken = [...pages].flatMap(([file, { links }]) => links.map((link) => brokenLink(link, file.replace(/index\.html$/u, ''), build, pages)));
    expect(broken.filter((message) => message !== undefined)).toEqual([]);
  });

  test.each(['/nowhere/', 'nowhere.css', '#nowhere', 'http://example.org/'])('the planted link %s is found', (link) => {
    expect(brokenLink(link, '', build, pages)).toBeDefined();
  });
});
