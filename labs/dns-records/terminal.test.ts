import { expect, test } from 'vitest';
import terminal from './terminal.ts';
import { scenarioState } from './testing.ts';

const state = scenarioState('reverse');

test.each([
  { command: 'dig +short db-0.db.data.svc.cluster.local', prints: '10.244.1.7\n' },
  { command: 'dig +short db.data.svc.cluster.local. A', prints: '10.244.1.7\n10.244.1.8\n' },
  { command: 'dig +short _pg._tcp.db-read.data.svc.cluster.local srv', prints: '0 100 5432 db-read.data.svc.cluster.local.\n' },
  { command: 'dig +short -x 10.96.55.3', prints: 'db-read.data.svc.cluster.local.\n' },
  { command: 'dig -x 10.244.1.7 +short', prints: 'db-0.db.data.svc.cluster.local.\n10-244-1-7.db-read.data.svc.cluster.local.\n' },
  { command: 'dig +short db', prints: '' },
])('$command', ({ command, prints }) => {
  expect(terminal(state, command)).toBe(prints);
});

test('dig tells status, sections, server and size', () => {
  const printed = terminal(state, 'dig db-9.db.data.svc.cluster.local') ?? '';
  expect(printed).toContain('status: NXDOMAIN');
  expect(printed).toContain(';; flags: qr aa rd; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 1');
  expect(printed).toContain(';db-9.db.data.svc.cluster.local.\t\tIN\tA');
  expect(printed).toContain(';; AUTHORITY SECTION:\ncluster.local.\t30\tIN\tSOA\t');
  expect(printed).toContain(';; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)');
});

test.each(['rm -rf /', 'dig', 'dig a b c', 'dig +trace a', 'dig a MX', 'dig -x', 'dig -x nothing', 'nslookup a', ''])('%j is not known', (command) => {
  expect(terminal(state, command)).toBeUndefined();
});
