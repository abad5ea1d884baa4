import { describe, expect, test } from 'vitest';
import { runHook } from '../engine/network/packet/netfilter.ts';
import { chancesOf, connect, packetOf } from './connect.ts';
import { firstBackends, proxyInputs } from './cluster.ts';
import { exampleInput, node } from './testing.ts';
import { namespacesOf, openingAt } from './world.ts';

type Example = Parameters<typeof exampleInput>[0];

function worldOf(example: Example, at = 0) {
  const input = exampleInput(example);
  const deciding = { input, pods: firstBackends(input), proxy: input.cluster.proxy };
  const namespace = namespacesOf(deciding, proxyInputs(deciding))[at];
  if (!namespace) throw new Error('no rules');
  return { namespace, opening: openingAt(deciding, at) };
}

const always = () => true;

describe.each(['iptables', 'nftables'] as const)('%s', (proxy) => {
  test.each([1, 2, 3, 6, 18])('%i pods have the same chance, by following every way through the rules', (count) => {
    const nodes = [node('node-1', Math.min(6, count)), node('node-2', Math.min(6, Math.max(0, count - 6))), node('node-3', Math.max(0, count - 12))];
    const { namespace, opening } = worldOf({ proxy, nodes });
    const chances = Object.values(chancesOf(namespace, opening).byAddress);
    expect(chances).toHaveLength(count);
    for (const chance of chances) expect(chance).toBeCloseTo(1 / count, 8);
  });

  test('later packets of a connection follow its conntrack entry, whatever chance would say now', () => {
    const { namespace, opening } = worldOf({ proxy });
    const memory = { table: [], remembered: new Map<string, Set<string>>() };
    const shared = { namespace, memory, mark: 0, in: 'cni0' };
    const first = runHook({ ...shared, hook: 'PREROUTING', packet: packetOf(opening), tracked: undefined, out: undefined, chooses: () => true });
    runHook({ ...shared, hook: 'POSTROUTING', packet: first.packet, tracked: first.tracked, in: undefined, out: 'eth0', chooses: () => true });
    const again = runHook({
      ...shared,
      hook: 'PREROUTING',
      packet: { ...packetOf(opening), flags: 'ACK' },
      tracked: undefined,
      out: undefined,
      chooses: () => {
        throw new Error('no rule is asked');
      },
    });
    expect(again.packet.destination).toBe(first.packet.destination);
    expect(first.packet.destination).not.toBe(opening.destination);
  });

  test('a client is remembered for 10,800 s from its last connection, and not a millisecond longer', () => {
    const { namespace, opening } = worldOf({ proxy, spec: { sessionAffinity: 'ClientIP' } });
    const memory = {};
    const at = (nowMs: number, falls: boolean) => connect(namespace, opening, { memory, affinityMs: 10_800_000, nowMs, draw: () => falls });
    const first = at(0, true);
    expect(at(1, false)).toEqual({ ...first, isRemembered: true });
    expect(at(10_800_000, false)).toEqual({ ...first, isRemembered: true });
    const later = at(21_600_000, false);
    expect(later).toMatchObject({ isRemembered: false });
    expect(later).not.toMatchObject({ address: first.kind === 'pod' ? first.address : '' });
  });

  test('another address is not remembered', () => {
    const { namespace, opening } = worldOf({ proxy, spec: { sessionAffinity: 'ClientIP' } });
    const moment = { memory: {}, affinityMs: 10_800_000, nowMs: 0, draw: always };
    connect(namespace, opening, moment);
    expect(connect(namespace, { ...opening, source: '10.244.1.77' }, moment)).toMatchObject({ isRemembered: false });
  });

  test.each([
    ['no pod at all', { nodes: [node('node-1', 0)] }, 'refused'],
    ['no ready pod', { nodes: [node('node-1', 2, { notReady: 2 })] }, 'refused'],
    ['internalTrafficPolicy Local without a pod here', { nodes: [node('node-1', 0), node('node-2', 1)], spec: { internalTrafficPolicy: 'Local' } }, 'dropped'],
    [
      'externalTrafficPolicy Local without a pod here',
      { nodes: [node('node-1', 0), node('node-2', 1)], spec: { type: 'NodePort', externalTrafficPolicy: 'Local' }, traffic: { from: 'internet' } },
      'dropped',
    ],
  ] as const)('%s', (_, example, kind) => {
    const { namespace, opening } = worldOf({ proxy, ...example });
    expect(connect(namespace, opening, { memory: {}, affinityMs: 0, nowMs: 0, draw: always })).toEqual({ kind });
    expect(chancesOf(namespace, opening)).toEqual({ byAddress: {}, lost: kind });
  });

  test('PreferSameNode goes to the node, else to its zone, else to all', () => {
    const nodes = [node('node-1', 2, { zone: 'zone-a' }), node('node-2', 1, { zone: 'zone-b' }), node('node-3', 0, { zone: 'zone-b' })];
    const spec = { trafficDistribution: 'PreferSameNode' };
    const count = (example: Example, at: number): number => {
      const { namespace, opening } = worldOf({ proxy, spec, ...example }, at);
      return Object.keys(chancesOf(namespace, opening).byAddress).length;
    };
    expect([0, 1, 2].map((at) => count({ nodes }, at))).toEqual([2, 1, 1]);
    expect(count({ nodes: nodes.map((each) => ({ ...each, zone: `zone-of-${each.name}` })) }, 2)).toBe(3);
  });
});

test('both modes make the same choices from the same draws', () => {
  const [iptables, nftables] = [worldOf({ proxy: 'iptables' }), worldOf({ proxy: 'nftables' })];
  for (let pattern = 0; pattern < 8; pattern += 1) {
    const arrivals = [iptables, nftables].map(({ namespace, opening }) => {
      let draws = 0;
      const draw = (share: number): boolean => share >= 1 || ((pattern >> draws++) & 1) === 1;
      return connect(namespace, opening, { memory: {}, affinityMs: 0, nowMs: 0, draw });
    });
    expect(arrivals[0]).toEqual(arrivals[1]);
  }
});
