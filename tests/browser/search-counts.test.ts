import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { useVisitor } from './visitor.ts';

// What a kind is said to hold is what it shows, whichever kind was looked at before.
const visitor = useVisitor();
const base = inject('atRoot');

const open = async (address: string, query: string) => {
  const visit = await visitor.open(`${base}search/${address}`);
  await visit.page.locator(`form.search[data-answered=${JSON.stringify(query)}]`).waitFor();
  return visit;
};

/** The kinds and their counts as they stand there: "All 10", "Errors 3". */
const chips = (page: Page) =>
  page
    .locator('form.search .kinds label')
    .evaluateAll((labels) => labels.map((label) => `${label.childNodes[1]?.textContent ?? ''} ${label.lastChild?.textContent ?? ''}`));

/** All hits of what is chosen. */
async function countHits(page: Page): Promise<number> {
  const more = page.locator('.btn.more');
  while ((await more.count()) > 0) {
    const before = await page.locator('.hit').count();
    await more.click();
    await page.waitForFunction((count) => document.querySelectorAll('.hit').length > count || document.querySelector('.btn.more') === null, before);
  }
  return page.locator('.hit').count();
}

describe.each(['pvc pending', 'shortcuts', 'config map', 'ndots'])('the counts of "%s"', (query) => {
  test('stay when a kind is chosen, and say how many it shows', async () => {
    const { page } = await open(`?q=${encodeURIComponent(query)}`, query);
    const all = await chips(page);
    const names = all.map((chip) => chip.replace(/ \d+$/u, ''));
    for (const [at, name] of names.entries()) {
      const radio = page.getByRole('radio', { name: new RegExp(`^${name}`, 'u') });
      if (!(await radio.isVisible())) continue;
      await radio.check();
      await page.waitForFunction((place) => document.querySelectorAll<HTMLInputElement>('.kinds input')[place]?.checked === true, at);
      expect(await chips(page), name).toEqual(all);
      expect(`${name} ${String(await countHits(page))}`).toBe(all[at]);
    }
  });

  test('are the same for who comes by an address with a kind', async () => {
    const { page } = await open(`?q=${encodeURIComponent(query)}`, query);
    const all = await chips(page);
    const { page: other } = await open(`?q=${encodeURIComponent(query)}&kind=Term`, query);
    expect(await chips(other)).toEqual(all);
  });
});
