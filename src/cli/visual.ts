/**
 * `npm run visual`             compares the built site with the baselines in tests/visual/ (Debian only)
 * `npm run visual -- --update` accepts what is drawn now
 * `npm run visual -- --sheet`  all baselines on one sheet: .cache/visual/sheet.html, and sheet-<n>.png to look at
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { drawsAlike, visualFolder } from './visual-camera.ts';

const baselines = 'tests/visual';
/** So many pictures are told apart on one screen. */
const perSheet = 15;

function sheetHtml(files: readonly string[]): string {
  const figures = files.map((file) => {
    const data = readFileSync(path.join(baselines, file)).toString('base64');
    return `<figure><figcaption>${file}</figcaption><img src="data:image/png;base64,${data}" alt=""></figure>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Baselines</title><style>body{margin:8px;background:#777;font:16px sans-serif;display:flex;flex-wrap:wrap;gap:8px}figure{margin:0}figcaption{background:#fff;padding:2px 6px}img{height:480px;display:block}</style>${figures.join('\n')}\n`;
}

/** Writes sheets of all baselines. */
async function writeSheets(): Promise<void> {
  const files = readdirSync(baselines).filter((file) => file.endsWith('.png'));
  mkdirSync(visualFolder, { recursive: true });
  writeFileSync(path.join(visualFolder, 'sheet.html'), sheetHtml(files));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 2400, height: 1200 } });
    for (let start = 0; start < files.length; start += perSheet) {
      await page.setContent(sheetHtml(files.slice(start, start + perSheet)));
      const file = path.join(visualFolder, `sheet-${start / perSheet + 1}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
  } finally {
    await browser.close();
  }
}

/** Runs the comparison; its exit code. */
function compare(isUpdate: boolean): number {
  if (!drawsAlike()) {
    console.error('The baselines were drawn on Debian; this is another system, where fonts and their drawing differ.');
    return 1;
  }
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'browser', 'tests/browser/visual.test.ts'], {
    stdio: 'inherit',
    env: { ...process.env, ...(isUpdate && { KUBESTEP_VISUAL: 'update' }) },
  });
  return status ?? 1;
}

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false }, sheet: { type: 'boolean', default: false } } });
if (values.sheet) await writeSheets();
else process.exitCode = compare(values.update);
