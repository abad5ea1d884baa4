/**
 * `npm run bench -- [--json] [--quick]`: what the engine costs: from a plain ReplicaSet to all its pods Ready, in a cluster with every controller.
 * A report: it fails only where a figure is more than three times its budget. `--quick` runs each size twice in place of nine times.
 * Exit status: 0 within three times the budgets, 1 above.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchSizes, calibrationMs, growth, measureRun, median, type BenchRow, type BenchSize } from '../../tests/bench/bench-runs.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, one: { type: 'string' } } });

if (values.one !== undefined) {
  // A process of its own for a cold run: nothing has been compiled yet.
  const size = benchSizes.find(({ name }) => name === values.one);
  if (size !== undefined) console.log(JSON.stringify(measureRun(size)));
} else {
  report(values.json === true, values.quick === true ? 2 : 9);
}

function coldMs({ name }: BenchSize): number {
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--one', name], { encoding: 'utf8' });
  return (JSON.parse(output) as { readonly cpuMs: number }).cpuMs;
}

function measured(size: BenchSize, runs: number, unitMs: number): BenchRow {
  const cold = coldMs(size);
  const all = Array.from({ length: runs }, () => measureRun(size));
  const cpuMs = median(all.map((run) => run.cpuMs));
  const [first] = all;
  return {
    name: size.name,
    pods: size.pods,
    coldCpuMs: cold,
    cpuMs,
    budgetCpuMs: size.budgetCpuMs,
    ratio: cpuMs / unitMs,
    longestStepMs: median(all.map(({ longestStepMs }) => longestStepMs)),
    heapMegabytes: median(all.map(({ heapMegabytes }) => heapMegabytes)),
    steps: first?.steps ?? 0,
    virtualMs: first?.virtualMs ?? 0,
  };
}

function report(isJson: boolean, runs: number): void {
  const unitMs = calibrationMs();
  const rows = benchSizes.map((size) => measured(size, runs, unitMs));
  const exponents = growth(rows);
  const tooSlow = rows.filter(({ cpuMs, budgetCpuMs }) => cpuMs > 3 * budgetCpuMs);
  const tooLarge = rows.filter(({ heapMegabytes }) => heapMegabytes > 3 * 60);
  if (isJson) {
    console.log(JSON.stringify({ calibrationMs: unitMs, runs, rows, growth: exponents }, null, 2));
  } else {
    console.log(`calibration loop ${unitMs.toFixed(0)} ms; medians of ${runs} runs`);
    for (const row of rows) console.log(lineOf(row));
    for (const { from, to, exponent } of exponents) console.log(`growth from ${from} to ${to}: pods^${exponent.toFixed(2)}`);
    for (const { name } of [...tooSlow, ...tooLarge]) console.log(`${name}: more than three times its budget`);
  }
  process.exitCode = tooSlow.length + tooLarge.length > 0 ? 1 : 0;
}

function lineOf({ name, coldCpuMs, cpuMs, budgetCpuMs, ratio, longestStepMs, heapMegabytes, steps, virtualMs }: BenchRow): string {
  const cpu = `${cpuMs.toFixed(1)} ms CPU (budget ${budgetCpuMs}; cold ${coldCpuMs.toFixed(0)}; ${ratio.toFixed(2)} loops)`;
  return `${name}: ${cpu}, longest step ${longestStepMs.toFixed(1)} ms, ${heapMegabytes.toFixed(1)} MB, ${steps} steps, ${virtualMs} ms virtual`;
}
