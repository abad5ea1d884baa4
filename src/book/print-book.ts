import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { PageNode } from '../markdown-twin/tree.ts';
import type { Book } from './book.ts';
import { coverHtml, coverSize } from './cover.ts';
import { element } from './elements.ts';
import { coverFile, labsInBook } from './kept-pictures.ts';
import { drawnPicture } from './lab-figure.ts';
import { loadLabs } from './labs.ts';
import { labIds, makeBook, writtenSlugs } from './make-book.ts';
import { paperHtml, pictureHtml, sheetsOf, type Dress } from './paper.ts';
import { readPdf } from './pdf-outline.ts';
import { signedPdf } from './pdf-signature.ts';
import { openPress, type LabPicture, type Press } from './press.ts';
import type { SiteFolder } from './site.ts';

const sheet = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
/** In this order: what comes later overrules. */
const paperSheets = ['page', 'front', 'breaks', 'labs', 'reference'].map((name) => `paper/${name}.css`);

/** Numbers are as wide as what stands for them in the first print: the second is nearly always the last but one. */
const printsMax = 6;

/** The pictures of the labs: chapter → each in the order of the page. */
type Drawn = ReadonlyMap<string, readonly LabPicture[]>;

/** A picture that is higher may break: kept whole, it would leave a great part of the page before it empty. */
const wholeMaxPx = 560;

async function drawLabs(press: Press, site: SiteFolder): Promise<Drawn> {
  const drawn = new Map<string, readonly LabPicture[]>();
  for (const slug of writtenSlugs(site)) drawn.set(slug, await press.playLabs(`${slug}/`));
  return drawn;
}

function drawingOf(drawn: Drawn): (slug: string, index: number) => readonly PageNode[] {
  return (slug, index) => {
    const picture = drawn.get(slug)?.[index];
    if (picture === undefined) throw new Error(`/${slug}/ shows fewer labs in the browser than in its file.`);
    // The frames that the style sheet of labs selects by.
    const inner = ['live', 'picture', 'stage', 'scene'].reduce<readonly PageNode[]>(
      (inside, name) => [element(`div.${name}`, inside)],
      drawnPicture(picture.html),
    );
    return [element(picture.heightPx > wholeMaxPx ? 'div.lab.figure.tall' : 'div.lab.figure', [element('div.lab-root', inner)])];
  };
}

async function takePicture(press: Press, html: string): Promise<Uint8Array> {
  const page = await press.show(html);
  const picture = await page.locator('.lab-picture').screenshot({ animations: 'disabled' });
  await page.close();
  return picture;
}

async function takeCover(press: Press, book: Book): Promise<Uint8Array> {
  const page = await press.show(coverHtml(book));
  await page.setViewportSize(coverSize);
  const cover = await page.screenshot();
  await page.close();
  return cover;
}

async function print(press: Press, htmlWith: (pages: ReadonlyMap<string, number>) => string): Promise<Uint8Array> {
  const printWith = async (pages: ReadonlyMap<string, number>): Promise<Uint8Array> => {
    const page = await press.show(htmlWith(pages));
    // The first print only tells the pages: without tags it takes half the time.
    const isKept = pages.size > 0;
    const pdf = await page.pdf({ outline: isKept, tagged: isKept, preferCSSPageSize: true, printBackground: isKept });
    await page.close();
    return pdf;
  };
  // Chromium knows no `target-counter`: it prints once to learn the pages, and again with their numbers, until they are true.
  let pages = readPdf(await printWith(new Map())).places;
  for (let prints = 1; prints < printsMax; prints += 1) {
    const pdf = await printWith(pages);
    const { places } = readPdf(pdf);
    if ([...places].every(([name, page]) => pages.get(name) === page)) return pdf;
    pages = places;
  }
  throw new Error(`The pages of the book still move after ${printsMax} prints.`);
}

/** What the book on paper is made of: each lab of the chapters is played in the browser. */
async function openBook(press: Press, site: SiteFolder, host: string | undefined): Promise<{ drawn: Drawn; book: Book; dress: Dress }> {
  const drawn = await drawLabs(press, site);
  const address = host === undefined ? undefined : host + site.base;
  const book = makeBook({ site, labs: await loadLabs(labIds(site)), address, pictureOf: drawingOf(drawn) });
  const dress = { sheets: sheetsOf(writtenSlugs(site).map((slug) => site.read(`${slug}/`))), css: paperSheets.map(sheet).join('') };
  return { drawn, book, dress };
}

/** Prints the book of a built site; `host` is where the site is, without a slash at the end, if somebody has said it. The browser stays open. */
export async function printPdf(browser: Browser, site: SiteFolder, host: string | undefined): Promise<Uint8Array> {
  const press = await openPress(browser, site);
  try {
    const { book, dress } = await openBook(press, site, host);
    const htmlWith = (pages: ReadonlyMap<string, number>): string => paperHtml(book, { base: site.base, site: host, ...dress, pages });
    return signedPdf(await print(press, htmlWith), book);
  } finally {
    await press.close();
  }
}

/**
 * Draws the pictures of the EPUB that are asked for, each from a page that holds nothing else: in the whole book a browser without a graphics card takes
 * seconds for each frame. The browser stays open.
 */
export async function drawPictures(browser: Browser, site: SiteFolder, files: ReadonlySet<string>): Promise<ReadonlyMap<string, Uint8Array>> {
  const press = await openPress(browser, site);
  try {
    const { drawn, book, dress } = await openBook(press, site, undefined);
    const pictureOf = drawingOf(drawn);
    const pictures = new Map<string, Uint8Array>();
    if (files.has(coverFile)) pictures.set(coverFile, await takeCover(press, book));
    for (const { file, slug, index } of labsInBook(site))
      if (files.has(file) && !pictures.has(file)) pictures.set(file, await takePicture(press, pictureHtml(pictureOf(slug, index), dress)));
    return pictures;
  } finally {
    await press.close();
  }
}
