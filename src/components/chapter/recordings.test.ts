import { describe, expect, test } from 'vitest';
import { readRecording, recordedSession } from './recordings.ts';

const command = (text: string, stdout: string, stderr = '') => ({ command: text, stdout, stderr, exit: 0 });
const meta = { versions: { server: 'v1.36.2' }, source: 'a cluster', recorded: '2026-11-21' };
const one = JSON.stringify({
  meta: { ...meta, masks: { '<podIP>': 'the address of a pod' } },
  scenarios: [
    {
      id: 'session',
      commands: [
        command('kubectl get svc', 'NAME   EXTERNAL-IP\nweb    <none>  \n\n'),
        command('kubectl get ep', 'NAME\n', 'Warning: old\n'),
        command('ping <podIP>', 'PING <podIP>\n'),
        command('id <uid>', ''),
        command('date', 'one\n'),
        command('date', 'two\n'),
      ],
    },
  ],
});
const two = JSON.stringify({
  meta,
  scenarios: [
    { id: 'net-get', commands: [command('kubectl get svc', 'a\n')] },
    { id: 'net-describe', commands: [command('kubectl get svc', 'b\n')] },
  ],
});
const files = { 'network-live': one, 'kubectl-output': two };

test('what was printed stays as it was, except the end of the last line', () => {
  const { version, entries, masks } = recordedSession(files, { recording: 'network-live', commands: ['kubectl get ep', 'kubectl get svc'] });
  expect(version).toBe('v1.36.2');
  expect(entries).toEqual([
    { command: 'kubectl get ep', output: 'NAME', errors: 'Warning: old' },
    { command: 'kubectl get svc', output: 'NAME   EXTERNAL-IP\nweb    <none>  \n', errors: '' },
  ]);
  expect(masks).toEqual([]);
});

test('a masked value is shown as it is and explained', () => {
  const { entries, masks } = recordedSession(files, { recording: 'network-live', commands: ['ping <podIP>'] });
  expect(entries[0]?.output).toBe('PING <podIP>');
  expect(masks).toEqual([['<podIP>', 'the address of a pod']]);
});

test('the scenario decides where a file has several', () => {
  const output = (scenario: string) => recordedSession(files, { recording: 'kubectl-output', scenario, commands: ['kubectl get svc'] }).entries[0]?.output;
  expect([output('net-get'), output('net-describe')]).toEqual(['a', 'b']);
});

describe('the build stops when', () => {
  test.each<[string, string, string | undefined, readonly string[], RegExp]>([
    ['a recording does not exist', 'network-life', undefined, ['date'], /no recording "network-life".*Nearest: "network-live", "kubectl-output"/],
    ['a scenario does not exist', 'kubectl-output', 'net-gett', ['date'], /no scenario "net-gett".*Nearest: "net-get", "net-describe"/],
    ['a scenario is needed and not named', 'kubectl-output', undefined, ['kubectl get svc'], /has 2 scenarios.*net-get, net-describe/],
    [
      'a command was not recorded',
      'network-live',
      undefined,
      ['kubectl get svcs'],
      /no command "kubectl get svcs"\. Nearest: "kubectl get svc", "kubectl get ep"/,
    ],
    ['a command differs in a blank', 'network-live', 'session', ['kubectl  get svc'], /no command/],
    ['a command stands there twice', 'network-live', undefined, ['date'], /"date" 2 times/],
    ['a mask is not explained', 'network-live', undefined, ['id <uid>'], /shows <uid>/],
    ['no commands are named', 'network-live', undefined, [], /no commands/],
  ])('%s', (_, recording, scenario, commands, message) => {
    expect(() => recordedSession(files, { recording, scenario, commands })).toThrow(message);
  });

  test.each([
    [
      'a recording does not say of which version',
      { meta: { ...meta, versions: {} }, scenarios: [{ id: 'a', commands: [command('date', '')] }] },
      /meta\.versions\.server/,
    ],
    ['an output is missing', { meta, scenarios: [{ id: 'a', commands: [{ command: 'date', stderr: '', exit: 0 }] }] }, /scenarios\.0\.commands\.0\.stdout/],
    ['there is no scenario', { meta, scenarios: [] }, /scenarios/],
  ])('%s', (_, value, message) => {
    expect(() => readRecording('x', JSON.stringify(value))).toThrow(message);
  });
});
