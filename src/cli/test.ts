/**
 * `npm test`: every gate, in the order in which a failure is cheapest to see. Each gate that is not a vitest run counts as one test.
 * The last line sums all suites: `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBrowser } from './browser.ts';
import { ensureFirefox } from './firefox.ts';
import { ensureNginxInCi } from './nginx.ts';

interface Gate {
  readonly name: string;
  readonly command: readonly string[];
  /** A vitest run reports its own counts. */
  readonly counts?: true;
}

const gates: readonly Gate[] = [
  { name: 'format', command: ['npm', 'run', '-s', 'check:format'] },
  { name: 'lint', command: ['npm', 'run', '-s', 'check:lint'] },
  { name: 'types', command: ['npm', 'run', '-s', 'check:types'] },
  { name: 'unused code', command: ['npm', 'run', '-s', 'check:unused'] },
  { name: 'diagrams are fresh', command: ['npm', 'run', '-s', 'diagrams', '--', '--check'] },
  { name: 'images of links are fresh', command: ['npm', 'run', '-s', 'social', '--', '--check'] },
  { name: 'unit tests', command: ['npx', 'vitest', 'run', '--project', 'unit'], counts: true },
  { name: 'build', command: ['npm', 'run', '-s', 'build'] },
  { name: 'build below a path', command: ['npm', 'run', '-s', 'build', '--', '--base', '/course/', '--outDir', '.cache/course'] },
  { name: 'budgets', command: ['npm', 'run', '-s', 'budgets'] },
  { name: 'browser tests', command: ['npx', 'vitest', 'run', '--project', 'browser'], counts: true },
];

function runGates(countsFile: string): readonly string[] {
  const failed: string[] = [];
  for (const { name, command } of gates) {
    const startMs = performance.now();
    console.log(`\n── ${name}: ${command.join(' ')}`);
    const [program = '', ...words] = command;
    const { status } = spawnSync(program, words, { stdio: 'inherit', env: { ...process.env, KUBESTEP_COUNTS: countsFile } });
    console.log(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    if (status !== 0) failed.push(name);
  }
  return failed;
}

/** Sums the lines `passed failed skipped` that the vitest runs wrote. */
function sumCounts(countsFile: string): readonly [number, number, number] {
  const total: [number, number, number] = [0, 0, 0];
  for (const line of readFileSync(countsFile, { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean)) {
    line.split(' ').forEach((count, index) => (total[index as 0 | 1 | 2] += Number(count)));
  }
  return total;
}

try {
  process.env.CHROMIUM = ensureBrowser();
  process.env.FIREFOX = ensureFirefox();
  ensureNginxInCi();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}

const folder = mkdtempSync(path.join(tmpdir(), 'kubestep-test-'));
const countsFile = path.join(folder, 'counts');
const failedGates = runGates(countsFile);
const [passed, failed, skipped] = sumCounts(countsFile);
rmSync(folder, { recursive: true });

const plainGates = gates.filter((gate) => gate.counts !== true);
const plainFailed = plainGates.filter((gate) => failedGates.includes(gate.name)).length;
// A vitest run that dies before it counts anything must not look like a success.
const uncounted = failed === 0 ? failedGates.filter((name) => gates.some((gate) => gate.name === name && gate.counts === true)).length : 0;
const failedTotal = failed + plainFailed + uncounted;
if (failedGates.length > 0) console.log(`\nFailed: ${failedGates.join(', ')}`);
console.log(`${passed + plainGates.length - plainFailed} passed, ${failedTotal} failed, ${skipped} skipped`);
process.exitCode = failedTotal > 0 || skipped > 0 ? 1 : 0;
