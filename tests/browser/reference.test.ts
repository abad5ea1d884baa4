import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const { outDir } = builds.atRoot;
const html = (page: string): string => readFileSync(path.join(outDir, page, 'index.html'), 'utf8');
const built = builtPages(outDir);
const entries = built.filter((page) => /^(?:glossary|commands|errors)\/[^/]+\/$/u.test(page));
const kinds = ['glossary', 'commands', 'errors', 'often-said'];
/** Of each kind the list and its longest page: where it holds, it holds for the shorter ones. */
const looked = kinds.flatMap((kind) => {
  const own = built.filter((page) => page.startsWith(`${kind}/`) && page !== `${kind}/`).sort((a, b) => html(b).length - html(a).length);
  return own.length === 0 ? [] : [`${kind}/`, own[0] ?? ''];
});
const loaded = (page: Page): Promise<readonly string[]> => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));

describe('every entry', () => {
  test('there are many', () => {
    expect(entries.length).toBeGreaterThan(450);
  });

  test('has one title, a way back, neighbours, and nothing that its policy forbids', () => {
    const faults = entries.flatMap((page) => {
      const text = html(page);
      const wanted = [/<h1/u, /aria-label="Breadcrumbs"/u, /rel="(?:prev|next)"/u, /Checked against/u, /Taught in/u].filter((each) => !each.test(text));
      const refused = [/\sstyle="/u, /\son[a-z]+="/u, /<h1[\s\S]*<h1/u, />undefined</u, /\[object/u].filter((each) => each.test(text));
      return [...wanted, ...refused].map((each) => `${page}: ${each.source}`);
    });
    expect(faults).toEqual([]);
  });

  test('is reached from its list', () => {
    const lists = new Map(kinds.flatMap((kind) => (built.includes(`${kind}/`) ? [[kind, html(`${kind}/`)] as const] : [])));
    expect(entries.filter((page) => !lists.get(page.split('/')[0] ?? '')?.includes(`href="/${page}"`))).toEqual([]);
  });
});

describe.each(looked)('/%s', (page) => {
  test.each(['light', 'dark'] as const)('is clean for axe and silent, %s', async (colorScheme) => {
    const { page: opened, troubles } = await visitor.open(base + page, { colorScheme });
    const { violations } = await new AxeBuilder({ page: opened }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
    expect(troubles).toEqual([]);
    await opened.context().close();
  });

  test.each([320, 390])('does not scroll sideways at %i px', async (width) => {
    const { page: opened } = await visitor.open(base + page, { viewport: { width, height: 844 } });
    expect(await opened.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await opened.context().close();
  });
});

test.each(looked)('/%s finds all its files below a path, and reads without scripts', async (page) => {
  const below = await visitor.open(inject('belowPath') + page);
  expect(below.troubles).toEqual([]);
  await below.page.context().close();
  const { page: plain, troubles } = await visitor.open(base + page, { javaScriptEnabled: false });
  expect((await plain.locator('main').innerText()).length).toBeGreaterThan(200);
  expect(await plain.locator('h1').count()).toBe(1);
  expect(troubles).toEqual([]);
  await plain.context().close();
});

describe('the filter of the glossary', () => {
  test('loads when somebody reaches for it, finds other names, and tells how many are left', async () => {
    const { page, troubles } = await visitor.open(`${base}glossary/`);
    await page.waitForLoadState('networkidle');
    expect((await loaded(page)).filter((name) => /list-filter|names\.json/u.test(name))).toEqual([]);
    const field = page.getByRole('searchbox', { name: 'Filter the terms' });
    await field.fill('rwo');
    await page
      .locator('main form [aria-live]')
      .getByText(/^2 of \d+ terms$/u)
      .waitFor();
    expect(await page.locator('[data-rows] a:visible').allInnerTexts()).toEqual(['Access mode', 'ReadWriteOncePod']);
    expect(await page.locator('[data-group]:visible').count()).toBe(2);
    expect(await page.locator('.jump a:visible').allInnerTexts()).toEqual(['A', 'R']);
    await field.fill('nothing at all of the kind');
    await page.getByText(/^0 of \d+ terms\. Enter asks the whole course\.$/u).waitFor();
    await field.fill('');
    expect(await page.locator('[data-rows] a:visible').count()).toBeGreaterThan(300);
    expect(troubles).toEqual([]);
  });

  test('narrows to a part of the course, and Enter asks the search', async () => {
    const { page } = await visitor.open(`${base}glossary/`);
    await page.getByRole('combobox', { name: 'Part of the course' }).selectOption('storage');
    await page
      .locator('main form [aria-live]')
      .getByText(/ terms$/u)
      .waitFor();
    const names = await page.locator('[data-rows] a:visible').allInnerTexts();
    expect(names).toContain('PersistentVolume');
    expect(names).not.toContain('Deployment');
    await page.getByRole('searchbox', { name: 'Filter the terms' }).fill('cidr');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\/\?q=cidr$/u);
  });

  test('is not shown where scripts do not run', async () => {
    const { page } = await visitor.open(`${base}glossary/`, { javaScriptEnabled: false });
    expect(await page.locator('[data-filter]').isVisible()).toBe(false);
    expect(await page.locator('[data-rows] a').count()).toBeGreaterThan(300);
  });
});

test('the filter of the error messages finds a pasted one, numbers and all', async () => {
  const { page } = await visitor.open(`${base}errors/`);
  await page.getByRole('searchbox', { name: 'Filter the messages' }).fill('0/17 nodes are available: 17 Insufficient cpu.');
  await page
    .locator('main form [aria-live]')
    .getByText(/^1 of \d+ messages$/u)
    .waitFor();
  expect(await page.locator('[data-rows] a:visible').getAttribute('href')).toBe('/errors/insufficient-cpu/');
});

test('commands of an error message are copied without their prompts', async () => {
  const { page } = await visitor.open(`${base}errors/insufficient-cpu/`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: /^Copy the command/u }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toEqual(await page.locator('.command').allInnerTexts());
});

test.runIf(built.includes('often-said/networking/'))('beliefs are filtered by kind without a script', async () => {
  const { page } = await visitor.open(`${base}often-said/networking/`, { javaScriptEnabled: false });
  const all = await page.locator('.belief:visible').count();
  const radio = page.locator('.which input').nth(1);
  const kind = await radio.inputValue();
  await radio.check();
  const left = await page.locator('.belief:visible').evaluateAll((shown) => shown.map((each) => (each as HTMLElement).dataset.kind));
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(all);
  expect(new Set(left)).toEqual(new Set([kind]));
});

/** Longer than a card takes to come or to go. */
const waitedMs = 1_000;

describe('a term in a text', () => {
  const address = `${base}styleguide/`;
  /** The clock runs as ever; what a card waits for can also be made to pass at once. */
  const open = async (options: Parameters<typeof visitor.open>[1] = {}) => {
    const { page, troubles } = await visitor.open(`${base}404.html`, options);
    await page.clock.install();
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    return { page, troubles, link: page.locator('a[href="/glossary/endpoint-slice/"]'), card: page.getByRole('tooltip') };
  };

  test('shows what it is when the pointer rests on it, and loads nothing before', async () => {
    const { page, troubles, link, card } = await open();
    expect((await loaded(page)).filter((name) => /term-card|terms\//u.test(name))).toEqual([]);
    await link.hover();
    await card.waitFor();
    expect(await card.innerText()).toMatch(/^EndpointSlice\s+\S+/u);
    expect(await link.getAttribute('aria-describedby')).toBe(await card.getAttribute('id'));
    const [at, box, width] = [await link.boundingBox(), await card.boundingBox(), page.viewportSize()?.width ?? 0];
    expect(box!.y).toBeGreaterThan(at!.y + at!.height);
    expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    expect(troubles).toEqual([]);
  });

  test('stays while the pointer is on the card, and goes when it leaves', async () => {
    const { page, link, card } = await open();
    await link.hover();
    await card.waitFor();
    await card.hover();
    await page.waitForFunction(() => document.querySelector('.term-card')?.matches(':hover'));
    await page.clock.runFor(waitedMs);
    expect(await card.isVisible()).toBe(true);
    await page.mouse.move(5, 5);
    await card.waitFor({ state: 'hidden' });
    expect(await link.getAttribute('aria-describedby')).toBeNull();
    await link.hover();
    await card.waitFor();
  });

  test('one card serves all terms: it goes over from one to the next, and then goes away', async () => {
    const { page, link, card } = await open();
    const other = page.locator('a[href="/glossary/ndots/"]');
    await link.hover();
    await card.getByText('EndpointSlice').waitFor();
    await other.hover();
    await card.getByText('ndots').first().waitFor();
    await link.hover();
    await other.hover();
    await link.hover();
    await card.getByText('EndpointSlice').waitFor();
    expect(await page.locator('[aria-describedby="term-card"]').count()).toBe(1);
    await page.mouse.move(5, 5);
    await card.waitFor({ state: 'hidden' });
  });

  test('Escape closes it where the pointer is, and it stays closed', async () => {
    const { page, link, card } = await open();
    await link.hover();
    await card.waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    await page.clock.runFor(waitedMs);
    expect(await card.isVisible()).toBe(false);
  });

  test('shows it at the focus of the keyboard, and follows the link with Enter', async () => {
    const { page, link, card } = await open();
    await page.locator('.prose a').first().focus();
    await page.keyboard.press('Tab');
    expect(await link.evaluate((each) => each === document.activeElement)).toBe(true);
    await card.waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/glossary\/endpoint-slice\/$/u);
  });

  test('shows it when the focus has moved the page, beside its link', async () => {
    const { page, link, card } = await open({ viewport: { width: 800, height: 400 } });
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('.prose a')?.focus({ preventScroll: true });
    });
    await page.keyboard.press('Tab');
    await card.waitFor();
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(0);
    await page.mouse.wheel(0, 60);
    await page.waitForFunction((from) => scrollY === from + 60, before);
    // The page has been told, too: that comes before the next frame is drawn.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const [at, box] = [await link.boundingBox(), await card.boundingBox()];
    expect(Math.min(Math.abs(box!.y - at!.y - at!.height), Math.abs(at!.y - box!.y - box!.height))).toBeLessThan(20);
  });

  test('is a link where scripts do not run, and where the card does not arrive', async () => {
    const { page } = await visitor.open(address, { javaScriptEnabled: false });
    await page.locator('a[href="/glossary/endpoint-slice/"]').click();
    expect(page.url()).toMatch(/\/glossary\/endpoint-slice\/$/u);
    const other = await open();
    await other.page.route(/terms\/e\.json/u, (route) => route.abort());
    const refused = other.page.waitForEvent('requestfailed');
    await other.link.hover();
    await refused;
    await other.page.clock.runFor(waitedMs);
    expect((await other.card.count()) === 0 || !(await other.card.isVisible())).toBe(true);
    await other.link.click();
    expect(other.page.url()).toMatch(/\/glossary\/endpoint-slice\/$/u);
  });

  test('below a path it finds its text too', async () => {
    const { page, troubles } = await visitor.open(`${inject('belowPath')}styleguide/`);
    await page.locator('a[href="/course/glossary/endpoint-slice/"]').hover();
    await page.getByRole('tooltip').waitFor();
    expect(troubles).toEqual([]);
  });
});
