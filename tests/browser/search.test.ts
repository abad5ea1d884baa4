import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const sites = { 'at the root': inject('atRoot'), 'below a path': inject('belowPath') };

/** Waits until the panel shows what was found for a query. */
const answered = (page: Page, query: string) => page.locator(`form.search[data-answered=${JSON.stringify(query)}]`).waitFor();
const firstPath = (page: Page) =>
  page
    .locator('.hit a')
    .first()
    .evaluate((link) => (link as HTMLAnchorElement).pathname + (link as HTMLAnchorElement).hash);

describe.each(Object.entries(sites))('search %s', (_, base) => {
  test('loads nothing before it is asked for, not even its look', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.waitForLoadState('networkidle');
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded.filter((name) => /pagefind|panel|dialog\.|\/search\./u.test(name))).toEqual([]);
  });

  test.each(['/', 'Control+k', 'Meta+k'])('opens with %s, finds a term and goes there by keyboard', async (key) => {
    const { page, troubles } = await visitor.open(`${base}dns/`);
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name: 'Search the course' });
    await dialog.waitFor();
    await page.keyboard.type('ndots');
    await answered(page, 'ndots');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/glossary\/ndots\//u);
    expect(troubles).toEqual([]);
  });
});

describe('search', () => {
  const base = inject('atRoot');
  const openAt = async (query: string) => {
    const visit = await visitor.open(`${base}search/?q=${encodeURIComponent(query)}`);
    await answered(visit.page, query);
    return visit;
  };

  test('Escape closes it and gives the focus back', async () => {
    const { page } = await visitor.open(base);
    await page.locator('[data-search]').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search'))).toBe(true);
  });

  test('a first query fetches few files of the index', async () => {
    const { page } = await openAt('persistent volume claim');
    const files = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const fetched = (part: string): number => files.filter((name) => name.includes(part)).length;
    expect(fetched('.pf_index')).toBeGreaterThan(0);
    expect(fetched('.pf_index')).toBeLessThanOrEqual(4);
    expect(fetched('.pf_fragment')).toBeLessThanOrEqual(12);
    expect(fetched('.pf_filter')).toBe(0);
  });

  test('of long chapters it fetches what it shows of them, and marks the words below their headings', async () => {
    const { page } = await openAt('why does curl to my service hang');
    const files = await page.evaluate(() => performance.getEntriesByType('resource').map((file) => file as PerformanceResourceTiming));
    expect(files.filter(({ name }) => name.endsWith('.pf_text')).length).toBeGreaterThan(0);
    expect(files.filter(({ name }) => /\.pf_(?:index|fragment|text)$/u.test(name)).reduce((sum, file) => sum + file.encodedBodySize, 0)).toBeLessThan(40_000);
    const chapter = page.locator('.hit', { has: page.locator('.kind', { hasText: 'Chapter' }) }).first();
    const excerpts = await chapter.locator('ul .dim').evaluateAll((shown) => shown.map((excerpt) => excerpt.querySelectorAll('mark').length));
    expect(excerpts.length).toBeGreaterThan(0);
    expect(Math.min(...excerpts)).toBeGreaterThan(0);
  });

  test.each(['/', 'Control+k', 'Meta+k'])('what is typed right after %s, while the search still loads, is asked', async (key) => {
    const { page, troubles } = await visitor.open(`${base}dns/`);
    await page.route(/\/dialog\.[^/]*\.js|\/search\.[^/]*\.css/u, async (route) => {
      await new Promise((done) => setTimeout(done, 300));
      await route.continue();
    });
    await page.keyboard.press(key);
    await page.keyboard.type('ndotts');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.locator('#search-input').waitFor();
    await page.keyboard.type('s');
    await answered(page, 'ndots');
    expect(await page.locator('dialog').count()).toBe(1);
    expect(await page.locator('dialog input:not([type="radio"])').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('quorum');
    await answered(page, 'quorum');
    expect(troubles).toEqual([]);
  });

  test('Escape before the search has loaded leaves it closed', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.route(/\/search\.[^/]*\.css/u, async (route) => {
      await new Promise((done) => setTimeout(done, 200));
      await route.continue();
    });
    await page.keyboard.press('/');
    await page.keyboard.type('nd');
    await page.keyboard.press('Escape');
    await page.locator('dialog .results').waitFor({ state: 'attached' });
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('body > [inert]').count()).toBe(0);
  });

  test.each(['glossary/', 'commands/', 'errors/', 'labs/'])('on /%s, which has a filter, the slash opens the search too', async (path) => {
    const { page } = await visitor.open(`${base}${path}`);
    await page.keyboard.press('/');
    await page.getByRole('dialog', { name: 'Search the course' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
  });

  test('on the page of the search, the slash goes to its field', async () => {
    const { page } = await visitor.open(`${base}search/`);
    await page.locator('#search-input').waitFor();
    await page.locator('main a').first().focus();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-input');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a slash that is typed into a field stays there', async () => {
    const { page } = await visitor.open(`${base}labs/dns-search/`);
    await page.getByRole('textbox', { name: 'The program asks for' }).first().press('/');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('with single keys off, the slash opens nothing and Ctrl-K still does', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.evaluate(() => {
      localStorage.setItem('kubestep:keys', 'off');
    });
    await page.keyboard.press('/');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await page.locator('#search-input').inputValue()).toBe('');
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  test('arrows walk from the field through the hits, Home and End to the first and the last', async () => {
    const { page } = await openAt('pvc');
    const focused = () => page.evaluate(() => [...document.querySelectorAll('.hits a')].indexOf(document.activeElement!));
    const steps: number[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'Home', 'ArrowUp']) {
      await page.keyboard.press(key);
      steps.push(await focused());
    }
    const last = (await page.locator('.hits a').count()) - 1;
    expect(last).toBeGreaterThan(3);
    expect(steps).toEqual([0, 1, 0, last, 0, -1]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-input');
  });

  test('a kind narrows the hits and stands in the address, and the back button takes it away', async () => {
    const { page } = await openAt('pvc');
    await page.getByRole('radio', { name: /^Errors/u }).check();
    await page.waitForURL(/[?&]kind=Error$/u);
    expect(new Set(await page.locator('.hit .kind').allTextContents())).toEqual(new Set(['Error']));
    await page.goBack();
    await page.waitForURL(/\?q=pvc$/u);
    await page.locator('.hit .kind', { hasText: 'Term' }).first().waitFor();
    expect(await page.getByRole('radio', { name: /^All/u }).isChecked()).toBe(true);
  });

  test('an address with a kind shows that kind', async () => {
    const { page } = await visitor.open(`${base}search/?q=pvc&kind=Term`);
    await answered(page, 'pvc');
    expect(new Set(await page.locator('.hit .kind').allTextContents())).toEqual(new Set(['Term']));
  });

  test('the back button goes back to the query before, not letter by letter', async () => {
    const { page } = await openAt('ndots');
    await page.locator('#search-input').fill('');
    await page.waitForURL(/\/search\/$/u);
    await page.locator('#search-input').pressSequentially('svc', { delay: 200 });
    await answered(page, 'svc');
    await page.goBack();
    await answered(page, 'ndots');
    expect(await page.locator('#search-input').inputValue()).toBe('ndots');
  });

  test('a query that led somewhere is offered again, and can be forgotten', async () => {
    const { page } = await openAt('quorum');
    await page.locator('.hit a').first().click();
    await page.waitForURL(/\/glossary\/quorum\//u);
    await page.keyboard.press('/');
    await page.getByRole('button', { name: 'quorum' }).click();
    await answered(page, 'quorum');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-input');
    await page.locator('#search-input').fill('');
    await page.getByRole('button', { name: 'Forget them' }).click();
    expect(await page.getByRole('button', { name: 'quorum' }).count()).toBe(0);
    expect(await page.evaluate(() => localStorage.getItem('kubestep:searches'))).not.toContain('quorum');
  });

  test('the count is announced once, after the typing', async () => {
    const { page } = await visitor.open(`${base}search/`);
    await page.locator('form.search .count:not(:empty)').waitFor();
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      const status = document.querySelector('form.search [aria-live]');
      if (status) new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
    });
    await page.locator('#search-input').pressSequentially('quorum', { delay: 150 });
    await answered(page, 'quorum');
    await page.waitForFunction(
      () => document.querySelector('form.search [aria-live]')?.textContent === document.querySelector('form.search .count')?.textContent,
    );
    const said = await page.evaluate(() => (globalThis as unknown as { readonly said: readonly string[] }).said);
    expect(said.filter((text) => /results?/u.test(text))).toHaveLength(1);
  });

  test('a misspelt word is read as the nearest, and that is said', async () => {
    const { page } = await openAt('statfulset');
    expect(await firstPath(page)).toMatch(/\/glossary\/statefulset\//u);
    expect(await page.locator('form.search .count').textContent()).toContain('for “statefulset”');
  });

  test('what does not exist is not invented, and help is offered', async () => {
    const { page } = await openAt('zzqqxxyy');
    await page.getByText('Nothing found for “zzqqxxyy”').first().waitFor();
    expect(await page.locator('.hit').count()).toBe(0);
    await page.getByRole('link', { name: 'Glossary' }).first().waitFor();
  });

  test('words that no text holds offer near ones', async () => {
    const { page } = await visitor.open(`${base}search/?q=${encodeURIComponent('quorumish elefant')}`);
    await answered(page, 'quorumish elefant');
    await page.getByRole('button', { name: /quorum/iu }).click();
    await answered(page, await page.locator('#search-input').inputValue());
    expect(await page.locator('.hit').count()).toBeGreaterThan(0);
  });

  test.each(['light', 'dark'] as const)('the open dialog is clean for axe, %s', async (colorScheme) => {
    const { page } = await visitor.open(base, { colorScheme });
    await page.keyboard.press('/');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('dns');
    await page.locator('.hit').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  });
});
