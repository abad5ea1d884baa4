import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { PageNode } from '../markdown-twin/tree.ts';
import type { Book } from './book.ts';
import { coverHtml, coverSize } from './cover.ts';
import { drawingCss } from './drawing-colours.ts';
import { element } from './elements.ts';
import { epubOf } from './epub.ts';
import { drawnPicture, labOutcome } from './lab-figure.ts';
import { loadLabs } from './labs.ts';
import { labIds, makeBook, writtenSlugs, type PictureOf } from './make-book.ts';
import { paperHtml, pictureHtml, sheetsOf, type Dress } from './paper.ts';
import { readPdf } from './pdf-outline.ts';
import { openPress, type LabPicture, type Press } from './press.ts';
import type { SiteFolder } from './site.ts';

/** What is asked of the printer. `site`: the address of the host, without a slash at the end; undefined: nobody has said. */
export interface Order {
  readonly site: string | undefined;
  readonly formats: readonly Format[];
}

/** The files that a book can be. */
export const formats = ['epub', 'pdf'] as const;
export type Format = (typeof formats)[number];

const sheet = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
const epubSheet = 'epub.css';
/** In this order: what comes later overrules. */
const paperSheets = ['page', 'front', 'breaks', 'labs', 'reference'].map((name) => `paper/${name}.css`);
const coverFile = 'cover.png';

const pictureName = (slug: string, index: number): string => `lab-${slug}-${index + 1}.png`;

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

const imageOf: PictureOf = (slug, index, player) => {
  return [element('img', [], { src: pictureName(slug, index), alt: `The picture of the lab at its end. ${labOutcome(player)}` })];
};

/** The pictures as files, each from a page that holds nothing else: in the whole book a browser without a graphics card takes seconds for each frame. */
async function takePictures(press: Press, drawn: Drawn, dress: Dress): Promise<ReadonlyMap<string, Uint8Array>> {
  const pictureOf = drawingOf(drawn);
  const pictures = new Map<string, Uint8Array>();
  for (const [slug, all] of drawn) {
    for (const index of all.keys()) {
      const page = await press.show(pictureHtml(pictureOf(slug, index), dress));
      pictures.set(pictureName(slug, index), await page.locator('.lab-picture').screenshot({ animations: 'disabled' }));
      await page.close();
    }
  }
  return pictures;
}

async function takeCover(press: Press, book: Book): Promise<Uint8Array> {
  const page = await press.show(coverHtml(book));
  await page.setViewportSize(coverSize);
  const cover = await page.screenshot();
  await page.close();
  return cover;
}

async function printPdf(press: Press, htmlWith: (pages: ReadonlyMap<string, number>) => string): Promise<Uint8Array> {
  const print = async (pages: ReadonlyMap<string, number>): Promise<Uint8Array> => {
    const page = await press.show(htmlWith(pages));
    // The first print only tells the pages: without tags it takes half the time.
    const isKept = pages.size > 0;
    const pdf = await page.pdf({ outline: isKept, tagged: isKept, preferCSSPageSize: true, printBackground: isKept });
    await page.close();
    return pdf;
  };
  // Chromium knows no `target-counter`: it prints once to learn the pages, and again with their numbers, until they are true.
  let pages = readPdf(await print(new Map())).places;
  for (let prints = 1; prints < printsMax; prints += 1) {
    const pdf = await print(pages);
    const { places } = readPdf(pdf);
    if ([...places].every(([name, page]) => pages.get(name) === page)) return pdf;
    pages = places;
  }
  throw new Error(`The pages of the book still move after ${printsMax} prints.`);
}

/** Makes the book of a built site in the formats that are ordered. Plays every lab of the chapters in the browser, which stays open. */
export async function printBook(browser: Browser, site: SiteFolder, { site: host, formats: wanted }: Order): Promise<ReadonlyMap<Format, Uint8Array>> {
  const press = await openPress(browser, site);
  try {
    const { base } = site;
    const address = host === undefined ? undefined : host + base;
    const drawn = await drawLabs(press, site);
    const sources = { site, labs: await loadLabs(labIds(site)), address };
    const onPaper = makeBook({ ...sources, pictureOf: drawingOf(drawn) });
    const dress = { sheets: sheetsOf(writtenSlugs(site).map((slug) => site.read(`${slug}/`))), css: paperSheets.map(sheet).join('') };
    const htmlWith = (pages: ReadonlyMap<string, number>): string => paperHtml(onPaper, { base, site: host, ...dress, pages });
    const made = new Map<Format, Uint8Array>();
    if (wanted.includes('epub')) {
      const cover = await takeCover(press, onPaper);
      const pictures = new Map([[coverFile, cover], ...(await takePictures(press, drawn, dress))]);
      const css = sheet(epubSheet) + drawingCss();
      made.set('epub', epubOf(makeBook({ ...sources, pictureOf: imageOf }), { base, site: host, css, pictures, cover: coverFile }));
    }
    if (wanted.includes('pdf')) made.set('pdf', await printPdf(press, htmlWith));
    return made;
  } finally {
    await press.close();
  }
}
