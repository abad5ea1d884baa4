/** What a demanding reader stumbled over on pages, each as something that can be measured. */
import { describe, expect, inject, test } from 'vitest';
import { axeFaults, openWith } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const chapters = ['dns/', 'pv-pvc/', 'packet-paths/'];

describe('a term under a finger', () => {
  const open = async (below = base) => {
    const { page, troubles } = await visitor.open(`${below}styleguide/`, phone);
    return { page, troubles, link: page.locator('.prose a[href$="/glossary/endpoint-slice/"]').first(), card: page.locator('#term-card') };
  };

  test.each(['atRoot', 'belowPath'] as const)('is explained at the first tap, with the way to all of it, %s', async (where) => {
    const { page, troubles, link, card } = await open(inject(where));
    const { pathname } = new URL(page.url());
    await link.tap();
    await card.waitFor();
    expect(new URL(page.url()).pathname).toBe(pathname);
    expect(await card.innerText()).toMatch(/^EndpointSlice\s+\S/u);
    // It is said when it comes, and read on from the link.
    expect(await page.getByRole('dialog', { name: 'EndpointSlice' }).evaluate((node) => [node === document.activeElement, node.tabIndex])).toEqual([true, -1]);
    expect(await link.evaluate((node) => [node.nextElementSibling?.id, node.ariaExpanded])).toEqual(['term-card', 'true']);
    expect(await axeFaults(page, '.prose')).toEqual([]);
    const [box, way] = [await card.boundingBox(), card.getByRole('link', { name: 'The whole entry' })];
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(390);
    expect((await way.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    await way.tap();
    await page.waitForURL(/\/glossary\/endpoint-slice\/$/u);
    // Whoever comes back finds the text, without a card upon it.
    await page.goBack();
    await page.locator('.prose').first().waitFor();
    expect(await page.locator('#term-card:popover-open').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  test('leads to its page at the second tap', async () => {
    const { page, link, card } = await open();
    await link.tap();
    await card.waitFor();
    await link.tap();
    await page.waitForURL(/\/glossary\/endpoint-slice\/$/u);
  });

  test('lets its card go at a tap outside, at Escape and when it has left the window, and then begins anew', async () => {
    const { page, link, card } = await open();
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      outside: () => page.touchscreen.tap(3, 500),
      escape: () => page.keyboard.press('Escape'),
      away: () =>
        page.evaluate(() => {
          scrollBy({ top: 2_000, behavior: 'instant' });
        }),
    };
    for (const [name, way] of Object.entries(ways)) {
      await link.tap();
      await card.waitFor();
      await way();
      await card.waitFor({ state: 'hidden' });
      expect(await link.evaluate((node) => [node.ariaExpanded, node.getAttribute('aria-describedby')]), name).toEqual([null, null]);
      // The keyboard goes on where it was.
      if (name === 'escape') expect(await link.evaluate((node) => node === document.activeElement)).toBe(true);
    }
    const other = page.locator('.prose a[href="/glossary/ndots/"]');
    await link.tap();
    await card.getByText('EndpointSlice').first().waitFor();
    await other.tap();
    await card.getByText('ndots').first().waitFor();
    expect(await page.locator('.prose a[aria-expanded]').count()).toBe(1);
  });

  test('is a link where the card does not arrive', async () => {
    const { page, link } = await open();
    await page.route(/terms\/e\.json/u, (route) => route.abort());
    await link.tap();
    await page.waitForURL(/\/glossary\/endpoint-slice\/$/u);
  });
});

test.each(chapters)('in /%s code stands close to the sign that follows it, and upon none', async (path) => {
  const { page } = await visitor.open(base + path);
  const gaps = await page.locator('.prose code:not(pre *)').evaluateAll((codes) =>
    codes.flatMap((code) => {
      const next = code.nextSibling;
      if (!(next instanceof Text) || !/^[.,;:!?)]/u.test(next.data) || !code.checkVisibility() || code.closest('lab-player')) return [];
      const [inside, sign] = [document.createRange(), document.createRange()];
      inside.selectNodeContents(code);
      sign.setStart(next, 0);
      sign.setEnd(next, 1);
      const [end, start] = [[...inside.getClientRects()].at(-1), sign.getBoundingClientRect()];
      return end === undefined || Math.abs(end.bottom - start.bottom) > 8 ? [] : [start.left - end.right];
    }),
  );
  expect(gaps.length).toBeGreaterThan(20);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(0.5);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(-0.5);
});

test('on a phone the mark of a section stands below its rule, beside no word of it', async () => {
  const { page } = await visitor.open(`${base}pv-pvc/`, phone);
  await page.locator('.lead').first().tap();
  await page.locator('.bookmark').first().waitFor({ state: 'attached' });
  const places = await page.locator('.bookmark:has(+ h2)').evaluateAll((buttons) =>
    buttons.map((button) => {
      const heading = button.nextElementSibling!;
      const words = heading.querySelector('a')!.getBoundingClientRect();
      const [mark, rule] = [button.getBoundingClientRect(), heading.getBoundingClientRect().top];
      return { isBelowRule: (mark.top + mark.bottom) / 2 > rule + 6, isFree: mark.bottom <= words.top + 8 || mark.left >= words.right, height: mark.height };
    }),
  );
  expect(places.length).toBeGreaterThan(5);
  expect(places.filter(({ isBelowRule, isFree, height }) => !isBelowRule || !isFree || height < 24)).toEqual([]);
});

test('what is read is marked with a sign, and said, in the contents', async () => {
  const { page } = await openWith(visitor, { base, path: 'dns/' }, { 'kubestep:progress': { v: 1, read: { dns: ['cluster-dns'] }, labs: {} } });
  await page.mouse.move(600, 400);
  await page.locator('.toc .read').waitFor();
  const contents = page.getByRole('navigation', { name: 'Contents of this part' });
  expect(await contents.getByRole('link', { name: /^Cluster DNS.*\bread, \d+ min$/u }).count()).toBe(1);
  expect(await contents.getByRole('link', { name: /\bread, /u }).count()).toBe(1);
  expect(await page.locator('.toc .read small').evaluate((node) => getComputedStyle(node, '::before').content)).toContain('✓');
});

test.each(chapters)('on a phone no table of /%s ends where nobody sees that it goes on', async (path) => {
  const { page } = await visitor.open(base + path, phone);
  const tables = await page.locator('.prose > .table').evaluateAll((found) =>
    found.map((table) => ({
      name: table.ariaLabel,
      goesOn: table.scrollWidth > table.clientWidth,
      says: getComputedStyle(table).backgroundImage.includes('gradient'),
    })),
  );
  expect(tables.filter(({ goesOn, says }) => goesOn && !says)).toEqual([]);
  const faults = tables.filter(({ name }) => name?.endsWith('it means'));
  expect(faults.map(({ goesOn }) => goesOn)).toEqual([false]);
  // Its cells are stacked; to whoever hears it, it is a table all the same.
  const browser = await page.context().newCDPSession(page);
  const { root } = await browser.send('DOM.getDocument');
  const { nodeId } = await browser.send('DOM.querySelector', { nodeId: root.nodeId, selector: '[aria-label$="it means"] table' });
  await browser.send('Accessibility.enable');
  const rows = await page.locator('[aria-label$="it means"] tr').count();
  for (const [role, count] of [
    ['columnheader', 3],
    ['row', rows],
    ['cell', 3 * (rows - 1)],
  ] as const)
    expect((await browser.send('Accessibility.queryAXTree', { nodeId, role })).nodes, role).toHaveLength(count);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

test.each(['', 'errors/', 'commands/', 'glossary/', 'often-said/', 'often-said/networking/', 'glossary/pod/', 'errors/oom-killed/', 'labs/'])(
  'links in the lists of /%s are known as links',
  async (path) => {
    const { page } = await visitor.open(base + path);
    const plain = await page.locator('main li a:not(nav *, lab-player *, .btn)').evaluateAll((links) =>
      links
        .filter((link) => link.checkVisibility())
        .filter(
          (link) =>
            ![link, ...link.querySelectorAll('*')].some((node) => getComputedStyle(node).textDecorationLine.includes('underline') && !node.matches('var')),
        )
        .map((link) => link.textContent.trim().slice(0, 60)),
    );
    expect(plain).toEqual([]);
  },
);

test('the download of the course says how much of how much has come, and speaks of it rarely', async () => {
  const { page } = await visitor.open(`${base}offline/`);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => {
    const told: Record<string, string[]> = { status: [], amount: [] };
    Object.assign(window, { told });
    for (const [name, texts] of Object.entries(told)) {
      const node = document.querySelector(`[data-offline="${name}"]`)!;
      new MutationObserver(() => texts.push(node.textContent)).observe(node, { childList: true, characterData: true, subtree: true });
    }
  });
  await page.getByRole('button', { name: 'Download everything' }).click();
  await page.getByText('All of it is kept in this browser').waitFor({ timeout: 120_000 });
  const { status, amount } = await page.evaluate(() => (window as unknown as { readonly told: { readonly status: string[]; readonly amount: string[] } }).told);
  expect(amount.filter((text) => /^[\d,]+ of [\d,]+ files$/u.test(text)).length).toBeGreaterThan(10);
  expect(status.slice(1, -1)).toEqual(['Downloading: a quarter has come.', 'Downloading: half has come.', 'Downloading: three quarters have come.']);
  expect(await page.locator('[data-offline="amount"]').evaluate((node) => [node.checkVisibility(), node.closest('[aria-live]')])).toEqual([false, null]);
});

test('a report can name the section that is meant, though its link stands at the end of the chapter', async () => {
  const { page, troubles } = await visitor.open(`${base}dns/`);
  await page.locator('main a[href$="/report/"]').click();
  await page.waitForURL(/\/report\/$/u);
  const text = page.getByRole('textbox', { name: 'Your report' });
  await text.press('End');
  await page.getByRole('combobox', { name: 'about' }).selectOption('Records');
  expect(await text.inputValue()).toMatch(/^Page: .*\/dns\/#records\nWhat it says:\n/u);
  await page.getByRole('combobox', { name: 'about' }).selectOption('The whole chapter');
  expect(await text.inputValue()).toMatch(/^Page: .*\/dns\/\nWhat it says:\n/u);
  expect(troubles).toEqual([]);
});

test('a report that is about no chapter asks for no section', async () => {
  const { page } = await visitor.open(`${base}glossary/`);
  const asked = page.waitForResponse((response) => response.url() === `${base}glossary/` && response.request().resourceType() === 'fetch');
  await page.locator('footer a[href$="/report/"]').click();
  await (await asked).finished();
  expect(await page.getByRole('textbox', { name: 'Your report' }).inputValue()).toMatch(/^Page: .*\/glossary\/\n/u);
  expect(await page.locator('[data-report-section]').isVisible()).toBe(false);
});

test('the sign that marks a section is seen before anybody points at its heading, and says what it does once they do', async () => {
  const { page } = await visitor.open(`${base}dns/`);
  await page.mouse.move(300, 300);
  const marks = page.locator('.prose > .bookmark');
  await marks.first().waitFor();
  const seen = await marks.evaluateAll((buttons) => buttons.map((button) => [button.checkVisibility({ opacityProperty: true }), button.clientWidth < 32]));
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.filter(([isSeen, isSmall]) => isSeen !== true || isSmall !== true)).toEqual([]);
  const records = page.getByRole('button', { name: 'Bookmark Records' });
  await page.getByRole('heading', { level: 2, name: 'Records' }).hover();
  await page.waitForFunction(() => document.querySelector('.bookmark:has(+ #records)')!.clientWidth > 60);
  await records.click();
  await page.mouse.move(5, 5);
  await page.locator('.bookmark[aria-pressed="true"]:has(+ #records)').waitFor();
});
