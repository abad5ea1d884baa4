import type { Browser, Page } from 'playwright-core';
import { addressOf, serveStatic } from '../cli/static-server.ts';
import type { SiteFolder } from './site.ts';

/** The picture of a lab at the end of its run. */
export interface LabPicture {
  readonly html: string;
  /** As high as it is in a column as wide as that of a page. */
  readonly heightPx: number;
}

/** A browser that looks at a served site, and what the book has it do. */
export interface Press {
  /** Plays all labs of a page to their end and gives their pictures, in the order of the page. */
  readonly playLabs: (path: string) => Promise<readonly LabPicture[]>;
  /** Shows a page of ours as if it were one of the site, whose style sheets it uses. */
  readonly show: (html: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

const waitMs = 20_000;
/** Every run of a lab in a chapter has ended long before. */
const endsMax = 20;

// Runs in the page: awake is a lab once it is no longer busy.
const isAwake = (player: Element): boolean => !player.hasAttribute('aria-busy') && !player.hasAttribute('data-failed');

async function playOne(page: Page, index: number): Promise<LabPicture> {
  const player = page.locator('lab-player').nth(index);
  await player.scrollIntoViewIfNeeded();
  await player.dispatchEvent('pointerover');
  await page.waitForFunction(isAwake, await player.elementHandle(), { timeout: waitMs });
  const skip = player.locator('[data-does="skip"]');
  if ((await skip.count()) > 0) await skip.first().click();
  const picture = player.locator('.picture > .live').first();
  const step = player.locator('.controls').getByRole('button', { name: 'Step', exact: true });
  let before = '';
  for (let pressed = 0; pressed < endsMax; pressed += 1) {
    if ((await step.count()) > 0) {
      await step.first().focus();
      await page.keyboard.press('End');
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const now = await picture.innerHTML();
    if (now === before) return { html: now, heightPx: (await picture.boundingBox())?.height ?? 0 };
    before = now;
  }
  throw new Error(`The lab ${index + 1} of ${page.url()} does not come to its end.`);
}

/** Serves the site and opens a page in the browser. Close it when done; the browser stays. */
export async function openPress(browser: Browser, site: SiteFolder): Promise<Press> {
  const server = await serveStatic({ outDir: site.outDir, base: site.base }, 0);
  const home = addressOf(server, site.base);
  const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce', deviceScaleFactor: 2, viewport: { width: 1000, height: 900 } });
  context.setDefaultTimeout(waitMs);
  return {
    playLabs: async (path) => {
      const page = await context.newPage();
      await page.goto(home + path, { waitUntil: 'load' });
      const pictures: LabPicture[] = [];
      for (let index = 0; index < (await page.locator('lab-player').count()); index += 1) pictures.push(await playOne(page, index));
      await page.close();
      return pictures;
    },
    show: async (html) => {
      const page = await context.newPage();
      const address = `${home}book.html`;
      await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
      await page.goto(address, { waitUntil: 'load' });
      return page;
    },
    close: async () => {
      await context.close();
      server.close();
    },
  };
}
