import { gzipSync } from 'node:zlib';
import { staticImports, withImports, type Site } from './site-files.ts';

/** What one page costs when nothing is cached: bytes after gzip -9. */
export interface PageCost {
  readonly html: number;
  readonly css: number;
  /** Scripts in files with all that they import at once, and scripts in the page, which `html` holds too. */
  readonly js: number;
  readonly total: number;
  readonly isChapter: boolean;
}

const linkTag = /<link\b[^>]*>/g;
const scriptTag = /<script\b([^>]*)>([\s\S]*?)<\/script>/g;
const fontInSheet = /url\(["']?([^"')]+\.woff2?)["']?\)/g;
const isData = /type=["']?(?:application|text\/plain|speculationrules)/;

/** The value of an attribute in a tag as Astro writes it, with quotes. */
function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return match?.[1] ?? match?.[2];
}

/** Addresses of links whose `rel` fits. */
function linked(html: string, rel: RegExp): readonly string[] {
  return [...html.matchAll(linkTag)].flatMap(([tag]) => (rel.test(attribute(tag, 'rel') ?? '') ? (attribute(tag, 'href') ?? []) : []));
}

/** Adds up HTML, stylesheets, fonts, preloaded files and scripts of a page. */
export function pageCost(site: Site, page: string): PageCost {
  const html = site.text(page);
  const files = (addresses: readonly string[], from = page): readonly string[] => addresses.flatMap((address) => site.fileOf(address, from) ?? []);
  const sum = (names: Iterable<string>): number => [...new Set(names)].reduce((bytes, name) => bytes + site.bytes(name), 0);

  const sheets = files(linked(html, /^stylesheet$/));
  const fonts = sheets.flatMap((sheet) =>
    files(
      [...site.text(sheet).matchAll(fontInSheet)].flatMap((match) => match[1] ?? []),
      sheet,
    ),
  );
  const preloaded = files(linked(html, /preload/));
  const tags = [...html.matchAll(scriptTag)].flatMap(([, attributes = '', text = '']) => (isData.test(attributes) ? [] : [{ attributes, text }]));
  // A script in the page may import files too.
  const roots = tags.flatMap(({ attributes, text }) => [attribute(attributes, 'src') ?? [], ...staticImports(text)].flat());
  const scripts = withImports(site, [...files(roots), ...preloaded.filter((file) => file.endsWith('.js'))]);
  const inline = tags.reduce((bytes, { text }) => bytes + (text.trim() === '' ? 0 : gzipSync(text, { level: 9 }).length), 0);
  const css = sum(sheets);
  const markup = site.bytes(page);
  return {
    html: markup,
    css,
    js: sum(scripts) + inline,
    total: markup + css + sum(scripts) + sum([...fonts, ...preloaded.filter((file) => /\.woff2?$/.test(file))]),
    isChapter: html.includes('data-reading='),
  };
}
