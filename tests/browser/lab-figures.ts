import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** They answer as soon as they are asked: what they show at first is what comes out. */
const atOnce: readonly string[] = ['dns-records', 'rules-viewer'];

/** Expects of a lab that no script draws: a picture of the start and one of the end, or one where nothing takes time; a sentence; facts; a table. */
export async function expectFigures(lab: Locator): Promise<void> {
  const pictures = lab.locator('.picture :is(.live, .settled)');
  const count = await pictures.count();
  expect(count).toBe(atOnce.includes((await lab.getAttribute('data-lab')) ?? '') ? 1 : 2);
  for (const picture of await pictures.all()) {
    const box = await picture.boundingBox();
    expect(box?.height).toBeGreaterThan(60);
    expect((await picture.innerText()).length).toBeGreaterThan(20);
  }
  const captions = await pictures.evaluateAll((found) => found.map((picture) => getComputedStyle(picture, '::before').content));
  expect(captions).toEqual(count === 2 ? ['"At the start:"', '"At the end:"'] : ['none']);
  const [start, end] = await pictures.evaluateAll((found) => found.map((picture) => picture.getBoundingClientRect()));
  if (start && end) expect(end.top).toBeGreaterThanOrEqual(start.bottom);
  const words = lab.locator('.without-script');
  expect((await words.innerText()).length).toBeGreaterThan(120);
  expect(await words.locator('dl:visible dt').count()).toBeGreaterThan(1);
  expect(await words.locator('table:visible').count()).toBeGreaterThan(0);
}
