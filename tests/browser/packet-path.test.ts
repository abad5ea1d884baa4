import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { faultsOfLabs, labIn } from './lab-page.ts';
import { useVisitor, type Visit } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');

/** Opens a scenario, and waits until its task is seen: the page itself shows the first scenario until the one of the address has come. */
async function openAt(scenario: string, shows: string, options?: BrowserContextOptions): Promise<Visit> {
  const visit = await visitor.open(`${base}labs/packet-path/#scenario=${scenario}`, options);
  await visit.page.locator('lab-player', { hasText: shows }).first().waitFor();
  return visit;
}

const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

const hopsMax = 60;

/** Presses the key that steps until the packet and its answer are through. */
async function keysToTheEnd(page: Page): Promise<void> {
  const lab = labIn(page);
  await lab.button('Step').focus();
  for (let hop = 0; hop < hopsMax; hop += 1) {
    if ((await lab.position()).includes('settled')) return;
    await page.keyboard.press('.');
  }
  throw new Error(`the packet is not through after ${hopsMax} hops`);
}

test('a packet goes there and back by keyboard, hop by hop, and the page counts hops', async () => {
  const { page, troubles } = await openAt('cluster-ip-far', 'checkout calls Service cart');
  const lab = labIn(page);
  await keysToTheEnd(page);
  expect(await lab.position()).toMatch(/^At hop (\d+) of \1, settled/u);
  const said = await lab.root.locator('.stage').innerText();
  expect(said).toContain('10.96.0.50:80');
  await page.keyboard.press('Home');
  expect(troubles).toEqual([]);
});

test('the same packet in another mode ends at another machine’s door only if the rules say so', async () => {
  const { page, troubles } = await openAt('ping-cluster-ip', 'ping');
  const lab = labIn(page);
  await keysToTheEnd(page);
  const iptables = await lab.root.locator('.events').innerText();
  await lab.root.getByRole('radio', { name: 'nftables' }).first().check({ force: true });
  await keysToTheEnd(page);
  const nftables = await lab.root.locator('.events').innerText();
  expect(iptables).not.toContain('reject');
  expect(nftables).toMatch(/reject/iu);
  expect(troubles).toEqual([]);
});

test('a hop with many rules is clean for axe and fits a phone, in both themes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await openAt('node-port-cluster', 'NodePort', { colorScheme, viewport: { width: 390, height: 900 } });
    await keysToTheEnd(page);
    expect(await faultsOfLabs(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
  }
});

test('without JavaScript the page tells the whole way', async () => {
  const { page } = await visitor.open(`${base}labs/packet-path/`, { javaScriptEnabled: false });
  const text = await page.locator('lab-player').first().innerText();
  expect(text).toContain('checkout');
  expect(text).toMatch(/TTL/u);
});
