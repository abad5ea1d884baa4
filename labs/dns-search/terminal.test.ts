import { expect, test } from 'vitest';
import terminal from './terminal.ts';
import { settledScenario } from './testing.ts';

const svc1 = settledScenario('svc1-dev');

test.each([
  { command: 'cat /etc/resolv.conf', prints: 'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n' },
  { command: 'getent hosts svc1.dev', prints: '10.96.14.31     svc1.dev.svc.cluster.local\n' },
  { command: 'getent hosts svc1', prints: '' },
  { command: 'dig +short svc1.dev', prints: '' },
  { command: 'dig +search +short svc1.dev', prints: '10.96.14.31\n' },
  { command: 'dig +short svc2.acc.svc.cluster.local', prints: '10.96.77.8\n' },
])('$command', ({ command, prints }) => {
  expect(terminal(svc1, command)).toBe(prints);
});

test('dig tells status, server and size', () => {
  const printed = terminal(svc1, 'dig svc1.dev');
  expect(printed).toContain('status: NXDOMAIN');
  expect(printed).toContain('SERVER: 10.96.0.10#53');
});

test.each(['rm -rf /', 'dig', 'dig a b c', 'dig +trace a', 'cat /etc/shadow', ''])('%j is not known', (command) => {
  expect(terminal(svc1, command)).toBeUndefined();
});
