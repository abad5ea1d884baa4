import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { launchFirefox } from '../../src/cli/firefox.ts';
import type { Hands } from './lab-traces.ts';
import { useClosing } from './use-closing.ts';

/** A page in Firefox. */
export interface FirefoxVisit {
  readonly page: Page;
  /** Console errors, violations of the page's policy, failed requests and requests to other hosts so far. */
  readonly troubles: readonly string[];
}

export interface FirefoxVisitor {
  /** Opens an address with storage of its own, closed when the test ends. */
  readonly open: (address: string, width?: number) => Promise<FirefoxVisit>;
}

const waitMs = 15_000;
/** Firefox is installed where it is missing. */
const installMs = 300_000;

async function watch(context: BrowserContext, address: string, width: number): Promise<FirefoxVisit> {
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  await page.setViewport({ width, height: 844 });
  const troubles: string[] = [];
  const { host } = new URL(address);
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  // Firefox reports violations of the Content-Security-Policy here.
  page.on('pageerror', (error) => troubles.push(error instanceof Error ? error.message : String(error)));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.host !== host) troubles.push(`asked another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== address) troubles.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, troubles };
}

/** One Firefox for a test file. */
export function useFirefox(): FirefoxVisitor {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchFirefox();
  }, installMs);
  afterAll(async () => {
    await browser?.close();
  });
  const closing = useClosing();
  return {
    open: async (address, width = 1280) => {
      if (browser === undefined) throw new Error('Firefox has not started');
      const context = await browser.createBrowserContext();
      closing(() => context.close());
      return watch(context, address, width);
    },
  };
}

/** Puppeteer's hands. */
export const handsOn = (page: Page): Hands => ({
  evaluate: (run, given) => page.evaluate(run as never, given),
  press: (key) => page.keyboard.press(key),
});
