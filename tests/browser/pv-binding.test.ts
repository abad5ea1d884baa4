import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { faultsOfLabs, labIn, type LabPage } from './lab-page.ts';
import { useVisitor, type Visit } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const at = (scenario: string): string => `${base}labs/pv-binding/#scenario=${scenario}`;
/** Opens a scenario, and waits until its object is seen: the page itself shows the first scenario until the one of the address has come. */
async function openAt(scenario: string, shows: string, options?: BrowserContextOptions): Promise<Visit> {
  const visit = await visitor.open(at(scenario), options);
  await visit.page.locator('.live', { hasText: shows }).waitFor();
  return visit;
}

const settledMax = 60;
const tabsMax = 120;

/** Presses Tab until the button of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tab = 0; tab < tabsMax; tab += 1) {
    if ((await page.evaluate(() => document.activeElement?.textContent.trim())) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${tabsMax} tabs do not reach "${name}"`);
}

/** Presses the key that steps until the run is over. */
async function keysToTheEnd(page: Page, lab: LabPage): Promise<void> {
  for (let step = 0; step < settledMax; step += 1) {
    if ((await lab.position()).includes('settled')) return;
    await page.keyboard.press('.');
  }
  throw new Error(`the lab is not settled after ${settledMax} steps`);
}

const words = async (page: Page, lab: LabPage): Promise<string> => {
  await lab.root.getByText('Words', { exact: true }).first().click();
  await lab.root.locator('.stage').getByText('Claims bound').first().waitFor();
  const text = await lab.root.locator('.stage').innerText();
  await lab.root.getByText('Picture', { exact: true }).first().click();
  await page.locator('.pvs').first().waitFor();
  return text;
};

const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

test('a challenge is solved by keyboard alone, from the top of the page', async () => {
  const { page, troubles } = await openAt('fix-released-keep-data', 'photos-disk');
  const lab = labIn(page);
  await tabTo(page, 'Step');
  await page.keyboard.press('Enter');
  await lab.root.locator('.now-line', { hasText: 'step 1' }).waitFor();
  await keysToTheEnd(page, lab);
  expect(await lab.root.locator('.stage').innerText()).toContain('belongs to an earlier claim of the same name');
  await tabTo(page, 'Remove the claimRef of photos-disk');
  await page.keyboard.press('Enter');
  await lab.root.getByText('You remove the claimRef of volume photos-disk').waitFor();
  await keysToTheEnd(page, lab);
  await lab.root.getByText('Solved.').waitFor();
  expect(troubles).toEqual([]);
});

test('acting in the past leaves the old future as a fork, and the other policy keeps the volume', async () => {
  const { page, troubles } = await openAt('delete-delete', 'scratch');
  const lab = labIn(page);
  for (const button of ['Delete job', 'Delete scratch']) {
    await lab.toTheEnd();
    await lab.button(button).click();
  }
  await lab.toTheEnd();
  expect(await lab.root.locator('.stage').innerText()).toContain('There is no volume.');
  const log = lab.root.locator('.events');
  for (let back = 0; back < settledMax && (await log.getByText('You delete claim scratch').count()) > 0; back += 1) {
    await lab.button('One step back').click();
  }
  await lab.button(/^Set policy Retain on pvc-/u).click();
  await lab.root.locator('.track .fork').first().waitFor({ state: 'attached' });
  await lab.button('Delete scratch').click();
  await lab.toTheEnd();
  expect(await lab.root.locator('.stage').innerText()).toMatch(/pvc-[\w-]+\s+Released/u);
  expect(troubles).toEqual([]);
});

test('the volume stays in the picture when its claim is gone', async () => {
  const { page, troubles } = await openAt('delete-retain', 'orders-disk');
  const lab = labIn(page);
  for (const button of ['Delete shop', 'Delete orders']) {
    await lab.toTheEnd();
    await lab.button(button).click();
  }
  await lab.toTheEnd();
  const row = lab.root.locator('.live .match tbody tr');
  expect(await row.innerText()).toMatch(/orders-disk\s+Released[^]*Retain\s+still names orders/u);
  expect(await faultsOfLabs(page)).toEqual([]);
  expect(troubles).toEqual([]);
});

test('a link brings a fresh browser to the same frame and words', async () => {
  const { page } = await openAt('stuck-terminating', 'inbox-disk', { permissions: ['clipboard-read', 'clipboard-write'] });
  const lab = labIn(page);
  await lab.toTheEnd();
  await lab.button('Delete inbox').click();
  await lab.toTheEnd();
  const position = await lab.position();
  const said = await words(page, lab);
  expect(said).toContain('Claim inbox is Terminating');
  await lab.button('Copy link').click();
  await lab.root
    .getByText(/copied/iu)
    .first()
    .waitFor();
  const fresh = await visitor.open(await page.evaluate(() => navigator.clipboard.readText()));
  const there = labIn(fresh.page);
  await there.button('Strip the finalizers of inbox').waitFor();
  expect(await there.position()).toBe(position);
  expect(await words(fresh.page, there)).toBe(said);
  expect(fresh.troubles).toEqual([]);
});

describe('a text that cannot be read', () => {
  const bad = [
    { what: 'a field that is misspelled', from: '  accessModes', to: '  accesModes', says: /Line 6, column 3\..*unknown field "spec\.accesModes"/su },
    {
      what: 'a kind that does not exist',
      from: 'kind: PersistentVolume',
      to: 'kind: PersistentVolumes',
      says: /Line 2, column 7\..*Did you mean PersistentVolume\?/su,
    },
    { what: 'a short name of a mode', from: '[ReadWriteOnce]', to: '[RWO]', says: /Line 6, column 3\..*supported values/su },
    { what: 'a size with a B', from: '100Gi', to: '100GB', says: /Line 5, column 24\..*without B/su },
    {
      what: 'a volume without a source',
      from: '  nfs: { server: files.example.com, path: /exports/100 }\n',
      to: '',
      says: /Line 4, column 1\..*must specify a volume type/su,
    },
    { what: 'a tab', from: '  capacity', to: '\tcapacity', says: /Line 5, column 1\..*there is a tab/su },
  ];

  test('is kept as it was typed, and its line is named', async () => {
    const { page, troubles } = await openAt('smallest-fit', 'pv-100');
    const { root, button } = labIn(page);
    const field = root.locator('textarea').first();
    const good = await field.inputValue();
    for (const { what, from, to, says } of bad) {
      const typed = good.replace(from, to);
      await field.fill(typed);
      await expect.poll(() => root.locator('.err').first().innerText(), { timeout: 10_000, message: what }).toMatch(says);
      expect(await field.inputValue(), what).toBe(typed);
      expect(await root.locator('.live').innerText(), what).toContain('pv-100');
    }
    await button('Put back the last good text').first().click();
    expect(await field.inputValue()).toBe(good);
    await root.locator('.err').first().waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });
});

test('before the run nothing is judged, and nothing of the hidden end shows through', async () => {
  const { page } = await openAt('smallest-fit', 'pv-100');
  const lab = labIn(page);
  await lab.button('Skip').click();
  const answers = lab.root.locator('.live .match td.so');
  expect(await answers.allInnerTexts()).toEqual(['Not compared yet', 'Not compared yet', 'Not compared yet']);
  // Chromium paints the shadow of a table row that is hidden.
  const shadows = await lab.root.locator('.settled tr').evaluateAll((rows) => rows.map((row) => getComputedStyle(row).boxShadow));
  expect(shadows.length).toBeGreaterThan(0);
  expect(new Set(shadows)).toEqual(new Set(['none']));
  await lab.toTheEnd();
  expect(await answers.allInnerTexts()).toEqual([
    'Bound: it is the smallest volume that fits',
    'It fits too, but pv-10 came first: it is the smallest volume that fits',
    '5Gi is less than 6Gi',
  ]);
});

test('the log says who reports an Event, and about what', async () => {
  const { page } = await openAt('pending-six-reasons', 'too-large');
  const lab = labIn(page);
  await lab.toTheEnd();
  expect(await lab.root.locator('.events').innerText()).toContain(
    'The PV controller reports FailedBinding for claim too-large: no persistent volumes available',
  );
});

test('without JavaScript: the texts, the settled picture, and its words', async () => {
  const { page } = await visitor.open(at('mongodb-pair'), { javaScriptEnabled: false });
  const { root } = labIn(page);
  expect(await root.locator('textarea').first().inputValue()).toContain('name: mongodb-pv');
  expect(await root.locator('.picture').innerText()).toMatch(/mongodb-pvc\s+Bound[^]*Bound: it is the only volume that fits[^]*mongodb\s+Running/u);
  expect(await root.innerText()).toContain('Claim mongodb-pvc is Bound to mongodb-pv');
  expect(await root.getByRole('table', { name: 'Volumes', exact: true }).innerText()).toMatch(/mongodb-pv\s+1Gi\s+RWO, ROX\s+Retain\s+Bound/u);
});

test.each(['light', 'dark'] as const)('at 390 px nothing scrolls sideways, and every state is clean for axe, %s', async (colorScheme) => {
  const { page, troubles } = await openAt('fix-zone', 'disk-a', { colorScheme, viewport: { width: 390, height: 844 } });
  const lab = labIn(page);
  const looks: Record<string, readonly (string | number)[]> = {};
  const look = async (state: string): Promise<void> => {
    looks[state] = [...(await faultsOfLabs(page)), await sidewaysPx(page)];
  };
  await look('start');
  await lab.button('Step').click();
  await lab.root.locator('.now-line', { hasText: 'step 1' }).waitFor();
  await look('running');
  await lab.toTheEnd();
  await lab.root.locator('.live [data-subject="Pod/default/api"]').click();
  await lab.root.locator('.why-panel', { hasText: 'Why is pod api Pending?' }).waitFor();
  await look('why');
  await lab.root.locator('textarea').first().fill('a:\n\tb');
  await lab.root.locator('.err').first().waitFor();
  await look('error');
  expect(looks).toEqual({ start: [0], running: [0], why: [0], error: [0] });
  expect(troubles).toEqual([]);
});
