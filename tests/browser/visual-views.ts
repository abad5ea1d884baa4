import type { Page } from 'playwright-core';
import { labIn } from './lab-page.ts';

/** One picture that is compared with its baseline. */
export interface View {
  /** Name of the baseline's file, without its ending. */
  readonly name: string;
  /** Below the base. */
  readonly path: string;
  readonly theme: 'light' | 'dark';
  readonly width: 1280 | 390;
  /** Brings the page into the state that is drawn. */
  readonly ready?: (page: Page) => Promise<void>;
  /** What shall be seen in the middle of the window; absent: the top of the page. */
  readonly sight?: string;
  /** What the browser remembers before the page opens. */
  readonly kept?: Readonly<Record<string, unknown>>;
}

/** The type of a page, and an address of it. Each is drawn twice. */
const types: readonly (readonly [name: string, path: string, more?: Pick<View, 'ready' | 'kept'>])[] = [
  ['home', ''],
  ['chapter', 'pv-pvc/'],
  ['part', 'parts/networking/'],
  ['labs', 'labs/'],
  ['term', 'glossary/pod/'],
  ['error', 'errors/claim-not-found/'],
  ['often-said', 'often-said/networking/'],
  ['paths', 'paths/'],
  ['path', 'paths/newcomer/'],
  ['exams', 'exams/'],
  ['course-map', 'course-map/'],
  ['keyboard', 'keyboard/'],
  ['report', 'report/'],
  ['offline', 'offline/'],
  ['review', 'review/', { kept: { 'kubestep:review': { v: 1, cards: { 'dns/card/how-do-you-make-a-name-absolute': { step: 1, on: '2026-01-01' } } } } }],
  ['your-data', 'your-data/'],
  ['search', 'search/?q=nxdomain', { ready: (page) => page.locator('form.search[data-answered="nxdomain"]').waitFor() }],
  ['fidelity', 'fidelity/'],
  ['styleguide', 'styleguide/'],
  ['not-found', '404.html'],
];

/** Lists and entries of the reference share a page type each; these show that the others of their kind look alike. */
const relatives: readonly View[] = [
  { name: 'list-glossary', path: 'glossary/', theme: 'light', width: 1280 },
  { name: 'list-commands', path: 'commands/', theme: 'dark', width: 390 },
  { name: 'list-errors', path: 'errors/', theme: 'dark', width: 1280 },
  { name: 'list-often-said', path: 'often-said/', theme: 'light', width: 390 },
  { name: 'command', path: 'commands/kubectl-apply/', theme: 'dark', width: 1280 },
];

const labs = ['access-modes', 'dns-records', 'dns-search', 'packet-path', 'path-balancing', 'pv-binding', 'rules-viewer'];

const stage = 'lab-player .stage';
const triesMax = 20;
const tryMs = 500;

async function settle(page: Page): Promise<void> {
  const lab = labIn(page);
  await lab.button('Skip').click();
  await lab.root.locator('.veil').waitFor({ state: 'detached' });
  // A bench has no steps: it has answered.
  if ((await lab.button('Step').count()) === 0) return;
  await lab.button('Step').click();
  // The first key may come before what it needs is loaded.
  const end = lab.root.locator('.now-line', { hasText: 'settled' });
  for (let tries = 0; tries < triesMax && (await end.count()) === 0; tries += 1) {
    await page.keyboard.press('End');
    await end.waitFor({ timeout: tryMs }).catch(() => undefined);
  }
  await end.waitFor();
}

async function askWhy(page: Page): Promise<void> {
  await settle(page);
  await page.locator('lab-player .stage button[data-subject]').first().click();
  await page.locator('lab-player .why-panel').waitFor();
}

async function mistype(page: Page): Promise<void> {
  await settle(page);
  await labIn(page).root.locator('textarea').first().fill('kind: Pod\nmetadata:\n\tname: web\n');
  await page.locator('lab-player .err').first().waitFor();
}

async function answer(page: Page): Promise<void> {
  const question = page.locator('.quiz-item.current');
  await question.locator('.opt input').first().check();
  await question.locator('[data-check]').click();
  await question.locator('.opt .why').first().waitFor();
}

async function openSearch(page: Page): Promise<void> {
  await page.keyboard.press('/');
  await page.locator('#search-input:focus').waitFor();
  await page.keyboard.type('ndots');
  await page.locator('form.search[data-answered="ndots"]').waitFor();
}

/** The next pair of theme and width: each kind of page comes in both themes and at both widths. */
const looks = (index: number): readonly Pick<View, 'theme' | 'width'>[] =>
  index % 2 === 0
    ? [
        { theme: 'light', width: 1280 },
        { theme: 'dark', width: 390 },
      ]
    : [
        { theme: 'dark', width: 1280 },
        { theme: 'light', width: 390 },
      ];

/** All that is compared: each type of page twice, each lab at its end, and the states that a reader brings about. */
export const views: readonly View[] = [
  ...types.flatMap(([name, path, more], index) => looks(index).map((look) => ({ name: `${name}-${look.width}`, path, ...look, ...more }))),
  ...relatives,
  ...labs.map((lab, index) => ({ name: `lab-${lab}`, path: `labs/${lab}/`, ready: settle, sight: stage, ...looks(index >> 1)[index % 2]! })),
  { name: 'lab-why', path: 'labs/pv-binding/', theme: 'light', width: 1280, ready: askWhy, sight: stage },
  { name: 'lab-error', path: 'labs/dns-search/', theme: 'dark', width: 390, ready: mistype, sight: 'lab-player .err' },
  { name: 'quiz-answered', path: 'dns/', theme: 'dark', width: 1280, ready: answer, sight: '.quiz-item.current' },
  { name: 'search-open', path: 'dns/', theme: 'light', width: 390, ready: openSearch },
  { name: 'listing', path: 'pv-pvc/', theme: 'light', width: 1280, sight: 'main figure.code' },
];
