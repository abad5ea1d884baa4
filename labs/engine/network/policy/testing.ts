import type { RuleTables } from '../packet/rules.ts';
import type { Device, Listener, NetworkNamespace, Route, Topology } from '../packet/topology.ts';
import type { PolicyCluster } from './policy-verdict.ts';
import type { PolicyPod } from './policy-selection.ts';

const portNames = { web: { protocol: 'tcp', port: 80 }, admin: { protocol: 'tcp', port: 8080 }, dns: { protocol: 'udp', port: 53 } } as const;
const nodeCidr = '192.0.2.0/24';
const pod = (key: string, node: 'n1' | 'n2', address: string, labels: PolicyPod['labels']): PolicyPod => {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name, node, address, labels, portNames };
};

/**
 * Two nodes with pods of two namespaces, and a machine outside (198.51.100.9) behind node n1. A name may be another port at another pod; `x/agent`
 * runs in the network of n2.
 */
export const exampleCluster: PolicyCluster = {
  namespaces: { x: { team: 'blue' }, y: { team: 'red' } },
  nodeAddresses: { n1: ['192.0.2.1', '198.51.100.1', '10.1.1.1'], n2: ['192.0.2.2', '10.1.2.1'] },
  pods: [
    pod('x/web', 'n1', '10.1.1.11', { app: 'web', tier: 'front' }),
    pod('x/db', 'n1', '10.1.1.12', { app: 'db' }),
    { ...pod('x/other', 'n2', '10.1.2.13', { app: 'web' }), portNames: { web: { protocol: 'tcp', port: 8080 }, dns: { protocol: 'tcp', port: 53 } } },
    pod('y/web', 'n2', '10.1.2.14', { app: 'web' }),
    pod('y/db', 'n1', '10.1.1.15', { app: 'db', tier: 'front' }),
    { ...pod('x/agent', 'n2', '192.0.2.2', { app: 'web' }), hostNetwork: true },
  ],
};

/** All listen on all ports that are asked for, so that only rules can make a connection fail. */
const listeners: readonly Listener[] = [
  { protocol: 'tcp', port: 53 },
  { protocol: 'tcp', port: 80 },
  { protocol: 'tcp', port: 443 },
  { protocol: 'tcp', port: 8080 },
  { protocol: 'udp', port: 53 },
  { protocol: 'udp', port: 80 },
];

const sysctls = { forwards: false, filtersBridged: false, routesLocalnet: false };
const cable = (name: string, address: string | undefined, peer: readonly [string, string], bridge?: string): Device => ({
  kind: 'veth',
  name,
  mac: `${name} to ${peer.join(' ')}`,
  mtuBytes: 1500,
  addresses: address === undefined ? [] : [{ address, prefixLength: 24 }],
  peer: { namespace: peer[0], device: peer[1] },
  ...(bridge !== undefined && { bridge }),
});
const routesVia = (via: string, device: string, ...blocks: readonly string[]): readonly Route[] => blocks.map((to) => ({ to, via, device }));

function podNamespace({ address, node }: PolicyPod, name: string): NetworkNamespace {
  const gateway = node === 'n1' ? '10.1.1.1' : '10.1.2.1';
  const routes = [
    { to: '0.0.0.0/0', via: gateway, device: 'eth0' },
    { to: `${gateway}/24`, device: 'eth0', source: address },
  ];
  return { role: 'pod', devices: [cable('eth0', address, [node, `veth-${name}`])], routes, sysctls, listeners };
}

/** The example cluster as a network: nodes side by side on one cable, namespaces of pods named `namespace/name`, the machine outside `far`. */
export function exampleNetwork(rulesOf: (node: string) => RuleTables): Topology {
  const own = exampleCluster.pods.filter(({ hostNetwork }) => hostNetwork !== true).map((each) => [`${each.namespace}/${each.name}`, each] as const);
  const node = (name: string, index: 1 | 2): NetworkNamespace => {
    const bridge: Device = { kind: 'bridge', name: 'cni0', mac: `cni0 ${name}`, mtuBytes: 1500, addresses: [{ address: `10.1.${index}.1`, prefixLength: 24 }] };
    const ports = own.filter(([, each]) => each.node === name).map(([key]) => cable(`veth-${key}`, undefined, [key, 'eth0'], 'cni0'));
    const card = cable('eth0', `192.0.2.${index}`, [index === 1 ? 'n2' : 'n1', 'eth0']);
    const near: readonly Route[] = [
      { to: `10.1.${index}.0/24`, device: 'cni0', source: `10.1.${index}.1` },
      { to: nodeCidr, device: 'eth0', source: `192.0.2.${index}` },
    ];
    const outside = cable('eth1', '198.51.100.1', ['far', 'eth0']);
    return {
      role: 'node',
      devices: [bridge, card, ...ports, ...(index === 1 ? [outside] : [])],
      routes:
        index === 1
          ? [...near, { to: '198.51.100.0/24', device: 'eth1', source: '198.51.100.1' }, ...routesVia('192.0.2.2', 'eth0', '10.1.2.0/24')]
          : [...near, ...routesVia('192.0.2.1', 'eth0', '10.1.1.0/24', '198.51.100.0/24')],
      sysctls: { forwards: true, filtersBridged: true, routesLocalnet: false },
      rules: { iptables: rulesOf(name) },
      listeners,
    };
  };
  const far: NetworkNamespace = {
    role: 'host',
    devices: [cable('eth0', '198.51.100.9', ['n1', 'eth1'])],
    routes: [{ to: '198.51.100.0/24', device: 'eth0', source: '198.51.100.9' }, ...routesVia('198.51.100.1', 'eth0', '0.0.0.0/0')],
    sysctls,
    listeners,
  };
  return { namespaces: { ...Object.fromEntries(own.map(([key, each]) => [key, podNamespace(each, key)])), n1: node('n1', 1), n2: node('n2', 2), far } };
}
