import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { benchSizes, type BenchRow } from './bench-runs.ts';
import { comparedRow, isWebernetesInstalled, type WebernetesRuns } from './webernetes-runs.ts';

test('the ratio says how many times our CPU time the other needs', () => {
  const row: BenchRow = {
    ...{ name: 'a', pods: 9, coldCpuMs: 40, cpuMs: 20, budgetCpuMs: 30, loops: 1 },
    ...{ longestStepMs: 5, heapMegabytes: 2, steps: 41, virtualMs: 1130 },
  };
  expect(comparedRow(row, 60, 90)).toEqual({ ...row, webernetesMs: 60, webernetesColdMs: 90, ratio: 3 });
});

test('webernetes does the smallest size to the end, as often as asked', { timeout: 120_000 }, () => {
  expect(isWebernetesInstalled()).toBe(true);
  const bench = fileURLToPath(new URL('../../src/cli/bench.ts', import.meta.url));
  const output = execFileSync(process.execPath, [bench, '--webernetes', benchSizes[0]!.name, '--runs', '1'], { encoding: 'utf8' });
  const { coldCpuMs, cpuMs } = JSON.parse(output) as WebernetesRuns;
  expect([coldCpuMs, ...cpuMs].map((ms) => ms > 0)).toEqual([true, true]);
});
