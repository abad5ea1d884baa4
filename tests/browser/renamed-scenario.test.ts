/** Links stay where they were put: in a chat, in the printed book. The scenario that they name may be called otherwise since. */
import { expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const lab = `${base}labs/dns-search/`;

/** The lab at a fragment, in a site where a scenario was called `pods-from-alpine` before. */
async function openAt(fragment: string): Promise<Page> {
  const { page } = await visitor.open(`${base}404.html`);
  await page.route(lab, async (route) => {
    const html = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/html; charset=utf-8', body: html.replace('"scenarios":[', '"former":{"pods-from-alpine":"fix-alpine"},$&') });
  });
  await page.goto(lab + fragment);
  return page;
}
const task = 'The Debian image of this program finds orders.sales, the Alpine image does not.';

test('a link to a renamed scenario opens it, and the address bears its name of today', async () => {
  const page = await openAt('#scenario=pods-from-alpine');
  await page.waitForURL(/#scenario=fix-alpine$/u);
  await page.locator('lab-player').getByText(task).waitFor();
  expect(await page.getByText('names a scenario that this lab does not have').count()).toBe(0);
});

test('an experiment of a renamed scenario is played', async () => {
  const experiment = { version: 1, lab: 'dns-search', scenario: 'pods-from-alpine', seed: 1, frame: 0, hash: 'x', moves: [] };
  const page = await openAt(`#x=j${Buffer.from(JSON.stringify(experiment)).toString('base64url')}`);
  await page.getByText('The model of this lab has changed since this link was made').first().waitFor();
  expect(await page.locator('lab-player').getByText(task).count()).toBe(1);
});

test('a scenario that never was is still not there', async () => {
  const page = await openAt('#scenario=nobody-knows');
  await page.getByText('The address names a scenario that this lab does not have.').first().waitFor();
});
