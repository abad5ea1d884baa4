/** What a reader sees of a question that is answered: what was right, what was chosen, and buttons that can be read. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeFaults } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** The question of this kind in the style guide, shown and ready to be answered. */
async function questionOf(page: Page, kind: string): Promise<Locator> {
  await page.locator('.quiz-steps').scrollIntoViewIfNeeded();
  await page.locator('.verdict').first().waitFor({ state: 'attached' });
  const kinds = await page.locator('.quiz-item').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.kind));
  await page
    .locator('.quiz-steps a')
    .nth(kinds.indexOf(kind))
    .evaluate((link) => {
      (link as HTMLElement).click();
    });
  const item = page.locator(`.quiz-item.current[data-kind="${kind}"]`);
  await item.waitFor();
  return item;
}

const look = (place: Locator): Promise<readonly string[]> =>
  place.evaluate((node) => {
    const { backgroundColor, color, borderTopColor, borderTopStyle } = getComputedStyle(node);
    return [backgroundColor, color, borderTopColor, borderTopStyle];
  });

describe.each(['light', 'dark'] as const)('buttons, %s', (colorScheme) => {
  test('of an answered question are read under the pointer, and its answers do not seem to wait for a click', async () => {
    const { page } = await visitor.open(`${base}styleguide/`, { colorScheme });
    const item = await questionOf(page, 'choice');
    const option = item.locator('.opt:not([data-right])').first();
    const before = await look(option);
    await option.hover();
    expect(await look(option)).not.toEqual(before);
    await item.locator('.opt[data-right] input').press('Space');
    await item.locator('[data-check]').click();
    await page.mouse.move(0, 0);
    const answered = await look(option);
    await option.hover();
    expect(await look(option)).toEqual(answered);
    expect(await option.locator('label').evaluate((label) => getComputedStyle(label).cursor)).toBe('auto');
    for (const name of ['Try again', 'Next question']) {
      const button = item.getByRole('button', { name });
      const rest = await look(button);
      await button.hover();
      expect(await look(button)).not.toEqual(rest);
      expect(await axeFaults(page, '.quiz')).toEqual([]);
    }
  });

  test('look after a tap as they did before: nothing stays under a finger that has gone', async () => {
    const { page } = await visitor.open(`${base}styleguide/`, { ...phone, colorScheme });
    const item = await questionOf(page, 'choice');
    await item.locator('.opt label').first().tap();
    await item.locator('[data-check]').tap();
    const again = item.getByRole('button', { name: 'Try again' });
    expect(await look(again)).toEqual(await look(page.locator('section:has(> #controls) .btn:not(.go, .bare)').first()));
    expect(await axeFaults(page, '.quiz')).toEqual([]);
  });
});

test('a button that waits looks the same under the pointer', async () => {
  const { page } = await visitor.open(`${base}styleguide/`);
  const go = page.locator('.btn.go').first();
  await go.evaluate((button) => {
    button.ariaDisabled = 'true';
  });
  const rest = await look(go);
  await go.hover();
  expect((await look(go))[0]).toBe(rest[0]);
});

describe('a question about an order, answered', () => {
  const steps = (item: Locator): Promise<readonly { readonly disc: string; readonly place: string; readonly why: string; readonly text: string }[]> =>
    item.locator('.opt').evaluateAll((options) =>
      options.map((option) => ({
        disc: option.querySelector('label')?.dataset.given ?? '',
        place: (option as HTMLElement).dataset.place ?? '',
        why: option.querySelector<HTMLElement>('.why')?.innerText ?? '',
        text: option.querySelector('label')?.textContent.trim() ?? '',
      })),
    );

  test('stands in its right order, and each step says where it was put', async () => {
    const { page, troubles } = await visitor.open(`${base}styleguide/`);
    const item = await questionOf(page, 'order');
    const asked = await steps(item);
    for (const input of await item.locator('input').all()) await input.press('Space');
    expect((await steps(item)).map(({ disc }) => disc)).toEqual(asked.map((_, index) => String(index + 1)));
    await item.locator('[data-check]').press('Enter');
    await page.locator('.quiz-item.current[data-answered="wrong"]').waitFor();
    const answer = async (): Promise<void> => {
      const shown = await steps(item);
      const inOrder = shown.map((_, index) => String(index + 1));
      expect(shown.map(({ place }) => place)).toEqual(inOrder);
      expect(shown.map(({ disc }) => disc)).toEqual(inOrder);
      for (const { place, text, why } of shown) {
        const put = asked.findIndex((step) => step.text === text) + 1;
        expect(why).toMatch(new RegExp(`^Step ${place}\\. You put it ${put === Number(place) ? 'here' : `at ${put}`}\\. \\S`, 'u'));
      }
    };
    await answer();
    expect(await item.locator('.verdict').innerText()).toMatch(/^Not quite\. .+right order/u);
    expect(await axeFaults(page, '.quiz')).toEqual([]);
    await page.reload();
    await page.locator('.quiz').scrollIntoViewIfNeeded();
    await page.locator('.quiz-item[data-kind="order"][data-answered]').waitFor({ state: 'attached' });
    await questionOf(page, 'order');
    await answer();
    await item.getByRole('button', { name: 'Try again' }).click();
    expect((await steps(item)).map(({ text, disc }) => [text, disc])).toEqual(asked.map(({ text }) => [text, '']));
    expect(await item.getByText('You put it').count()).toBe(0);
    // Answered rightly, it stands in the same order.
    for (const place of asked.keys()) await item.locator(`.opt[data-place="${place + 1}"] input`).press('Space');
    await item.locator('[data-check]').press('Enter');
    await page.locator('.quiz-item.current[data-answered="right"]').waitFor();
    expect((await steps(item)).map(({ why }) => why.includes('You put it here.'))).toEqual(asked.map(() => true));
    expect(troubles).toEqual([]);
  });
});

test('of several right answers the missed one is told from the chosen one, in words and in shape', async () => {
  const { page } = await visitor.open(`${base}styleguide/`);
  const item = await questionOf(page, 'many');
  const [chosen, missed] = [item.locator('.opt[data-right]').first(), item.locator('.opt[data-right]').last()];
  await chosen.locator('input').press('Space');
  await item.locator('.opt:not([data-right]) input').first().press('Space');
  await item.locator('[data-check]').press('Enter');
  await missed.locator('.why').waitFor();
  expect(await chosen.locator('.why').innerText()).toMatch(/^Right\. You chose it\. /u);
  expect(await missed.locator('.why').innerText()).toMatch(/^Right\. You missed it\. /u);
  expect(await item.locator('.opt:not([data-right]) .why').first().innerText()).toMatch(/^No\. You chose it\. /u);
  expect(await item.locator('.opt:not([data-right]) .why').last().innerText()).toMatch(/^No\. (?!You )/u);
  expect((await look(chosen))[3]).not.toBe((await look(missed))[3]);
  await item.getByRole('button', { name: 'Try again' }).click();
  expect(await item.getByText(/You (?:chose|missed) it/u).count()).toBe(0);
});

test('an answer is shown again where its options are the same, and asked for anew where they have changed', async () => {
  const { page } = await visitor.open(`${base}styleguide/`);
  const item = await questionOf(page, 'choice');
  await item.locator('.opt[data-right] input').press('Space');
  await item.locator('[data-check]').press('Enter');
  await page.locator('.quiz-item.current[data-answered]').waitFor();
  await page.reload();
  await questionOf(page, 'choice');
  expect(await item.getAttribute('data-answered')).toBe('right');
  // As if one of its options had other words since.
  await page.evaluate(() => {
    const key = 'kubestep:quiz';
    localStorage.setItem(key, (localStorage.getItem(key) ?? '').replace(/"of":"\w+"/u, '"of":"0"'));
  });
  await page.reload();
  await questionOf(page, 'choice');
  expect([await item.getAttribute('data-answered'), await item.locator('input:checked').count()]).toEqual([null, 0]);
});
