import type { Locator } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { faultsOfLabs, labIn, type LabPage } from './lab-page.ts';
import { builds } from './serve-dist.ts';
import { builtPages, useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const labs = builtPages(builds.atRoot.outDir)
  .map((page) => /^labs\/([^/]+)\/$/u.exec(page)?.[1])
  .filter((lab) => lab !== undefined);

const asked = (lab: LabPage): Locator => lab.root.getByRole('textbox', { name: 'The program asks for' });

describe.each(labs)('lab %s', (lab) => {
  const address = `${base}labs/${lab}/`;

  test('shows start, picture, tables and words without JavaScript', async () => {
    const { page } = await visitor.open(address, { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/recorded|recordings/u);
    expect(await page.locator('lab-player table').count()).toBeGreaterThan(0);
  });

  test('loads nothing of the lab before the visitor reaches for it, then keeps the first click', async () => {
    const { page, troubles } = await visitor.open(address);
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await page.waitForLoadState('networkidle');
    expect(scripts).toEqual([]);
    const { button, root } = labIn(page);
    await button(/^(?:Table|Words)$/u)
      .first()
      .or(root.getByText('Table', { exact: true }))
      .first()
      .click();
    await root.locator('table').first().waitFor({ state: 'visible' });
    expect(scripts.length).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });

  test('every text keeps what is typed and answers it', async () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from(
      { length: 9 },
      (_, level) =>
        `${'abcdefghij'[level + 1] ?? ''}: &${'abcdefghij'[level + 1] ?? ''} [${Array(9)
          .fill(`*${'abcdefghij'[level] ?? ''}`)
          .join(', ')}]`,
    ).join('\n')}\n`;
    const inputs = ['', 'x'.repeat(1_000_000), 'binary \u0000\u0001', bomb, 'a:\n\tb: 1\n', '- 1\n- [', 'kind: Pod\r\nspec: 7\r\n', '🙂: 🙂\n', '{"a": [1, 2'];
    const { page, troubles } = await visitor.open(address);
    const { root } = labIn(page);
    const areas = await root.locator('textarea').count();
    for (let area = 0; area < areas; area += 1) {
      const tab = root.locator('.tabs button').nth(area);
      if (areas > 1) await tab.click();
      const field = root.locator('textarea').nth(area);
      for (const input of inputs) {
        await field.fill(input);
        await root.locator('.err:visible, .stage:not(.stale):visible').first().waitFor();
        // The browser itself turns CRLF into LF inside a text area.
        expect(await field.inputValue()).toBe(input.replaceAll('\r\n', '\n'));
      }
    }
    expect(troubles).toEqual([]);
  });

  test('is clean for axe while a text cannot be read, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await visitor.open(address, { colorScheme });
      const { root } = labIn(page);
      await root.locator('textarea').first().fill('a:\n\tb');
      await root.locator('.err').first().waitFor();
      expect(await faultsOfLabs(page)).toEqual([]);
    }
  });
});

describe('dns-search', () => {
  const at = (scenario: string): string => `${base}labs/dns-search/#scenario=${scenario}`;

  test('is worked by keyboard alone', async () => {
    const { page } = await visitor.open(at('svc1-dev'));
    const lab = labIn(page);
    await lab.button('Step').focus();
    await page.keyboard.press('Enter');
    await lab.root.locator('.now-line', { hasText: 'step 1' }).waitFor();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('.');
    const middle = await lab.position();
    await page.keyboard.press(',');
    expect(await lab.position()).not.toBe(middle);
    await page.keyboard.press('End');
    expect(await lab.position()).toContain('settled');
    await page.keyboard.press('Home');
    expect(await lab.position()).toContain('step 0');
    await page.keyboard.press('2');
    await lab.root.getByRole('table').first().waitFor({ state: 'visible' });
  });

  test('acting in the past leaves the old future as a fork', async () => {
    const { page } = await visitor.open(at('svc1-dev'));
    const lab = labIn(page);
    await lab.toTheEnd();
    await lab.button('One step back').click();
    await lab.button('One step back').click();
    await asked(lab).fill('svc2.acc');
    await asked(lab).press('Enter');
    await lab.root.locator('.track .fork').first().waitFor({ state: 'attached' });
    await lab.toTheEnd();
    expect(await lab.root.innerText()).toContain('10.96.77.8');
  });

  test('a link brings a fresh browser to the same moment', async () => {
    const { page } = await visitor.open(at('api-github-ndots'), { permissions: ['clipboard-read', 'clipboard-write'] });
    const lab = labIn(page);
    await lab.button('Step').click();
    await lab.button('Step').click();
    await asked(lab).fill('cart');
    await asked(lab).press('Enter');
    await lab.button('Step').click();
    await lab.button('Step').click();
    const position = await lab.position();
    await lab.button('Copy link').click();
    await lab.root
      .getByText(/copied/iu)
      .first()
      .waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const fresh = await visitor.open(link);
    const there = labIn(fresh.page);
    await there.root.locator('.now-line', { hasText: position.split('\n')[0] ?? position }).waitFor();
    expect(await asked(there).inputValue()).toBe('cart');
    expect(fresh.troubles).toEqual([]);
  });

  test('a broken link says so and shows the lab', async () => {
    const { page, troubles } = await visitor.open(`${base}labs/dns-search/#x=AAAA-not-a-link`);
    await labIn(page).root.getByText(/link/iu).first().waitFor();
    expect(await labIn(page).button('Step').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test('a draft survives a reload', async () => {
    const { page } = await visitor.open(at('svc1-dev'));
    const lab = labIn(page);
    const field = lab.root.locator('textarea').first();
    const typed = `${await field.inputValue()}# mine\n`;
    await field.fill(typed);
    await lab.root.locator('.stage').first().waitFor();
    await page.waitForFunction(() => Object.values(localStorage).some((value) => String(value).includes('# mine')));
    await page.reload();
    await lab.root.hover();
    await lab.button('Bring back what you typed before').click();
    await page.waitForFunction(() => [...document.querySelectorAll('textarea')].some((area) => area.value.includes('# mine')));
  });

  test('the last good run stays while a text is wrong, and "Put back" mends it', async () => {
    const { page } = await visitor.open(at('svc1-dev'));
    const lab = labIn(page);
    await lab.toTheEnd();
    const field = lab.root.locator('textarea').first();
    const good = await field.inputValue();
    await field.fill(good.replace('name: svc3', 'name: Svc_3'));
    await lab.root.locator('.err').first().waitFor();
    expect(await lab.root.locator('.err').first().innerText()).toMatch(/Line 4, column \d+/u);
    expect(await lab.root.innerText()).toContain('10.96.14.31');
    await lab.button('Put back the last good text').first().click();
    expect(await field.inputValue()).toBe(good);
  });

  test('a challenge is solved by editing, and told so', async () => {
    const { page } = await visitor.open(at('fix-query-storm'));
    const lab = labIn(page);
    await lab.root.getByText('Bring it down to one').first().waitFor();
    const field = lab.root.locator('textarea').first();
    const text = await field.inputValue();
    await field.fill(text.replace('  dnsPolicy: ClusterFirst', "  dnsPolicy: ClusterFirst\n  dnsConfig:\n    options: [{ name: ndots, value: '2' }]"));
    await lab.root.getByText('options ndots:2').first().waitFor();
    await lab.toTheEnd();
    await lab.root.getByText('Solved.').waitFor();
    expect(await faultsOfLabs(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('is clean for axe in every state that opens, %s', async (colorScheme) => {
    const { page, troubles } = await visitor.open(at('aaaa-fails'), { colorScheme, viewport: { width: 390, height: 844 } });
    const lab = labIn(page);
    await lab.toTheEnd();
    await lab.root.locator('[data-subject^="query:"]').first().click();
    await lab.root.locator('.why-panel').waitFor();
    expect(await faultsOfLabs(page)).toEqual([]);
    for (const view of ['Table', 'Words']) {
      await lab.root.getByText(view, { exact: true }).first().click();
      expect(await faultsOfLabs(page)).toEqual([]);
    }
    await lab.root.getByLabel('Compare with').selectOption({ index: 1 });
    expect(await faultsOfLabs(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(troubles).toEqual([]);
  });
});

describe('dns-records', () => {
  const at = (scenario: string): string => `${base}labs/dns-records/#scenario=${scenario}`;
  const ask = (lab: LabPage): Locator => lab.root.getByRole('textbox', { name: 'Ask for' });
  /** The page opens with another scenario in it. */
  const isThere = (lab: LabPage): Promise<void> => expect.poll(() => lab.root.locator('.task select').inputValue()).toBe('headless');

  test('is worked by keyboard alone: ask, read the answer, go back', async () => {
    const { page, troubles } = await visitor.open(at('headless'));
    const lab = labIn(page);
    await isThere(lab);
    await lab.button('Skip').focus();
    await page.keyboard.press('Enter');
    await ask(lab).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('kubernetes.default.svc.cluster.local');
    await page.keyboard.press('Enter');
    await lab.root.getByText('10.96.0.1', { exact: false }).first().waitFor();
    const changed = await lab.position();
    await lab.button('One step back').focus();
    await page.keyboard.press('Enter');
    expect(await lab.position()).not.toBe(changed);
    expect(troubles).toEqual([]);
  });

  test('a link brings a fresh browser to the same names', async () => {
    const { page } = await visitor.open(at('headless'), { permissions: ['clipboard-read', 'clipboard-write'] });
    const lab = labIn(page);
    await isThere(lab);
    await lab.button('Skip').click();
    await ask(lab).fill('kubernetes.default.svc.cluster.local');
    await ask(lab).press('Enter');
    await lab.root.getByText('10.96.0.1', { exact: false }).first().waitFor();
    await lab.button('Copy link').click();
    await lab.root
      .getByText(/copied/iu)
      .first()
      .waitFor();
    const fresh = await visitor.open(await page.evaluate(() => navigator.clipboard.readText()));
    await labIn(fresh.page).root.getByText('kubernetes.default.svc.cluster.local').first().waitFor();
    expect(await ask(labIn(fresh.page)).inputValue()).toBe('kubernetes.default.svc.cluster.local');
    expect(fresh.troubles).toEqual([]);
  });
});
