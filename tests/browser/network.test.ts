/**
 * A page asks nobody but its own host. Every kind of page is opened, its lab is run, edited and the search is used, with the security policy off: the policy
 * would stop most outside requests, and this must hold without it, as on a page that was saved or is read through a proxy that drops it.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { labIn } from './lab-page.ts';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const { outDir } = builds.atRoot;
const pages = builtPages(outDir);

/** Pages below one folder are of one kind, except labs: each brings code of its own. A page at the top is a kind by itself. */
const kindOf = (path: string): string => (/^(?!labs\/)[^/]+\/[^/]+\//u.exec(path) === null ? path : `${path.split('/')[0] ?? ''}/*`);
const samples = [...new Map(pages.map((path) => [kindOf(path), path])).values()].sort();

/** Requests and sockets to other hosts that this page, its workers and pages that it opens make from now on. None of them leaves this machine. */
async function outsideRequests(page: Page): Promise<readonly string[]> {
  const asked: string[] = [];
  const { host } = new URL(base);
  const isOutside = (url: URL): boolean => /^(?:https?|wss?):$/u.test(url.protocol) && url.host !== host;
  page.context().on('request', (request) => {
    if (isOutside(new URL(request.url()))) asked.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (isOutside(new URL(socket.url()))) asked.push(socket.url());
  });
  await page.context().route(isOutside, (route) => route.abort());
  return asked;
}

async function useSearch(page: Page): Promise<void> {
  await page.locator('header a[data-search]').click();
  // On its own page the search stands in the page, elsewhere in a dialog.
  const search = page.locator('form.search');
  await search.waitFor();
  await page.keyboard.type('ndots');
  await search.locator('.hit').first().waitFor();
  await page.keyboard.press('Escape');
}

async function useLab(page: Page): Promise<void> {
  if ((await page.locator('lab-player').count()) === 0) return;
  const lab = labIn(page);
  // A lab without a clock answers at once and has nothing to step.
  const step = lab.button('Step');
  if ((await step.count()) > 0) {
    await step.click();
    await step.click();
  }
  const text = lab.root.locator('textarea').first();
  if ((await text.count()) > 0 && (await text.isVisible())) await text.fill(`${await text.inputValue()}\n`);
}

describe('no request leaves the host', () => {
  test('there is a page of every kind', () => {
    expect(samples.map(kindOf)).toEqual(expect.arrayContaining(['', '404.html', 'dns/', 'labs/', 'labs/dns-search/', 'parts/*', 'search/']));
  });

  test.each(samples)('/%s opened, read to its end, its lab run and edited, the search used', async (path) => {
    const { page, troubles } = await visitor.open(base + path, { bypassCSP: true });
    const asked = await outsideRequests(page);
    await page.locator('.theme input[value="dark"]').check({ force: true });
    await useLab(page);
    await useSearch(page);
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight);
    });
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test.each(['image', 'fetch', 'beacon', 'worker', 'socket'] as const)('a planted %s to another host is seen', async (way) => {
    const { page } = await visitor.open(base, { bypassCSP: true });
    const asked = await outsideRequests(page);
    await page.evaluate((how) => {
      const there = 'https://example.org/counter';
      if (how === 'image') new Image().src = there;
      else if (how === 'fetch') void fetch(there).catch(() => undefined);
      else if (how === 'beacon') navigator.sendBeacon(there);
      else if (how === 'worker') new Worker(URL.createObjectURL(new Blob([`void fetch('${there}').catch(() => 0)`])));
      else new WebSocket('wss://example.org/counter');
    }, way);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await page.context().close();
  });
});

/** What a browser fetches by itself: everything with an address but links that a reader follows. */
const fetched: readonly RegExp[] = [
  /<(?:script|img|iframe|source|video|audio|embed|track|input)\b[^>]*\s(?:src|srcset|poster)=["']?\s*([^"'\s>]+)/giu,
  /<(?:object|form|button)\b[^>]*\s(?:data|action|formaction)=["']?\s*([^"'\s>]+)/giu,
  /<a\b[^>]*\sping=["']?\s*([^"'\s>]+)/giu,
  /<(?:use|image|feImage)\b[^>]*\s(?:xlink:)?href=["']?\s*([^"'\s>]+)/giu,
  /<link\b(?![^>]*\srel=["']?(?:canonical|alternate|author|license|help)\b)[^>]*\shref=["']?\s*([^"'\s>]+)/giu,
  /@import\s+["']([^"']+)/giu,
  /\burl\(\s*["']?([^"')]+)/giu,
];

/** Addresses of other hosts that a text of the site makes a browser fetch. */
function outsideIn(text: string): readonly string[] {
  return fetched.flatMap((pattern) => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])).filter((to) => /^(?:\w+:)?\/\//u.test(to));
}

describe('the files of the site', () => {
  test('name no other host where a browser fetches by itself', () => {
    const found = globSync('**/*.{html,css,svg}', { cwd: outDir }).flatMap((file) =>
      outsideIn(readFileSync(join(outDir, file), 'utf8')).map((to) => `${file}: ${to}`),
    );
    expect(found).toEqual([]);
  });

  test.each([
    '<script src="https://example.org/a.js"></script>',
    '<img alt="" src=//example.org/a.png>',
    '<link rel="preconnect" href="https://example.org">',
    '<form method="post" action="https://example.org/"></form>',
    '<a href="/" ping="https://example.org/">x</a>',
    '@font-face { src: url("https://example.org/a.woff2") }',
    '@import "https://example.org/a.css";',
  ])('a planted %s is found', (text) => {
    expect(outsideIn(text)).toHaveLength(1);
  });

  test('a link that the reader follows, and the address of the page itself, are no requests', () => {
    expect(outsideIn('<a href="https://kubernetes.io/">x</a><link rel="canonical" href="https://example.org/">')).toEqual([]);
  });
});
