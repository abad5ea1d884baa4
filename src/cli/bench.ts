/**
 * `npm run bench -- [--json] [--quick] [--long]`: what the engine costs: from a plain ReplicaSet to all its pods Ready, in a cluster with every controller,
 * and what the same work costs in `@ngrok/webernetes`. A report: it fails only where a figure of ours is more than three times its budget.
 * `--quick` runs each size twice in place of nine times; `--long` lets webernetes do 1,000 pods as well, once, which takes more than a minute.
 * Exit status: 0 within three times the budgets, 1 above.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchSizes, calibrationMs, growth, measureRun, median, type BenchRow, type BenchSize } from '../../tests/bench/bench-runs.ts';
import {
  comparedRow,
  isWebernetesInstalled,
  measureWebernetes,
  webernetesLongPods,
  type ComparedRow,
  type WebernetesRuns,
} from '../../tests/bench/webernetes-runs.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    long: { type: 'boolean' },
    one: { type: 'string' },
    webernetes: { type: 'string' },
    runs: { type: 'string' },
  },
});

// Processes of their own: for a cold run, in which nothing has been compiled yet, and so that each simulator has its own heap.
const alone = benchSizes.find(({ name }) => name === (values.one ?? values.webernetes));
if (alone === undefined) report();
else console.log(JSON.stringify(values.one === undefined ? await measureWebernetes(alone, Number(values.runs)) : measureRun(alone)));

function inOwnProcess(...options: readonly string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...options], { encoding: 'utf8' }));
}

function measured(size: BenchSize, runs: number, unitMs: number): BenchRow {
  const cold = inOwnProcess('--one', size.name) as { readonly cpuMs: number };
  const all = Array.from({ length: runs }, () => measureRun(size));
  const cpuMs = median(all.map((run) => run.cpuMs));
  const [first] = all;
  return {
    name: size.name,
    pods: size.pods,
    coldCpuMs: cold.cpuMs,
    cpuMs,
    budgetCpuMs: size.budgetCpuMs,
    loops: cpuMs / unitMs,
    longestStepMs: median(all.map(({ longestStepMs }) => longestStepMs)),
    heapMegabytes: median(all.map(({ heapMegabytes }) => heapMegabytes)),
    steps: first?.steps ?? 0,
    virtualMs: first?.virtualMs ?? 0,
  };
}

/** A row with the same work in webernetes: at the largest size only the first run, and only when asked for. */
function compared(row: BenchRow, runs: number): ComparedRow {
  const isLong = row.pods >= webernetesLongPods;
  if (isLong && values.long !== true) return row;
  const { coldCpuMs, cpuMs } = inOwnProcess('--webernetes', row.name, '--runs', isLong ? '0' : String(runs)) as WebernetesRuns;
  return comparedRow(row, isLong ? coldCpuMs : median(cpuMs), coldCpuMs);
}

function report(): void {
  const runs = values.quick === true ? 2 : 9;
  const unitMs = calibrationMs();
  const own = benchSizes.map((size) => measured(size, runs, unitMs));
  const rows = isWebernetesInstalled() ? own.map((row) => compared(row, runs)) : own;
  const exponents = growth(rows);
  const tooSlow = rows.filter(({ cpuMs, budgetCpuMs }) => cpuMs > 3 * budgetCpuMs);
  const tooLarge = rows.filter(({ heapMegabytes }) => heapMegabytes > 3 * 60);
  if (values.json === true) {
    console.log(JSON.stringify({ calibrationMs: unitMs, runs, rows, growth: exponents }, null, 2));
  } else {
    console.log(`calibration loop ${unitMs.toFixed(0)} ms; medians of ${runs} runs`);
    for (const row of rows) console.log(lineOf(row));
    for (const { from, to, exponent } of exponents) console.log(`growth from ${from} to ${to}: pods^${exponent.toFixed(2)}`);
    if (!isWebernetesInstalled()) console.log('@ngrok/webernetes is not installed: nothing to compare with');
    for (const { name } of [...tooSlow, ...tooLarge]) console.log(`${name}: more than three times its budget`);
  }
  process.exitCode = tooSlow.length + tooLarge.length > 0 ? 1 : 0;
}

function lineOf(row: ComparedRow): string {
  const { name, coldCpuMs, cpuMs, budgetCpuMs, loops, longestStepMs, heapMegabytes, steps, virtualMs } = row;
  const cpu = `${cpuMs.toFixed(1)} ms CPU (budget ${budgetCpuMs}; cold ${coldCpuMs.toFixed(0)}; ${loops.toFixed(2)} loops)`;
  return `${name}: ${cpu}, longest step ${longestStepMs.toFixed(1)} ms, ${heapMegabytes.toFixed(1)} MB, ${steps} steps, ${virtualMs} ms virtual${peerOf(row)}`;
}

function peerOf({ webernetesMs, webernetesColdMs, ratio }: ComparedRow): string {
  if (webernetesMs === undefined || webernetesColdMs === undefined || ratio === undefined) return '';
  return `; webernetes ${webernetesMs.toFixed(0)} ms CPU (cold ${webernetesColdMs.toFixed(0)}): ${ratio.toFixed(1)} times ours`;
}
