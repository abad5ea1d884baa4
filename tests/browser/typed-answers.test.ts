import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeFaults, kept } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');

/** The question, shown and ready to be answered. */
async function asked(page: Page, id: string) {
  await page.locator('.quiz-steps').scrollIntoViewIfNeeded();
  const item = page.locator(`#quiz-${id}.current`);
  await item.waitFor();
  return { item, field: item.locator('.input'), said: item.locator('.verdict [aria-live]') };
}

describe('an answer that is typed', () => {
  test('by keyboard: the lab says why it is wrong, the text stays, and a right one is told so; both survive a reload', async () => {
    const { page, troubles } = await visitor.open(`${base}dns/#quiz-absolute-form`);
    const { item, field, said } = await asked(page, 'absolute-form');
    expect(await item.getByLabel('Name', { exact: true }).count()).toBe(1);
    expect(await field.getAttribute('aria-describedby')).toBe(await said.getAttribute('id'));
    await field.focus();
    await page.keyboard.type('api.github.com');
    await page.keyboard.press('Enter');
    await said.getByText('Not quite.').waitFor();
    expect(await said.innerText()).toContain('with ndots:5 the name api.github.com has 2 dots, so the search list comes first: api.github.com.shop.svc');
    expect(await item.locator('.opt').isVisible()).toBe(false);
    expect(await axeFaults(page, '.quiz')).toEqual([]);
    expect(await kept(page, 'review')).toMatchObject({ cards: { 'dns/absolute-form': { step: 0 } } });
    await page.reload();
    expect(await said.innerText()).toContain('with ndots:5 the name api.github.com has 2 dots');
    expect(await field.inputValue()).toBe('api.github.com');
    // The field can only be read now: Enter in it takes nothing away.
    for (const keys of ['Enter', 'Control+Enter']) {
      await field.press(keys);
      expect(await item.getAttribute('data-answered'), keys).toBe('wrong');
    }
    await item.getByText('Show a right answer').click();
    await item.locator('.opt').getByText('api.github.com.', { exact: true }).waitFor();
    await item.getByRole('button', { name: 'Try again' }).focus();
    await page.keyboard.press('Enter');
    expect(await item.locator('.opt').isVisible()).toBe(false);
    // The focus is back in the field, behind what was typed.
    await page.keyboard.press('End');
    await page.keyboard.type('.');
    await page.keyboard.press('Enter');
    await said.getByText('Right.').waitFor();
    expect(await kept(page, 'quiz')).toMatchObject({ answers: { 'dns/absolute-form': { given: 'api.github.com.', right: true } } });
    expect(await axeFaults(page, '.quiz')).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    '%s: what cannot be read is told with its place, is marked there, and is no answer yet; it survives a reload',
    async (colorScheme) => {
      const { page, troubles } = await visitor.open(`${base}packet-paths/#quiz-one-let-in`, { colorScheme, viewport: { width: 390, height: 844 } });
      const { item, field, said } = await asked(page, 'one-let-in');
      const text = 'podSelector:\n  matchLabel: { app: checkout }';
      await field.fill(text);
      await page.keyboard.press('Control+Enter');
      await said.getByText('Line 2, column 3: unknown field').waitFor();
      expect(await said.innerText()).toContain('Did you mean matchLabels?');
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(
        await field.evaluate((node: HTMLTextAreaElement) => [document.activeElement === node, node.value.slice(node.selectionStart, node.selectionEnd)]),
      ).toEqual([true, 'matchLabel']);
      expect(await axeFaults(page, '.quiz')).toEqual([]);
      expect(await item.getAttribute('data-answered')).toBeNull();
      expect(await kept(page, 'quiz')).toBeNull();
      await page.reload();
      await page.waitForFunction((wanted) => document.querySelector<HTMLTextAreaElement>('#quiz-one-let-in .input')?.value === wanted, text);
      await field.fill(text.replace('matchLabel', 'matchLabels'));
      expect(await said.innerText()).toBe('');
      await item.locator('[data-check]').click();
      await said.getByText('Right.').waitFor();
      // What is an answer is no draft any more.
      expect(await kept(page, 'draft:1:quiz-packet-paths/one-let-in')).toBeNull();
      expect(troubles).toEqual([]);
    },
  );

  test('the lab is fetched when somebody turns to the field, not before; while it cannot be fetched, nothing is lost', async () => {
    const { page } = await visitor.open(`${base}pv-pvc/#quiz-size-for-the-largest`);
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await page.route('**/labs/pv-binding/*.json', (route) => route.abort());
    const { field, said } = await asked(page, 'size-for-the-largest');
    await page.waitForLoadState('networkidle');
    expect(fetched.filter((path) => /judges|engine|yaml|\.json$/u.test(path))).toEqual([]);
    await field.fill('50Gi');
    await page.keyboard.press('Enter');
    await said.getByText('The lab could not be fetched. Your answer is still here').waitFor();
    expect(await field.inputValue()).toBe('50Gi');
    await page.unroute('**/labs/pv-binding/*.json');
    await field.focus();
    await page.keyboard.press('Enter');
    await said.getByText('Right.').waitFor();
    expect(fetched.some((path) => path.includes('judges'))).toBe(true);
  });

  test('below a path it is judged, too', async () => {
    const { page, troubles } = await visitor.open(`${inject('belowPath')}packet-paths/#quiz-node-port-that-answers`);
    const { field, said } = await asked(page, 'node-port-that-answers');
    await field.fill('192.0.2.12:30080');
    await page.keyboard.press('Enter');
    await said.getByText('has no local endpoints').waitFor();
    expect(troubles).toEqual([]);
  });

  test.each(['dns', 'pv-pvc', 'packet-paths'])('without JavaScript the questions of %s read, with a worked answer behind a fold', async (chapter) => {
    const { page } = await visitor.open(`${base}${chapter}/`, { javaScriptEnabled: false });
    const items = await page.locator('.quiz-item[data-kind="input"]').all();
    expect(items.length).toBeGreaterThanOrEqual(2);
    for (const item of items) {
      expect(await item.locator('.input').isVisible()).toBe(false);
      await item.getByText('Show a right answer').click();
      expect(await item.locator('.opt code').first().isVisible()).toBe(true);
      expect((await item.locator('.opt .why').innerText()).length).toBeGreaterThan(20);
    }
  });
});
