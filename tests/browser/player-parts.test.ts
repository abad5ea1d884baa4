import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { labIn } from './lab-page.ts';
import { useVisitor, type Visit } from './visitor.ts';

/** The player comes in two parts: what the first step needs, and `later`. These tests hold the second back, or let it fail. */
const laterScript = /\/later\.[\w-]+\.js$/u;

const visitor = useVisitor();
const base = inject('atRoot');

interface Held extends Visit {
  /** Resolved when the page has asked for the second part. */
  readonly asked: Promise<void>;
  /** Lets the second part come. */
  readonly release: () => void;
}

async function openHeld(path: string): Promise<Held> {
  const visit = await visitor.open(`${base}labs/`);
  const gate = Promise.withResolvers<undefined>();
  const asked = Promise.withResolvers<undefined>();
  await visit.page.route(laterScript, async (route) => {
    asked.resolve(undefined);
    await gate.promise;
    await route.continue();
  });
  await visit.page.goto(base + path);
  return {
    ...visit,
    asked: asked.promise.then(() => undefined),
    release: () => {
      gate.resolve(undefined);
    },
  };
}

/** Two frames later: what a click has changed is drawn. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve();
          });
        });
      }),
  );

test('the whole run works before the second part comes, and what waited for it is done then', async () => {
  const { page, release, troubles } = await openHeld('labs/dns-search/');
  const lab = labIn(page);
  await page.evaluate(() => {
    const progress: unknown[] = [];
    Object.assign(window, { progress });
    addEventListener('lab-progress', (event) => progress.push((event as CustomEvent<unknown>).detail));
  });
  await lab.button('Step').click();
  await lab.root.locator('.now-line', { hasText: 'step 1' }).waitFor();
  await page.keyboard.press('.');
  expect(await lab.position()).toContain('step 2');
  await lab.button('One step back').click();
  expect(await lab.position()).toContain('step 1');
  await page.keyboard.press('End');
  expect(await lab.position()).toContain('settled');
  await lab.root.locator('.track input').fill('0');
  expect(await lab.position()).toContain('step 0');
  await lab.button('Play').click();
  await lab.root.locator('.now-line', { hasText: 'step 2' }).waitFor();
  await lab.button('Reset').click();
  expect(await lab.position()).toContain('step 0');
  await page.keyboard.press('End');
  await page.keyboard.press('2');
  expect(await lab.root.locator('.stage table').count()).toBe(0);
  release();
  await lab.root.locator('.stage table').first().waitFor();
  await page.locator('[data-spoken]', { hasText: 'End at' }).waitFor({ state: 'attached' });
  expect(await page.evaluate(() => (window as unknown as { readonly progress: readonly unknown[] }).progress)).toHaveLength(1);
  expect(troubles).toEqual([]);
});

test.each(['by a click', 'by keyboard'] as const)('a hint that is asked for too early (%s) comes later; nothing moves, and the focus stays', async (how) => {
  const { page, asked, release, troubles } = await openHeld('dns/');
  const hint = page.locator('.goal-part button').first();
  const heightPx = (): Promise<number | undefined> => hint.evaluate((button) => button.closest('lab-player')?.getBoundingClientRect().height);
  await hint.scrollIntoViewIfNeeded();
  const handle = await hint.elementHandle();
  const before = await heightPx();
  if (how === 'by keyboard') {
    await hint.focus();
    await page.keyboard.press('Enter');
  } else {
    await hint.click();
  }
  await asked;
  await drawn(page);
  expect(await heightPx()).toBe(before);
  expect(await hint.innerText()).toContain('Hint 1');
  expect(await hint.evaluate((button) => document.activeElement === button)).toBe(true);
  release();
  await page.locator('.goal-part ol li').first().waitFor();
  expect(await hint.innerText()).toContain('Hint 2');
  expect(await handle.evaluate((button) => button.isConnected)).toBe(true);
  expect(troubles).toEqual([]);
});

test('a "why?" that is asked too early takes the focus when it comes, and gives it back', async () => {
  const { page, asked, release, troubles } = await openHeld('dns/');
  const lab = page.locator('lab-player:has(.picture > .live .why-of)').first();
  await lab.scrollIntoViewIfNeeded();
  await lab.locator('.live .why-of').first().click();
  await asked;
  release();
  await lab.locator('.why-panel').waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest('.why-panel') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await lab.locator('.why-panel').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('why-of');
  expect(troubles).toEqual([]);
});

test('a compact lab of a chapter opens its texts and its log', async () => {
  const { page, troubles } = await visitor.open(`${base}dns/`);
  const lab = page.locator('lab-player:has([data-does="open"])').first();
  await lab.scrollIntoViewIfNeeded();
  // The button goes when it is pressed, so the locator would find another lab.
  const opened = await lab.elementHandle();
  expect(await opened.$('.events')).toBeNull();
  await lab.locator('[data-does="open"]').click();
  await page.waitForFunction((element) => element.querySelector('.fields, textarea') !== null && element.querySelector('.events') !== null, opened);
  expect(troubles).toEqual([]);
});

test('without a network the lab says so, keeps the run, and tries again', async () => {
  const { page } = await visitor.open(`${base}labs/`);
  let isOff = true;
  await page.route(laterScript, (route) => (isOff ? route.abort() : route.continue()));
  await page.goto(`${base}labs/dns-search/`);
  const lab = labIn(page);
  await lab.button('Step').click();
  await lab.root.locator('.notice').waitFor();
  expect(await lab.position()).toContain('step 1');
  isOff = false;
  await lab.button('Try again').click();
  await lab.root.locator('.notice').waitFor({ state: 'detached' });
});

test('the conclusion comes when the task is done, not when the run has settled for the first time', async () => {
  const { page, troubles } = await visitor.open(`${base}labs/pv-binding/#scenario=delete-retain`);
  const lab = labIn(page);
  await page.locator('.live', { hasText: 'orders-disk' }).waitFor();
  const after = lab.root.locator('.after.said');
  const said = lab.root.locator('.said-so');
  await lab.root.locator('.predict label', { hasText: 'it went with the pod' }).click();
  await lab.toTheEnd();
  await said.getByText('Do it for me').waitFor();
  expect([await after.count(), await lab.root.locator('.chip.hit').count()]).toEqual([0, 0]);
  await lab.button('Delete shop').click();
  await lab.toTheEnd();
  expect(await after.count()).toBe(0);
  await lab.button('Delete orders').click();
  await lab.toTheEnd();
  await after.waitFor();
  expect(await said.innerText()).toContain('The answer: it is Released, with all that is on it. Policy Retain');
  expect(troubles).toEqual([]);
});

test('who asks for the solution gets the conclusion too', async () => {
  const { page, troubles } = await visitor.open(`${base}labs/pv-binding/#scenario=stuck-terminating`);
  const lab = labIn(page);
  await page.locator('.live', { hasText: 'inbox-disk' }).waitFor();
  await lab.toTheEnd();
  await lab.button('Do it for me').click();
  await lab.root.locator('.after.said').waitFor();
  expect(await lab.root.locator('.said-so').innerText()).toContain('The answer: nothing: it runs and keeps its volume.');
  expect(troubles).toEqual([]);
});

test('in a long text only the line that is typed in is drawn again, and the caret stays', async () => {
  const { page, troubles } = await visitor.open(`${base}labs/pv-binding/#scenario=smallest-fit`);
  const lab = labIn(page);
  await page.locator('.live', { hasText: 'pv-100' }).waitFor();
  const field = lab.root.locator('textarea').first();
  const lines = Array.from({ length: 150 }, (_, index) => (index === 0 ? 'kind: List' : `field${index}: [ReadWriteOnce]`));
  await field.fill(lines.join('\n'));
  const copy = lab.root.locator('.editor > ol').first();
  await expect.poll(() => copy.locator('li').count()).toBe(150);
  // The text has been read, and its mistake is marked.
  await lab.root.locator('.err').first().waitFor();
  const caret = lines.slice(0, 70).join('\n').length + 1;
  await field.evaluate((area, at) => {
    (area as HTMLTextAreaElement).setSelectionRange(at, at);
    const touched = new Set<unknown>();
    Object.assign(window, { touched });
    new MutationObserver((changes) => {
      for (const { target, addedNodes, removedNodes } of changes) {
        for (const node of [target, ...addedNodes, ...removedNodes]) if (node.nodeName !== 'OL') touched.add(node.parentElement?.closest('li') ?? node);
      }
    }).observe(document.querySelector('.editor > ol') ?? document, { subtree: true, childList: true, characterData: true });
  }, caret);
  await page.keyboard.type('ab');
  expect(await page.evaluate(() => (window as unknown as { readonly touched: ReadonlySet<unknown> }).touched.size)).toBeLessThanOrEqual(2);
  expect(await field.evaluate((area) => (area as HTMLTextAreaElement).selectionStart)).toBe(caret + 2);
  await page.keyboard.press('Enter');
  expect(await copy.locator('li').count()).toBe(151);
  expect(await field.evaluate((area) => (area as HTMLTextAreaElement).selectionStart)).toBe(caret + 3);
  const texts = await copy.locator('li').allTextContents();
  expect(texts.join('\n')).toBe(await field.inputValue());
  expect(troubles).toEqual([]);
});
