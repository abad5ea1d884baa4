/**
 * `npm run social`            draws the images of links that are missing or stale, removes those of pages that are gone (needs a Chromium)
 * `npm run social -- --all`   draws all of them again: after a change of browser or fonts
 * `npm run social -- --check` compares what they were drawn from with what is there now, without a browser; exit 1 when one is stale
 */
import { globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cardKey, courseCards } from '../social/course-cards.ts';
import { pngFacts } from '../social/png-texts.ts';
import { drawnFromKey } from '../social/social-image.ts';

const folder = path.resolve(import.meta.dirname, '../../public/social');

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } } });

/** What a drawn card was drawn from; undefined when there is none. */
function drawnFrom(name: string): string | undefined {
  try {
    return pngFacts(readFileSync(path.join(folder, `${name}.png`))).texts[drawnFromKey];
  } catch {
    return undefined;
  }
}

const cards = await courseCards();
const stale = cards.filter((card) => values.all || drawnFrom(card.name) !== cardKey(card));
const names = new Set(cards.map(({ name }) => `${name}.png`));
const orphans = globSync('**/*.png', { cwd: folder })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !names.has(file));
if (values.check) {
  const list = [...stale.map(({ name }) => name), ...orphans].join(', ');
  console.log(`${cards.length} cards, ${stale.length} stale, ${orphans.length} left over${list === '' ? '' : `: ${list}. "npm run social" draws them`}`);
  process.exitCode = stale.length + orphans.length > 0 ? 1 : 0;
} else {
  for (const file of orphans) rmSync(path.join(folder, file));
  // Asked for only here: a browser and a codec take longer to load than the check.
  if (stale.length > 0) await (await import('./social-draw.ts')).drawCards(stale, folder);
  console.log(`drawn ${stale.length}, removed ${orphans.length}`);
}
