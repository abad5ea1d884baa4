import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeFaults, kept, openWith } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const phone = { viewport: { width: 390, height: 844 } } as const;
const open = (things: Readonly<Record<string, unknown>>, path: string, options?: BrowserContextOptions) => openWith(visitor, { base, path }, things, options);

describe('what loads when', () => {
  test('a chapter that nobody touches loads nothing for reading, and the first sign does', async () => {
    const { page } = await visitor.open(`${base}404.html`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${base}dns/`, { waitUntil: 'networkidle' });
    expect(asked.filter((url) => /follow-reader|run-quiz|bookmark/u.test(url))).toEqual([]);
    await page.mouse.move(300, 300);
    await page.locator('.bookmark').first().waitFor({ state: 'attached' });
    expect(asked.some((url) => url.includes('follow-reader'))).toBe(true);
  });

  test('what was kept before there were versions is read, and written anew with its version', async () => {
    const { page } = await open(
      {
        'kubestep:progress': { read: { dns: ['records'] }, last: { path: '/dns/#records', label: 'Records' } },
        'kubestep:quiz': { 'dns/no-registration': { given: [0], right: true } },
      },
      'dns/',
    );
    expect(await page.locator('.toc a[data-chapter="dns"].begun').count()).toBe(1);
    await page.locator('#quiz-no-registration').scrollIntoViewIfNeeded();
    await page.locator('#quiz-no-registration[data-answered]').waitFor({ state: 'attached' });
    await page.locator('.bookmark').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => localStorage.getItem('kubestep:progress')?.startsWith('{"v":1') === true);
    expect(await kept(page, 'progress')).toMatchObject({ v: 1, read: { dns: ['records'] }, labs: {} });
  });
});

describe('bookmarks', () => {
  test('are set by keyboard without moving the heading, are the same in two tabs, and stand on the page of the data', async () => {
    const { page, troubles } = await visitor.open(`${base}dns/#records`);
    const heading = page.locator('#records');
    const heightPx = (await heading.boundingBox())?.height;
    await page.mouse.move(200, 200);
    const button = page.getByRole('button', { name: 'Bookmark Records' });
    await button.waitFor({ state: 'attached' });
    expect((await heading.boundingBox())?.height).toBe(heightPx);
    await button.focus();
    expect(await button.evaluate((node) => getComputedStyle(node).opacity)).toBe('1');

    const other = await page.context().newPage();
    await other.goto(`${base}dns/#cluster-dns`);
    await other.mouse.move(200, 200);
    await other.locator('.bookmark:has(+ #cluster-dns)').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await other.locator('.bookmark[aria-pressed="true"]:has(+ #records)').waitFor({ state: 'attached' });
    await other.locator('.bookmark:has(+ #cluster-dns)').focus();
    await other.keyboard.press('Enter');
    await page.locator('.bookmark[aria-pressed="true"]:has(+ #cluster-dns)').waitFor({ state: 'attached' });

    await page.goto(`${base}your-data/`);
    const marks = page.locator('[data-marks] a');
    // The rows come with a module of their own.
    await marks.nth(1).waitFor();
    expect(await page.getByText('None yet.').isVisible()).toBe(false);
    expect((await marks.allInnerTexts()).toSorted()).toEqual(['Cluster DNS', 'Records']);
    await page.getByRole('button', { name: 'Remove the bookmark Records' }).click();
    await page.getByText('Removed the bookmark “Records”.').waitFor();
    await marks.nth(1).waitFor({ state: 'detached' });
    expect(await marks.allInnerTexts()).toEqual(['Cluster DNS']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Everything is back as it was.').waitFor();
    await marks.nth(1).waitFor();
    expect(troubles).toEqual([]);
  });
});

describe('the review', () => {
  const due = { 'dns/card/how-do-you-make-a-name-absolute': { step: 1, on: '2026-01-01' }, 'dns/env-list': { step: 4, on: '2026-01-02' } };
  const queue = (cards: object) => ({ 'kubestep:review': { v: 1, cards } });

  test('by keyboard: a known card comes back later, a missed one in the round and tomorrow, and a look can be taken back', async () => {
    const { page, troubles } = await open(queue({ ...due, 'dns/card/that-is-no-more': { step: 0, on: '2026-01-01' } }), 'review/');
    await page.clock.setFixedTime(new Date(2026, 10, 21, 9));
    await page.reload();
    await page.getByText('3 cards due.').waitFor();
    await page.getByRole('button', { name: 'Review them' }).focus();
    await page.keyboard.press('Enter');
    const front = page.locator('.flashcard .front');
    await front.getByText('How do you make a name absolute?').waitFor();
    // The card that is gone has left the queue by itself.
    expect(Object.keys(((await kept(page, 'review')) as { readonly cards: object }).cards)).toHaveLength(2);
    expect(await page.locator('.flashcard .back').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.locator('.flashcard .back').getByText('With a dot at the end.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await page.getByText('Knew it, again on Saturday, November 28. Card 2 of 2.').waitFor();
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('Not yet, again in this round and tomorrow. Card 2 of 2.').waitFor();
    expect(await kept(page, 'review')).toMatchObject({
      cards: { 'dns/card/how-do-you-make-a-name-absolute': { step: 2, on: '2026-11-21' }, 'dns/env-list': { step: 0, on: '2026-11-21' } },
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back. Card 2 of 2.').waitFor();
    expect(await kept(page, 'review')).toMatchObject({ cards: { 'dns/env-list': due['dns/env-list'] } });
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Done: 2 cards. Nothing is due. Next: 1 card on Saturday, November 28.').waitFor();
    expect(await kept(page, 'review')).toMatchObject({ cards: { 'dns/env-list': { step: 4, on: '2026-11-21' } } });
    expect(troubles).toEqual([]);
  });

  test('a part can be reviewed whole, and another tab sees the counts', async () => {
    const { page } = await open(queue(due), 'review/');
    const other = await page.context().newPage();
    await other.goto(`${base}review/`);
    const row = other.locator('[data-deck="dns"] [data-counts]');
    expect(await row.innerText()).toMatch(/^2 of \d+ in review$/u);
    const total = Number(/of (\d+)/u.exec(await page.locator('[data-deck="pv-pvc"] [data-counts]').innerText())?.[1]);
    await page.getByRole('button', { name: 'Review the part' }).last().click();
    await page.getByText(`Card 1 of ${total}.`).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await other.locator('[data-deck="pv-pvc"] [data-counts]', { hasText: `1 of ${total} in review` }).waitFor();
  });

  test('a card that is turned and a question that is answered come into the queue', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.mouse.move(300, 300);
    await page.locator('.bookmark').first().waitFor({ state: 'attached' });
    await page.locator('.card summary').first().click();
    const item = page.locator('.quiz-item.current');
    await item.scrollIntoViewIfNeeded();
    await item.locator('input').first().check();
    await item.locator('[data-check]').click();
    await page.locator('.quiz-item.current[data-answered]').waitFor();
    const { cards } = (await kept(page, 'review')) as { readonly cards: Readonly<Record<string, { readonly step: number }>> };
    expect(Object.keys(cards).toSorted()).toEqual(['dns/card/who-completes-a-short-name', 'dns/no-registration']);
  });
});

describe('the home page', () => {
  test.each([
    ['on a desk', { viewport: { width: 1280, height: 800 } }],
    ['on a phone', phone],
  ])('%s goes on where the reader was and says what is due, and nothing moves', async (_name, options) => {
    const { page } = await open(
      {
        'kubestep:progress': {
          v: 1,
          read: {},
          labs: {},
          last: { path: '/dns/#records', label: 'DNS and service discovery, Headless Services and names of single pods', at: 1 },
        },
        'kubestep:review': { v: 1, cards: { 'dns/env-list': { step: 0, on: '2026-01-01' } } },
      },
      '',
      options,
    );
    const link = page.locator('[data-continue]');
    await page.getByRole('link', { name: /^(?:Review: 1 card due|1 due)$/u }).waitFor();
    expect(await link.innerText()).toMatch(/^Continue/u);
    expect(new URL((await link.getAttribute('href')) ?? '', base).hash).toBe('#records');
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { readonly value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => {
            resolve(sum);
          }, 500);
        }),
    );
    expect(shift).toBeLessThanOrEqual(0.01);
  });
});

describe('the quiz', () => {
  test('steps are put in order by keyboard, and the count is said', async () => {
    const { page } = await visitor.open(`${base}styleguide/`);
    const number = (await page.locator('.quiz-item').evaluateAll((items) => items.findIndex((item) => (item as HTMLElement).dataset.kind === 'order'))) + 1;
    await page.locator('.quiz-steps').scrollIntoViewIfNeeded();
    await page
      .locator('.quiz-steps a')
      .nth(number - 1)
      .click();
    const item = page.locator('.quiz-item.current[data-kind="order"]');
    await item.waitFor();
    const places = await item.locator('.opt').evaluateAll((options) => options.map((option) => Number((option as HTMLElement).dataset.place)));
    for (let place = 1; place <= places.length; place += 1) {
      await item.locator('input').nth(places.indexOf(place)).focus();
      await page.keyboard.press('Space');
      expect(await item.locator('.verdict').innerText()).toBe(`${place} of ${places.length} in order.`);
    }
    await page.keyboard.press('Enter');
    await item.getByText('Right.', { exact: true }).waitFor();
    expect(await item.locator('.opt .why:visible').count()).toBe(places.length);
  });

  test('once all are answered it says how many are right, and asks the missed ones again', async () => {
    const { page } = await visitor.open(`${base}styleguide/`);
    await page.locator('.quiz-steps').scrollIntoViewIfNeeded();
    const count = await page.locator('.quiz-item').count();
    for (let index = 0; index < count; index += 1) {
      const item = page.locator('.quiz-item').nth(index);
      await page.locator('.quiz-steps a').nth(index).click();
      const kind = await item.getAttribute('data-kind');
      if (kind === 'input') await item.locator('.input').fill('no-such-answer');
      else if (kind === 'order') for (const input of await item.locator('input').all()) await input.check();
      else await item.locator('.opt:not([data-right]) input').first().check();
      await item.locator('[data-check]').click();
      await page.locator('.quiz-item.current[data-answered]').waitFor();
    }
    await page.getByText(`0 of ${count} right.`).waitFor();
    expect(await axeFaults(page, '.quiz')).toEqual([]);
    await page.getByRole('button', { name: `The ${count} missed again` }).click();
    expect(await page.locator('.quiz-item[data-answered]').count()).toBe(0);
    expect(await page.locator('.quiz-item').first().locator('.why:visible').count()).toBe(0);
    // The style guide teaches nobody.
    expect(await kept(page, 'review')).toBeNull();
  });

  test('a link to a question shows it', async () => {
    const { page } = await visitor.open(`${base}dns/#quiz-env-list`);
    const item = page.locator('#quiz-env-list.current');
    await item.waitFor();
    await page.waitForFunction(() => (document.querySelector('.quiz')?.getBoundingClientRect().top ?? Infinity) < innerHeight);
  });

  test('an answer given in one tab is seen in the other', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    const other = await page.context().newPage();
    await other.goto(`${base}dns/`);
    for (const tab of [page, other]) await tab.locator('.quiz-item.current').scrollIntoViewIfNeeded();
    const item = page.locator('.quiz-item.current');
    const id = (await item.getAttribute('id')) ?? '';
    await item.locator('input').first().check();
    await item.locator('[data-check]').click();
    await other.locator(`[id="${id}"][data-answered]`).waitFor({ state: 'attached' });
  });
});

test('below a path the review finds its cards, and the home page the place where the reader was', async () => {
  const below = inject('belowPath');
  const cards = { 'dns/card/how-do-you-make-a-name-absolute': { step: 0, on: '2026-01-01' } };
  const { page, troubles } = await openWith(visitor, { base: below, path: 'review/' }, { 'kubestep:review': { v: 1, cards } });
  await page.getByRole('button', { name: 'Review it' }).click();
  await page.locator('.flashcard').getByText('How do you make a name absolute?').waitFor();
  await page.goto(`${below}dns/#records`);
  await page.mouse.move(300, 300);
  await page.waitForFunction(() => localStorage.getItem('kubestep:progress')?.includes('"/dns/#records"') === true);
  await page.goto(below);
  await page.getByRole('link', { name: /^Continue/u }).click();
  await page.waitForURL(`${below}dns/#records`);
  expect(troubles).toEqual([]);
});
