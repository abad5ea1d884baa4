import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const listingOf = (page: Page, file: string): Locator => page.locator('figure.code', { hasText: file }).first();
const cardOf = (page: Page): Locator => page.getByRole('group', { name: /^(?:spec|metadata|kind|apiVersion)/u });
const path = (page: Page): Promise<string> => page.locator('.field-card .path').innerText();

describe('fields of a manifest', () => {
  test('nothing is fetched before somebody asks', async () => {
    const { page } = await visitor.open(`${base}pv-pvc/`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.mouse.move(5, 300);
    await page.waitForLoadState('networkidle');
    expect(asked.filter((each) => each.includes('field'))).toEqual([]);
    await listingOf(page, 'mongodb-pvc.yaml').getByRole('button', { name: 'Explain fields' }).click();
    await cardOf(page).waitFor();
    expect(asked.filter((each) => each.endsWith('.json'))).toEqual(['/fields/pv-pvc/mongodb-pvc.json']);
    await page.context().close();
  });

  test('are explained by keyboard alone, and focus comes back', async () => {
    const { page, troubles } = await visitor.open(`${base}pv-pvc/`);
    const listing = listingOf(page, 'mongodb-pv.yaml');
    const button = listing.getByRole('button', { name: 'Explain fields' });
    const height = (await listing.boundingBox())?.height;
    await button.focus();
    await page.keyboard.press('Enter');
    const card = cardOf(page);
    await card.waitFor();
    expect(await path(page)).toBe('apiVersion');
    // The card has the focus and is called what it says; said by a live region as well, it would be heard twice.
    expect(await card.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await card.getAttribute('aria-label')).toMatch(/^apiVersion\. text, required\. The group and version .* 1 of \d+$/u);
    expect(await card.locator('[aria-live]').innerText()).toBe('');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowDown');
    expect(await path(page)).toBe('spec.persistentVolumeReclaimPolicy');
    const said = await card.locator('[aria-live="polite"]').evaluate((region) => [region.childNodes.length, region.textContent]);
    expect(said).toEqual([
      1,
      expect.stringMatching(
        /^spec\.persistentVolumeReclaimPolicy\. text, optional; left out here, it is Retain\. .*claim is deleted.* Values: Delete, Recycle, Retain\. 10 of \d+$/u,
      ),
    ]);
    expect(await card.getAttribute('aria-label')).toBe(said[1]);
    expect(await listing.locator('.asked').innerText()).toBe('persistentVolumeReclaimPolicy');
    await page.keyboard.press('End');
    expect(await path(page)).toBe('spec.nfs.path');
    await page.keyboard.press('ArrowDown');
    expect(await path(page)).toBe('spec.nfs.path');
    await page.keyboard.press('Home');
    expect(await path(page)).toBe('apiVersion');
    // Tab reaches the links, and arrows still walk from there.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Glossary: API version');
    await page.keyboard.press('ArrowDown');
    expect(await path(page)).toBe('kind');
    expect((await listing.boundingBox())?.height).toBe(height);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('answer a resting pointer, and the card can be reached', async () => {
    const { page } = await visitor.open(`${base}pv-pvc/`);
    const listing = listingOf(page, 'mongodb-pvc.yaml');
    await listing.scrollIntoViewIfNeeded();
    await listing.locator('pre i', { hasText: 'ReadWriteOnce' }).hover();
    const card = cardOf(page);
    await card.waitFor();
    expect(await path(page)).toBe('spec.accessModes');
    expect(await card.getByRole('button', { name: 'Next field' }).isVisible()).toBe(false);
    const link = card.getByRole('link', { name: 'Official reference' });
    expect(await link.getAttribute('href')).toMatch(/core\/persistent-volume-claim-v1\/#PersistentVolumeClaimSpec$/u);
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1000);
    // On the way to the card the pointer leaves the field.
    await page.mouse.move(5, 300);
    await page.clock.runFor(400);
    await link.hover();
    await page.clock.runFor(900);
    expect(await card.isVisible()).toBe(true);
    await page.mouse.move(5, 300);
    await page.clock.runFor(900);
    await card.waitFor({ state: 'hidden' });
    await page.context().close();
  });

  test('answer a finger; the sheet covers neither the field nor the width of the page', async () => {
    const { page } = await visitor.open(`${base}pv-pvc/`, { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    const listing = listingOf(page, 'mongodb-pod.yaml');
    const key = listing.locator('pre b', { hasText: 'claimName' });
    // Where the sheet would cover it.
    await key.evaluate((node) => {
      scrollBy({ top: node.getBoundingClientRect().bottom - innerHeight + 150, behavior: 'instant' });
    });
    await key.tap();
    const card = cardOf(page);
    await card.waitFor();
    expect(await path(page)).toBe('spec.volumes[].persistentVolumeClaim.claimName');
    const [sheet, line] = [await card.boundingBox(), await key.boundingBox()];
    expect(line!.y + line!.height).toBeLessThan(sheet!.y);
    expect(sheet!.width).toBe(390);
    await card.getByRole('button', { name: 'Previous field' }).tap();
    expect(await path(page)).toBe('spec.volumes[].persistentVolumeClaim');
    await card.getByRole('button', { name: 'Close' }).tap();
    await card.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('an open card has no fault that axe finds, %s', async (colorScheme) => {
    const { page } = await visitor.open(`${base}dns/`, { colorScheme });
    await listingOf(page, 'checkout.yaml').getByRole('button', { name: 'Explain fields' }).click();
    await cardOf(page).waitFor();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowDown');
    const { violations } = await new AxeBuilder({ page }).include('figure.code').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    await page.context().close();
  });

  test('without scripts nothing is offered, and without the network nothing breaks', async () => {
    const { page } = await visitor.open(`${base}pv-pvc/`, { javaScriptEnabled: false });
    expect(await page.getByRole('button', { name: 'Explain fields' }).count()).toBe(0);
    await page.context().close();
    const second = await visitor.open(`${base}pv-pvc/`);
    await second.page.route('**/fields/**', (route) => route.abort());
    const failed = second.page.waitForEvent('requestfailed', (request) => request.url().includes('/fields/'));
    await listingOf(second.page, 'mongodb-pvc.yaml').getByRole('button', { name: 'Explain fields' }).click();
    await failed;
    expect(await cardOf(second.page).count()).toBe(0);
    await second.page.unroute('**/fields/**');
    await listingOf(second.page, 'mongodb-pvc.yaml').getByRole('button', { name: 'Explain fields' }).click();
    await cardOf(second.page).waitFor();
    await second.page.context().close();
  });

  test('below a path the links keep it', async () => {
    const { page } = await visitor.open(`${inject('belowPath')}pv-pvc/`);
    await listingOf(page, 'mongodb-pvc.yaml').getByRole('button', { name: 'Explain fields' }).click();
    expect(await cardOf(page).getByRole('link', { name: 'Glossary: API version' }).getAttribute('href')).toBe('/course/glossary/api-version/');
    await page.context().close();
  });
});

describe('manifests lead into labs', () => {
  test.each([
    ['pv-pvc', 'mongodb-pv.yaml', 'mongodb-pv'],
    ['pv-pvc', 'mongodb-pvc.yaml', 'mongodb-pvc'],
    // With the claim that it names.
    ['pv-pvc', 'mongodb-pod.yaml', 'mongodb-pvc'],
    ['pv-pvc', 'reserved.yaml', 'archive'],
    ['pv-pvc', 'countit.yaml', 'countit'],
    ['dns', 'ent.yaml', 'ent.default.svc.cluster.local'],
    ['dns', 'mysql-pod.yaml', 'mysql-pod.mysql-h.default.svc.cluster.local'],
    ['dns', 'billing.yaml', '198.51.100.20'],
    ['dns', 'checkout.yaml', 'api.github.com'],
    ['packet-paths', 'cart.yaml', 'cart'],
    ['packet-paths', 'cart-edge.yaml', 'cart-edge'],
    ['packet-paths', 'cart-sticky.yaml', 'cart-sticky'],
  ])('%s: %s runs as it stands in the page', async (chapter, file, name) => {
    const { page, troubles } = await visitor.open(`${base}${chapter}/`);
    await listingOf(page, file).getByRole('link', { name: 'Open in a lab' }).click();
    await page.waitForURL(/#x=j/u);
    const lab = page.locator('lab-player');
    await lab.getByText(name).filter({ visible: true }).first().waitFor();
    // It is the listing that runs: what a scenario asks and foretells is about other objects. Its text is open.
    await expect.poll(() => lab.locator('.task select').evaluate((chooser) => (chooser as HTMLSelectElement).selectedOptions[0]?.text)).toBe(file);
    expect(await lab.locator('.task p').innerText()).toContain(`${file} as the chapter shows it`);
    expect(await lab.locator('.predict, .goal-part > *').filter({ visible: true }).count()).toBe(0);
    expect(await lab.locator('.field textarea:visible').first().inputValue()).toContain('kind: ');
    // The fingerprint made at build time is that of the run here.
    expect(await lab.getByText('The model of this lab has changed').count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
