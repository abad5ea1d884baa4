import type { Locator, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { hold } from './hold.ts';
import { labIn } from './lab-page.ts';
import { useVisitor } from './visitor.ts';

/** A lab loads its player when the reader reaches for it. These tests hold the player back while the reader types. */
const wakeScript = /\/wake\.[\w-]+\.js$/u;

const visitor = useVisitor();
const base = inject('atRoot');

const awake = async (page: Page): Promise<void> => {
  await page.locator('lab-player:not([aria-busy])').first().waitFor();
};

const caretOf = (field: Locator): Promise<readonly [number, number]> =>
  field.evaluate((area) => [(area as HTMLTextAreaElement).selectionStart, (area as HTMLTextAreaElement).selectionEnd]);

test.each(['dns-search', 'packet-path', 'pv-binding'])('%s: who types into a text while the lab wakes goes on where the caret is', async (lab) => {
  const { page, troubles } = await visitor.open(`${base}labs/${lab}/`);
  const release = await hold(page, wakeScript);
  const field = labIn(page).root.locator('textarea').first();
  const before = await field.inputValue();
  const at = before.indexOf('\n') + 1;
  await field.focus();
  await field.evaluate((area, caret) => {
    (area as HTMLTextAreaElement).setSelectionRange(caret, caret);
  }, at);
  await page.keyboard.type('# on');
  release();
  await awake(page);
  expect(await caretOf(field)).toEqual([at + 4, at + 4]);
  await page.keyboard.type('e');
  await page.keyboard.press('Enter');
  const after = `${before.slice(0, at)}# one\n${before.slice(at)}`;
  expect(await field.inputValue()).toBe(after);
  // The coloured copy under the text says the same.
  const copy = labIn(page).root.locator('.editor > ol').first();
  await expect.poll(async () => (await copy.locator('li').allTextContents()).join('\n')).toBe(after);
  expect(troubles).toEqual([]);
});

test('a text that is selected while the lab wakes stays selected', async () => {
  const { page, troubles } = await visitor.open(`${base}labs/dns-search/`);
  const release = await hold(page, wakeScript);
  const field = labIn(page).root.locator('textarea').first();
  await field.selectText();
  const selected = await caretOf(field);
  release();
  await awake(page);
  expect(await caretOf(field)).toEqual(selected);
  await page.keyboard.press('Delete');
  expect(await field.inputValue()).toBe('');
  await labIn(page).root.locator('.err').first().waitFor();
  expect(troubles).toEqual([]);
});

test('a text that is typed before anything listens is read when the lab wakes', async () => {
  const { page, troubles } = await visitor.open(`${base}labs/dns-search/`);
  const lab = labIn(page);
  await lab.root
    .locator('textarea')
    .first()
    .evaluate((area) => {
      (area as HTMLTextAreaElement).value = 'a:\n\tb: 1\n';
    });
  await lab.button('Step').focus();
  await lab.root.locator('.err').first().waitFor();
  expect(await lab.root.locator('textarea').first().inputValue()).toBe('a:\n\tb: 1\n');
  expect(troubles).toEqual([]);
});

test('without a network a text stays as it was typed, and is read when the lab wakes after all', async () => {
  const { page } = await visitor.open(`${base}labs/dns-search/`);
  let isOff = true;
  await page.route(wakeScript, (route) => (isOff ? route.abort() : route.continue()));
  const lab = labIn(page);
  const field = lab.root.locator('textarea').first();
  await field.fill('a:\n\tb: 1\n');
  await page.locator('lab-player[data-failed]').waitFor();
  isOff = false;
  await lab.button('Step').focus();
  await lab.root.locator('.err').first().waitFor();
  expect(await field.inputValue()).toBe('a:\n\tb: 1\n');
});
