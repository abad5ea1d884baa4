/**
 * What pages look like, against pictures that a person has seen and accepted (tests/visual/). Runs on Debian only, where they were drawn: elsewhere
 * vitest.config.ts leaves this file out. docs/decisions/0018-visual-baselines.md says how two pictures are compared, and why so.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { drawsWith, launchCamera, visualFolder, type DrawnWith } from '../../src/cli/visual-camera.ts';
import { blockDifferences, blocksThatDiffer, otherBrowser, sameBrowser, type Picture } from '../../src/cli/visual-compare.ts';
import { readPng, writeSmallPng } from '../../src/cli/visual-png.ts';
import { draw } from './visual-draw.ts';
import { views } from './visual-views.ts';

const folder = 'tests/visual';
const drawnWithFile = join(folder, 'drawn-with.json');
const isUpdate = process.env.KUBESTEP_VISUAL === 'update';
const viewsMax = 60;
const bytesMax = 60_000;
const installMs = 300_000;
const accept = 'Look at them; `npm run visual -- --update` accepts what is drawn now.';

let browser: Browser;
let now: DrawnWith;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  browser = await launchCamera();
  now = drawsWith(browser);
}, installMs);
afterAll(async () => {
  if (isUpdate) {
    for (const file of pictures()) if (!views.some(({ name }) => file === `${name}.png`)) rmSync(join(folder, file));
    writeFileSync(drawnWithFile, `${JSON.stringify(now, null, 2)}\n`);
  }
  await browser.close();
});

const pictures = (): readonly string[] => readdirSync(folder).filter((file) => file.endsWith('.png'));
const majorOf = ({ chromium, debian }: DrawnWith): string => `${chromium.split('.')[0] ?? ''} on Debian ${debian}`;

/** Writes what was drawn, and where it differs, for a person to look at. */
function keepDifference(name: string, drawn: Buffer, before: Picture): readonly string[] {
  const actual = readPng(drawn);
  const files = [join(visualFolder, `${name}.actual.png`)];
  mkdirSync(visualFolder, { recursive: true });
  writeFileSync(files[0]!, drawn);
  if (actual.width === before.width && actual.height === before.height) {
    const { width, height } = actual;
    const data = new Uint8Array(width * height * 4);
    pixelmatch(before.data, actual.data, data, width, height);
    files.push(join(visualFolder, `${name}.diff.png`));
    writeFileSync(files[1]!, writeSmallPng({ width, height, data }));
  }
  return files;
}

test.each(views)('$name looks as it did', async (view) => {
  const file = join(folder, `${view.name}.png`);
  const drawn = await draw(browser, inject('atRoot'), view);
  if (!existsSync(file)) {
    if (!isUpdate) throw new Error(`${file} is missing. ${accept}`);
    writeFileSync(file, writeSmallPng(readPng(drawn)));
    return;
  }
  const before = readPng(readFileSync(file));
  const by = JSON.parse(readFileSync(drawnWithFile, 'utf8')) as DrawnWith;
  // Who accepts pictures means all that can be seen of them.
  const tolerance = isUpdate || majorOf(by) === majorOf(now) ? sameBrowser : otherBrowser;
  const differing = blocksThatDiffer(blockDifferences(before, readPng(drawn)), tolerance);
  if (differing <= (isUpdate ? 0 : tolerance.blocksMax)) return;
  if (isUpdate) {
    writeFileSync(file, writeSmallPng(readPng(drawn)));
    return;
  }
  const files = keepDifference(view.name, drawn, before);
  throw new Error(
    `${view.name} (/${view.path}, ${view.theme}, ${view.width} px) differs from ${file} in ${differing} blocks of 8 × 8 px; ${tolerance.blocksMax} may. ` +
      `Drawn by Chromium ${majorOf(now)}, the baseline by ${majorOf(by)}. See ${files.join(' and ')}. ${accept}`,
  );
});

test('there is a small baseline for every view, and no other', () => {
  const names = views.map(({ name }) => `${name}.png`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeLessThanOrEqual(viewsMax);
  if (!isUpdate) expect(pictures().toSorted()).toEqual(names.toSorted());
  expect(pictures().filter((file) => names.includes(file) && statSync(join(folder, file)).size > bytesMax)).toEqual([]);
});
