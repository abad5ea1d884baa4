/**
 * `npm run main-thread -- [--outDir dist] [--base /] [--slowdown 4] [--why] [--only labs/dns-search/ …]` : the longest task of the main thread while a reader loads each
 * kind of page, wakes a lab, steps, scrubs, edits and plays it, scrolls a chapter and types into the search, on a processor slowed down four times.
 * With `--why` it also names the functions that ran most, by file, line and column; that costs some time of its own.
 * Prints each act above 50 ms with what the task did; keeps all in `.cache/main-thread.json`. Exit code 1 only above three times that.
 */
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { calibrationMs } from '../../tests/bench/bench-runs.ts';
import { withSlashes } from './arguments.ts';
import { launchBrowser } from './browser.ts';
import { actMark, actsOf, taskMsMax, type ActReport, type TraceEvent } from './main-thread-report.ts';
import { addressOf, serveStatic } from './static-server.ts';

const { values } = parseArgs({
  options: {
    outDir: { type: 'string', default: 'dist' },
    base: { type: 'string', default: '/' },
    slowdown: { type: 'string', default: '4' },
    why: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
const built = { outDir: values.outDir, base: withSlashes(values.base) };
if (!existsSync(`${built.outDir}/index.html`)) {
  console.error(`Nothing is built in ${built.outDir}/. Run "npm run build" first.`);
  process.exit(1);
}

/** Long enough for what follows an act: fetches from this machine, drawing, what waits for an idle moment. */
const restMs = 1_200;
/** Between two keys or steps: a quick reader. */
const pauseMs = 250;
const steps = 10;
const categories = ['devtools.timeline', 'toplevel', 'blink.user_timing', 'v8', ...(values.why ? ['disabled-by-default-v8.cpu_profiler'] : [])];

/** Does something to the page and waits until all that follows is done; the name stands in the trace. */
type Act = (name: string, does: () => Promise<unknown>, waitMs?: number) => Promise<void>;

const actIn =
  (page: Page): Act =>
  async (name, does, waitMs = restMs) => {
    await page.evaluate((mark) => performance.mark(mark), actMark + name);
    await does();
    await page.waitForTimeout(waitMs);
  };

/** Presses a control of the first lab as a script does: the driver’s own checks of what can be clicked would count as work of the page. */
const press = (page: Page, does: string): Promise<void> =>
  page.evaluate((wanted) => {
    document.querySelector<HTMLElement>(`lab-player [data-does="${wanted}"]`)?.click();
  }, does);

async function driveLab(page: Page, act: Act): Promise<void> {
  await act('wakes', async () => {
    await page.evaluate(() => document.querySelector('lab-player .lab-root')?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true })));
    await page.evaluate(() => document.querySelector<HTMLElement>('lab-player button')?.focus());
  });
  await act('shows what was hidden', () =>
    page.evaluate(() => document.querySelector<HTMLElement>('lab-player .predict .chips button, lab-player .predict button')?.click()),
  );
  await act('first step', () => press(page, 'step'));
  await act(`${steps} steps`, async () => {
    for (let step = 0; step < steps; step += 1) {
      await press(page, 'step');
      await page.waitForTimeout(pauseMs);
    }
  });
  const track = page.locator('lab-player .track input').first();
  if ((await track.count()) > 0)
    await act('scrub', async () => {
      for (const share of [0.8, 0.3, 0.6, 0, 1]) {
        await track.evaluate((input, at) => {
          const range = input as HTMLInputElement;
          range.value = String(Math.round(Number(range.max) * at));
          range.dispatchEvent(new Event('input', { bubbles: true }));
        }, share);
        await page.waitForTimeout(pauseMs);
      }
    });
  await act('first edit', () => typeInto(page, 'lab-player textarea', '\n'));
  await act('second edit', () => typeInto(page, 'lab-player textarea', '\n'));
  await act('plays', async () => {
    await press(page, 'reset');
    await press(page, 'play');
    await page.waitForTimeout(2 * restMs);
  });
  await act('plays out of sight', async () => {
    await press(page, 'reset');
    await press(page, 'play');
    await page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
    });
  });
  await act('rests out of sight', () => page.waitForTimeout(restMs));
}

/** Adds a text at the end of a field and says so. */
const typeInto = (page: Page, field: string, text: string): Promise<void> =>
  page.evaluate(
    ([selector, added]) => {
      const area = document.querySelector<HTMLTextAreaElement | HTMLInputElement>(selector);
      if (!area) return;
      area.focus();
      area.value += added;
      area.dispatchEvent(new InputEvent('input', { bubbles: true, data: added, inputType: 'insertText' }));
    },
    [field, text] as const,
  );

async function scroll(page: Page, act: Act): Promise<void> {
  await act('scrolls', async () => {
    for (let screen = 0; screen < 12; screen += 1) {
      await page.mouse.wheel(0, 700);
      await page.waitForTimeout(pauseMs);
    }
  });
}

async function search(page: Page, act: Act): Promise<void> {
  await act('opens the search', () => page.keyboard.press('/'));
  for (const [name, text] of [
    ['first letters', 'dn'],
    ['more letters', 's search'],
    ['a sentence', ' why is my pod pending'],
  ] as const)
    await act(name, () => page.keyboard.type(text, { delay: 80 }));
}

async function measure(browser: Browser, address: string, kind: 'lab' | 'chapter' | 'search' | 'page'): Promise<readonly ActReport[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(values.slowdown) });
  const act = actIn(page);
  await browser.startTracing(page, { categories });
  // The mark of the load is made by the page itself, before all of its own scripts.
  await page.addInitScript((mark) => performance.mark(mark), `${actMark}load`);
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(restMs);
  if (kind === 'lab') await driveLab(page, act);
  if (kind === 'chapter') await scroll(page, act);
  if (kind === 'search') await search(page, act);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  await context.close();
  return actsOf(traceEvents);
}

const labs = globSync('labs/*/index.html', { cwd: built.outDir })
  .map((file) => `${path.dirname(file).replaceAll('\\', '/')}/`)
  .sort();
const chapters = globSync('content/*/*/index.mdx').map((file) => `${path.basename(path.dirname(file)).replace(/^\d+-/, '')}/`);
const kindOf = (page: string): 'lab' | 'chapter' | 'search' | 'page' =>
  labs.includes(page) ? 'lab' : chapters.includes(page) ? 'chapter' : page === 'labs/' ? 'search' : 'page';

const server = await serveStatic(built, 0);
const browser = await launchBrowser();
const home = addressOf(server, built.base);
// Caches and a clock shared with others make the same work slower: the loop tells by how much.
const unitMs = calibrationMs();
console.log(`calibration loop ${unitMs.toFixed(0)} ms; slowed down ${values.slowdown} times`);
const all: { readonly page: string; readonly acts: readonly ActReport[] }[] = [];
for (const page of values.only ?? ['', ...chapters, ...labs, 'labs/', 'glossary/', 'commands/', 'course-map/', 'search/']) {
  const acts = await measure(browser, home + page, kindOf(page));
  all.push({ page: page === '' ? '/' : page, acts });
  console.log(`${page === '' ? '/' : page}   longest ${Math.max(...acts.map(({ longestMs }) => longestMs))} ms in ${acts.length} acts`);
  for (const { act, longestMs, cause, functions, busyMs } of acts) {
    const isIdle = act.startsWith('rests');
    if (longestMs <= taskMsMax && !isIdle) continue;
    console.log(`    ${act.padEnd(24)}${String(longestMs).padStart(5)} ms  ${isIdle ? `${busyMs} ms of work` : cause}`);
    for (const name of functions) console.log(`${' '.repeat(37)}${name}`);
  }
}
await browser.close();
server.close();

mkdirSync('.cache', { recursive: true });
writeFileSync(
  '.cache/main-thread.json',
  JSON.stringify({ at: new Date().toISOString(), slowdown: Number(values.slowdown), calibrationMs: unitMs, all }, undefined, 2),
);
const over = all.flatMap(({ page, acts }) =>
  acts.filter(({ longestMs }) => longestMs > 3 * taskMsMax).map(({ act, longestMs }) => `${page} ${act}: ${longestMs} ms`),
);
console.log(over.length === 0 ? `No task is longer than ${3 * taskMsMax} ms.` : `Longer than ${3 * taskMsMax} ms:\n  ${over.join('\n  ')}`);
process.exitCode = over.length === 0 ? 0 : 1;
