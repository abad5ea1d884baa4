import type { BrowserContextOptions, Page } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';
import type { Visit, Visitor } from './visitor.ts';

/** What stands in the browser's storage under `kubestep:<key>`. */
export const kept = (page: Page, key: string): Promise<unknown> =>
  page.evaluate((name) => JSON.parse(localStorage.getItem(`kubestep:${name}`) ?? 'null') as unknown, key);

/** Opens a page of the site at `base` in a browser that remembers these things. */
export async function openWith(
  visitor: Visitor,
  address: { readonly base: string; readonly path: string },
  things: Readonly<Record<string, unknown>>,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const visit = await visitor.open(`${address.base}404.html`, options);
  await visit.page.evaluate((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, typeof value === 'string' ? value : JSON.stringify(value));
  }, things);
  await visit.page.goto(address.base + address.path);
  return visit;
}

/** What axe finds in a part of a page, a line for each rule. */
export async function axeFaults(page: Page, part = 'body'): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
