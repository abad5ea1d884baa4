import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeFaults, openWith } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

// What was heard of questions and cards in Orca and can be measured without it; docs/accessibility has the scripts and what was said.
const visitor = useVisitor();
const base = inject('atRoot');

const hasFocus = (place: Locator): Promise<boolean> => place.evaluate((node) => node === document.activeElement);
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement?.closest('label') ?? activeElement;
    return label?.textContent.trim() ?? '';
  });

/** The question of this kind in the style guide, shown and ready to be answered. */
async function questionOf(page: Page, kind: string): Promise<Locator> {
  await page.locator('.quiz-steps').scrollIntoViewIfNeeded();
  const kinds = await page.locator('.quiz-item').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.kind));
  await page.locator('.quiz-steps a').nth(kinds.indexOf(kind)).click();
  const item = page.locator(`.quiz-item.current[data-kind="${kind}"]`);
  await item.locator('.verdict').waitFor({ state: 'attached' });
  return item;
}

/** Answers it, by keyboard alone, up to the press on Check. */
async function answer(page: Page, item: Locator, kind: string): Promise<void> {
  if (kind === 'input') await item.locator('.input').fill('no-such-answer');
  else if (kind === 'order') for (const input of await item.locator('input').all()) await input.press('Space');
  else await item.locator('.opt input').last().press('Space');
  await item.locator('[data-check]').press('Enter');
  await page.locator('.quiz-item.current[data-answered]').waitFor();
}

describe.each(['choice', 'many', 'order', 'trace', 'input'])('a question of kind %s', (kind) => {
  test('after Check the verdict has the focus, between the question and its reasons, and one live text says it', async () => {
    const { page, troubles } = await visitor.open(`${base}styleguide/`);
    const item = await questionOf(page, kind);
    // It stands there empty, and is no status: Orca says "statusbar" at that.
    const region = item.locator('.verdict > [aria-live="polite"]');
    expect(await region.innerText()).toBe('');
    expect(await page.locator('.quiz [role="status"]').count()).toBe(0);
    const lack = /^(?:Choose|Type) an answer first\.$/u;
    await item.locator('[data-check]').press('Enter');
    await expect.poll(() => region.innerText()).toMatch(lack);
    // Pressed once more it is said once more: Orca is silent at a text that equals the last.
    const before = await region.textContent();
    await item.locator('[data-check]').press('Enter');
    await expect.poll(() => region.textContent()).not.toBe(before);
    expect((await region.innerText()).trim()).toMatch(lack);
    expect(await hasFocus(item.locator('[data-check]'))).toBe(true);
    await answer(page, item, kind);
    const verdict = item.locator('fieldset > .verdict');
    expect(await hasFocus(verdict)).toBe(true);
    expect(await region.innerText()).toMatch(/^(?:Right\.|Not quite\. \S.+)$/u);
    const isBetween = await verdict.evaluate((node) => {
      const [legend, options] = ['legend', '.opts'].map((name) => node.parentElement?.querySelector(name));
      const follows = (one: Node, other: Node): boolean => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      return legend && options && follows(legend, node) && follows(node, options);
    });
    expect(isBetween).toBe(true);
    expect(await axeFaults(page, '.quiz')).toEqual([]);
    // In one group with the question: left for the buttons and entered again, the question would be said once more before the verdict.
    expect(await item.locator('fieldset > .row').count()).toBe(1);
    const stops = kind === 'input' ? ['Show a right answer'] : [];
    for (const stop of [...stops, 'Next question', 'Try again']) {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe(stop);
    }
    // The stops come in the order in which they are seen.
    const [next, again] = [await item.locator('[data-next]').boundingBox(), await item.locator('[data-check]').boundingBox()];
    expect(next!.x + next!.width).toBeLessThanOrEqual(again!.x);
    await page.keyboard.press('Enter');
    expect(await hasFocus(item.locator('.input, .opt input').first())).toBe(true);
    expect(await region.innerText()).toBe('');
    expect(troubles).toEqual([]);
  });
});

describe('from question to question', () => {
  test('the question that comes next has the focus as a group, which is called what it asks', async () => {
    const { page } = await visitor.open(`${base}styleguide/`);
    const first = await questionOf(page, 'choice');
    await first.getByRole('button', { name: 'Next question' }).press('Enter');
    const next = page.getByRole('group', { name: /^Question 2 of \d+, choose in order, first to last\s.{20}/u });
    expect(await hasFocus(next)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await hasFocus(page.locator('.quiz-item.current .opt input').first())).toBe(true);
  });

  test('the result of all is said by a region that stands there before, and the ways on are described by it', async () => {
    const { page } = await visitor.open(`${base}styleguide/`);
    await questionOf(page, 'choice');
    const result = page.locator('.quiz > .result > [aria-live="polite"]');
    expect(await result.evaluate((node) => [node.textContent, node.closest('[hidden]')])).toEqual(['', null]);
    for (const kind of ['choice', 'many', 'order', 'trace', 'input']) await answer(page, await questionOf(page, kind), kind);
    await expect.poll(() => result.innerText()).toMatch(/^\d of 5 right\.$/u);
    const again = page.getByRole('button', { name: 'All questions again' });
    expect(await again.getAttribute('aria-describedby')).toBe(await result.getAttribute('id'));
    await again.press('Enter');
    expect(await hasFocus(page.getByRole('group', { name: /^Question 1 of 5/u }))).toBe(true);
    expect(await result.innerText()).toBe('');
  });

  test.each(['near the quiz', 'far from it'])('a changed address brings its question, %s; back and forward do, too', async (where) => {
    const { page, troubles } = await visitor.open(`${base}dns/#quiz-env-list`);
    const shown = (id: string): Promise<unknown> =>
      page.waitForFunction((name) => {
        const item = document.querySelector(`#quiz-${name}.current`);
        const top = item?.querySelector('legend')?.getBoundingClientRect().top ?? Infinity;
        return document.querySelectorAll('.quiz-item.current').length === 1 && top > 0 && top < innerHeight;
      }, id);
    await shown('env-list');
    if (where === 'far from it')
      await page.evaluate(() => {
        scrollTo({ top: 0, behavior: 'instant' });
      });
    await page.evaluate(() => (location.hash = 'quiz-queries-for-ent'));
    await shown('queries-for-ent');
    expect(await hasFocus(page.getByRole('group', { name: /And for ent,/u }))).toBe(true);
    await page.goBack();
    await shown('env-list');
    await page.goForward();
    await shown('queries-for-ent');
    // The address goes with the reader, so that a link to the question before is a change, too.
    await page.locator('.quiz-item.current').getByRole('button', { name: 'Next question' }).press('Enter');
    await shown('name-across-namespaces');
    expect(new URL(page.url()).hash).toBe('#quiz-name-across-namespaces');
    await page.evaluate(() => (location.hash = 'quiz-queries-for-ent'));
    await shown('queries-for-ent');
    expect(troubles).toEqual([]);
  });

  test('an address that comes before anybody saw the questions brings its question', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.evaluate(() => (location.hash = 'quiz-queries-for-ent'));
    await page.waitForFunction(() => (document.querySelector('#quiz-queries-for-ent.current')?.getBoundingClientRect().top ?? Infinity) < innerHeight);
  });
});

test('a card is called all that it asks, and turned says all that it answers', async () => {
  const cards = { 'dns/after-create': { step: 1, on: '2026-01-01' } };
  const { page, troubles } = await openWith(visitor, { base, path: 'review/' }, { 'kubestep:review': { v: 1, cards } });
  await page.getByRole('button', { name: 'Review it' }).press('Enter');
  const front = page.getByRole('group', { name: /^From creating the Service ent .* in order\?$/u });
  await front.waitFor();
  expect(await hasFocus(front)).toBe(true);
  // There before the answer comes, and empty; of several things that come at once only the last may be said.
  const region = page.locator('.flashcard [tabindex] > [aria-live="polite"]');
  expect(await region.evaluate((node) => [node.childNodes.length, node.closest('[hidden]')])).toEqual([0, null]);
  await page.keyboard.press('Enter');
  await region.locator(':scope > .back:only-child').getByText('the node rewrites').waitFor();
  expect(await region.evaluate((node) => [node.childNodes.length, node.parentElement === document.activeElement])).toEqual([1, true]);
  expect(await axeFaults(page)).toEqual([]);
  expect(troubles).toEqual([]);
});
