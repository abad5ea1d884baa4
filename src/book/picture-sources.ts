import { createHash } from 'node:crypto';
import { labPicture } from '../social/lab-picture.ts';
import { pngFacts } from '../social/png-texts.ts';
import { drawnFromKey } from '../social/social-image.ts';
import { coverHtml } from './cover.ts';
import { coverFile, keptPicture, labsInBook } from './kept-pictures.ts';
import { loadLabs } from './labs.ts';
import { labIds, makeBook } from './make-book.ts';
import type { SiteFolder } from './site.ts';

const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * The pictures that the EPUB of a site needs: file → a sum of what is seen on it. For a lab that is what its view makes of the end of the run, and its style
 * sheet; sheets of pages are not part of it, or each change of a margin would ask for all of them.
 */
export async function pictureSources(site: SiteFolder): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const { file, lab, scenario } of labsInBook(site)) {
    const { html, css } = await labPicture(lab, scenario);
    sources.set(file, keyOf(html + css));
  }
  const book = makeBook({ site, labs: await loadLabs(labIds(site)), address: undefined, pictureOf: () => [] });
  return sources.set(coverFile, keyOf(coverHtml(book)));
}

/** Those of the pictures that nobody has drawn, or that were drawn from something else. */
export function stalePictures(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources].flatMap(([file, key]) => {
    const kept = keptPicture(file);
    return kept !== undefined && pngFacts(kept).texts[drawnFromKey] === key ? [] : [file];
  });
}
