import { describe, expect, inject, test } from 'vitest';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');

describe('the list of labs', () => {
  test('is narrowed by words, and names the scenarios that have them', async () => {
    const { page, troubles } = await visitor.open(`${base}labs/`);
    const all = await page.locator('.labs > li').count();
    await page.getByLabel('Filter labs and scenarios').fill('zone');
    await page.getByRole('link', { name: 'The volume waits for the pod' }).waitFor();
    expect(await page.locator('.labs > li:visible').count()).toBe(1);
    expect(await page.locator('main form [data-told] [aria-hidden]').innerText()).toBe(`1 of ${all} labs`);
    expect(new URL(page.url()).search).toBe('?q=zone');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.labs > li').last().waitFor();
    expect(await page.locator('.labs > li:visible').count()).toBe(all);
    expect(new URL(page.url()).search).toBe('');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('answers a question in the address', async () => {
    const { page } = await visitor.open(`${base}labs/?kind=challenge&area=storage`);
    await page.locator('.found a').first().waitFor();
    expect(await page.getByLabel('Kind').inputValue()).toBe('challenge');
    expect(await page.locator('[data-area="networking"]').isVisible()).toBe(false);
    await page.context().close();
  });
});

test('single keys can be switched off, and labs obey', async () => {
  const { page } = await visitor.open(`${base}keyboard/`);
  await page.getByLabel('Single keys are shortcuts').uncheck();
  expect(await page.evaluate(() => localStorage.getItem('kubestep:keys'))).toBe('off');
  await page.goto(`${base}labs/dns-search/`);
  const lab = page.locator('lab-player');
  await lab.getByRole('button', { name: 'Step', exact: true }).click();
  await lab
    .getByText(/step 1/u)
    .first()
    .waitFor();
  await page.keyboard.press('.');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await lab
    .getByText(/step 0/u)
    .first()
    .waitFor();
  await page.keyboard.press('.');
  expect(await lab.getByText(/step 0/u).count()).toBeGreaterThan(0);
  await page.evaluate(() => {
    localStorage.setItem('kubestep:keys', 'on');
  });
  await page.keyboard.press('.');
  await lab
    .getByText(/step 1/u)
    .first()
    .waitFor();
  await page.context().close();
});

test('an address that does not exist becomes a question, and a guess', async () => {
  const { page } = await visitor.open(`${base}24-dnss/`);
  expect(await page.getByRole('link', { name: 'Search for “dnss”' }).getAttribute('href')).toMatch(/\/search\/\?q=dnss$/);
  expect(await page.locator('[data-meant]').innerText()).toBe('Did you mean DNS and service discovery?');
  await page.context().close();
});

test('on the map, a chapter that has the focus shows what it needs', async () => {
  const { page } = await visitor.open(`${base}course-map/`);
  await page.getByRole('link', { name: 'DNS and service discovery', exact: true }).first().focus();
  const arcs = await page.locator('.course-map path.need').evaluateAll((paths) => paths.map((path) => (path as SVGPathElement).dataset.from));
  expect(arcs).toContain('services');
  const [grid, picture] = await Promise.all([page.locator('.course-map').boundingBox(), page.locator('.course-map > svg').boundingBox()]);
  expect(Math.abs(grid!.height - picture!.height)).toBeLessThan(1);
  await page.context().close();
});

describe('parts of a chapter', () => {
  test('tabs of one name change together, by keyboard too', async () => {
    const { page, troubles } = await visitor.open(`${base}styleguide/`);
    const groups = page.locator('.tabs');
    await groups.first().getByRole('tab', { name: 'glibc' }).focus();
    await page.getByRole('tabpanel').first().waitFor();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { selected: true }).allInnerTexts()).toEqual(['musl', 'musl']);
    expect(await page.locator('.tab:visible').count()).toBe(2);
    expect(await page.locator('.tab:visible').allInnerTexts()).toEqual([expect.stringContaining('Alpine'), expect.stringContaining('Alpine')]);
    await page.reload();
    await page.locator('.tab[role="tabpanel"]:visible', { hasText: 'Alpine' }).first().waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('without scripts all tabs stand there, with their names', async () => {
    const { page } = await visitor.open(`${base}styleguide/`, { javaScriptEnabled: false });
    expect(await page.locator('.tab:visible').count()).toBe(4);
    expect(await page.locator('.tab-name:visible').allInnerTexts()).toEqual(['glibc', 'musl', 'glibc', 'musl']);
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.context().close();
  });

  test('a manifest opens in a lab as it stands in the page', async () => {
    const { page, troubles } = await visitor.open(`${base}styleguide/`);
    await page.getByRole('link', { name: 'Open in a lab' }).click();
    await page.waitForURL(/path-balancing\/#x=j/u);
    const lab = page.locator('lab-player');
    await lab.getByText('cart-sticky').filter({ visible: true }).first().waitFor();
    // The fingerprint made at build time is that of the run here.
    expect(await lab.getByText('The model of this lab has changed').count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('lines that are new and gone say so in the text, and only what stays is copied', async () => {
    const { page } = await visitor.open(`${base}styleguide/`, { permissions: ['clipboard-read', 'clipboard-write'] });
    const listing = page.locator('figure.code', { hasText: 'cart-sticky.yaml' });
    expect(await listing.locator('del').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining('clusterIP')]));
    expect(await listing.locator('ins').count()).toBeGreaterThan(3);
    await listing.getByRole('button', { name: 'Copy' }).click();
    await listing.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('metadata:\n  name: cart-sticky\nspec:\n  sessionAffinity: ClientIP\n');
    expect(copied).not.toMatch(/clusterIP|name: cart\n/);
    await page.context().close();
  });
});

test('a report knows the page that the reader came from', async () => {
  const { page } = await visitor.open(`${base}dns/`);
  await page.locator('#main').getByRole('link', { name: 'Report an error' }).click();
  await page.waitForURL(/\/report\/$/u);
  expect(await page.getByLabel('Your report').inputValue()).toMatch(/^Page: http.*\/dns\/\nWhat it says:/);
  await page.context().close();
});
