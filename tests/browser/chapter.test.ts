import { describe, expect, inject, test } from 'vitest';
import { expectFigures } from './lab-figures.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');

describe('the quiz', () => {
  test('is answered by keyboard, says the why of every option, and remembers', async () => {
    const { page, troubles } = await visitor.open(`${base}dns/`);
    const item = page.locator('.quiz-item.current');
    const options = await item.locator('.opt').count();
    await item.locator('.opt input').first().focus();
    await page.keyboard.press('Space');
    await item.locator('[data-check]').focus();
    await page.keyboard.press('Enter');
    await item.locator('.opt .why').first().waitFor({ state: 'visible' });
    expect(await item.locator('.opt .why:visible').count()).toBe(options);
    const id = await item.getAttribute('id');
    await page.reload();
    expect(
      (await page.locator(`[id="${id ?? ''}"] .opt .why:visible`).count()) > 0 || (await page.evaluate(() => JSON.stringify(localStorage))).includes('quiz'),
    ).toBe(true);
    expect(troubles).toEqual([]);
  });

  test('without JavaScript every question has its answer behind a fold', async () => {
    const { page } = await visitor.open(`${base}dns/`, { javaScriptEnabled: false });
    const items = await page.locator('.quiz-item').count();
    expect(items).toBeGreaterThanOrEqual(10);
    expect(await page.locator('.quiz-item details.answer').count()).toBe(items);
  });
});

describe.each(['dns/', 'pv-pvc/', 'packet-paths/'])('in /%s', (path) => {
  test('each listing can be copied', async () => {
    const { page } = await visitor.open(base + path, { permissions: ['clipboard-read', 'clipboard-write'] });
    const listings = await page
      .locator('main pre')
      .evaluateAll((found) => found.map((pre) => pre.closest('.code')?.querySelectorAll('[data-copy]').length ?? 0));
    expect(listings).toEqual(listings.map(() => 1));
    const real = page.locator('.real .code').first();
    await real.getByRole('button', { name: 'Copy' }).click();
    await real.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await real.locator('pre').evaluate((pre) => pre.textContent));
  });

  test.each([390, 1280])('at %i px commands are read whole: a long line goes on below, hanging', async (width) => {
    const { page } = await visitor.open(base + path, { viewport: { width, height: 844 } });
    const listings = await page.locator('pre[data-language="sh"]').evaluateAll((found) =>
      found.map((pre) => {
        const text = document.createRange();
        text.selectNodeContents(pre);
        const button = pre.previousElementSibling!.getBoundingClientRect();
        const pieces = [...text.getClientRects()].filter((piece) => piece.width > 0);
        return {
          cutPx: pre.scrollWidth - pre.clientWidth,
          starts: new Set(pieces.map((piece) => piece.bottom)).size === 1 ? 1 : new Set(pieces.map(({ left }) => Math.round(left))).size,
          under: pieces.filter((piece) => piece.right > button.left && piece.left < button.right && piece.top < button.bottom).length,
        };
      }),
    );
    for (const { cutPx, under } of listings) expect({ cutPx, under }).toEqual({ cutPx: 0, under: 0 });
    if (width === 390) expect(Math.max(...listings.map(({ starts }) => starts))).toBeGreaterThan(1);
    const beyond = await page
      .locator('.terminal .command')
      .evaluateAll((found) => found.map((command) => command.getBoundingClientRect().right - command.closest('pre')!.getBoundingClientRect().right));
    expect(Math.max(0, ...beyond)).toBe(0);
  });

  test('paper shows the end of a lab that nobody has run, and a run as it stands', async () => {
    const { page } = await visitor.open(base + path);
    const labs = page.locator('lab-player');
    const print = async (event: 'beforeprint' | 'afterprint') => {
      await page.evaluate((type) => dispatchEvent(new Event(type)), event);
      await page.emulateMedia({ media: event === 'beforeprint' ? 'print' : 'screen' });
    };
    const asleep = await labs.evaluateAll((found) => found.map((lab) => lab.innerHTML));
    await print('beforeprint');
    for (const lab of await labs.all()) await expectFigures(lab);
    await print('afterprint');
    expect(await labs.evaluateAll((found) => found.map((lab) => lab.innerHTML))).toEqual(asleep);

    const run = labs.filter({ has: page.locator('.settled, .picture > noscript') }).first();
    await run.getByRole('button', { name: 'Skip' }).click();
    await run.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => run.locator('[type="range"]').inputValue()).not.toBe('0');
    await print('beforeprint');
    expect(await run.locator('.settled:visible, .without-script:visible').count()).toBe(0);
    expect((await run.locator('.live').boundingBox())?.height).toBeGreaterThan(60);
    await expectFigures(labs.last());
  });
});

test.each(['dns-search', 'packet-path', 'rules-viewer'])('paper shows the end of the lab %s on its own page, too', async (lab) => {
  const { page } = await visitor.open(`${base}labs/${lab}/`);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expectFigures(page.locator('lab-player'));
});

describe('the page', () => {
  test('the first Tab reaches the skip link, which leads to the text', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/skip/iu);
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toBe('#main');
  });

  test('the theme that was chosen holds on the next page, from the first paint', async () => {
    const { page } = await visitor.open(base, { colorScheme: 'light' });
    await page.getByRole('radio', { name: /dark/iu }).check({ force: true });
    await page.goto(`${base}dns/`);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });

  test('on a phone the contents open as a sheet and lead to a section', async () => {
    const { page } = await visitor.open(`${base}dns/`, { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: /contents/iu }).click();
    const link = page.locator('[popover] a[href*="#"]').first();
    await link.waitFor({ state: 'visible' });
    await link.click();
    expect(new URL(page.url()).hash).not.toBe('');
  });

  test('a heading has a link to itself, seen on hover and focus, that moves nothing', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    const heading = page.getByRole('heading', { name: /^Headless Services and names of single pods/u });
    const link = heading.getByRole('link', { name: 'Headless Services and names of single pods', exact: true });
    const look = async () => ({
      opacity: await link.evaluate((node) => getComputedStyle(node, '::after').opacity),
      heightPx: (await heading.boundingBox())?.height,
    });
    const before = await look();
    expect(before.opacity).toBe('0');
    await heading.hover();
    expect(await look()).toEqual({ ...before, opacity: '1' });
    await page.mouse.move(0, 0);
    expect((await look()).opacity).toBe('0');
    await link.focus();
    expect(await look()).toEqual({ ...before, opacity: '1' });
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#headless-services-and-names-of-single-pods');
    const sections = page.locator('.prose > :is(h2, h3)');
    expect(await sections.locator('a:only-child').count()).toBe(await sections.count());
  });

  test.each([360, 390, 1280])('at %i px each diagram is seen whole, its words at 14 px or more', async (width) => {
    const { page } = await visitor.open(`${base}dns/`, { viewport: { width, height: 844 }, hasTouch: width < 800, isMobile: width < 800 });
    const figures = await page.locator('.diagram').evaluateAll((nodes) =>
      nodes.map((node) => {
        const picture = node.querySelector('svg');
        const scale = (picture?.getBoundingClientRect().width ?? 0) / (picture?.viewBox.baseVal.width ?? Infinity);
        return { hiddenPx: node.scrollWidth - node.clientWidth, wordsPx: 16 * scale };
      }),
    );
    expect(figures).toHaveLength(4);
    for (const { hiddenPx, wordsPx } of figures) {
      expect(hiddenPx).toBe(0);
      expect(wordsPx).toBeGreaterThanOrEqual(14);
    }
  });

  test('a terminal says that it was recorded, shows both streams, and copies the command only', async () => {
    const { page } = await visitor.open(`${base}dns/`, { permissions: ['clipboard-read', 'clipboard-write'] });
    const terminal = page.locator('.terminal', { hasText: 'kubectl get endpoints' });
    expect(await terminal.locator('figcaption span').innerText()).toBe('Recorded on a real cluster, v1.36.2');
    expect(await terminal.locator('pre').innerText()).toMatch(/wrongsel +<none> +21s\nWarning: v1 Endpoints is deprecated in v1\.33\+/u);
    await terminal.getByRole('button', { name: 'Copy the command' }).click();
    await terminal.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('kubectl get endpoints');
  });

  test('headings, labs and the quiz stay in place while labs wake', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { readonly value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const lab of await page.locator('lab-player').all()) {
      await lab.scrollIntoViewIfNeeded();
      await lab.hover();
    }
    await page.waitForLoadState('networkidle');
    const total = await page.evaluate(() => (window as unknown as { readonly shifts: readonly number[] }).shifts.reduce((sum, value) => sum + value, 0));
    expect(total).toBeLessThanOrEqual(0.01);
  });
});
