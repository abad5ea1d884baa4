import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { hold } from './hold.ts';
import { useVisitor } from './visitor.ts';

// The page of the search comes in pieces: HTML, the panel, an answer. Nothing that a reader sees may move when one arrives.
const visitor = useVisitor();
const base = inject('atRoot');
const widths = [390, 1280];
const shiftMax = 0.01;

/** What has moved since the page came, as Lighthouse counts it; the panel and the index arrive when all else stands. */
async function shiftOf(path: string, options: BrowserContextOptions, searches?: string): Promise<number> {
  const { page } = await visitor.open(`${base}offline/`, options);
  if (searches !== undefined) {
    await page.evaluate((text) => {
      localStorage.setItem('kubestep:searches', text);
    }, searches);
  }
  const releasePanel = await hold(page, /\/panel\.[^/]*\.js/u);
  const releaseIndex = await hold(page, /\/pagefind\/pagefind\.js/u);
  const settled = () =>
    page.evaluate(async () => {
      await document.fonts.ready;
      for (let frame = 0; frame < 3; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    });
  await page.goto(base + path, { waitUntil: 'domcontentloaded' });
  await page.evaluate(() => {
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved += (entry as unknown as { readonly value: number }).value;
      Object.assign(globalThis, { moved });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await settled();
  releasePanel();
  await page.locator('form.search .keys').waitFor({ state: 'attached' });
  await settled();
  releaseIndex();
  await page.locator(path.includes('?') ? 'form.search[data-answered]' : 'form.search .count:not(:empty)').waitFor();
  await page.locator('.whole').waitFor();
  await settled();
  return page.evaluate(() => (globalThis as unknown as { readonly moved?: number }).moved ?? 0);
}

describe.each(widths)('at %i px', (width) => {
  const viewport = { width, height: 844 };
  test.each(['search/', 'search/?q=pvc', 'search/?q=zzqqxxyy', 'search/?q=pvc&kind=Term'])('/%s comes without a shift', async (path) => {
    expect(await shiftOf(path, { viewport })).toBeLessThanOrEqual(shiftMax);
  });

  test('/search/ comes without a shift for who has searched before', async () => {
    expect(await shiftOf('search/', { viewport }, JSON.stringify({ v: 1, queries: ['ndots', 'pvc', 'quorum'] }))).toBeLessThanOrEqual(shiftMax);
  });

  test('/search/ shows its contents without scripts, and no field that does nothing', async () => {
    const { page } = await visitor.open(`${base}search/`, { viewport, javaScriptEnabled: false });
    expect(await page.locator('main form').isVisible()).toBe(false);
    expect(await page.locator('.whole').isVisible()).toBe(true);
    const [said, whole] = [await page.locator('noscript p').boundingBox(), await page.locator('.whole').boundingBox()];
    expect((whole?.y ?? 1e4) - (said?.y ?? 0) - (said?.height ?? 0)).toBeLessThan(90);
  });

  test('/search/ shows its contents where the search does not come', async () => {
    const { page } = await visitor.open('about:blank', { viewport });
    await page.route(/\/panel\.[^/]*\.js/u, (route) => route.abort());
    await page.goto(`${base}search/`);
    await page.locator('.whole').waitFor();
  });
});

test('what is typed before the search has come is asked', async () => {
  const { page } = await visitor.open('about:blank');
  const release = await hold(page, /\/panel\.[^/]*\.js/u);
  await page.goto(`${base}search/?q=pvc`, { waitUntil: 'domcontentloaded' });
  await page.locator('#search-input').pressSequentially('ndots');
  release();
  await page.locator('form.search[data-answered="ndots"]').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-input');
  expect(new URL(page.url()).search).toBe('?q=ndots');
  // Nothing of it is selected: the next letter does not take its place.
  await page.keyboard.type(':5');
  expect(await page.locator('#search-input').inputValue()).toBe('ndots:5');
});
