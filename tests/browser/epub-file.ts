import { posix } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';

/** What a file of an EPUB says, read as XML. */
interface XmlFacts {
  readonly error: string | undefined;
  readonly ids: readonly string[];
  readonly links: readonly { readonly href: string; readonly text: string }[];
  /** What is fetched to show the file. */
  readonly sources: readonly string[];
  readonly forbidden: readonly string[];
  readonly imagesWithoutWords: number;
}

interface Item {
  readonly id: string;
  readonly href: string;
  readonly type: string;
  readonly properties: string;
}

/** An EPUB that was opened: its files as XML, and what its package lists. */
export interface Epub {
  readonly bytes: Uint8Array;
  readonly names: readonly string[];
  readonly xml: ReadonlyMap<string, XmlFacts>;
  readonly items: readonly Item[];
  readonly spine: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads files with the XML parser of a browser, which stops at the first fault as reading systems do. */
async function readXml(browser: Browser, files: readonly (readonly [string, string])[]): Promise<ReadonlyMap<string, XmlFacts>> {
  const page = await browser.newPage();
  const facts = await page.evaluate((all) => {
    const read = (text: string): XmlFacts => {
      const document = new DOMParser().parseFromString(text, 'application/xml');
      const found = (selector: string): readonly Element[] => [...document.querySelectorAll(selector)];
      const named = (selector: string, name: string): readonly string[] => found(selector).map((element) => element.getAttribute(name) ?? '');
      return {
        error: document.querySelector('parsererror')?.textContent,
        ids: named('[id]', 'id'),
        links: found('a[href]').map((link) => ({ href: link.getAttribute('href') ?? '', text: link.textContent })),
        sources: [...named('[src]', 'src'), ...named('link[href]', 'href'), ...named('image', 'href')],
        forbidden: found('script, style, form, input, button, iframe, object, lab-player, [style], [onclick]').map((element) =>
          element.outerHTML.slice(0, 100),
        ),
        imagesWithoutWords: found('img').filter((image) => (image.getAttribute('alt') ?? '').length < 8).length,
      };
    };
    return all.map(([name, text]): [string, XmlFacts] => [name, read(text)]);
  }, files);
  await page.close();
  return new Map(facts);
}

/** Opens an EPUB; the browser reads its files. */
export async function openEpub(browser: Browser, bytes: Uint8Array): Promise<Epub> {
  const files = unzipSync(bytes);
  const names = Object.keys(files);
  const texts = new Map(names.filter((name) => /\.(?:xhtml|opf|xml|css)$/u.test(name)).map((name) => [name, strFromU8(files[name]!)]));
  const xml = await readXml(
    browser,
    [...texts].filter(([name]) => !name.endsWith('.css')),
  );
  const packageText = texts.get('EPUB/package.opf') ?? '';
  const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '';
  const items = [...packageText.matchAll(/<item [^>]*>/gu)].map(([tag]) => ({
    id: attribute(tag, 'id'),
    href: attribute(tag, 'href'),
    type: attribute(tag, 'media-type'),
    properties: attribute(tag, 'properties'),
  }));
  const spine = [...packageText.matchAll(/<itemref idref="([^"]+)"/gu)].map(([, id]) => items.find((item) => item.id === id)?.href ?? `no item ${id ?? ''}`);
  return { bytes, names, xml, items, spine, texts };
}

/** Links and sources of an EPUB's file that lead to nothing in it. */
export function lost({ names, xml }: Epub): readonly string[] {
  return [...xml].flatMap(([name, { links, sources }]) =>
    [...links.map(({ href }) => href), ...sources].flatMap((address) => {
      if (/^https?:/u.test(address)) return [];
      const [file = '', anchor] = address.split('#');
      const target = file === '' ? name : posix.join(posix.dirname(name), file);
      const isThere = names.includes(target) && (anchor === undefined || xml.get(target)?.ids.includes(anchor) === true);
      return isThere ? [] : [`${name}: ${address}`];
    }),
  );
}
