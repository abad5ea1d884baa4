/**
 * `npm run lighthouse -- [--outDir dist] [--base /] [--runs 1] [--http1] [--only dns/ …]` : Lighthouse on a mobile device over a page of each kind, served as
 * hosts do: compressed, over TLS and HTTP/2; with `--http1` over neither. Prints what each page gets and what costs it points; keeps the whole in
 * `.cache/lighthouse.json`. Exit code 1 only when a figure is missed three times over, because the score of a busy machine says little.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import lighthouse, { type Result } from 'lighthouse';
import { withSlashes } from './arguments.ts';
import { launchBrowser } from './browser.ts';
import { faultsOf, findingsOf, median, summaryOf, type PageReport } from './lighthouse-report.ts';
import { addressOf, serveSecure, serveStatic } from './static-server.ts';

/** A page of each kind: home, all chapters, a part, the lists, labs with and without a cluster, an entry, the search. */
const pages = [
  '',
  'dns/',
  'packet-paths/',
  'pv-pvc/',
  'parts/networking/',
  'labs/',
  'labs/dns-search/',
  'labs/packet-path/',
  'labs/pv-binding/',
  'glossary/',
  'glossary/pod/',
  'commands/',
  'search/',
] as const;

const { values } = parseArgs({
  options: {
    outDir: { type: 'string', default: 'dist' },
    base: { type: 'string', default: '/' },
    runs: { type: 'string', default: '1' },
    http1: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
const built = { outDir: values.outDir, base: withSlashes(values.base) };
if (!existsSync(`${built.outDir}/index.html`)) {
  console.error(`Nothing is built in ${built.outDir}/. Run "npm run build" first.`);
  process.exit(1);
}

/** A port that nobody uses at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
  });
}

async function runOnce(address: string, port: number): Promise<Result> {
  const run = await lighthouse(address, { port, output: 'json', logLevel: 'error' });
  if (!run) throw new Error(`Lighthouse gave no result for ${address}`);
  const { lhr } = run;
  if (lhr.runtimeError) throw new Error(`Lighthouse could not load ${address}: ${lhr.runtimeError.message}`);
  return lhr;
}

const { server, keyHash } = values.http1 ? { server: await serveStatic(built, 0), keyHash: undefined } : await serveSecure(built);
const port = await freePort();
// The browser takes this one key, and is as strict as ever with all others.
const trust = keyHash === undefined ? [] : [`--ignore-certificate-errors-spki-list=${keyHash}`];
const browser = await launchBrowser({ args: [`--remote-debugging-port=${port}`, ...trust] });
const reports: PageReport[] = [];
const home = addressOf(server, built.base);
console.log('page'.padEnd(22) + 'perf  a11y    BP   SEO agent     LCP   CLS   TBT  machine');
for (const page of values.only ?? pages) {
  const results: Result[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) results.push(await runOnce(home + page, port));
  const report = summaryOf(page, median(results));
  reports.push(report);
  console.log(report.line);
  for (const finding of findingsOf(median(results))) console.log(`    ${finding}`);
}
await browser.close();
server.close();

mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/lighthouse.json', JSON.stringify({ at: new Date().toISOString(), reports }, undefined, 2));
const faults = reports.flatMap(faultsOf);
console.log(
  faults.length === 0 ? 'Nothing is three times off its figure. Kept in .cache/lighthouse.json' : `Three times off their figures:\n  ${faults.join('\n  ')}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
