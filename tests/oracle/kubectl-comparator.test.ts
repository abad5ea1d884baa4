import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import { comparedDurations } from './kubectl-durations.ts';
import { kubectlComparator, reasonToPassOver } from './kubectl-comparator.ts';
import type { RecordedSessions } from './kubectl-recording.ts';

const text = readFileSync(path.join(import.meta.dirname, 'recorded/kubectl-output.json'), 'utf8');
const content = JSON.parse(text) as RecordedSessions;
const compared = kubectlComparator.compare(content);
const disagreementsOf = (recordings: unknown) =>
  kubectlComparator
    .compare(recordings)
    .flatMap((each) => judge(each, kubectlComparator).disagreements.map((disagreement) => ({ id: each.id, ...disagreement })));

test('every command that is compared prints what was recorded', () => {
  expect(disagreementsOf(content)).toEqual([]);
  expect(compared.length).toBeGreaterThan(95);
});

test('commands are passed over for a reason, and not many', () => {
  const commands = content.scenarios.filter(({ kind }) => kind === 'render').flatMap((session) => session.commands);
  const reasons = commands.map(({ command }) => reasonToPassOver(command)).filter((reason) => reason !== undefined);
  expect(reasons.length).toBeLessThan(12);
  expect(new Set(reasons)).toEqual(
    new Set(['no model yet: commands that change something or read logs, metrics and rights', 'no model yet: output formats that are programs']),
  );
});

test('the checker notices every change of an output', () => {
  for (const { expected, ...rest } of compared) {
    const output = expected as { readonly stdout: string; readonly stderr: string; readonly exit: number };
    for (const wrong of [
      { ...output, stdout: `${output.stdout} ` },
      { ...output, stdout: output.stdout.replace(/\w/u, '') || 'x' },
      { ...output, stderr: `${output.stderr}x` },
      { ...output, exit: output.exit + 1 },
      { stdout: output.stdout, exit: output.exit },
    ]) {
      expect(judge({ ...rest, expected: wrong }, kubectlComparator).disagreements, rest.id).not.toEqual([]);
    }
  }
});

test('a command that nobody covers and nobody passes over is a disagreement', () => {
  const session = {
    id: 'x',
    kind: 'render',
    namespace: 'default',
    objects: [],
    commands: [{ command: 'kubectl get flowschemas', stdout: 'x', stderr: '', exit: 0 }],
  };
  expect(disagreementsOf({ scenarios: [session] })).toHaveLength(3);
});

describe('the printers follow rules, not names', () => {
  // As long as before and in the same order, so that columns and rows stay where they are.
  test.each([
    ['pv-avail', 'pv-aware'],
    ['manual', 'mental'],
    ['standard', 'standing'],
    ['worker-1', 'worker-7'],
    ['noclass', 'noblass'],
    ['csi.x.com', 'csi.y.net'],
    ['10Gi', '30Gi'],
    ['w-c9c6bf9b4', 'w-d0d7ca0c5'],
    ['control-plane', 'control-tower'],
  ])('%s renamed to %s in objects, commands and outputs alike', (from, to) => {
    const renamed = text.replaceAll(from, to);
    expect(renamed).not.toBe(text);
    expect(disagreementsOf(JSON.parse(renamed))).toEqual([]);
  });

  test('a cluster that is an hour older shows other ages', () => {
    const older = text.replaceAll(/"at": ?"2026-11-21T00/gu, '"at":"2026-11-21T01');
    expect(disagreementsOf(JSON.parse(older)).length).toBeGreaterThan(30);
  });
});

test('durations are compared one by one', () => {
  const [right, wrong] = comparedDurations([
    { seconds: 601, human: '10m', short: '10m' },
    { seconds: 601, human: '10m1s', short: '10m' },
  ]);
  expect(right!.got).toEqual(right!.expected);
  expect(wrong!.got).not.toEqual(wrong!.expected);
});
