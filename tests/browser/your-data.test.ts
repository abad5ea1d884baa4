import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeFaults, openWith } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const open = (things: Readonly<Record<string, unknown>>, path: string, options?: BrowserContextOptions) => openWith(visitor, { base, path }, things, options);

describe('your data', () => {
  const full = {
    'kubestep:progress': { v: 1, read: { dns: ['records', 'cluster-dns'] }, labs: { 'dns-search/ent-own-namespace': 'seen' } },
    'kubestep:quiz': { v: 1, answers: { 'dns/no-registration': { given: [0], right: true, at: 5 } } },
    'kubestep:draft:1:dns-search/ent-own-namespace': { 'resolv.conf': 'search a' },
    'kubestep:searches': { v: 1, queries: ['ndots', 'FailedMount'] },
    'kubestep:theme': 'dark',
  };
  const all = (page: Page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage).toSorted()) as Record<string, string>);

  test('goes out in one file, is cleared, and comes back from the file as it was', async () => {
    const { page, troubles } = await open(full, 'your-data/', { acceptDownloads: true });
    const before = await all(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^kubestep-\d{4}-\d\d-\d\d\.json$/u);
    const file = await download.path();
    await page.getByRole('button', { name: 'Clear everything' }).click();
    await page.getByText('Cleared: 2 sections, 1 lab scenario, 1 answer, 1 draft, 2 queries, 1 setting.').waitFor();
    expect(await page.locator('[data-count]').allInnerTexts()).toEqual(Array<string>(7).fill('nothing'));
    await page.setInputFiles('#read-file', file);
    await page.getByText(/holds 2 sections, 1 lab scenario, 1 answer, 1 draft, 2 queries, 1 setting\.$/u).waitFor();
    await page.getByRole('button', { name: 'Add it to what is here' }).click();
    await page.getByText('Added to what was here.').waitFor();
    const after = await all(page);
    for (const [key, text] of Object.entries(before))
      expect(key === 'kubestep:theme' ? after[key] : JSON.parse(after[key] ?? ''), key).toEqual(key === 'kubestep:theme' ? text : JSON.parse(text));
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(troubles).toEqual([]);
  });

  test('a clear is undone, and a file with faults says each of them and changes nothing until it is taken', async () => {
    const { page } = await open(full, 'your-data/');
    const before = await all(page);
    await page.getByRole('button', { name: 'Clear everything' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Everything is back as it was.').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(Object.keys(await all(page))).toEqual(expect.arrayContaining(Object.keys(before)));
    const restored = await all(page);
    const read = (text: string): Promise<void> =>
      page.setInputFiles('#read-file', { name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await read('{"kubestep":9}');
    await page.getByText('Nothing was changed. The file has version 9; this page reads version 1.').waitFor();
    await read('{"kubestep":1,"progress":{"v":1,"read":{"dns":[7]}},"settings":{"theme":"pink"}}');
    await page.getByText('progress.read.dns: expected section names only; left out.').waitFor();
    await page.getByText('settings.theme: expected "light" or "auto" or "dark"; left out.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Leave it' }).click();
    await page.getByText('Nothing was changed.').waitFor();
    expect(await all(page)).toEqual(restored);
  });
});

describe('storage that is refused or full', () => {
  test.each([
    [
      'refused',
      () => {
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('refused', 'SecurityError');
          },
        });
      },
    ],
    [
      'full',
      () => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    ],
  ])('%s: the page says so once, and a question, a bookmark and the theme work all the same', async (_name, spoil) => {
    const { page, troubles } = await visitor.open(`${base}404.html`);
    await page.addInitScript(spoil);
    await page.goto(`${base}dns/`);
    await page.getByRole('radio', { name: /dark/iu }).check({ force: true });
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.mouse.move(300, 300);
    const mark = page.locator('.bookmark:has(+ #records)');
    await mark.waitFor({ state: 'attached' });
    await mark.focus();
    await page.keyboard.press('Enter');
    expect(await mark.getAttribute('aria-pressed')).toBe('true');
    const item = page.locator('.quiz-item.current');
    await item.scrollIntoViewIfNeeded();
    await item.locator('input').first().check();
    await item.locator('[data-check]').click();
    await page.locator('.quiz-item.current[data-answered]').waitFor();
    expect(await page.getByText('would remember').count()).toBe(1);
    expect(troubles).toEqual([]);
    await page.goto(`${base}labs/dns-search/`);
    const editor = page.locator('lab-player .field:visible .editor');
    await editor.locator('textarea').fill('apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n');
    await editor.locator('+ p', { hasText: 'Not kept' }).waitFor();
    expect(await page.locator('lab-player').getByText('Not kept').count()).toBe(1);
    expect(troubles).toEqual([]);
  });
});
