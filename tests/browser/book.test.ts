import { existsSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labsInBook } from '../../src/book/kept-pictures.ts';
import { makeEpub } from '../../src/book/make-epub.ts';
import { readPdf } from '../../src/book/pdf-outline.ts';
import { pictureSources, stalePictures } from '../../src/book/picture-sources.ts';
import { printPdf } from '../../src/book/print-book.ts';
import { openSite } from '../../src/book/site.ts';
import { launchBrowser } from '../../src/cli/browser.ts';
import { chapters, parts } from '../../src/course/course.ts';
import { pngFacts } from '../../src/social/png-texts.ts';
import { lost, openEpub, type Epub } from './epub-file.ts';
import { builds } from './serve-dist.ts';

/** Alone on two cores it takes a tenth of that. */
const printMs = 480_000;
const xhtml = 'application/xhtml+xml';

let browser: Browser;
let atRoot: Epub;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const written = chapters.filter(({ slug }) => existsSync(`${builds.atRoot.outDir}/${slug}/index.html`));
const partsThere = parts.filter((part) => part.chapters.some((chapter) => written.includes(chapter)));

/** The challenges that a chapter of the built site shows or links, each once. */
function challengesOf(slug: string): readonly { readonly solutions: readonly unknown[] }[] {
  const page = readFileSync(`${builds.atRoot.outDir}/${slug}/index.html`, 'utf8');
  const article = page.slice(page.indexOf('<article'), page.indexOf('</article>'));
  const paths = new Set([...article.matchAll(/href="\/labs\/([\w-]+)\/#scenario=([\w-]+)"/gu)].map(([, lab = '', scenario = '']) => `${lab}/${scenario}`));
  return [...paths]
    .map((path) => JSON.parse(readFileSync(`${builds.atRoot.outDir}/labs/${path}.json`, 'utf8')) as { kind: string; solutions: readonly unknown[] })
    .filter(({ kind }) => kind === 'challenge');
}

const allLinks = ({ xml }: Epub): readonly { readonly href: string; readonly text: string }[] => [...xml.values()].flatMap(({ links }) => links);

describe('the book of a site that knows no address', () => {
  let epub: Epub;
  let pdf: ReturnType<typeof readPdf>;
  let printed: Uint8Array;
  const site = openSite(builds.atRoot.outDir);
  beforeAll(async () => {
    // The one that readers get: the build has made it.
    atRoot = epub = await openEpub(browser, readFileSync(`${builds.atRoot.outDir}/kubestep.epub`));
    printed = await printPdf(browser, site, undefined);
    pdf = readPdf(printed);
  }, printMs);

  test('has a picture of each lab, drawn from what the lab shows today', async () => {
    const sources = await pictureSources(site);
    expect(stalePictures(sources), '"npm run book -- --pictures" draws what is stale').toEqual([]);
    expect(sources.size).toBe(labsInBook(site).length + 1);
    // One that shows something else is found.
    const [[file = '', key] = []] = sources;
    expect(stalePictures(new Map([...sources, [file, `not ${key ?? ''}`], ['lab-nobody.drew.png', 'it']]))).toEqual([file, 'lab-nobody.drew.png']);
  });

  test('is small enough to be taken along, and its pictures are as sharp as a book needs', () => {
    expect(epub.bytes.length).toBeLessThan(1_500_000);
    const widths = Object.entries(unzipSync(epub.bytes)).flatMap(([name, bytes]) => (name.endsWith('.png') ? [pngFacts(Buffer.from(bytes)).width] : []));
    expect(widths).toHaveLength(labsInBook(site).length + 1);
    expect(Math.min(...widths)).toBeGreaterThan(1_000);
  });

  test('says what it is in its first bytes', () => {
    expect(Buffer.from(epub.bytes.slice(0, 58)).toString('latin1')).toMatch(/^PK\u0003\u0004.*mimetypeapplication\/epub\+zip$/su);
    // Stored, not compressed.
    expect(epub.bytes[8]).toBe(0);
  });

  test('is well-formed, and holds nothing that runs or is typed into', () => {
    for (const [name, { error, forbidden, imagesWithoutWords }] of epub.xml)
      expect({ name, error, forbidden, imagesWithoutWords }).toEqual({ name, error: undefined, forbidden: [], imagesWithoutWords: 0 });
  });

  test('lists each of its files once, as what it is', () => {
    const listed = epub.items.map(({ href }) => `EPUB/${href}`);
    const inside = epub.names.filter((name) => name !== 'mimetype' && name !== 'META-INF/container.xml' && name !== 'EPUB/package.opf');
    expect(listed.toSorted()).toEqual(inside.toSorted());
    expect(epub.items.filter(({ properties }) => properties === 'nav')).toHaveLength(1);
    expect(epub.items.filter(({ properties }) => properties === 'cover-image')).toEqual([expect.objectContaining({ type: 'image/png' })]);
    for (const { href, type, properties } of epub.items.filter((item) => item.type === xhtml)) {
      const isDrawn = epub.texts.get(`EPUB/${href}`)!.includes('<svg');
      expect({ href, type, isDrawn: properties === 'svg' }).toEqual({ href, type, isDrawn });
    }
  });

  test('has ids once in a file, and links and pictures that lead somewhere', () => {
    for (const [name, { ids }] of epub.xml) expect([name, ids.filter((id, index) => ids.indexOf(id) !== index)]).toEqual([name, []]);
    expect(lost(epub)).toEqual([]);
  });

  test('fetches nothing, and leads out only by links to other sites', () => {
    const sources = [...epub.xml.values()].flatMap((facts) => facts.sources);
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((source) => source.includes(':'))).toEqual([]);
    expect([...epub.texts].filter(([name, text]) => name.endsWith('.css') && /url\(|@import/u.test(text))).toEqual([]);
    const hosts = new Set(allLinks(epub).flatMap(({ href }) => (href.includes(':') ? [new URL(href).protocol] : [])));
    expect([...hosts]).toEqual(['https:']);
  });

  test('stands in course order, and its contents too', () => {
    const inOrder = partsThere.flatMap((part) => [
      `part-${part.slug}`,
      ...part.chapters.filter((chapter) => written.includes(chapter)).map(({ slug }) => slug),
    ]);
    const expected = [...inOrder, 'glossary', 'often-said'].map((name) => `${name}.xhtml`);
    expect(epub.spine).toEqual(['cover.xhtml', 'title-page.xhtml', 'nav.xhtml', 'how-to-read.xhtml', ...expected]);
    const [toc = ''] = epub.texts.get('EPUB/nav.xhtml')!.split('</nav>');
    const files = [...toc.matchAll(/<a href="([^"#]+)"/gu)].map(([, href]) => href);
    expect(files).toEqual(['title-page.xhtml', 'how-to-read.xhtml', ...expected]);
    // Sections stand within their chapter.
    expect(toc).toMatch(/href="dns\.xhtml">[^<]*<\/a>\s*<ol>\s*<li><a href="dns\.xhtml#cluster-dns">/u);
  });

  test('shows each lab of a chapter as a picture, with its outcome in words', () => {
    for (const { slug } of written) {
      const page = epub.texts.get(`EPUB/${slug}.xhtml`)!;
      const pictures = [...page.matchAll(/<img src="(lab-[^"]+)"/gu)].map(([, name]) => name);
      expect(pictures.length).toBeGreaterThan(1);
      expect(page.match(/<div class="outcome">/gu)).toHaveLength(pictures.length);
    }
    // The end of a run, not its start.
    expect(epub.texts.get('EPUB/dns.xhtml')).toContain('1 name and 2 queries');
  });

  test('keeps answers apart from questions, and leads from the one to the other', () => {
    for (const { slug } of written) {
      const page = epub.texts.get(`EPUB/${slug}.xhtml`)!;
      const [asked = '', answered = ''] = page.split('id="answers"');
      expect(asked).not.toMatch(/<b>(?:Right|No)\.<\/b>/u);
      expect(answered.match(/<b>(?:Right|No|Step \d+)\.<\/b>/gu)!.length).toBeGreaterThan(20);
      const questions = [...asked.matchAll(/<div id="([^"]+)" class="question-of"/gu)].map(([, id]) => `id="${id ?? ''}-answer"`);
      expect(questions.length).toBeGreaterThan(5);
      expect(questions.filter((id) => !answered.includes(id))).toEqual([]);
    }
  });

  test('names a lab that the site would open in a note', () => {
    const page = epub.texts.get('EPUB/dns.xhtml')!;
    expect(page).toMatch(/role="doc-noteref"[^>]*>\d+<\/a>/u);
    expect(page).toMatch(/<li id="note-\d+">.*?Lab “resolv\.conf search walker”: [^<]+\./u);
    expect(page).not.toContain('(in the lab');
    expect(allLinks(epub).filter(({ href }) => href.includes('/labs/'))).toEqual([]);
  });

  test('holds each challenge that a chapter shows or links, and leads from it to its solutions and back', () => {
    for (const { slug } of written) {
      const page = epub.texts.get(`EPUB/${slug}.xhtml`)!;
      const wanted = challengesOf(slug);
      expect(wanted.length).toBeGreaterThan(2);
      const solutions = [...page.matchAll(/<div id="([^"]+)-solution" class="answer-of solution-of">(.*?)(?=<div id="[^"]+-solution"|<section|$)/gsu)];
      expect(solutions).toHaveLength(wanted.length);
      const links = epub.xml.get(`EPUB/${slug}.xhtml`)!.links.map(({ href }) => href);
      for (const [, challenge = '', solution = ''] of solutions) {
        expect(links).toEqual(expect.arrayContaining([`${slug}.xhtml#${challenge}-solution`, `${slug}.xhtml#${challenge}`]));
        expect(page).toContain(`id="${challenge}"`);
        expect(solution).toContain('Why it is done:');
      }
      // Each way that the lab knows, and what it begins with.
      expect(page.match(/<p class="solution-title">/gu)).toHaveLength(wanted.reduce((sum, { solutions: ways }) => sum + ways.length, 0));
      expect(page.match(/It begins with/gu)).toHaveLength(wanted.length);
    }
  });

  test('prints solutions as what is changed and done, and what the lab then says', () => {
    const page = epub.texts.get('EPUB/dns.xhtml')!;
    const [, solutions = ''] = page.split('id="solutions"');
    expect(solutions).toMatch(/<del> +options: \[\{ name: ndots, value: '1' \}\]<\/del>/u);
    expect(solutions).toMatch(/<ins> +options: \[\{ name: ndots, value: '2' \}\]<\/ins>/u);
    expect(solutions).toContain('In the lab: <b>The program asks for: orders.sales.svc.cluster.local</b>');
    expect(solutions).toContain('musl 1.2.5 (Alpine 3.20 and later) gets 10.96.61.5');
    // Not before the reader turns to them.
    expect(page.split('id="solutions"')[0]).not.toContain("value: '2' }]</ins>");
  });

  test('leads from a part to its chapters, and from a term to the chapter that teaches it', () => {
    const from = (name: string): readonly string[] => epub.xml.get(`EPUB/${name}.xhtml`)!.links.map(({ href }) => href);
    expect(from('part-networking')).toEqual(['packet-paths.xhtml', 'dns.xhtml']);
    expect(from('glossary')).toEqual(expect.arrayContaining(['dns.xhtml#the-rule', 'glossary.xhtml#fqdn']));
  });

  test('as PDF names the course as its maker, not the browser that printed it', () => {
    const [, about = ''] = /<<\/Title \(Kubestep\)\n([^>]*)>>/u.exec(Buffer.from(printed).toString('latin1')) ?? [];
    expect(about).toMatch(/^\/Creator \(Kubestep\) *\n\/Producer \(Skia\/PDF m\d+\)\n\/CreationDate \((D:\d{14}\+00'00')\)\n\/ModDate \(\1\)$/u);
  });

  test('as PDF is tagged, in English, and has an outline of parts, chapters and sections', () => {
    expect(pdf).toMatchObject({ isTagged: true, language: 'en' });
    const titlesAt = (depth: number): readonly string[] => pdf.outline.filter((entry) => entry.depth === depth).map(({ title }) => title);
    expect(titlesAt(0)).toEqual(['Kubestep', 'Contents', 'How to read this book', ...partsThere.map(({ title }) => title), 'Glossary', 'Often said']);
    const titles = new Map([...epub.xml].map(([name, { links }]) => [name, links]));
    const chapterTitles = written.map(({ slug }) => titles.get('EPUB/nav.xhtml')!.find(({ href }) => href === `${slug}.xhtml`)!.text);
    expect(titlesAt(1).filter((title) => chapterTitles.includes(title))).toEqual(chapterTitles);
    for (const { slug } of written) {
      const sections = titles.get('EPUB/nav.xhtml')!.filter(({ href }) => href.startsWith(`${slug}.xhtml#`));
      expect(titlesAt(2)).toEqual(expect.arrayContaining(sections.map(({ text }) => text)));
    }
    const pages = pdf.outline.map(({ page }) => page);
    expect(pages).toEqual(pages.toSorted((a, b) => a - b));
    expect(pages.every((page) => page >= 1 && page <= pdf.pages)).toBe(true);
  });
});

describe('the book of a site below a path that knows its address', () => {
  let epub: Epub;
  beforeAll(async () => {
    const { bytes, missing } = await makeEpub(openSite(builds.belowPath.outDir), 'https://example.org');
    expect(missing).toEqual([]);
    epub = await openEpub(browser, bytes);
  }, printMs);

  test('leads to the labs there, and to nothing below the path in the book', () => {
    const labs = allLinks(epub).filter(({ href }) => href.includes('/labs/'));
    expect(labs.length).toBeGreaterThan(10);
    expect(labs.filter(({ href }) => !href.startsWith('https://example.org/course/labs/'))).toEqual([]);
    expect(lost(epub)).toEqual([]);
    // Also from the figure of a lab, and also where the book has a figure of what is linked.
    expect(epub.texts.get('EPUB/dns.xhtml')).toMatch(/Lab: <a href="https:\/\/example\.org\/course\/labs\/dns-search\/#scenario=ent-own-namespace"/u);
    expect([...epub.texts.values()].join('')).not.toContain('class="note-at"');
  });

  test('differs from the other in nothing else: the same text makes the same bytes', () => {
    const [here, there] = [epub.bytes, atRoot.bytes].map((bytes) => unzipSync(bytes));
    const differing = Object.keys(here!).filter((name) => !Buffer.from(here![name]!).equals(Buffer.from(there![name] ?? [])));
    expect(differing.filter((name) => !/\.(?:xhtml|opf)$/u.test(name))).toEqual([]);
    // Chapters name the site; the contents and what stands around them do not.
    expect(differing).not.toContain('EPUB/nav.xhtml');
    // Date and time of the first file: 1 January 1980, midnight, whatever the clock says.
    expect([...epub.bytes.slice(10, 14)]).toEqual([0, 0, 0x21, 0]);
  });
});
