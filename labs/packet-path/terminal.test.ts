import { expect, test } from 'vitest';
import terminal from './terminal.ts';
import { settledTexts, textsOf } from './testing.ts';

const far = settledTexts(textsOf('cluster-ip-far'), 4);
const overlay = settledTexts(textsOf('other-node-overlay'));

test.each([
  [
    'kubectl exec checkout -- ip route',
    'default via 10.244.1.1 dev eth0\n10.244.0.0/16 via 10.244.1.1 dev eth0\n10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.5\n',
  ],
  ['ssh node-a ip route get 10.244.2.7', '10.244.2.7 via 192.0.2.12 dev eth0 src 192.0.2.11 uid 0\n    cache\n'],
  ['ssh node-a ip route get 10.96.0.50', '10.96.0.50 via 192.0.2.1 dev eth0 src 192.0.2.11 uid 0\n    cache\n'],
  ['ssh node-a ip route get 192.0.2.11', 'local 192.0.2.11 dev lo src 192.0.2.11 uid 0\n    cache <local>\n'],
  [
    'ssh node-a sudo tcpdump -tni cni0',
    'IP 10.244.1.5.40003 > 10.244.2.7.8080: Flags [S], options [mss 1460], length 0\nIP 10.96.0.50.80 > 10.244.1.5.40003: Flags [S.], options [mss 1460], length 0\n',
  ],
])('%s', (command, prints) => {
  expect(terminal(far, command)).toBe(prints);
});

test('the rules of a Service, and the routes of a tunnel', () => {
  const printed = terminal(far, "ssh node-a sudo iptables-save -t nat | grep 'default/cart ->'") ?? '';
  expect(printed.split('\n').filter((line) => line !== '')).toHaveLength(2);
  expect(printed).toContain('--probability 0.50000000000 -j KUBE-SEP-');
  expect(terminal(overlay, 'ssh node-a ip route')).toContain('10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink\n');
});

test.each([
  'ip route',
  'ssh nobody ip route',
  'kubectl exec nobody -- ip route',
  'ssh node-a rm -rf /',
  'ssh node-a sudo tcpdump -tni eth9',
  'ssh node-a ip route get x',
  'ssh node-a sudo iptables-save -t none | grep x',
  '',
])('%j is not known', (command) => {
  expect(terminal(far, command)).toBeUndefined();
});
