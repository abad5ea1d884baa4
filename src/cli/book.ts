/**
 * `npm run book -- [--out book] [--from dist] [--site https://example.org] [--only epub|pdf]` : the course as EPUB and PDF, made from the built site (the PDF needs a Chromium)
 * `npm run book -- --pictures [--from dist]` draws the pictures of the EPUB that are missing or stale, removes those that no chapter shows (needs a Chromium)
 * `npm run book -- --check [--from dist]`    compares what they were drawn from with what is there now, without a browser; exit 1 when one is stale
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeEpub } from '../book/make-epub.ts';
import { openSite, type SiteFolder } from '../book/site.ts';

const usage = 'npm run book -- [--out book] [--from dist] [--site https://example.org] [--only epub|pdf] | --pictures | --check';
const formats = ['epub', 'pdf'] as const;
type Format = (typeof formats)[number];

interface Asked {
  readonly does: 'book' | 'pictures' | 'check';
  readonly out: string;
  readonly from: string;
  readonly site: string | undefined;
  readonly formats: readonly Format[];
}

/** Reads the arguments. Throws a sentence that says which word is wrong, and what there is. */
function readArguments(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ out: { type: 'string', default: 'book' }, from: { type: 'string', default: 'dist' }, site: { type: 'string' }, only: { type: 'string' } },
      ...{ pictures: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
    },
  });
  const { only } = values;
  const chosen = formats.filter((format) => only === undefined || format === only);
  if (chosen.length === 0) throw new Error(`--only ${only ?? ''}: there is ${formats.join(' and ')}.`);
  const site = values.site?.replace(/\/+$/, '');
  if (site !== undefined && (!URL.canParse(site) || !/^https?:\/\/[^/]+$/.test(site)))
    throw new Error(`--site ${values.site ?? ''}: the address of a host is wanted, such as https://example.org. The path below it is that of the build.`);
  const does = values.check ? 'check' : values.pictures ? 'pictures' : 'book';
  return { does, out: values.out, from: values.from.replace(/\/+$/, ''), site, formats: chosen };
}

async function makePdf(site: SiteFolder, host: string | undefined): Promise<Uint8Array> {
  // Asked for only here: a browser takes long to load, and the EPUB does without.
  const [{ launchBrowser }, { printPdf }] = await Promise.all([import('./browser.ts'), import('../book/print-book.ts')]);
  const browser = await launchBrowser();
  try {
    return await printPdf(browser, site, host);
  } finally {
    await browser.close();
  }
}

async function writeBook(site: SiteFolder, asked: Asked): Promise<void> {
  const startMs = performance.now();
  mkdirSync(asked.out, { recursive: true });
  for (const format of asked.formats) {
    const bytes = format === 'epub' ? (await makeEpub(site, asked.site)).bytes : await makePdf(site, asked.site);
    const file = join(asked.out, `kubestep.${format}`);
    writeFileSync(file, bytes);
    console.log(`${file}  ${(bytes.length / 1e6).toFixed(1)} MB`);
  }
  console.log(`in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

async function drawPictures(site: SiteFolder): Promise<void> {
  const [{ launchBrowser }, { keepPictures }] = await Promise.all([import('./browser.ts'), import('../book/keep-pictures.ts')]);
  const { drawn, removed } = await keepPictures(site, launchBrowser);
  console.log(`drawn ${drawn.length}, removed ${removed.length}${[...drawn, ...removed].map((file) => `\n  ${file}`).join('')}`);
}

async function checkPictures(site: SiteFolder): Promise<void> {
  const { pictureSources, stalePictures } = await import('../book/picture-sources.ts');
  const sources = await pictureSources(site);
  const stale = stalePictures(sources);
  const list = stale.length === 0 ? '' : `: ${stale.join(', ')}. "npm run book -- --pictures" draws them`;
  console.log(`${sources.size} pictures of the book, ${stale.length} stale${list}`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

try {
  const asked = readArguments(process.argv.slice(2));
  const site = openSite(asked.from);
  if (asked.does === 'check') await checkPictures(site);
  else if (asked.does === 'pictures') await drawPictures(site);
  else await writeBook(site, asked);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  if (error instanceof TypeError && 'code' in error) console.error(usage);
  process.exitCode = 1;
}
