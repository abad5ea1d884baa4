import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, inject, test } from 'vitest';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
// Hundreds of entries share three templates: reference.test.ts looks at the longest of each in the browser, and at the HTML of all.
const isEntry = (page: string): boolean => /^(?:glossary|commands|errors)\/[^/]+\/$/u.test(page);
const pagesOf = (outDir: string): readonly string[] => builtPages(outDir).filter((page) => !isEntry(page));
const pages = pagesOf(builds.atRoot.outDir);
const accessibilityTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('there are pages of every kind', () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      '',
      '404.html',
      'dns/',
      'packet-paths/',
      'labs/',
      'labs/packet-path/',
      'styleguide/',
      'fidelity/',
      'search/',
      'course-map/',
      'paths/',
      'exams/',
      'keyboard/',
      'report/',
      'offline/',
      'review/',
      'your-data/',
    ]),
  );
});

test.each(['light', 'dark'] as const)('the style guide shows every part of a chapter, %s', async (colorScheme) => {
  const { page, troubles } = await visitor.open(`${base}styleguide/`, { colorScheme });
  const kinds = await page.locator('.quiz-item').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.kind));
  expect(kinds.toSorted()).toEqual(['choice', 'input', 'many', 'order', 'trace']);
  expect(await page.locator('.terminal figcaption span').allInnerTexts()).toEqual([
    'In the pod',
    'Recorded on a real cluster, v1.36.2. <podIP> stands for the address of a pod',
  ]);
  for (const part of ['figure.code .callouts', '.said', '.note', '.card', 'lab-player .lab']) expect(await page.locator(part).count(), part).toBeGreaterThan(0);
  const lab = page.locator('lab-player');
  await lab.getByRole('button', { name: 'Step', exact: true }).click();
  await lab
    .getByText(/step 1/u)
    .first()
    .waitFor();
  expect(troubles).toEqual([]);
  await page.context().close();
});

describe.each(pages)('/%s', (path) => {
  test.each(['light', 'dark'] as const)('is clean for axe and silent on the console, %s', async (colorScheme) => {
    const { page, troubles } = await visitor.open(base + path, { colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(accessibilityTags).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('does not scroll sideways at 360, 390 and 1280 px', async () => {
    const { page } = await visitor.open(base + path, { viewport: { width: 360, height: 844 } });
    for (const width of [360, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });

  test('reads without JavaScript', async () => {
    const { page, troubles } = await visitor.open(base + path, { javaScriptEnabled: false });
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(80);
    expect(await page.locator('h1').count()).toBe(1);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe('below a path', () => {
  test.each(pagesOf(builds.belowPath.outDir))('/course/%s finds all its files', async (path) => {
    const { page, troubles } = await visitor.open(inject('belowPath') + path);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
