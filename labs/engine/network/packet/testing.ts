import { parseIptablesSave } from './parse-iptables-save.ts';
import type { Device, Listener, NetworkNamespace, Route, Topology } from './topology.ts';

const mtuBytes = 1500;

function pod(name: string, ip: string, listeners: readonly Listener[]): readonly [string, NetworkNamespace] {
  const eth0: Device = {
    kind: 'veth',
    name: 'eth0',
    mac: `pod-${name}`,
    mtuBytes,
    addresses: [{ address: ip, prefixLength: 24 }],
    peer: { namespace: 'node', device: `veth-${name}` },
  };
  const routes: readonly Route[] = [
    { to: '0.0.0.0/0', via: '10.1.0.1', device: 'eth0' },
    { to: '10.1.0.0/24', device: 'eth0', source: ip },
  ];
  return [name, { role: 'pod', devices: [eth0], routes, sysctls: { forwards: false, filtersBridged: false, routesLocalnet: false }, listeners }];
}

/** A node with two pods `one` (10.1.0.11) and `two` (10.1.0.12, listens on tcp 80 and udp 53) on a bridge, and a machine `far` (192.0.2.9) on its card. */
export function smallNetwork(iptablesSave: string): Topology {
  const port = (name: string): Device => ({
    kind: 'veth',
    name: `veth-${name}`,
    mac: `port-${name}`,
    mtuBytes,
    addresses: [],
    peer: { namespace: name, device: 'eth0' },
    bridge: 'bridge',
    hairpin: true,
  });
  const node: NetworkNamespace = {
    role: 'node',
    devices: [
      { kind: 'bridge', name: 'bridge', mac: 'bridge', mtuBytes, addresses: [{ address: '10.1.0.1', prefixLength: 24 }] },
      {
        kind: 'veth',
        name: 'eth0',
        mac: 'card',
        mtuBytes: 1400,
        addresses: [{ address: '192.0.2.1', prefixLength: 24 }],
        peer: { namespace: 'far', device: 'eth0' },
      },
      port('one'),
      port('two'),
    ],
    routes: [
      { to: '10.1.0.0/24', device: 'bridge', source: '10.1.0.1' },
      { to: '192.0.2.0/24', device: 'eth0', source: '192.0.2.1' },
    ],
    sysctls: { forwards: true, filtersBridged: true, routesLocalnet: false },
    rules: { iptables: parseIptablesSave(iptablesSave) },
    listeners: [{ protocol: 'tcp', port: 22 }],
  };
  const far: NetworkNamespace = {
    role: 'host',
    devices: [
      {
        kind: 'veth',
        name: 'eth0',
        mac: 'far',
        mtuBytes: 1400,
        addresses: [{ address: '192.0.2.9', prefixLength: 24 }],
        peer: { namespace: 'node', device: 'eth0' },
      },
    ],
    routes: [
      { to: '192.0.2.0/24', device: 'eth0', source: '192.0.2.9' },
      { to: '10.1.0.0/24', via: '192.0.2.1', device: 'eth0' },
    ],
    sysctls: { forwards: false, filtersBridged: false, routesLocalnet: false },
    listeners: [{ protocol: 'tcp', port: 443 }],
  };
  const listeners: readonly Listener[] = [
    { protocol: 'tcp', port: 80 },
    { protocol: 'udp', port: 53 },
  ];
  return { namespaces: Object.fromEntries([pod('one', '10.1.0.11', []), pod('two', '10.1.0.12', listeners), ['node', node], ['far', far]]) };
}

/** The text of iptables-save with these rules and the chains that they name. */
export function iptablesOf(rules: Readonly<Partial<Record<'filter' | 'nat' | 'raw' | 'mangle', readonly string[]>>>): string {
  const builtIn = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];
  return Object.entries(rules)
    .map(([table, lines]) => [`*${table}`, ...builtIn.map((chain) => `:${chain} ACCEPT [0:0]`), ...lines, 'COMMIT'].join('\n'))
    .join('\n');
}
