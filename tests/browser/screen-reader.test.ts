import type { Locator, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { clickableBoxes } from './clickable-boxes.ts';
import { labIn } from './lab-page.ts';
import { useVisitor } from './visitor.ts';
import { namelessScrollers } from './zoom-faults.ts';

// What was heard in Orca and can be measured without it; docs/accessibility has the scripts and what was said.
const visitor = useVisitor();
const base = inject('atRoot');

/** The lab's one voice once it has said something. In a chapter it comes with the second part of the player: until then there is none, and no word either. */
const spoken = (page: Page): Locator => page.locator('lab-player [data-spoken]:not(:empty)');

/** What a lab's one voice says, in order. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    const words = (): string => document.querySelector('lab-player [data-spoken]')?.textContent ?? '';
    let last = words();
    new MutationObserver(() => {
      if (words() !== last) said.push(words());
      last = words();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { readonly said: string[] }).said]);
}

test.each(['', 'labs/dns-search/', 'labs/packet-path/', 'labs/pv-binding/'])('/%s: nothing in a lab is called clickable, asleep or awake', async (path) => {
  const { page } = await visitor.open(base + path, { viewport: { width: 1280, height: 844 } });
  expect(await clickableBoxes(page, 'lab-player')).toEqual([]);
  await labIn(page).button('Step').click();
  await spoken(page).waitFor({ state: 'attached' });
  expect(await clickableBoxes(page, 'lab-player')).toEqual([]);
  // A press on the picture still asks why.
  await page.locator('lab-player .stage .live [data-subject]').first().dispatchEvent('click');
  await page.locator('lab-player .why-panel').first().waitFor();
});

test.each(['dns/', 'pv-pvc/', 'packet-paths/'])('/%s: boxes that scroll have a name', async (path) => {
  const { page } = await visitor.open(base + path, { viewport: { width: 390, height: 844 } });
  expect(await page.evaluate(namelessScrollers)).toEqual([]);
});

test('a mistake in a text is said as one text, and the boxes that scroll have a name or are no stop', async () => {
  const { page } = await visitor.open(`${base}labs/dns-search/`, { viewport: { width: 1280, height: 844 } });
  expect(await page.evaluate(namelessScrollers)).toEqual([]);
  const lab = labIn(page);
  await lab.button('Step').click();
  await spoken(page).waitFor({ state: 'attached' });
  const said = await listen(page);
  await lab.button('Lookup').click();
  const editor = lab.root.locator('textarea:visible');
  await editor.press('Control+Home');
  await editor.pressSequentially('kind');
  await page.locator('lab-player [data-spoken]', { hasText: 'no such field' }).waitFor({ state: 'attached' });
  expect((await said()).at(-1)).toMatch(/^Line 1, column \d+\. kindname: no such field$/u);
  expect(await page.evaluate(() => document.querySelector('lab-player [data-spoken]')?.childNodes.length)).toBe(1);
  // Of a region that holds buttons only the last of them may be read.
  expect(await page.locator('lab-player :is([role="status"], [aria-live]) button').count()).toBe(0);
});

test('the slider of time says where the lab stands, and nobody else does', async () => {
  const { page } = await visitor.open(`${base}labs/pv-binding/`, { viewport: { width: 1280, height: 844 } });
  const lab = labIn(page);
  await lab.button('Step').click();
  await spoken(page).waitFor({ state: 'attached' });
  const said = await listen(page);
  const slider = lab.root.getByRole('slider', { name: 'Time' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('.track input')?.getAttribute('aria-valuetext')?.includes('step 2') === true);
  await page.keyboard.press('End');
  await page.locator('lab-player [data-spoken]', { hasText: 'Bound' }).waitFor({ state: 'attached' });
  // The end says what came out, which the slider does not.
  expect((await said()).some((words) => /\bstep \d|End at/u.test(words))).toBe(false);
});
