import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawingCss } from './drawing-colours.ts';
import { element } from './elements.ts';
import { epubOf } from './epub.ts';
import { coverFile, keptPicture, pictureFile, picturesFolder } from './kept-pictures.ts';
import { labOutcome } from './lab-figure.ts';
import { loadLabs } from './labs.ts';
import { labIds, makeBook, type PictureOf } from './make-book.ts';
import type { SiteFolder } from './site.ts';

/** The book for reading systems, and the files of pictures that it lacks. */
export interface MadeEpub {
  readonly bytes: Uint8Array;
  readonly missing: readonly string[];
}

const css = (): string => readFileSync(fileURLToPath(new URL('epub.css', import.meta.url)), 'utf8') + drawingCss();

/**
 * Makes the EPUB of a built site; `host` is where the site is, without a slash at the end, if somebody has said it. It needs no browser: pictures are kept.
 * A lab whose picture is missing stands there in words and tables. Throws without a cover.
 */
export async function makeEpub(site: SiteFolder, host: string | undefined): Promise<MadeEpub> {
  const { base } = site;
  const cover = keptPicture(coverFile);
  if (cover === undefined) throw new Error(`${picturesFolder}/${coverFile} is missing. "npm run book -- --pictures" draws it`);
  const pictures = new Map<string, Uint8Array>([[coverFile, cover]]);
  const missing: string[] = [];
  const pictureOf: PictureOf = (_slug, _index, player) => {
    const name = pictureFile(player);
    const kept = keptPicture(name);
    if (kept === undefined) {
      missing.push(name);
      return [];
    }
    pictures.set(name, kept);
    return [element('img', [], { src: name, alt: `The picture of the lab at its end. ${labOutcome(player)}` })];
  };
  const address = host === undefined ? undefined : host + base;
  const book = makeBook({ site, labs: await loadLabs(labIds(site)), address, pictureOf });
  return { bytes: epubOf(book, { base, site: host, css: css(), pictures, cover: coverFile }), missing };
}
