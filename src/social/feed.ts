/** A chapter as the feed names it. */
export interface FeedEntry {
  readonly title: string;
  readonly address: string;
  readonly description: string;
  /** When its text last changed: RFC 3339. */
  readonly changed: string;
}

/** A page of the site map; `changed` only where it is known. */
export interface MappedPage {
  readonly address: string;
  readonly changed?: string | undefined;
}

/** A text as XML holds it. Signs that XML has no place for are left out. */
export function xmlText(text: string): string {
  return text

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`;

/** The Atom feed (RFC 4287) of the chapters, last changed first. `home` is the address of the home page. */
export function feedText(home: string, description: string, entries: readonly FeedEntry[]): string {
  const newestFirst = entries.toSorted((a, b) => Date.parse(b.changed) - Date.parse(a.changed));
  const lines = newestFirst.map(({ title, address, description: summary, changed }) =>
    [
      '  <entry>',
      `    ${element('id', address)}`,
      `    ${element('title', title)}`,
      `    <link href="${xmlText(address)}"/>`,
      `    ${element('updated', changed)}`,
      `    ${element('summary', summary)}`,
      '  </entry>',
    ].join('\n'),
  );
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  ${element('id', home)}`,
    `  ${element('title', 'Kubestep')}`,
    `  ${element('subtitle', description)}`,
    `  <link href="${xmlText(home)}"/>`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(`${home}feed.xml`)}"/>`,
    `  ${element('updated', newestFirst[0]?.changed ?? '1970-01-01T00:00:00Z')}`,
    `  <author>${element('name', 'Kubestep')}</author>`,
    ...lines,
    '</feed>',
  ].join('\n')}\n`;
}

/** The site map (sitemaps.org). Throws above 50,000 pages, which one file must not hold. */
export function sitemapText(pages: readonly MappedPage[]): string {
  if (pages.length > 50_000) throw new Error(`sitemap.xml may name 50,000 pages; there are ${pages.length}`);
  const lines = pages.map(({ address, changed }) => `  <url>${element('loc', address)}${changed === undefined ? '' : element('lastmod', changed)}</url>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`;
}
