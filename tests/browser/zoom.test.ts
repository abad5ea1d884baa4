import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { labIn } from './lab-page.ts';
import { useVisitor } from './visitor.ts';
import { crampedNotes, focusFault, lostContent, lostStates, motions, smallTargets } from './zoom-faults.ts';

const visitor = useVisitor();
const base = inject('atRoot');

/** A page of every type; a lab stands in the middle of its run. */
const samples: readonly { readonly path: string; readonly ready?: (page: Page) => Promise<void> }[] = [
  { path: '' },
  { path: 'dns/' },
  { path: 'labs/pv-binding/', ready: runALittle },
  { path: 'labs/packet-path/', ready: runALittle },
  { path: 'labs/' },
  { path: 'glossary/' },
  { path: 'glossary/pod/' },
  { path: 'errors/claim-not-found/' },
  { path: 'review/' },
  { path: 'your-data/' },
  { path: 'search/?q=nxdomain', ready: (page) => page.locator('form.search[data-answered="nxdomain"]').waitFor() },
  { path: 'course-map/' },
  { path: 'keyboard/' },
  { path: '404.html' },
];

/** 1280 × 1024 px at 400 %. */
const enlarged = { width: 320, height: 256 };
const desk = { width: 1280, height: 844 };
/** So many stops show the header, the contents, a lab's controls and the text; the rest are links like those before. */
const stopsMax = 45;

async function runALittle(page: Page): Promise<void> {
  const lab = labIn(page);
  for (let step = 0; step < 3; step += 1) await lab.button('Step').click();
}

/** Walks through the page by Tab and names every stop that a reader would lose. */
async function focusFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  const faults: string[] = [];
  for (let stop = 0; stop < stopsMax; stop += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(focusFault);
    if (fault === undefined) break;
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

describe.each(samples)('/$path', ({ path, ready }) => {
  test('loses nothing enlarged, in forced colours and without motion', async () => {
    const { page, troubles } = await visitor.open(base + path, { viewport: desk });
    await ready?.(page);
    const faults: Record<string, readonly string[]> = {};
    faults['moves for a reader who asked for less motion'] = await page.evaluate(motions);
    faults['small targets at 1280 px'] = await page.evaluate(smallTargets);
    faults['cramped notes at 1280 px'] = await page.evaluate(crampedNotes);
    await page.emulateMedia({ forcedColors: 'active' });
    faults['states that forced colours hide at 1280 px'] = await page.evaluate(lostStates);
    await page.emulateMedia({ forcedColors: 'none' });
    // Text alone twice as large: the lengths of a page follow its root, the widths of media queries do not.
    await page.evaluate(() => {
      const { style } = document.documentElement;
      style.fontSize = `${2 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)}px`;
    });
    faults['lost with text at 200 %'] = await page.evaluate(lostContent);
    faults['cramped notes with text at 200 %'] = await page.evaluate(crampedNotes);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '';
    });
    await page.setViewportSize(enlarged);
    faults['lost at 320 × 256 px'] = await page.evaluate(lostContent);
    faults['small targets at 320 px'] = await page.evaluate(smallTargets);
    await page.emulateMedia({ forcedColors: 'active' });
    faults['states that forced colours hide at 320 px'] = await page.evaluate(lostStates);
    faults['focus lost at 320 × 256 px in forced colours'] = await focusFaults(page);
    faults['noted by the browser'] = [...troubles];
    expect(Object.fromEntries(Object.entries(faults).filter(([, lines]) => lines.length > 0))).toEqual({});
    await page.context().close();
  });
});
