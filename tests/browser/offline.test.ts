/** The site that a reader keeps: served from a copy, so that a new version can be put in its place and the host can be taken away. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOffline } from '../../src/cli/offline.ts';
import { addressOf, serveStatic } from '../../src/cli/static-server.ts';
import { labIn } from './lab-page.ts';
import { builds } from './serve-dist.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const downloadMs = 120_000;

async function keepIt(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Download everything' }).click();
  await page.getByText('All of it is kept in this browser').waitFor({ timeout: downloadMs });
}

describe.each(Object.entries(builds))('a kept site, %s', (_, { outDir, base }) => {
  const copy = mkdtempSync(join(tmpdir(), 'kubestep-offline-'));
  let server: Server;
  let home: string;
  let page: Page;

  beforeAll(async () => {
    cpSync(outDir, copy, { recursive: true });
    server = await serveStatic({ outDir: copy, base }, 0);
    home = addressOf(server, base);
    ({ page } = await visitor.open(`${home}offline/`));
    await keepIt(page);
  }, downloadMs);
  afterAll(() => {
    server.close();
    rmSync(copy, { recursive: true });
  });

  test('is the pages and what they need: the course as a book is not downloaded with it', async () => {
    const { bytes, files } = JSON.parse(readFileSync(join(copy, 'offline.json'), 'utf8')) as { readonly bytes: number; readonly files: object };
    expect(existsSync(join(copy, 'kubestep.epub'))).toBe(true);
    expect(Object.keys(files).filter((name) => name.startsWith('kubestep.'))).toEqual([]);
    expect(bytes).toBeLessThan(5_500_000);
    expect(await page.evaluate(async (address) => (await caches.match(address)) === undefined, `${home}kubestep.epub`)).toBe(true);
  });

  test('reads, runs a lab and searches without a network', async () => {
    await page.context().setOffline(true);
    await page.goto(`${home}labs/dns-search/`);
    await labIn(page).button('Step').click();
    await page
      .getByText(/step 1/u)
      .first()
      .waitFor();
    await page.goto(`${home}pv-pvc/`);
    await page.locator('header a[data-search]').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('ndots');
    await page.locator('.hit').first().waitFor();
    expect((await page.goto(`${home}glossary`))?.url()).toBe(`${home}glossary/`);
    expect((await page.goto(`${home}nowhere/`))?.status()).toBe(404);
    expect(await page.locator('h1').innerText()).toBe('There is no page at this address');
    await page.context().setOffline(false);
  });

  test('a version that does not arrive whole changes nothing', async () => {
    const file = join(copy, 'dns/index.html');
    const html = readFileSync(file, 'utf8');
    writeFileSync(file, html.replace('</h1>', ' anew</h1>'));
    writeOffline(copy);
    // The host changes once more while it is fetched: this file is of no version that was announced.
    writeFileSync(file, html.replace('</h1>', ' mixed</h1>'));
    const state = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const next = registration.installing;
      if (next === null) return registration.waiting?.state ?? 'none';
      return new Promise<string>((resolve) => {
        next.addEventListener('statechange', () => {
          resolve(next.state);
        });
      });
    });
    expect(state).toBe('redundant');
    await page.goto(`${home}dns/`);
    expect(await page.locator('h1').innerText()).toBe('DNS and service discovery');
    expect(await page.locator('.new-version').count()).toBe(0);
  });

  test('a new version is announced, and taken over by “Reload”', async () => {
    writeOffline(copy);
    await page.goto(`${home}dns/`);
    expect(await page.locator('h1').innerText()).toBe('DNS and service discovery');
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });
    await page.getByText('A new version of the course is ready. “Reload” renews every open page of it').waitFor({ timeout: downloadMs });
    expect(await page.locator('h1').innerText()).toBe('DNS and service discovery');
    const other = await page.context().newPage();
    await other.goto(`${home}dns/`);
    expect(await other.locator('h1').innerText()).toBe('DNS and service discovery');
    await other.getByText('renews every open page').waitFor();
    await page.getByRole('button', { name: 'Reload' }).click();
    for (const each of [page, other]) await each.getByRole('heading', { level: 1, name: 'DNS and service discovery mixed' }).waitFor();
    await other.close();
    await page.context().setOffline(true);
    await page.reload();
    expect(await page.locator('h1').innerText()).toBe('DNS and service discovery mixed');
    await page.context().setOffline(false);
    expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1);
  });

  test('is gone when the reader removes it', async () => {
    await page.goto(`${home}offline/`);
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Removed.').waitFor();
    expect(await page.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length])).toEqual([0, 0]);
  });
});
