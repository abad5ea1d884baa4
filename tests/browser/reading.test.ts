import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { labIn } from './lab-page.ts';
import { kept } from './reader-storage.ts';
import { useVisitor } from './visitor.ts';

// What counts as read, run and done.
const visitor = useVisitor();
const base = inject('atRoot');

/** A chapter at a place, followed as a reader, whose clock stands still but for what the test lets pass. */
async function openAt(place: string): Promise<Page> {
  const { page } = await visitor.open(`${base}404.html`);
  await page.clock.install();
  await page.goto(`${base}dns/#${place}`);
  await page.mouse.move(300, 300);
  await page.locator('.toc [aria-current="location"]').first().waitFor({ state: 'attached' });
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  return page;
}
const sectionsRead = async (page: Page): Promise<readonly string[]> =>
  ((await kept(page, 'progress')) as { readonly read?: { readonly dns?: readonly string[] } }).read?.dns ?? [];
/** Does what moves the page, and waits until it has moved and the page knows: the clock that a test lets run is not that of the events. */
async function moved(page: Page, selector: string, how: 'click' | ScrollLogicalPosition): Promise<void> {
  await page.evaluate(
    async ([name, way]) => {
      const before = scrollY;
      const hasMoved = new Promise((resolve) => {
        addEventListener('scroll', resolve, { once: true });
      });
      const target = document.querySelector<HTMLElement>(name)!;
      if (way === 'click') target.click();
      else target.scrollIntoView({ block: way });
      if (scrollY !== before) await hasMoved;
    },
    [selector, how] as const,
  );
}

test('a lab that was watched to its end is remembered', async () => {
  const { page } = await visitor.open(`${base}labs/dns-search/`);
  await labIn(page).toTheEnd();
  await page.waitForFunction(() => localStorage.getItem('kubestep:progress') !== null);
  expect(Object.values(((await kept(page, 'progress')) as { readonly labs: object }).labs)).toEqual([expect.stringMatching(/^(?:seen|solved)$/u)]);
});

test('a section counts as read once its end has stood on the screen for three seconds; its cards then come into the queue', async () => {
  const page = await openAt('records');
  const cards = await page.locator('.card').count();
  await moved(page, '#read-on', 'end');
  await page.clock.runFor(2_500);
  expect(await sectionsRead(page)).not.toContain('summary');
  await page.clock.runFor(2_000);
  expect(await sectionsRead(page)).toContain('summary');
  await page.clock.resume();
  await page.waitForFunction(() => localStorage.getItem('kubestep:review') !== null);
  const { cards: queued } = (await kept(page, 'review')) as { readonly cards: object };
  expect(Object.keys(queued).filter((id) => id.startsWith('dns/card/'))).toHaveLength(cards);
  await page.goto(base);
  expect(await page.locator('a[data-chapter="dns"].begun').count()).toBe(1);
});

test('who comes by a link has not read the section above, whose end is in sight', async () => {
  const page = await openAt('across-namespaces');
  await page.clock.runFor(10_000);
  const links = page.locator('.toc .sub a');
  for (const hash of await links.evaluateAll((each) => each.map((link) => (link as HTMLAnchorElement).hash))) {
    await moved(page, `.toc .sub a[href="${hash}"]`, 'click');
    await page.clock.runFor(4_000);
  }
  const all = await links.evaluateAll((each) => each.map((link) => (link as HTMLAnchorElement).hash.slice(1)));
  const read = await sectionsRead(page);
  const longPx = await page.evaluate(
    (ids) =>
      ids.filter((id, index) => {
        const [top, bottom] = [document.getElementById(id), document.getElementById(ids[index + 1] ?? '') ?? document.querySelector('.pager')].map(
          (each) => each!.getBoundingClientRect().top,
        );
        return bottom! - top! > 2 * innerHeight;
      }),
    all,
  );
  expect(longPx.length).toBeGreaterThan(3);
  expect(read.filter((id) => longPx.includes(id))).toEqual([]);
});

test('the questions count as done when all are answered, not when they were seen', async () => {
  const page = await openAt('read-on');
  const [section, next] = await page.evaluate(() => {
    const quiz = document.querySelector('main .quiz')!;
    const hashes = [...document.querySelectorAll<HTMLAnchorElement>('.toc .sub a')].map((link) => link.hash);
    const index = hashes.findLastIndex((hash) => (document.querySelector(hash)!.compareDocumentPosition(quiz) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
    return [hashes[index]!, hashes[index + 1]!] as const;
  });
  await moved(page, section, 'start');
  await page.clock.runFor(1_000);
  await page.locator('.quiz .verdict').first().waitFor({ state: 'attached' });
  await moved(page, next, 'end');
  await page.clock.runFor(8_000);
  expect(await sectionsRead(page)).not.toContain(section.slice(1));
  await page.evaluate(() => {
    for (const item of document.querySelectorAll<HTMLElement>('.quiz-item')) item.dataset.answered = 'right';
  });
  await page.clock.runFor(4_000);
  expect(await sectionsRead(page)).toContain(section.slice(1));
});
