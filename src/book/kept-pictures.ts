import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAll, findFirst, type PageElement } from '../markdown-twin/tree.ts';
import { shownScenario } from './lab-figure.ts';
import { writtenSlugs } from './make-book.ts';
import type { SiteFolder } from './site.ts';

/** Pictures of the EPUB. A build draws none, for it needs no browser: `npm run book -- --pictures` draws them, and they are committed. */
export const picturesFolder = 'src/book/pictures';

/** The cover, among the pictures of labs. */
export const coverFile = 'cover.png';

/** A lab that stands in a chapter, with the file of its picture at the end of the run. */
export interface LabInBook {
  readonly file: string;
  readonly lab: string;
  readonly scenario: string;
  readonly slug: string;
  /** Its place among the labs of the chapter, from 0. */
  readonly index: number;
}

/** The file of the picture in which the run of a player ends: its name in the EPUB, too. */
export function pictureFile(player: PageElement): string {
  const { lab, scenario } = shownScenario(player);
  return `lab-${lab}.${scenario}.png`;
}

/** All labs of the chapters, in the order of the book. */
export function labsInBook(site: SiteFolder): readonly LabInBook[] {
  return writtenSlugs(site).flatMap((slug) => {
    const article = findFirst(site.read(`${slug}/`), 'article');
    return findAll(article?.children ?? [], 'lab-player').map((player, index) => ({ ...shownScenario(player), file: pictureFile(player), slug, index }));
  });
}

/** A picture as it is kept; undefined: nobody has drawn it yet. */
export function keptPicture(file: string): Buffer | undefined {
  const path = join(process.cwd(), picturesFolder, file);
  return existsSync(path) ? readFileSync(path) : undefined;
}
