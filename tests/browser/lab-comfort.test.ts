import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { labIn } from './lab-page.ts';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor } from './visitor.ts';

// What makes a lab restless or puzzling: fields that look wrong, controls that move away, places that are lost.
const visitor = useVisitor();
const base = inject('atRoot');
const labs = builtPages(builds.atRoot.outDir)
  .map((page) => /^labs\/([^/]+)\/$/u.exec(page)?.[1])
  .filter((lab) => lab !== undefined);

/** Names of the fields whose border has the colour of faults. */
const redFields = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const probe = document.createElement('i');
    probe.className = 'err';
    document.querySelector('lab-player .lab-root > *')?.append(probe);
    const fault = getComputedStyle(probe).borderLeftColor;
    probe.remove();
    return [...document.querySelectorAll('lab-player :is(input, select, textarea, .editor)')]
      .filter((field) => getComputedStyle(field).borderTopColor === fault)
      .map((field) => field.outerHTML.slice(0, 80));
  });

describe.each(labs)('lab %s', (lab) => {
  test('no field looks wrong before anything is', async () => {
    const { page } = await visitor.open(`${base}labs/${lab}/`);
    expect(await redFields(page)).toEqual([]);
    await labIn(page).root.locator('textarea').first().fill('a:\n\tb');
    await labIn(page).root.locator('.err').first().waitFor();
    expect(await redFields(page)).toHaveLength(1);
  });
});

test.each([1280, 390])('at %i px a picture that has grown does not shrink while its run goes on', async (width) => {
  const { page } = await visitor.open(`${base}labs/dns-search/`, { viewport: { width, height: 844 } });
  const lab = labIn(page);
  const heightPx = (): Promise<number> => lab.root.locator('.picture').evaluate((picture) => picture.getBoundingClientRect().height);
  const heights = [await heightPx()];
  while (!(await lab.position()).includes('settled')) {
    await lab.button('Step').click();
    heights.push(await heightPx());
  }
  expect(heights.length).toBeGreaterThan(4);
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  const highest = heights.at(-1)!;
  await page.keyboard.press('Home');
  await expect.poll(() => lab.position()).toContain('step 0');
  expect(await heightPx()).toBe(highest);
});

describe.each([
  { width: 390, height: 700 },
  { width: 1280, height: 720 },
])('at $width x $height px', (viewport) => {
  test.each(['pv-binding', 'packet-path', 'dns-search'])(
    '%s: the answer to "why?" and what was asked about are both in sight, one after the other',
    async (lab) => {
      const { page } = await visitor.open(`${base}labs/${lab}/`, { viewport });
      const { root, button } = labIn(page);
      if ((await button('Skip').count()) > 0) await button('Skip').click();
      await button('Step').click();
      const subjects = root.locator('.live :is(.why-of, button[data-subject], [data-subject][tabindex])');
      const panel = root.locator('.why-panel');
      for (const subject of [subjects.first(), subjects.last()]) {
        await subject.click();
        await panel.waitFor();
        await subject.evaluate((asked) => {
          asked.id = 'asked';
        });
        const seen = await page.evaluate(() => {
          const [asked, answer] = ['#asked', '.why-panel'].map((name) => document.querySelector(name)!);
          const { left, top, bottom } = asked!.getBoundingClientRect();
          const atAsked = document.elementFromPoint(left + 4, (top + bottom) / 2);
          asked!.id = '';
          return {
            asked: atAsked !== null && (asked!.contains(atAsked) || atAsked.contains(asked!)),
            answer: answer!.getBoundingClientRect().bottom <= innerHeight + 1,
          };
        });
        expect(seen).toEqual({ asked: true, answer: true });
      }
    },
  );
});

test('who closes an answer to "why?" sees again what was asked about', async () => {
  const { page } = await visitor.open(`${base}labs/pv-binding/`, { viewport: { width: 390, height: 700 } });
  const lab = labIn(page);
  await lab.root.locator('.live .why-of, .live [data-subject]').first().click();
  await lab.root.locator('.why-panel').waitFor();
  await page.keyboard.press('Escape');
  await lab.root.locator('.why-panel').waitFor({ state: 'detached' });
  const inSight = await page.evaluate(() => {
    const { top, bottom } = document.activeElement!.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && document.activeElement !== document.body;
  });
  expect(inSight).toBe(true);
});

test('Back leads from a linked scenario to where the visit began', async () => {
  const { page, troubles } = await visitor.open(`${base}labs/dns-search/`);
  const lab = labIn(page);
  const asked = lab.root.getByRole('textbox', { name: 'The program asks for' });
  const first = await asked.inputValue();
  await page.locator('a[href$="#scenario=api-github-ndots"]').first().click();
  await expect.poll(() => asked.inputValue()).not.toBe(first);
  await page.goBack();
  await expect.poll(() => asked.inputValue()).toBe(first);
  expect(troubles).toEqual([]);
});
