/** The course in Firefox: each type of page loads without a word on the console, labs work, and every experiment has the trace that it has in Node. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { addressOf, serveStatic } from '../../src/cli/static-server.ts';
import { handsOn, useFirefox } from './firefox-visitor.ts';
import { attemptTraces, expectTrace, isRun, labIds, scenarioTraces, type Hands } from './lab-traces.ts';
import { builds } from './serve-dist.ts';
import { builtPages } from './visitor.ts';

const firefox = useFirefox();
const base = inject('atRoot');
const tracesMs = 180_000;
const downloadMs = 120_000;
const stepsMax = 300;

/** A page of every type. All chapters and labs, for their pictures are their own. */
const pages = builtPages(builds.atRoot.outDir).filter(
  (page) => !/^(?:glossary|commands|errors|often-said|parts|paths)\/[^/]+\/$/u.test(page) || /^(?:glossary\/pod|errors\/claim-not-found)\/$/u.test(page),
);

const widthOver = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A button of the page's first lab, by its name. */
async function buttonOf(page: Page, name: string): Promise<ElementHandle<HTMLElement>> {
  const button = await page.waitForSelector(`lab-player ::-p-aria([name="${name}"][role="button"])`);
  return button as ElementHandle<HTMLElement>;
}

const settled = (page: Page): Promise<boolean> => page.$eval('lab-player .now-line', (line) => line.textContent.includes('settled'));

/** Presses Step until nothing more happens; how often that was. */
async function toTheEnd(page: Page): Promise<number> {
  const button = await buttonOf(page, 'Step');
  for (let steps = 0; steps < stepsMax; steps += 1) {
    if (await settled(page)) return steps;
    const before = await page.$eval('lab-player .now-line', (line) => line.textContent);
    await button.click();
    await page.waitForFunction((text) => document.querySelector('lab-player .now-line')?.textContent !== text, {}, before);
  }
  throw new Error(`the lab is not settled after ${stepsMax} steps`);
}

describe('pages', () => {
  test.each(pages.map((page) => [page]))('/%s loads silently and does not scroll sideways', async (path) => {
    const { page, troubles } = await firefox.open(base + path);
    expect(await widthOver(page)).toBeLessThanOrEqual(0);
    await page.setViewport({ width: 390, height: 844 });
    expect(await widthOver(page)).toBeLessThanOrEqual(0);
    expect(await page.$eval('main', (main) => main.innerText.length)).toBeGreaterThan(80);
    expect(troubles).toEqual([]);
    await page.browserContext().close();
  });

  test('a term is explained at the first tap, where it stands', async () => {
    const { page, troubles } = await firefox.open(`${base}styleguide/`, 390);
    const link = await page.waitForSelector('.prose a[href$="/glossary/endpoint-slice/"]');
    await link?.tap();
    const card = await page.waitForSelector('#term-card:popover-open', { visible: true });
    expect(await card?.evaluate((node) => [node.role, node.ariaLabel, node === document.activeElement])).toEqual(['dialog', 'EndpointSlice', true]);
    expect(new URL(page.url()).pathname).toBe('/styleguide/');
    expect(troubles).toEqual([]);
  });

  test('the theme that was chosen holds on the next page', async () => {
    const { page, troubles } = await firefox.open(base);
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme + getComputedStyle(document.body).color);
    const before = await ground();
    await page.click('header input[value="dark"]');
    await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === 'dark');
    const dark = await ground();
    expect(dark).not.toBe(before);
    // A module that is still on its way when the page is left fails, and says so.
    await page.waitForNetworkIdle();
    await page.goto(`${base}dns/`);
    expect(await ground()).toBe(dark);
    expect(troubles).toEqual([]);
  });

  test('search opens by its key, finds a term and goes there', async () => {
    const { page, troubles } = await firefox.open(`${base}dns/`);
    await page.keyboard.press('/');
    await page.waitForSelector('dialog #search-input:focus');
    await page.keyboard.type('ndots');
    await page.waitForSelector('form.search[data-answered="ndots"]');
    await page.keyboard.press('ArrowDown');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(new URL(page.url()).pathname).toMatch(/\/glossary\/ndots\/$/u);
    expect(troubles).toEqual([]);
  });

  test('a quiz question is answered and explained', async () => {
    const { page, troubles } = await firefox.open(`${base}dns/`);
    await (await page.waitForSelector('.quiz-item.current .opt input'))!.focus();
    await page.keyboard.press(' ');
    await page.click('.quiz-item.current [data-check]');
    await page.waitForSelector('.quiz-item .opt .why', { visible: true });
    expect(troubles).toEqual([]);
  });
});

describe.each(labIds)('lab %s', (id) => {
  let page: Page;
  let troubles: readonly string[];
  beforeAll(async () => {
    ({ page, troubles } = await firefox.open(`${base}labs/${id}/`));
  });

  test('wakes, runs to its end, says why, and explains a mistake', async () => {
    // A bench veils its answer until the reader has said what to expect; a run has steps to its end.
    await (await buttonOf(page, 'Skip')).click();
    if (await isRun(id)) expect(await toTheEnd(page)).toBeGreaterThan(0);
    await page.waitForSelector('lab-player .veil', { hidden: true });
    // The middle of a node's picture is another subject, or none.
    await page.click('lab-player .stage :is(button[data-subject], g[data-subject^="pod:"])');
    const why = await page.waitForSelector('lab-player .why-panel', { visible: true });
    expect((await why!.evaluate((panel) => (panel as HTMLElement).innerText)).length).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await page.locator('lab-player textarea').fill('a:\n\tb');
    const message = await page.waitForSelector('lab-player .err', { visible: true });
    expect(await message!.evaluate((line) => line.textContent)).toMatch(/Line \d+/u);
    expect(troubles).toEqual([]);
  });

  test(
    'every scenario, solution and wrong attempt has the trace that it has in Node',
    async () => {
      const hands: Hands = handsOn(page);
      for (const trace of [...(await scenarioTraces(id)), ...(await attemptTraces(id))]) await expectTrace(hands, trace);
      expect(troubles).toEqual([]);
    },
    tracesMs,
  );
});

describe('offline', () => {
  const copy = mkdtempSync(join(tmpdir(), 'kubestep-firefox-'));
  afterAll(() => {
    rmSync(copy, { recursive: true });
  });

  test(
    'a kept site reads and runs a lab when its host is gone',
    async () => {
      cpSync(builds.atRoot.outDir, copy, { recursive: true });
      const server = await serveStatic({ outDir: copy, base: '/' }, 0);
      const home = addressOf(server, '/');
      const { page } = await firefox.open(`${home}offline/`);
      await page.locator('::-p-aria([name="Download everything"][role="button"])').click();
      await page.waitForSelector('::-p-text(All of it is kept in this browser)', { timeout: downloadMs });
      server.close();
      server.closeAllConnections();
      await page.goto(`${home}labs/dns-search/`);
      expect(await toTheEnd(page)).toBeGreaterThan(0);
      await page.goto(`${home}pv-pvc/`);
      expect(await page.$eval('h1', (heading) => heading.textContent.length)).toBeGreaterThan(0);
    },
    downloadMs,
  );
});
