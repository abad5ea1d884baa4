import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { cardAlternative, cardBytesMax, cardSize, type Card } from '../social/card.ts';
import { cardDocument, cardKey } from '../social/course-cards.ts';
import { withTexts } from '../social/png-texts.ts';
import { alternativeKey, drawnFromKey } from '../social/social-image.ts';
import { launchBrowser } from './browser.ts';

/** Free as the others, and the one of the site’s serifs that a Debian can install: `apt-get install fonts-sil-charis`. */
const serif = 'Charis SIL';

/** As few colours as it takes to stay small: cards are flat, most of their colours are the edges of letters. */
async function inPalette(photo: Buffer, name: string): Promise<Buffer> {
  for (const quality of [95, 90, 80, 70]) {
    const small = await sharp(photo).png({ palette: true, quality, dither: 0, effort: 10, compressionLevel: 9 }).toBuffer();
    if (small.length < cardBytesMax - 1_000) return small;
  }
  throw new Error(`public/social/${name}.png is larger than ${cardBytesMax} bytes: show less in it`);
}

/** Draws cards into a folder, each with what it shows and what it was drawn from. Throws when a browser or the font is missing. */
export async function drawCards(cards: readonly Card[], folder: string): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: cardSize, colorScheme: 'light' });
  for (const card of cards) {
    await page.setContent(cardDocument(card));
    // A page cannot ask whether a font is installed, but two families of which one is missing are equally wide.
    const hasSerif = await page.evaluate((family) => {
      const context = document.createElement('canvas').getContext('2d');
      const widthIn = (font: string): number => (context ? ((context.font = `40px ${font}`), context.measureText('Kubestep').width) : 0);
      return widthIn(`"${family}", monospace`) !== widthIn('monospace');
    }, serif);
    if (!hasSerif) throw new Error(`The cards are set in ${serif}, which is not installed (Debian: apt-get install fonts-sil-charis)`);
    const small = await inPalette(await page.screenshot(), card.name);
    const file = path.join(folder, `${card.name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, withTexts(small, { [alternativeKey]: cardAlternative(card), [drawnFromKey]: cardKey(card) }));
    console.log(`${card.name}.png  ${(small.length / 1000).toFixed(1)} kB`);
  }
  await browser.close();
}
