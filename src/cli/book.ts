// npm run book -- [--out book] [--from dist] [--site https://example.org] [--only epub|pdf] : the course as EPUB and PDF, made from the built site.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formats, printBook, type Format } from '../book/print-book.ts';
import { openSite } from '../book/site.ts';
import { launchBrowser } from './browser.ts';

const usage = 'npm run book -- [--out book] [--from dist] [--site https://example.org] [--only epub|pdf]';

interface Asked {
  readonly out: string;
  readonly from: string;
  readonly site: string | undefined;
  readonly formats: readonly Format[];
}

/** Reads the arguments. Throws a sentence that says which word is wrong, and what there is. */
function readArguments(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string', default: 'book' }, from: { type: 'string', default: 'dist' }, site: { type: 'string' }, only: { type: 'string' } },
  });
  const { only } = values;
  const chosen = formats.filter((format) => only === undefined || format === only);
  if (chosen.length === 0) throw new Error(`--only ${only ?? ''}: there is ${formats.join(' and ')}.`);
  const site = values.site?.replace(/\/+$/, '');
  if (site !== undefined && (!URL.canParse(site) || !/^https?:\/\/[^/]+$/.test(site)))
    throw new Error(`--site ${values.site ?? ''}: the address of a host is wanted, such as https://example.org. The path below it is that of the build.`);
  return { out: values.out, from: values.from.replace(/\/+$/, ''), site, formats: chosen };
}

try {
  const asked = readArguments(process.argv.slice(2));
  const site = openSite(asked.from);
  const startMs = performance.now();
  const browser = await launchBrowser();
  try {
    const made = await printBook(browser, site, asked);
    mkdirSync(asked.out, { recursive: true });
    for (const [format, bytes] of made) {
      const file = join(asked.out, `kubestep.${format}`);
      writeFileSync(file, bytes);
      console.log(`${file}  ${(bytes.length / 1e6).toFixed(1)} MB`);
    }
    console.log(`in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  } finally {
    await browser.close();
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  if (error instanceof TypeError && 'code' in error) console.error(usage);
  process.exitCode = 1;
}
