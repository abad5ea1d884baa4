import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { withTexts } from '../social/png-texts.ts';
import { drawnFromKey } from '../social/social-image.ts';
import { picturesFolder } from './kept-pictures.ts';
import { pictureSources, stalePictures } from './picture-sources.ts';
import { drawPictures } from './print-book.ts';
import type { SiteFolder } from './site.ts';

/** Flat areas and the edges of letters: a palette shows no difference, in a quarter of the bytes. */
const inPalette = (photo: Uint8Array): Promise<Buffer> =>
  sharp(photo).png({ palette: true, quality: 90, dither: 0, effort: 10, compressionLevel: 9 }).toBuffer();

/** Draws the pictures of the EPUB that are missing or stale, and removes those that no chapter shows any more. Gives the names of both. */
export async function keepPictures(
  site: SiteFolder,
  launch: () => Promise<Browser>,
): Promise<{ readonly drawn: readonly string[]; readonly removed: readonly string[] }> {
  const sources = await pictureSources(site);
  const removed = globSync('*.png', { cwd: picturesFolder }).filter((file) => !sources.has(file));
  for (const file of removed) rmSync(join(picturesFolder, file));
  const stale = stalePictures(sources);
  if (stale.length === 0) return { drawn: [], removed };
  const browser = await launch();
  try {
    mkdirSync(picturesFolder, { recursive: true });
    for (const [file, photo] of await drawPictures(browser, site, new Set(stale)))
      writeFileSync(join(picturesFolder, file), withTexts(await inPalette(photo), { [drawnFromKey]: sources.get(file) ?? '' }));
  } finally {
    await browser.close();
  }
  return { drawn: stale, removed };
}
