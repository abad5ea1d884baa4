import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { clickableBoxes } from './clickable-boxes.ts';
import { hold } from './hold.ts';
import { useVisitor } from './visitor.ts';
import { namelessScrollers } from './zoom-faults.ts';

// What was heard of the search in Orca and can be measured without it; docs/accessibility has the script and what was said.
const visitor = useVisitor();
const base = inject('atRoot');

const answered = (page: Page, query: string) => page.locator(`form.search[data-answered=${JSON.stringify(query)}]`).waitFor();
const inertCount = (page: Page) => page.locator('body > [inert]').count();
const rested = (page: Page) =>
  page.waitForFunction(() => document.querySelector('form.search [aria-live]')?.textContent === document.querySelector('form.search .count')?.textContent);

/** Opens a chapter with the dialog, and asks. */
async function ask(query: string, width = 1280): Promise<Page> {
  const { page } = await visitor.open(`${base}dns/`, { viewport: { width, height: 844 } });
  await page.keyboard.press('/');
  await page.keyboard.type(query);
  await answered(page, query);
  return page;
}

test.each(['/', 'Control+k', 'Enter on “Search”'])('by %s the dialog stands at once, named and seen, and keeps its field', async (way) => {
  const { page } = await visitor.open(`${base}dns/`);
  const release = await hold(page, /\/(?:dialog|panel)\.[^/]*\.js|\/search\.[^/]*\.css/u);
  if (way.startsWith('Enter')) await page.locator('header a[data-search]').press('Enter');
  else await page.keyboard.press(way);
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await dialog.waitFor();
  const field = dialog.getByRole('searchbox', { name: 'Search' });
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await dialog.evaluate((box) => box.checkVisibility({ opacityProperty: true, visibilityProperty: true }))).toBe(true);
  // Taken away in the same moment, the page takes Orca's place along, and nothing is said.
  expect(await inertCount(page)).toBe(0);
  expect(await dialog.evaluate((box) => box.matches(':modal'))).toBe(false);
  await page.evaluate(() => Object.assign(globalThis, { first: document.activeElement }));
  await page.keyboard.type('ndo');
  release();
  await dialog.getByRole('button', { name: 'Close' }).waitFor();
  await page.keyboard.type('ts');
  await answered(page, 'ndots');
  expect(await page.evaluate(() => (globalThis as unknown as { readonly first: Element }).first === document.activeElement)).toBe(true);
});

test.each(['atRoot', 'belowPath'] as const)('%s: where the search cannot come, Enter asks its page', async (build) => {
  const { page } = await visitor.open(`${inject(build)}dns/`);
  await page.route(/\/dialog\.[^/]*\.js/u, (route) => route.abort());
  await page.keyboard.press('/');
  await page.keyboard.type('head less');
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => address.href.replace(/\+|%20/u, ' ') === `${inject(build)}search/?q=head less`);
  await answered(page, 'head less');
});

test('Tab stays in the dialog, and closing it gives the page back, and the focus', async () => {
  const { page } = await visitor.open(`${base}dns/`, { viewport: { width: 1280, height: 844 } });
  await page.locator('header a[data-search]').press('Enter');
  await page.keyboard.type('nxdomain');
  await answered(page, 'nxdomain');
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true);
    }
  }
  expect(await inertCount(page)).toBeGreaterThan(3);
  // The last Tab may have led to the browser's own bar: then the focus comes back a moment later.
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.hasAttribute('data-search'));
  expect(await inertCount(page)).toBe(0);
});

test('without Tab, too, the page below is soon out of reach; a press beside the dialog closes it', async () => {
  const { page } = await visitor.open(`${base}dns/`, { viewport: { width: 1280, height: 844 } });
  await page.keyboard.press('/');
  await page.locator('main[inert]').waitFor();
  await page.mouse.click(20, 700);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await inertCount(page)).toBe(0);
  expect(new URL(page.url()).pathname).toMatch(/\/dns\/$/u);
});

test('a press beside the dialog gives the focus back, too', async () => {
  const { page } = await visitor.open(`${base}dns/`, { viewport: { width: 1280, height: 844 } });
  await page.locator('header a[data-search]').press('Enter');
  await page.locator('main[inert]').waitFor();
  await page.mouse.click(20, 700);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.activeElement?.hasAttribute('data-search'));
});

/** Stops the clock of the page: from here on a test says how much time passes. */
async function stopClock(page: Page): Promise<void> {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
}

test('the page below is taken away late, when a screen reader has said where the focus is, and not from who has closed the dialog meanwhile', async () => {
  const { page } = await visitor.open(`${base}dns/`);
  await stopClock(page);
  await page.keyboard.press('/');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).waitFor();
  await page.clock.runFor(500);
  expect(await inertCount(page)).toBe(0);
  await page.clock.runFor(500);
  expect(await inertCount(page)).toBeGreaterThan(3);
  await page.keyboard.press('Escape');
  for (const key of ['/', 'Escape']) await page.keyboard.press(key);
  await page.clock.runFor(2000);
  expect(await inertCount(page)).toBe(0);
});

test('who has closed the dialog before the search has come keeps the page', async () => {
  const { page } = await visitor.open(`${base}dns/`);
  await stopClock(page);
  const release = await hold(page, /\/dialog\.[^/]*\.js/u);
  for (const key of ['/', 'Escape']) await page.keyboard.press(key);
  release();
  await page.locator('dialog .keys').waitFor({ state: 'attached' });
  await page.clock.runFor(2000);
  expect(await inertCount(page)).toBe(0);
});

test('nothing in the dialog is called clickable, and each stop of Tab says something', async () => {
  const page = await ask('nxdomain', 390);
  expect(await page.locator('.hit').count()).toBeGreaterThan(3);
  expect(await clickableBoxes(page, 'dialog')).toEqual([]);
  expect(await page.evaluate(namelessScrollers)).toEqual([]);
});

test('hint and count are said once each, by a region that is nothing else, and stand there to be read', async () => {
  const { page } = await visitor.open(`${base}dns/`);
  const release = await hold(page, /\/dialog\.[^/]*\.js/u);
  await page.keyboard.press('/');
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    let last = '';
    new MutationObserver(() => {
      const now = document.querySelector('form.search [aria-live]')?.textContent ?? '';
      if (now !== last) said.push(now);
      last = now;
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  release();
  await page.locator('form.search .count', { hasText: 'Chapters, labs' }).waitFor();
  await rested(page);
  await page.keyboard.type('nxdomain');
  await answered(page, 'nxdomain');
  await rested(page);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-input');
  const said = await page.evaluate(() => (globalThis as unknown as { readonly said: readonly string[] }).said);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/^Chapters, labs, terms/u);
  expect(said[1]).toMatch(/^\d+ results in \d+ kinds$/u);
  expect(await page.locator('form.search [aria-live]').evaluate((region) => [region.getAttribute('role'), region.childNodes.length])).toEqual([null, 1]);
  // The words that are seen are the same: read line by line, they would come twice.
  expect(await page.locator('form.search .count').getAttribute('aria-hidden')).toBe('true');
});

test('no count is said while somebody types on', async () => {
  const { page } = await visitor.open(`${base}dns/`);
  await stopClock(page);
  await page.keyboard.press('/');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).waitFor();
  for (const [letters, query, ms] of [
    ['nx', 'nx', 200],
    ['domain', 'nxdomain', 30],
  ] as const) {
    await page.keyboard.type(letters);
    await page.clock.runFor(ms);
    // The index waits a little, too.
    const ask = async (): Promise<string | null> => {
      await page.clock.runFor(2);
      return page.locator('form.search').getAttribute('data-answered');
    };
    await expect.poll(ask, { timeout: 10_000 }).toBe(query);
  }
  const region = page.locator('form.search [aria-live]');
  await page.clock.runFor(520);
  expect(await region.textContent()).toBe('');
  await page.clock.runFor(200);
  expect(await region.textContent()).toMatch(/^\d+ results in \d+ kinds$/u);
});

test('Enter before the answer opens the first hit of the whole query once it stands', async () => {
  const page = await ask('nd');
  const release = await hold(page, /\/pagefind\/(?:index|fragment|text)\//u);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('headless');
  await page.keyboard.press('Enter');
  release();
  await page.waitForURL(/\/glossary\/headless-service\//u);
});

describe('with the focus on a control of the page, the slash', () => {
  const press = async (html: string): Promise<number> => {
    const { page } = await visitor.open(`${base}report/`);
    await page.locator('main').evaluate((main, inner) => {
      main.insertAdjacentHTML('beforeend', `<div id="tried">${inner}</div>`);
    }, html);
    await page.locator('#tried > :first-child').focus();
    expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe('tried');
    await page.keyboard.press('/');
    return page.getByRole('dialog').count();
  };

  test.each([
    '<input type="checkbox">',
    '<input type="radio">',
    '<input type="range">',
    '<button>Do</button>',
    '<select><option>One</option></select>',
    '<a href="/">Home</a>',
  ])('opens the search: %s', async (html) => {
    expect(await press(html)).toBe(1);
  });

  test.each(['<input>', '<input type="search">', '<input type="email">', '<textarea></textarea>', '<p contenteditable="true">Text</p>'])(
    'is typed: %s',
    async (html) => {
      expect(await press(html)).toBe(0);
    },
  );
});
