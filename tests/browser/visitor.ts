import { globSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../../src/cli/browser.ts';
import { useClosing } from './use-closing.ts';

/** Paths of all built pages below the base, `''` for the home page, sorted. */
export function builtPages(outDir: string): readonly string[] {
  return globSync('**/*.html', { cwd: outDir })
    .map((file) => file.replaceAll('\\', '/').replace(/(?:^|\/)index\.html$/u, (match) => (match.startsWith('/') ? '/' : '')))
    .sort();
}

export interface Visit {
  readonly page: Page;
  /** Console errors, failed requests and requests to other hosts so far. A CSP violation is a console error. */
  readonly troubles: readonly string[];
}

export interface Visitor {
  /** Opens an address in a fresh context, closed when the test ends. */
  readonly open: (address: string, options?: BrowserContextOptions) => Promise<Visit>;
}

const waitMs = 15_000;

async function watch(context: BrowserContext, address: string): Promise<Visit> {
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  const troubles: string[] = [];
  const { host } = new URL(address);
  page.on('console', (message) => {
    // The 404 page itself is served as 404, which the browser notes.
    if (message.type() === 'error' && !(address.endsWith('404.html') && message.text().includes('404'))) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
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

/** One browser for a test file; each visit has its own storage. */
export function useVisitor(): Visitor {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  // Hooks at the end run last first: visits close before their browser.
  const closing = useClosing();
  return {
    open: async (address, options = {}) => {
      if (browser === undefined) throw new Error('the browser has not started');
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      closing(() => context.close());
      return watch(context, address);
    },
  };
}
