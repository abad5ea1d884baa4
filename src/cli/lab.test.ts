import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lateTexts, retryLab as lab, setupOf } from '../../tests/fixtures/retry-client/setup.ts';
import { lastOf, seek } from '../lab-player/history.ts';
import { beginWhole } from '../lab-player/moves.ts';
import { jsonReport, textReport } from './lab-report.ts';

const whole = beginWhole(lab, setupOf(lateTexts));
const played = {
  lab,
  scenario: undefined,
  history: seek(whole, lastOf(whole.branch)),
  goals: [{ text: 'The `server` answers', verdict: 'met' as const, because: 'answered at 680 ms' }],
};

describe('the report', () => {
  test('says what happened and why, then the tables and goals', () => {
    const report = textReport(played);
    expect(report).toContain('   3     20 ms  Connection refused   ↖ 2: the server is down');
    expect(report).toContain('At 680 ms: Answered after 4 attempts');
    expect(report.split('\n')).toEqual(expect.arrayContaining(['All attempts', '  Attempt        At', '  Attempt 1    0 ms', '  Attempt 2  220 ms']));
    expect(report).toContain('  ✓ The server answers (answered at 680 ms)');
  });
  test('for programs it is the states, the log and the goals', () => {
    expect(jsonReport(played)).toMatchObject({ atMs: 680, facts: [{ label: 'Attempts', value: '4' }, {}], log: { length: 12 }, goals: [{ verdict: 'met' }] });
    expect(JSON.parse(JSON.stringify(jsonReport(played)))).toHaveProperty('frames.11.atMs', 680);
  });
});

/** The program itself, on the labs that are there. */
describe('npm run lab', () => {
  const program = path.join(import.meta.dirname, 'lab.ts');
  const run = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const scenario = ['dns-search', '--scenario', 'fix-query-storm'];
  const folder = mkdtempSync(path.join(tmpdir(), 'lab-test-'));
  const actions = (name: string, moves: unknown): string => {
    const file = path.join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(moves));
    return file;
  };
  test('plays a solution', () => {
    expect(run(...scenario, '--solution', '1')).toMatchObject({ status: 0, stdout: expect.stringContaining('Goals\n  ✓') as string });
  });
  test('a goal that is not met is exit code 1', () => {
    expect(run(...scenario, '--actions', actions('nothing', [{ run: 'to the end' }])).status).toBe(1);
  });
  test('looking on is no failure', () => {
    const { status, stdout } = run(...scenario, '--json');
    expect([status, Object.keys(JSON.parse(stdout) as object)]).toEqual([0, expect.arrayContaining(['headline', 'facts', 'tables', 'log', 'goals'])]);
  });
  test.each<[string, readonly string[], string]>([
    ['no lab', [], 'Which lab? There are: access-modes, dns-'],
    ['an unknown lab', ['nowhere'], 'There is no lab nowhere. There are: access-modes, dns-'],
    ['an unknown scenario', ['dns-search', '--scenario', 'x'], 'has no scenario x. There are: '],
    ['an unknown solution', [...scenario, '--solution', '99'], 'No solution 99. There are: 1 ('],
    ['an unknown option', ['dns-search', '--fast'], "Unknown option '--fast'"],
    ['a file that is not there', ['dns-search', '--input', 'no-such-file.yaml'], 'There is no file no-such-file.yaml'],
    ['a part that is not there', ['dns-search', '--input', 'nobody=package.json'], 'No part nobody'],
    ['a seed that is no number', [...scenario, '--seed', 'x'], '--seed is a whole number'],
    ['a file of wrong moves', [...scenario, '--actions', actions('wrong', [{ wait: 1 }])], 'moves[0]: exactly one of'],
    ['two kinds of actions', [...scenario, '--actions', 'a', '--solution', '1'], 'exclude each other'],
  ])('%s is said, with exit code 2', (_, words, message) => {
    const { status, stderr } = run(...words);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
