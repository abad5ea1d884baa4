// The ways of new readers through the course: where they begin, what comes next, and what they find where no chapter is written yet.
import type { Locator } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openWith } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');
const open = (things: Readonly<Record<string, unknown>>, path: string, options = {}) => openWith(visitor, { base, path }, things, options);
const pathOf = async (link: Locator): Promise<string> => new URL((await link.getAttribute('href')) ?? '', base).pathname;
const dnsSections = async (): Promise<readonly string[]> => {
  const { page } = await visitor.open(`${base}dns/`);
  const ids = await page.locator('.prose > h2').evaluateAll((headings) => headings.map(({ id }) => id));
  await page.context().close();
  return ids;
};
const dnsRead = async (): Promise<Readonly<Record<string, unknown>>> => ({
  'kubestep:progress': {
    v: 1,
    read: { dns: await dnsSections() },
    labs: {},
    last: { path: '/dns/#read-on', label: 'DNS and service discovery, Read on', at: 1 },
  },
});

describe('the home page', () => {
  test('begins where the path for newcomers begins, and leads to all paths', async () => {
    const { page } = await visitor.open(base);
    const path = await visitor.open(`${base}paths/newcomer/`);
    expect(await pathOf(page.locator('[data-continue]'))).toBe(await pathOf(path.page.locator('.stops a').first()));
    for (const name of ['New to Kubernetes', 'Application developer', 'Cluster operator']) expect(await page.getByRole('link', { name }).count()).toBe(1);
    expect(await page.locator('#contents').innerText()).toMatch(/\d+ chapters, \d+ of them written so far/u);
  });

  test('after a finished chapter leads to the next one, not back into it', async () => {
    const { page } = await open(await dnsRead(), '');
    await page.getByRole('link', { name: /^Next: PersistentVolumes/u }).waitFor();
    expect(await page.locator('[data-continue]').getAttribute('href')).toMatch(/\/pv-pvc\/$/u);
  });

  test('names the bookmarks where it names what is remembered', async () => {
    const { page } = await open({ 'kubestep:bookmarks': { v: 1, places: { '/dns/#records': { label: 'Records', chapter: 'DNS', at: 1 } } } }, '');
    await page.getByRole('link', { name: '1 bookmark, and what else this browser remembers' }).waitFor();
  });
});

test.each([
  ['the home page', ''],
  ['a reading path', 'paths/newcomer/'],
])('%s follows what is read in another tab, and what is cleared', async (_name, path) => {
  const { page } = await visitor.open(base + path);
  const button = page.locator('[data-continue], [data-next-on-path]');
  const before = { text: await button.innerText(), path: await pathOf(button) };
  const other = await page.context().newPage();
  await other.goto(`${base}404.html`);
  await other.evaluate(
    (entries) => {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, JSON.stringify(value));
    },
    await dnsRead(),
  );
  await page.getByRole('link', { name: /^Next: PersistentVolumes/u }).waitFor();
  await other.evaluate(() => {
    localStorage.clear();
  });
  await page.getByRole('link', { name: before.text }).waitFor();
  expect(await pathOf(button)).toBe(before.path);
});

describe('a reading path', () => {
  test('begins with the first chapter that is there', async () => {
    const { page } = await visitor.open(`${base}paths/newcomer/`);
    expect(await page.locator('main .btn').innerText()).toBe('Begin: DNS and service discovery');
    expect(await page.locator('.headed').innerText()).toMatch(/15 chapters, \d+ of them written so far/u);
  });

  test('goes on with the next one that is not finished', async () => {
    const { page } = await open(await dnsRead(), 'paths/newcomer/');
    await page.getByRole('link', { name: 'Next: PersistentVolumes and claims' }).waitFor();
  });

  test('says when all of it that is written is read', async () => {
    const { page } = await open({}, 'paths/newcomer/');
    await page.evaluate(() => {
      const read = Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>('[data-chapter]')].map(({ dataset }) => [
          dataset.chapter ?? '',
          Array.from({ length: Number(dataset.sections) }, (_each, index) => String(index)),
        ]),
      );
      localStorage.setItem('kubestep:progress', JSON.stringify({ v: 1, read, labs: {} }));
    });
    await page.reload();
    await page.getByRole('link', { name: 'Review what you have read' }).waitFor();
  });
});

describe('where no chapter is written yet', () => {
  test('a part says so and leads to what is there about each chapter', async () => {
    const { page } = await visitor.open(`${base}parts/foundations/`);
    expect(await page.locator('.headed').innerText()).toContain('4 chapters, none of them written yet');
    const row = page.locator('#architecture');
    await row.getByText(/^Not written yet. Already here: \d+ terms/u).click();
    expect(await row.getByRole('link', { name: 'kubelet', exact: true }).count()).toBe(1);
    expect(await row.getByRole('link', { name: /\d+ beliefs/u }).getAttribute('href')).toMatch(/\/often-said\/foundations\/#architecture$/u);
  });

  test('what a chapter needs leads to its place in the plan', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    const link = page.locator('.headed .facts').getByRole('link', { name: 'Services' });
    expect(await link.getAttribute('href')).toMatch(/\/parts\/networking\/#services$/u);
    expect(await page.locator('.headed .facts').innerText()).toContain('Services (to come)');
    await link.click();
    await page.locator('#services').waitFor();
  });

  test('the next chapter that is written is called that', async () => {
    const { page } = await visitor.open(`${base}dns/`);
    expect(await page.locator('.pager [rel="next"] small').innerText()).toBe('Next of those written');
    expect(await page.locator('.pager [rel="prev"] small').innerText()).toBe('Previous');
  });

  test('exams and map say how much is there', async () => {
    for (const path of ['exams/', 'course-map/', 'paths/']) {
      const { page } = await visitor.open(base + path);
      expect(await page.locator('main').innerText()).toMatch(/\d+ chapters, \d+ of them written so far/u);
    }
  });
});

test('the address of a planned chapter says that it is planned', async () => {
  const { page } = await visitor.open(`${base}pods/`);
  await page.getByText('“Pods” is a chapter of the course that is not written yet.').waitFor();
  expect(await page.getByText('slip of the keyboard').count()).toBe(0);
  await page.getByRole('link', { name: 'Its place in the plan' }).click();
  await page.locator('#pods:target').waitFor();
  const other = await visitor.open(`${base}nowhere/`);
  expect(await other.page.getByText('slip of the keyboard').count()).toBe(1);
  expect(await other.page.getByText('Its place in the plan').isVisible()).toBe(false);
});

test('a domain of an exam names the labs to practise it in', async () => {
  const { page } = await visitor.open(`${base}exams/`);
  const storage = page.locator('.domains > li', { has: page.getByRole('heading', { name: 'Storage', exact: true }) });
  expect(await storage.getByRole('link', { name: 'PV/PVC matchmaker' }).getAttribute('href')).toMatch(/\/labs\/pv-binding\/$/u);
});

test('a part with something to read leads to its review', async () => {
  const { page } = await visitor.open(`${base}parts/networking/`);
  await page.getByRole('link', { name: 'Review the part' }).click();
  await page.locator('h3#networking').waitFor();
  const empty = await visitor.open(`${base}parts/foundations/`);
  expect(await empty.page.getByRole('link', { name: 'Review the part' }).count()).toBe(0);
});

test('buttons on the page for lost addresses keep their room', async () => {
  const { page } = await visitor.open(`${base}nowhere/`, { viewport: { width: 390, height: 800 } });
  const paddings = await page.locator('main .btn').evaluateAll((buttons) => buttons.map((button) => Number.parseFloat(getComputedStyle(button).paddingLeft)));
  expect(Math.min(...paddings)).toBeGreaterThanOrEqual(8);
});

test('a report names the section that was being read', async () => {
  const { page } = await open(await dnsRead(), 'dns/');
  await page.getByRole('heading', { name: 'Records' }).scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    document.getElementById('records')!.scrollIntoView();
  });
  await page.waitForFunction(() => (localStorage.getItem('kubestep:progress') ?? '').includes('/dns/#records'));
  await page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('main a[href$="/report/"]')!.click();
  });
  await page.waitForURL(/\/report\/$/u);
  expect(await page.locator('textarea').inputValue()).toMatch(/^Page: .*\/dns\/#records$/mu);
});

test('a report from the end of a chapter does not claim to be about its last section', async () => {
  const { page } = await open(await dnsRead(), 'dns/');
  await page.evaluate(() => {
    scrollTo(0, document.documentElement.scrollHeight);
  });
  await page.waitForFunction(() => (localStorage.getItem('kubestep:progress') ?? '').includes('/dns/#read-on'));
  await page.locator('main a[href$="/report/"]').click();
  await page.waitForURL(/\/report\/$/u);
  expect(await page.locator('textarea').inputValue()).toMatch(/^Page: .*\/dns\/$/mu);
});

test('a lab says with a space what it agrees with', async () => {
  const { page } = await visitor.open(`${base}labs/pv-binding/`);
  expect(await page.getByText(/in agreement with the model: \d+ of \d+/u).count()).toBe(1);
});

describe('a browser that keeps nothing', () => {
  const openFull = async (path: string) => {
    const { page } = await visitor.open(`${base}404.html`);
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await page.goto(base + path);
    return page;
  };

  test.each(['review/', 'your-data/'])('/%s says so at once, below its heading', async (path) => {
    const page = await openFull(path);
    await page.locator('main .headed .facts[aria-live]').filter({ hasText: 'would remember' }).waitFor();
  });

  test('in a chapter it is said once beside what was done, and reading on is no deed', async () => {
    const page = await openFull('dns/');
    const beside = page.locator('main p', { hasText: 'Not kept' });
    await page.mouse.move(1, 1);
    await page.evaluate(() => {
      document.getElementById('records')!.scrollIntoView();
    });
    await page.locator('.foot .facts', { hasText: 'would remember' }).waitFor();
    expect(await beside.count()).toBe(0);
    await page.getByRole('button', { name: 'Bookmark Records' }).click();
    await beside.waitFor();
    const [line, heading] = await Promise.all([beside.boundingBox(), page.getByRole('heading', { name: 'Records', exact: true }).boundingBox()]);
    expect(line!.y).toBeGreaterThanOrEqual(heading!.y + heading!.height);
    expect(line!.y - heading!.y).toBeLessThan(120);
    await page.locator('.bookmark').last().click();
    expect(await page.locator('.bookmark[aria-pressed="true"]').count()).toBe(2);
    expect(await beside.count()).toBe(1);
    expect(await page.locator('.foot .facts', { hasText: 'would remember' }).count()).toBe(1);
  });

  test('below the verdict of a question it is said, and the answer stands', async () => {
    const page = await openFull('dns/');
    const item = page.locator('.quiz-item.current');
    await item.locator('.opt input').first().check();
    await item.locator('[data-check]').click();
    await item.locator('.verdict + p', { hasText: 'Not kept' }).waitFor();
    expect(await item.getAttribute('data-answered')).toMatch(/right|wrong/u);
  });

  test('one that keeps everything is told nothing, and no trace of the trial is left', async () => {
    const { page } = await visitor.open(`${base}review/`);
    await page.locator('[data-summary]', { hasText: /\w/u }).waitFor();
    expect(await page.locator('main .headed .facts[aria-live]').count()).toBe(0);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });
});

describe('the header on a phone', () => {
  test('leads to course, labs and reference, and the theme stands in the footer, last for the keyboard too', async () => {
    const { page, troubles } = await visitor.open(base, { viewport: { width: 390, height: 844 }, hasTouch: true });
    for (const name of ['Course', 'Labs', 'Reference'])
      expect(await page.locator('.top').getByRole('link', { name, exact: true }).isVisible(), name).toBe(true);
    expect(await page.locator('.brand').innerText()).toContain('Kubestep');
    expect(await page.locator('.foot .theme').isVisible()).toBe(true);
    expect(await page.locator('.top .theme').count()).toBe(0);
    await page.locator('.foot a').last().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.reload();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(await page.getByRole('radio', { name: 'Dark theme' }).isChecked()).toBe(true);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('.top .theme').waitFor();
    expect(troubles).toEqual([]);
  });

  test.each([320, 360, 390])('of %d px fits', async (width) => {
    const { page } = await visitor.open(base, { viewport: { width, height: 700 }, hasTouch: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    // With room for a scroll bar that takes some of the width.
    const right = await page.locator('.find').evaluate((find) => find.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(width - 15);
  });
});

describe('an error message', () => {
  test('about a chapter that is not written leads to the place of that chapter in the plan', async () => {
    const { page } = await visitor.open(`${base}errors/exec-needs-dashes/`);
    await page.getByRole('link', { name: 'Its place in the plan' }).click();
    await page.waitForURL(/\/parts\/[^/]+\/#kubectl-craft$/u);
    expect(await page.locator('#kubectl-craft h2').isVisible()).toBe(true);
  });

  test('that a lab shows says what to do there, and what the lab calls it', async () => {
    const { page } = await visitor.open(`${base}errors/claim-shrink/`);
    expect(await page.locator('.places').innerText()).toContain('Ask for 8Gi, run it, then ask for 4Gi');
    expect(await page.locator('.places a[href$="/labs/pv-binding/#scenario=grow-a-claim"]').count()).toBe(1);
    await page.goto(`${base}errors/io-timeout/`);
    expect(await page.locator('.places').innerText()).toContain('The lab says: no answer: time-out');
  });
});

test('without scripts a lab says that the links to its scenarios do nothing, once', async () => {
  const { page } = await visitor.open(`${base}labs/pv-binding/`, { javaScriptEnabled: false });
  const text = await page.locator('main').innerText();
  expect(text.split('Without JavaScript these links do nothing')).toHaveLength(2);
});
