/** What a reader has whose browser runs no scripts: every page reads, nothing is offered that would do nothing, and labs and questions say all they have to say. */
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { expectFigures } from './lab-figures.ts';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor, type Visit } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const all = builtPages(builds.atRoot.outDir);
// Hundreds of entries share three templates: one of each, and of the pages about beliefs, parts and paths two.
const templates = /^(?:glossary|commands|errors)\/[^/]+\/$/u;
const pages = [...all.filter((path) => !templates.test(path)), 'glossary/ndots/', 'commands/tcpdump-dns/', 'errors/oom-killed/'];
const labPages = all.filter((path) => /^labs\/[^/]+\/$/u.test(path));
const chapters = ['dns/', 'pv-pvc/', 'packet-paths/'];
const open = (path: string, width = 1280): Promise<Visit> => visitor.open(base + path, { javaScriptEnabled: false, viewport: { width, height: 844 } });

/** What stands on the page and can be reached by Tab or pointer, though only a script could answer it. */
const dead = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const isShown = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null;
    };
    // Ticking or writing an answer before the right ones are opened helps by itself; popovers open by themselves; texts of a lab stand in fields to be read; the filter of beliefs is a style sheet's;
    // the style guide shows what buttons look like.
    const works = '.quiz-item :is(input, textarea), .texts textarea, [popovertarget], input[name="kind"], section:has(> #controls) *';
    const controls = [
      ...document.querySelectorAll<HTMLElement>('button, input, select, textarea, [role="button"], [role="slider"], [role="tab"], [contenteditable]'),
    ];
    return controls
      .filter((control) => isShown((control instanceof HTMLInputElement ? control.labels?.[0] : undefined) ?? control) && !control.matches(works))
      .filter((control) => control.tabIndex >= 0 || getComputedStyle(control).pointerEvents !== 'none')
      .map((control) => control.outerHTML.slice(0, 120));
  });

/** Boxes that wait for a script to fill them. */
const empty = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main :is(p, li, dd, [data-count], section, ul, ol, figure, table, h2, h3), main [aria-live]')]
      .filter((box) => box.checkVisibility({ visibilityProperty: true }) && box.closest('[inert], [aria-hidden="true"]') === null)
      .filter((box) => box.textContent.trim() === '' && !box.querySelector('svg, img, input') && box.getBoundingClientRect().height > 4)
      .map((box) => box.outerHTML.slice(0, 120)),
  );

describe.each(pages)('/%s', (path) => {
  test('offers nothing that would do nothing, in both themes, wide and narrow', async () => {
    const { page, troubles } = await open(path);
    const papers: string[] = [];
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const where = `${width} px, ${colorScheme}`;
        expect(await dead(page), where).toEqual([]);
        expect(await empty(page), where).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), where).toBeLessThanOrEqual(0);
        papers.push(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor));
      }
    }
    const [light, dark] = papers;
    expect(light).not.toBe(dark);
    expect(papers).toEqual([light, dark, light, dark]);
    expect(await page.locator('main').innerText()).not.toMatch(/\b(?:loading|please wait|undefined|NaN|Press Play, or step)\b|\[object /iu);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

/** Where Tab leads, from the top of the page until it leaves it. */
async function stops(page: Page): Promise<readonly { readonly what: string; readonly at: number; readonly isSeen: boolean }[]> {
  const found: { readonly what: string; readonly at: number; readonly isSeen: boolean }[] = [];
  for (let press = 0; press < 400; press += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const { width, height } = element.getBoundingClientRect();
      const at = [...document.querySelectorAll('*')].indexOf(element);
      return {
        what: element.outerHTML.slice(0, 100),
        at,
        isSeen: width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      };
    });
    if (stop === undefined || found.some(({ at }) => at === stop.at)) break;
    found.push(stop);
  }
  return found;
}

test.each(['', 'labs/rules-viewer/', 'labs/pv-binding/', 'your-data/', 'search/', 'glossary/'])(
  'Tab walks down /%s once, in order, and stops at nothing unseen',
  async (path) => {
    const { page } = await open(path);
    const walked = await stops(page);
    expect(walked.length).toBeGreaterThan(8);
    expect(walked[0]?.what).toContain('href="#main"');
    expect(walked.slice(1).filter(({ isSeen }) => !isSeen)).toEqual([]);
    expect(walked.map(({ at }) => at)).toEqual(walked.map(({ at }) => at).toSorted((a, b) => a - b));
    await page.context().close();
  },
);

describe.each(chapters)('in /%s', (path) => {
  test('each question shows all its reasons once its answer is opened', async () => {
    const { page } = await open(path, 390);
    const items = await page.locator('.quiz-item').all();
    expect(items.length).toBeGreaterThan(10);
    for (const item of items) {
      expect(await item.locator('.why:visible').count()).toBe(0);
      await item.locator('summary').click();
      const texts = await item.locator('.why:visible').allInnerTexts();
      expect(texts).toHaveLength(await item.locator('.opts > li').count());
      for (const text of texts) expect(text).toMatch(/^(?:Right|No|Step \d+)\.\s+\S.{10}/u);
    }
    await page.context().close();
  });

  test('each lab shows its start and its end, what came out in words, and a table', async () => {
    const { page } = await open(path);
    const labs = await page.locator('lab-player').all();
    expect(labs.length).toBeGreaterThanOrEqual(3);
    for (const lab of labs) await expectFigures(lab);
    await page.context().close();
  });

  test('all terms are links, and tabs show both variants', async () => {
    const { page } = await open(path);
    const terms = await page.locator('main [data-term], main a.term').evaluateAll((found) => found.map((term) => (term as HTMLAnchorElement).href));
    expect(terms.every((address) => address.includes('/glossary/'))).toBe(true);
    expect(await page.locator('main .tab').count()).toBe(await page.locator('main .tab:visible').count());
    await page.context().close();
  });

  test('prints with its answers, its labs as figures and words, and without bars', async () => {
    const { page } = await open(path);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header.top:visible').count()).toBe(0);
    for (const lab of await page.locator('lab-player').all()) await expectFigures(lab);
    expect(await dead(page)).toEqual([]);
    await page.context().close();
  });
});

describe.each(labPages)('/%s', (path) => {
  test.each([1280, 390])('shows its figures, words, tables, log and all its texts at %i px', async (width) => {
    const { page } = await open(path, width);
    const lab = page.locator('lab-player');
    await expectFigures(lab);
    await lab.locator('.without-script summary').click();
    expect(await lab.locator('.still-log li:visible').count()).toBeGreaterThan(0);
    const texts = await lab
      .locator('.texts textarea')
      .evaluateAll((fields) => fields.map((field) => ({ isShown: field.checkVisibility(), label: (field as HTMLTextAreaElement).labels[0]?.innerText ?? '' })));
    expect(texts.length).toBeGreaterThan(0);
    for (const { isShown, label } of texts) {
      expect(isShown).toBe(true);
      expect(label.length).toBeGreaterThan(3);
    }
    await page.context().close();
  });
});

describe('pages that need scripts say so, and what works instead', () => {
  test.each([
    ['search/', 'needs JavaScript, which is off', ['/glossary/', '/commands/', '/errors/', '/labs/']],
    ['review/', 'needs JavaScript, which is off', ['/dns/']],
    ['your-data/', 'JavaScript is off, so nothing is kept', []],
    ['offline/', 'needs JavaScript, which is off', ['/llms.txt']],
    ['keyboard/', 'Shortcuts need JavaScript, which is off', []],
    ['report/', 'JavaScript', []],
  ] as const)('/%s', async (path, words, links) => {
    const { page } = await open(path, 390);
    expect(await page.locator('main').innerText()).toContain(words);
    const led = await page.locator('main a:visible').evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).pathname));
    expect(led).toEqual(expect.arrayContaining([...links]));
    await page.context().close();
  });

  test('the search in the bar leads to that page', async () => {
    const { page } = await open('dns/');
    await page.locator('header a[data-search]').click();
    await page.waitForURL(/\/search\/$/u);
    await page.context().close();
  });
});
