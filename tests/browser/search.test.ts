import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, inject, test } from 'vitest';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const sites = { 'at the root': inject('atRoot'), 'below a path': inject('belowPath') };

describe.each(Object.entries(sites))('search %s', (_, base) => {
  test('loads nothing before it is asked for', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.waitForLoadState('networkidle');
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded.filter((name) => name.includes('pagefind') || name.includes('panel'))).toEqual([]);
  });

  test.each(['/', 'Control+k', 'Meta+k'])('opens with %s, finds a heading and goes there by keyboard', async (key) => {
    const { page, troubles } = await visitor.open(`${base}dns/`);
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name: 'Search the course' });
    await dialog.waitFor();
    await page.keyboard.type('ndots');
    await dialog.locator('.hit').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/(?:dns|labs)\//u);
    expect(troubles).toEqual([]);
  });
});

describe('search', () => {
  const base = inject('atRoot');

  test('Escape closes it and gives the focus back', async () => {
    const { page } = await visitor.open(base);
    await page.locator('[data-search]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search'))).toBe(true);
  });

  test('a slash that is typed into a field stays there', async () => {
    const { page } = await visitor.open(`${base}labs/dns-search/`);
    await page.getByRole('textbox', { name: 'The program asks for' }).first().press('/');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  // What people type who have a problem, not the words of our headings.
  test.each([
    { query: 'ndots', finds: 'dns/' },
    { query: 'resolv.conf', finds: 'dns/' },
    { query: 'Temporary failure in name resolution', finds: 'dns/' },
    { query: 'CoreDNS', finds: 'dns/' },
    { query: 'Alpine', finds: 'labs/dns-search/' },
    { query: 'search walker', finds: 'labs/dns-search/' },
  ])('“$query” finds $finds', async ({ query, finds }) => {
    const { page } = await visitor.open(`${base}search/?q=${encodeURIComponent(query)}`);
    await page.locator('.hit a').first().waitFor();
    const links = await page.locator('.hit a').evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).pathname));
    expect(links.slice(0, 10).some((link) => link.endsWith(`/${finds}`))).toBe(true);
  });

  test('what does not exist is not invented', async () => {
    const { page } = await visitor.open(`${base}search/?q=zzqqxxyy`);
    await page
      .getByText(/Nothing found/u)
      .first()
      .waitFor();
    expect(await page.locator('.hit').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('the open dialog is clean for axe, %s', async (colorScheme) => {
    const { page } = await visitor.open(base, { colorScheme });
    await page.keyboard.press('/');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('dns');
    await page.locator('.hit').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  });
});
