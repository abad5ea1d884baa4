import { describe, expect, inject, test } from 'vitest';
import { labIn } from './lab-page.ts';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const chapter = `${base}pv-pvc/`;

test('the sweeps over all pages reach the chapter and its lab', () => {
  expect(builtPages(builds.atRoot.outDir)).toEqual(expect.arrayContaining(['pv-pvc/', 'labs/pv-binding/']));
});

describe('the quiz', () => {
  test('is answered by keyboard, and says the why of every option', async () => {
    const { page, troubles } = await visitor.open(chapter);
    const item = page.locator('.quiz-item.current');
    const options = await item.locator('.opt').count();
    await item.locator('.opt input').first().focus();
    await page.keyboard.press('Space');
    await item.locator('[data-check]').focus();
    await page.keyboard.press('Enter');
    await item.locator('.opt .why').first().waitFor({ state: 'visible' });
    expect(await item.locator('.opt .why:visible').count()).toBe(options);
    expect(troubles).toEqual([]);
  });

  test('without JavaScript every question has its answer behind a fold', async () => {
    const { page } = await visitor.open(chapter, { javaScriptEnabled: false });
    const items = await page.locator('.quiz-item').count();
    expect(items).toBeGreaterThanOrEqual(10);
    expect(await page.locator('.quiz-item details.answer').count()).toBe(items);
  });
});

test.each([360, 390, 1280])('at %i px each diagram is seen whole, its words at 14 px or more', async (width) => {
  const { page } = await visitor.open(chapter, { viewport: { width, height: 844 }, hasTouch: width < 800, isMobile: width < 800 });
  const figures = await page.locator('.diagram').evaluateAll((nodes) =>
    nodes.map((node) => {
      const picture = node.querySelector('svg');
      const scale = (picture?.getBoundingClientRect().width ?? 0) / (picture?.viewBox.baseVal.width ?? Infinity);
      return { hiddenPx: node.scrollWidth - node.clientWidth, wordsPx: 16 * scale };
    }),
  );
  expect(figures.length).toBeGreaterThan(0);
  for (const { hiddenPx, wordsPx } of figures) {
    expect(hiddenPx).toBe(0);
    expect(wordsPx).toBeGreaterThanOrEqual(14);
  }
});

test('its labs run in the text: a prediction stays open until its run is over', async () => {
  const { page, troubles } = await visitor.open(chapter);
  const lab = page.locator('lab-player', { hasText: 'Do they come together?' }).first();
  await lab.scrollIntoViewIfNeeded();
  await lab.getByRole('radio', { name: 'no, the lists must be equal' }).focus();
  await page.keyboard.press('Space');
  await lab.getByText('Now run it.').waitFor();
  expect(await lab.locator('.live').innerText()).not.toContain('Bound');
  await lab.getByRole('button', { name: 'Step', exact: true }).focus();
  await page.keyboard.press('End');
  await lab.getByText('You said').waitFor();
  expect(await lab.locator('.live').innerText()).toContain('Bound: it is the only volume that fits');
  expect(troubles).toEqual([]);
});

test('nothing moves while its labs wake', async () => {
  const { page } = await visitor.open(chapter);
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { readonly value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const labs = await page.locator('lab-player').all();
  expect(labs.length).toBeGreaterThanOrEqual(3);
  for (const lab of labs) {
    await lab.scrollIntoViewIfNeeded();
    await lab.hover();
  }
  await page.waitForLoadState('networkidle');
  const total = await page.evaluate(() => (window as unknown as { readonly shifts: readonly number[] }).shifts.reduce((sum, value) => sum + value, 0));
  expect(total).toBeLessThanOrEqual(0.01);
});

test('the first lab of the chapter is the first of its kind: one step, and the pair is told in words', async () => {
  const { page, troubles } = await visitor.open(chapter);
  const lab = labIn(page);
  await lab.root.scrollIntoViewIfNeeded();
  await lab.toTheEnd();
  expect(await lab.root.locator('.live').innerText()).toMatch(/mongodb-pvc\s+Bound/u);
  expect(troubles).toEqual([]);
});
