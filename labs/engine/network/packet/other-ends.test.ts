import { expect, test } from 'vitest';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import type { LostReason } from './hops.ts';
import { iptablesOf, smallNetwork } from './testing.ts';
import { podAddress, podName, testCluster } from './testing-cluster.ts';
import type { NetworkNamespace, Topology } from './topology.ts';

const none = smallNetwork(iptablesOf({}));
const toTwo: PacketRequest = { kind: 'tcp', from: 'one', to: '10.1.0.12', port: 80 };
const toFar: PacketRequest = { kind: 'tcp', from: 'one', to: '192.0.2.9', port: 443 };

function withNamespace(topology: Topology, name: string, change: (namespace: NetworkNamespace) => Partial<NetworkNamespace>): Topology {
  const namespace = topology.namespaces[name]!;
  return { namespaces: { ...topology.namespaces, [name]: { ...namespace, ...change(namespace) } } };
}

const dropPolicy = iptablesOf({ filter: ['-A FORWARD -p udp -j ACCEPT'] }).replace(':FORWARD ACCEPT', ':FORWARD DROP');
const vxlan = (forwarding: Readonly<Record<string, string>>, neighbours: Readonly<Record<string, string>>) =>
  withNamespace(none, 'node', ({ devices, routes }) => ({
    devices: [
      ...devices,
      {
        kind: 'vxlan',
        name: 'overlay',
        mac: 'here',
        mtuBytes: 9000,
        addresses: [{ address: '10.5.0.1', prefixLength: 24 }],
        vxlan: { vni: 1, local: '10.5.0.1', port: 8472, neighbours, forwarding },
      },
    ],
    routes: [...routes, { to: '10.5.0.0/24', device: 'overlay' }],
  }));

test.each<[LostReason, string, Topology, PacketRequest]>([
  ['policy dropped', 'node', smallNetwork(dropPolicy), toTwo],
  ['rule dropped', 'node', smallNetwork(iptablesOf({ filter: ['-A FORWARD -j DROP'] })), toTwo],
  ['rule rejected', 'node', smallNetwork(iptablesOf({ filter: ['-A FORWARD -j REJECT'] })), toTwo],
  ['not forwarding', 'node', withNamespace(none, 'node', ({ sysctls }) => ({ sysctls: { ...sysctls, forwards: false } })), toFar],
  [
    'martian',
    'node',
    withNamespace(none, 'one', ({ devices }) => ({
      devices: devices.map((device) => ({ ...device, addresses: [{ address: '192.0.2.1', prefixLength: 24 }] })),
      routes: [{ to: '0.0.0.0/0', via: '10.1.0.1', device: 'eth0', source: '192.0.2.1' }],
    })),
    toFar,
  ],
  ['no neighbour', 'node', none, { ...toFar, to: '192.0.2.99' }],
  ['no neighbour', 'one', none, { ...toTwo, to: '10.1.0.99' }],
  [
    'no cable',
    'one',
    withNamespace(none, 'one', ({ devices }) => ({ devices: devices.map((device) => ({ ...device, peer: { namespace: 'nowhere', device: 'eth0' } })) })),
    toTwo,
  ],
  ['no route', 'node', none, { ...toFar, to: '8.8.8.8' }],
  ['nobody listens', 'two', none, { ...toTwo, port: 81 }],
  ['ttl exceeded', 'node', none, { kind: 'ping', from: 'one', to: '192.0.2.9', ttl: 1 }],
  [
    'left the cluster',
    'far',
    withNamespace(none, 'node', ({ routes }) => ({ routes: [...routes, { to: '0.0.0.0/0', via: '192.0.2.9', device: 'eth0' }] })),
    { ...toFar, to: '8.8.8.8' },
  ],
  ['no neighbour', 'node', vxlan({}, {}), { ...toFar, to: '10.5.0.2' }],
  ['no neighbour', 'node', vxlan({}, { '10.5.0.2': 'there' }), { ...toFar, to: '10.5.0.2' }],
  ['tunnel loop', 'node', vxlan({ there: '10.5.0.2' }, { '10.5.0.2': 'there' }), { ...toFar, to: '10.5.0.2' }],
])('%s at %s', (reason, where, topology, request) => {
  const { hops } = followPacket(topology, request);
  const lost = hops.flatMap((hop) => (hop.type === 'lost' && hop.leg === 'there' ? [{ reason: hop.reason, where: hop.where }] : []));
  expect(lost[0]).toEqual({ reason, where });
  if (reason !== 'tunnel loop') expect(lost).toHaveLength(1);
});

test('a tunnel that still knows the MAC of a machine’s former device', () => {
  const cluster = testCluster({ pods: [1, 1], podNetwork: 'vxlan' });
  const stale = withNamespace(cluster, 'node1', ({ devices }) => ({
    devices: devices.map((device) => {
      if (device.kind !== 'vxlan') return device;
      return { ...device, vxlan: { ...device.vxlan, neighbours: { '10.244.2.0': 'former' }, forwarding: { former: '192.168.1.12' } } };
    }),
  }));
  const followed = followPacket(stale, { kind: 'tcp', from: podName(1, 0), to: podAddress(2, 0), port: 8080 });
  expect(followed.result.outcome).toMatch(/^timeout/u);
  expect(followed.hops.at(-1)).toMatchObject({ type: 'lost', where: 'node2', device: 'flannel.1', reason: 'not for this machine' });
});
