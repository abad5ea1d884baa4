import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openWith } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

// What was heard of filters and buttons in Orca and can be measured without it; docs/accessibility has the scripts and what was said.
const visitor = useVisitor();
const base = inject('atRoot');

/** Notes each text that comes into a live region from now on. */
async function listen(page: Page, region: string): Promise<() => Promise<readonly string[]>> {
  await page.locator(region).waitFor({ state: 'attached' });
  await page.evaluate((selector) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const node = document.querySelector(selector);
    if (node) new MutationObserver(() => said.push(node.textContent)).observe(node, { childList: true, characterData: true, subtree: true });
  }, region);
  return () => page.evaluate(() => (globalThis as unknown as { said: readonly string[] }).said.filter((text) => text !== ''));
}
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.className ?? '');

describe.each(['glossary/', 'labs/'])('the filter of /%s', (path) => {
  test('says what is left when the typing rests, also when the same is left as before', async () => {
    const { page } = await visitor.open(base + path);
    const field = page.locator('main form[role="search"] input');
    await field.focus();
    const said = await listen(page, 'main form[role="search"] [aria-live]');
    await field.pressSequentially('qqxx', { delay: 60 });
    await expect.poll(said).toHaveLength(1);
    await field.press('z');
    await expect.poll(said).toHaveLength(2);
    const [first, second] = await said();
    expect(first).toMatch(/^(?:0 of \d+ terms\. Enter asks|No lab fits)/u);
    // The same words, and yet another text: one that equals the last is not spoken.
    expect(second).not.toBe(first);
    expect(second?.trim()).toBe(first);
    expect(await page.locator('[data-told] [aria-hidden]').innerText()).toBe(first);
  });
});

test('Clear puts back only what was chosen, and the field has the focus', async () => {
  const { page } = await visitor.open(`${base}labs/?q=zone&area=storage`);
  await page.locator('[data-told] [aria-hidden]:not(:empty)').waitFor();
  await page.getByRole('button', { name: 'Clear' }).press('Enter');
  expect(await focused(page)).toBe('q');
  expect(
    await page
      .locator('main form')
      .locator('input, select')
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value).join('')),
  ).toBe('');
  expect(new URL(page.url()).search).toBe('');
});

test('your data: the choice of a file is one button, and what Undo says does not take the focus itself', async () => {
  const { page } = await openWith(visitor, { base, path: 'your-data/' }, { 'kubestep:theme': 'dark' });
  const button = page.getByRole('button', { name: 'Read a file' });
  expect(await page.locator('label:has-text("Read a file")').count()).toBe(0);
  await Promise.all([page.waitForEvent('filechooser'), button.press('Enter')]);
  await page.getByRole('button', { name: 'Clear everything' }).press('Enter');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByText('Everything is back as it was.').waitFor();
  expect(await focused(page)).toBe('result');
});

test('the queries of before are a group with a name', async () => {
  const { page } = await openWith(visitor, { base, path: 'search/' }, { 'kubestep:searches': { v: 1, queries: ['ndots'] } });
  await page.getByRole('group', { name: 'You searched for' }).getByRole('button', { name: 'Forget them' }).waitFor();
});

test('the result of a quiz comes after the verdict on its last question', async () => {
  const { page } = await visitor.open(`${base}styleguide/`);
  await page.locator('.quiz-steps').scrollIntoViewIfNeeded();
  await page.locator('.quiz-item.current .verdict').waitFor({ state: 'attached' });
  // Which of the two has its words first, as the last answer is given.
  await page.evaluate(() => {
    const order: string[] = [];
    Object.assign(globalThis, { said: order });
    for (const region of document.querySelectorAll('.quiz [aria-live]'))
      new MutationObserver(() => {
        if (region.textContent !== '') order.push(region.id === 'right-of-all' ? 'result' : region.textContent);
      }).observe(region, { childList: true });
  });
  for (const item of await page.locator('.quiz-item').all()) {
    await page.locator(`.quiz-steps a[href$="#${(await item.getAttribute('id')) ?? ''}"]`).click();
    const field = item.locator('.input');
    if ((await field.count()) > 0) await field.fill('no-such-answer');
    else if ((await item.getAttribute('data-kind')) === 'order') for (const input of await item.locator('input').all()) await input.press('Space');
    else await item.locator('.opt input').last().press('Space');
    await item.locator('[data-check]').press('Enter');
    await item.and(page.locator('[data-answered]')).waitFor();
    const said = await page.evaluate(() => (globalThis as unknown as { said: readonly string[] }).said);
    expect(said.at(-1)).toMatch(/^(?:Right|Not quite)/u);
  }
  await page.locator('#right-of-all:not(:empty)').waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as { said: readonly string[] }).said.at(-1))).toBe('result');
});
