import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { useVisitor } from './visitor.ts';

// What was heard in Orca on pages without a lab's doing, as far as it can be measured without it; docs/accessibility has the scripts and what was said.
const visitor = useVisitor();
const base = inject('atRoot');

interface Heard {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: string };
  readonly name?: { readonly value?: string };
  readonly childIds?: readonly string[];
}

/** The tree that a screen reader walks, in order, without what it does not see. */
async function treeOf(page: Page): Promise<readonly Heard[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { readonly nodes: readonly Heard[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const walk = (node: Heard | undefined): readonly Heard[] =>
    node === undefined ? [] : [...(node.ignored ? [] : [node]), ...(node.childIds ?? []).flatMap((id) => walk(byId.get(id)))];
  return walk(nodes[0]);
}

const roleOf = (node: Heard | undefined): string => node?.role?.value ?? '';
const nameOf = (node: Heard | undefined): string => node?.name?.value ?? '';

/** What stands in the tree below a node, by role and name. */
function within(tree: readonly Heard[], top: Heard): readonly Heard[] {
  const byId = new Map(tree.map((node) => [node.nodeId, node]));
  const below = (node: Heard): readonly Heard[] =>
    (node.childIds ?? []).flatMap((id) => [byId.get(id), ...below(byId.get(id) ?? { nodeId: id, ignored: true })]).filter((each) => each !== undefined);
  return below(top);
}

test('on a phone the contents are the neighbour of their button, and their section is the current one', async () => {
  const { page } = await visitor.open(`${base}dns/`, { viewport: { width: 390, height: 844 } });
  const button = page.getByRole('button', { name: /^Contents/u });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.locator('.toc:popover-open').waitFor();
  // Elsewhere in the tree they would be its "details", and Orca reads all of these aloud when it opens.
  const tree = await treeOf(page);
  const at = tree.findIndex((node) => roleOf(node) === 'navigation' && nameOf(node) === 'Contents of this part');
  const before = tree.slice(0, at).findLast((node) => roleOf(node) === 'button');
  expect(nameOf(before)).toMatch(/^Contents/u);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toMatch(/^Part 5, Networking$/u);
  for (let stop = 0; stop < 20 && !(await page.evaluate(() => (document.activeElement as HTMLAnchorElement).hash === '#records')); stop += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.toc .sub [aria-current="location"]', { hasText: 'Records' }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Contents Records, 2 of 10' }).waitFor();
  await page.keyboard.press('Tab');
  const isInSection = await page.evaluate(() => {
    const place = document.activeElement?.compareDocumentPosition(document.querySelector('#records') ?? document) ?? 0;
    return (place & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  });
  expect(isInSection).toBe(true);
});

test.each(['dns/', 'pv-pvc/', 'packet-paths/'])('/%s: a heading holds its words, one link to itself and no control more', async (path) => {
  const { page } = await visitor.open(base + path);
  await page.mouse.move(200, 300);
  await page.locator('.bookmark').first().waitFor({ state: 'attached' });
  const tree = await treeOf(page);
  const headings = tree.filter((node) => roleOf(node) === 'heading');
  expect(headings.length).toBeGreaterThan(15);
  const faults = headings.flatMap((heading) => {
    const controls = within(tree, heading).filter((node) => /^(?:link|button|ToggleButton)$/u.test(roleOf(node)));
    return controls.length > 1 || controls.some((node) => nameOf(node) !== nameOf(heading)) ? [`${nameOf(heading)}: ${controls.map(nameOf).join(', ')}`] : [];
  });
  expect(faults).toEqual([]);
  // Each button names its section and stands before it, where it is seen.
  const marks = await page
    .locator('.prose > .bookmark')
    .evaluateAll((buttons) => buttons.map((button) => [button.ariaLabel, button.nextElementSibling?.textContent]));
  expect(marks.length).toBe(await page.locator('.prose > :is(h2, h3)[id]').count());
  for (const [label, heading] of marks) expect(label).toBe(`Bookmark ${heading ?? ''}`);
});

test.each(['dns/', 'pv-pvc/', 'packet-paths/'])('/%s: a listing is called after its title or its language', async (path) => {
  const { page } = await visitor.open(base + path);
  const names = await page
    .locator('pre')
    .evaluateAll((boxes) =>
      boxes.map((box) => [box.getAttribute('role'), box.ariaLabel, box.closest('.code:not(.terminal)')?.querySelector('figcaption > span')?.textContent]),
    );
  expect(names.length).toBeGreaterThan(3);
  for (const [role, name, title] of names) {
    expect(role).toBe('group');
    if (typeof title === 'string') expect(name).toBe(title);
    else expect(name).toMatch(/^(?:Terminal|Listing, (?:YAML|shell))$/u);
  }
});

test.each(['dns/', 'pv-pvc/', 'packet-paths/'])('/%s: a diagram is its title and its description, without the loose words in it', async (path) => {
  const { page } = await visitor.open(base + path);
  const loose = await page
    .locator('.diagram svg')
    .evaluateAll((pictures) =>
      pictures.flatMap((picture) =>
        [...picture.querySelectorAll('text')].filter((text) => text.closest('[aria-hidden="true"]') === null).map((text) => text.textContent),
      ),
    );
  expect(loose).toEqual([]);
  expect(await page.locator('.diagram svg > [aria-hidden="true"] text').count()).toBeGreaterThan(10);
});

test('the home page has few landmarks', async () => {
  const { page } = await visitor.open(base);
  const landmarks = (await treeOf(page)).filter((node) => /^(?:banner|navigation|main|contentinfo|region|complementary|search|form)$/u.test(roleOf(node)));
  expect(landmarks.map((node) => `${roleOf(node)} ${nameOf(node)}`.trim())).toEqual([
    'banner',
    'navigation Site',
    'main',
    expect.stringMatching(/^region ./u),
    'region Contents',
    'contentinfo',
  ]);
});

test.each(['commands/dig/', 'errors/insufficient-cpu/', 'fidelity/', 'glossary/pod/', 'offline/', 'paths/newcomer/', 'styleguide/', 'your-data/'])(
  '/%s: what has a heading is no landmark too',
  async (path) => {
    const { page } = await visitor.open(base + path);
    const regions = (await treeOf(page)).filter((node) => roleOf(node) === 'region').map(nameOf);
    // A lab is one; the style guide shows two.
    expect(regions.length).toBe(await page.locator('lab-player').count());
  },
);

test.each([320, 390, 768, 1280])('your data at %i px: the table fits, and stays a table', async (width) => {
  const { page } = await visitor.open(`${base}your-data/`, { viewport: { width, height: 844 } });
  const { over, table } = await page.evaluate(() => {
    const table = document.querySelector('.kept')?.getBoundingClientRect();
    const { clientWidth, scrollWidth } = document.documentElement;
    return { over: scrollWidth - clientWidth, table: (table?.right ?? Infinity) - clientWidth };
  });
  expect(over).toBeLessThanOrEqual(0);
  expect(table).toBeLessThanOrEqual(0);
  await page.locator('[data-count="progress"]', { hasText: 'nothing' }).waitFor();
  // No word is broken to make it fit.
  expect(
    await page.locator('[data-count]').evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return words.getClientRects().length;
      }),
    ),
  ).toEqual(Array<number>(7).fill(1));
  const tree = await treeOf(page);
  const count = (role: string): number => tree.filter((node) => roleOf(node) === role).length;
  expect([count('table'), count('row'), count('columnheader'), count('cell')]).toEqual([1, 8, 4, 28]);
  // Chromium keeps these by itself; of cells that are stacked by the style sheet other browsers forget what they were.
  expect(await page.locator('.kept:not([role]), .kept :is(thead, tbody, tr, th, td):not([role])').count()).toBe(0);
});
