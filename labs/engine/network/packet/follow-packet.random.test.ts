import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import { iptablesOf, smallNetwork } from './testing.ts';
import type { Topology } from './topology.ts';

const address = fc.constantFrom(
  '10.1.0.1',
  '10.1.0.11',
  '10.1.0.12',
  '10.1.0.99',
  '192.0.2.1',
  '192.0.2.9',
  '192.0.2.99',
  '127.0.0.1',
  '8.8.8.8',
  '224.0.0.1',
  'nonsense',
);
const from = fc.constantFrom('one', 'two', 'node', 'far', 'nowhere');
const port = fc.constantFrom(22, 53, 80, 443);
const request: fc.Arbitrary<PacketRequest> = fc.oneof(
  fc.record({ kind: fc.constant('tcp' as const), from, to: address, port }),
  fc.record({ kind: fc.constant('udp' as const), from, to: address, port }),
  fc.record({
    kind: fc.constant('ping' as const),
    from,
    to: address,
    ttl: fc.integer({ min: 0, max: 4 }),
    dataBytes: fc.integer({ min: 0, max: 9000 }),
    mayFragment: fc.boolean(),
  }),
);

const match = fc.constantFrom(
  '',
  '-p tcp ',
  '! -p udp ',
  '-s 10.1.0.0/24 ',
  '-d 192.0.2.0/24 ',
  '-m conntrack --ctstate NEW ',
  '-m conntrack --ctstate RELATED,ESTABLISHED ',
  '-m mark --mark 0x1/0x1 ',
  '-m statistic --mode random --probability 0.5 ',
);
const chain = fc.constantFrom('PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING', 'A', 'B');
const line = (targets: readonly string[]) =>
  fc.tuple(chain, match, fc.constantFrom(...targets)).map(([name, matches, target]) => `-A ${name} ${matches}${target}`);
const common = ['-j A', '-g B', '-j RETURN', '-j ACCEPT', '-j MARK --set-xmark 0x1/0x1'];
const rules = fc.record({
  filter: fc.array(line([...common, '-j DROP', '-j REJECT', '-j REJECT --reject-with tcp-reset']), { maxLength: 6 }),
  nat: fc.array(line([...common, '-j DNAT --to-destination 10.1.0.12:80', '-j SNAT --to-source 192.0.2.1', '-j MASQUERADE --random-fully']), { maxLength: 6 }),
});

function changed(topology: Topology, filtersBridged: boolean): Topology {
  const node = topology.namespaces.node!;
  return { namespaces: { ...topology.namespaces, node: { ...node, sysctls: { ...node.sysctls, filtersBridged } } } };
}

test('whatever the rules and the request, the path ends, is plain data and the same again', () => {
  fc.assert(
    fc.property(rules, request, fc.boolean(), fc.boolean(), (written, asked, coldArp, filtersBridged) => {
      const topology = changed(smallNetwork(iptablesOf(written)), filtersBridged);
      const followed = followPacket(topology, asked, { coldArp });
      expect(followed.isCutOff).toBe(false);
      expect(JSON.parse(JSON.stringify(followed))).toEqual(followed);
      expect(followPacket(topology, asked, { coldArp })).toEqual(followed);
      for (const hop of followed.hops) if (hop.type === 'packet') expect([hop.ttl >= 0, hop.len > 0, hop.len <= 9028]).toEqual([true, true, true]);
    }),
    { numRuns: 400 },
  );
});

test('cold or warm caches change what is asked for, never where packets go', () => {
  fc.assert(
    fc.property(rules, request, (written, asked) => {
      const topology = smallNetwork(iptablesOf(written));
      const [warm, cold] = [false, true].map((coldArp) => followPacket(topology, asked, { coldArp }));
      expect(cold!.result).toEqual(warm!.result);
      expect(cold!.conntrack).toEqual(warm!.conntrack);
    }),
    { numRuns: 200 },
  );
});

test('a bridge whose ports are one cable is cut off', () => {
  const topology = smallNetwork('');
  const node = topology.namespaces.node!;
  const loop = ['x', 'y'].map((name, index) => ({
    kind: 'veth' as const,
    name,
    mac: name,
    mtuBytes: 1500,
    addresses: [],
    bridge: 'bridge',
    peer: { namespace: 'node', device: ['y', 'x'][index]! },
  }));
  const storm = { namespaces: { ...topology.namespaces, node: { ...node, devices: [...node.devices, ...loop] } } };
  expect(followPacket(storm, { kind: 'tcp', from: 'one', to: '10.1.0.99', port: 80 }).isCutOff).toBe(true);
});

test('a tunnel that leads into itself ends', () => {
  const topology = smallNetwork('');
  const node = topology.namespaces.node!;
  const vxlan = { vni: 1, local: '10.5.0.1', port: 8472, neighbours: { '10.5.0.2': 'there' }, forwarding: { there: '10.5.0.2' } };
  const devices = [
    ...node.devices,
    { kind: 'vxlan' as const, name: 'overlay', mac: 'here', mtuBytes: 9000, addresses: [{ address: '10.5.0.1', prefixLength: 24 }], vxlan },
  ];
  const routes = [...node.routes, { to: '10.5.0.0/24', device: 'overlay' }];
  const endless = { namespaces: { ...topology.namespaces, node: { ...node, devices, routes } } };
  expect(followPacket(endless, { kind: 'tcp', from: 'one', to: '10.5.0.2', port: 80 }).result.outcome).toBe('timeout (no answer within 0.8 s)');
});
