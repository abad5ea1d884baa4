import type { Browser, Page } from 'playwright-core';
import type { View } from './visual-views.ts';

const heightPx = 720;
const waitMs = 15_000;
const shotsMax = 12;
/** A morning on which the queue of the review has something due. */
const today = new Date(2026, 10, 21, 9);

/** The same name for every version of the browser: a page shows it. */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Kubestep';

/**
 * Takes out what differs though nothing that is drawn has changed: from one build to the next the day of the last commit and the bytes of all files; from
 * one machine to the next the room that a lab's picture keeps, because it is that of the highest of those that the machine found time to draw. Runs in
 * the page.
 */
function steady(): void {
  for (const picture of document.querySelectorAll<HTMLElement>('lab-player .picture')) picture.style.minHeight = '';
  for (const span of document.querySelectorAll('main header span, main span')) if (/^Changed \d/u.test(span.textContent)) span.remove();
  for (const words of document.querySelectorAll('[data-offline="status"]')) words.textContent = words.textContent.replaceAll(/[\d,.]+/gu, '7');
}

/** Brings an element into the middle of the window; what is higher starts at its top. Runs in the page. */
function see(selector: string): void {
  const seen = document.querySelector(selector);
  seen?.scrollIntoView({ block: seen.getBoundingClientRect().height < innerHeight ? 'center' : 'start' });
}

/** A picture that comes out the same twice: a busy machine may give one whose last parts are not painted yet. */
async function atRest(page: Page): Promise<Buffer> {
  const shoot = (): Promise<Buffer> => page.screenshot({ animations: 'disabled', caret: 'hide' });
  let before = await shoot();
  for (let tries = 1; tries < shotsMax; tries += 1) {
    const now = await shoot();
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error(`${page.url()} does not come to rest: ${shotsMax} pictures, no two in a row alike`);
}

/** Draws a view as PNG: nothing moves, no caret, the same day, nothing from the network but the built site. */
export async function draw(browser: Browser, base: string, { path, theme, width, kept, ready, sight }: View): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: { width, height: heightPx },
    colorScheme: theme,
    reducedMotion: 'reduce',
    deviceScaleFactor: 1,
    userAgent,
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  try {
    await context.clock.setFixedTime(today);
    const page = await context.newPage();
    page.setDefaultTimeout(waitMs);
    if (kept !== undefined) {
      await page.goto(`${base}404.html`);
      await page.evaluate((entries) => {
        for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, JSON.stringify(value));
      }, kept);
    }
    await page.goto(base + path, { waitUntil: 'load' });
    await ready?.(page);
    await page.waitForLoadState('networkidle');
    await page.evaluate(steady);
    await page.mouse.move(0, 0);
    if (sight !== undefined) {
      await page.locator(sight).first().waitFor();
      await page.evaluate(see, sight);
      // The contents of a chapter mark what is in sight: by code that comes with the first scrolling.
      if ((await page.locator('[data-reading]').count()) > 0) await page.locator('[aria-current="location"]').first().waitFor({ state: 'attached' });
    }
    return await atRest(page);
  } finally {
    await context.close();
  }
}
