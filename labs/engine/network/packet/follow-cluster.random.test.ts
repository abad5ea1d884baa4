import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import type { FollowedPacket, Hop, NetfilterHop } from './hops.ts';
import type { FollowOptions } from './run.ts';
import { nodeAddress, podAddress, podName, service, testCluster, type ClusterShape } from './testing-cluster.ts';
import type { Topology } from './topology.ts';

const seed = 20_261_121;
const runs = (numRuns: number) => ({ numRuns, seed });

const sound: fc.Arbitrary<ClusterShape> = fc.record({
  pods: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
  podNetwork: fc.constantFrom('host-gw', 'vxlan'),
});

const match = fc.constantFrom(
  '',
  '-p tcp ',
  '-p udp ',
  '-s 10.244.1.0/24 ',
  '! -d 10.96.0.0/16 ',
  '-m conntrack --ctstate NEW ',
  '-m mark --mark 0x4000/0x4000 ',
  '-m statistic --mode random --probability 0.5 ',
);
const written = (targets: readonly string[], chains: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...chains, 'A', 'B'), match, fc.constantFrom(...targets, '-j A', '-g B', '-j RETURN', '-j ACCEPT'))
    .map(([chain, matches, target]) => `-A ${chain} ${matches}${target}`);
const rules = fc.record({
  filter: fc.array(written(['-j DROP', '-j REJECT', '-j REJECT --reject-with tcp-reset'], ['INPUT', 'FORWARD', 'OUTPUT']), { maxLength: 5 }),
  nat: fc.array(
    written(
      ['-j DNAT --to-destination 10.244.1.5:8080', '-j SNAT --to-source 192.168.1.11', '-j MASQUERADE', '-j MARK --set-xmark 0x4000/0x4000'],
      ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
    ),
    { maxLength: 5 },
  ),
});
const route = fc.record({
  at: fc.constantFrom('node1', 'node2', 'node3', 'client'),
  to: fc.constantFrom('10.244.1.0/24', '10.244.2.0/25', '10.244.3.5/32', '10.96.0.0/12', '0.0.0.0/0'),
  via: fc.constantFrom(nodeAddress(1), nodeAddress(2), nodeAddress(3), '192.168.1.50', '192.168.1.99'),
  device: fc.constant('eth0'),
});
const broken: fc.Arbitrary<ClusterShape> = fc.record({
  pods: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
  podNetwork: fc.constantFrom('host-gw', 'vxlan'),
  hairpin: fc.boolean(),
  filtersBridged: fc.boolean(),
  masquerades: fc.boolean(),
  podPort: fc.constantFrom(8080, 9090),
  podMtuBytes: fc.constantFrom(1450, 1500),
  rules,
  routes: fc.array(route, { maxLength: 4 }),
  removedRoutes: fc.array(fc.record({ at: fc.constantFrom('node1', 'node2'), to: fc.constantFrom('10.244.1.0/24', '10.244.2.0/24') }), { maxLength: 2 }),
});

/** Who asks whom: names and addresses that the cluster need not have. */
const asked: fc.Arbitrary<PacketRequest> = fc
  .record({
    from: fc.constantFrom('client', 'node1', 'node2', podName(1, 0), podName(1, 1), podName(2, 0), podName(3, 4)),
    to: fc.constantFrom(service.address, podAddress(1, 0), podAddress(1, 1), podAddress(2, 0), podAddress(3, 4), nodeAddress(1), nodeAddress(2), '8.8.8.8'),
    kind: fc.constantFrom('tcp' as const, 'udp' as const, 'ping' as const),
    port: fc.constantFrom(service.port, service.nodePort, 8080, 53),
    dataBytes: fc.constantFrom(56, 1460, 4000),
    ttl: fc.constantFrom(1, 2, 3, 64),
    mayFragment: fc.boolean(),
  })
  .map(({ kind, port, ttl, mayFragment, dataBytes, ...ends }) => {
    if (kind === 'ping') return { kind, ttl, mayFragment, dataBytes, ...ends };
    return kind === 'udp' ? { kind, port, dataBytes, ...ends } : { kind, port, ...ends };
  });

const toService: fc.Arbitrary<Pick<PacketRequest, 'from'>> = fc.record({
  from: fc.constantFrom('client', 'node1', podName(1, 0), podName(1, 3), podName(2, 0), podName(3, 1)),
});

const isOf = <Type extends Hop['type']>(hop: Hop, type: Type): hop is Extract<Hop, { readonly type: Type }> => hop.type === type;
const hopsOf = <Type extends Hop['type']>({ hops }: FollowedPacket, type: Type) =>
  hops.filter((hop): hop is Extract<Hop, { readonly type: Type }> => isOf(hop, type));
const toldOf = (hops: readonly NetfilterHop[]) => hops.flatMap(({ tried = [] }) => tried);

describe('whatever the cluster, its rules, its routes and the request', () => {
  const all = (numRuns: number, check: (topology: Topology, request: PacketRequest, options: FollowOptions) => void) => {
    fc.assert(
      fc.property(broken, asked, fc.nat({ max: 50 }), fc.boolean(), (shape, request, connection, coldArp) => {
        check(testCluster(shape), request, { connection, coldArp });
      }),
      runs(numRuns),
    );
  };

  test('a packet ends, is told to have arrived or to be lost, and its telling is plain data', () => {
    all(500, (topology, request, options) => {
      const followed = followPacket(topology, request, options);
      expect(followed.isCutOff).toBe(false);
      expect(JSON.parse(JSON.stringify(followed))).toEqual(followed);
      if (!(request.from in topology.namespaces)) return;
      expect(followed.hops.some(({ type }) => type === 'arrived' || type === 'lost')).toBe(true);
      const isSilent = followed.result.outcome.startsWith('timeout') || followed.result.outcome.endsWith(' 0 received, 100% packet loss');
      if (isSilent) expect(hopsOf(followed, 'lost').length, JSON.stringify(followed.result)).toBeGreaterThan(0);
    });
  });

  test('not telling changes nothing but the telling', () => {
    all(200, (topology, request, options) => {
      const told = followPacket(topology, request, options);
      const silent = followPacket(topology, request, { ...options, tells: false });
      expect([silent.result, silent.conntrack, silent.remembered]).toEqual([told.result, told.conntrack, told.remembered]);
      const framesOf = (followed: FollowedPacket) => [...hopsOf(followed, 'packet'), ...hopsOf(followed, 'arp')];
      expect(framesOf(silent)).toEqual(framesOf(told));
      const rulesOf = (followed: FollowedPacket) =>
        hopsOf(followed, 'netfilter').flatMap(({ where, hook, rules: matched, isTunnel }) =>
          matched.length > 0 && !isTunnel ? [{ where, hook, matched }] : [],
        );
      expect(rulesOf(silent)).toEqual(rulesOf(told));
      expect(silent.hops.every((hop) => ['packet', 'arp', 'netfilter'].includes(hop.type) && !('tried' in hop))).toBe(true);
    });
  });

  test('rules are tried in the order in which they stand, each chain after the jump to it, each table at its hooks', () => {
    all(300, (topology, request, options) => {
      for (const hop of hopsOf(followPacket(topology, request, options), 'netfilter')) expectWalk(topology, hop);
    });
  });

  test('a rule that matched says what it did, one that did not says why, and draws agree', () => {
    all(200, (topology, request, options) => {
      for (const rule of toldOf(hopsOf(followPacket(topology, request, options), 'netfilter'))) {
        expect([rule.verdict !== undefined, rule.failed === undefined]).toEqual([rule.matched, rule.matched]);
        if (rule.draw) expect(rule.draw.drawn < rule.draw.below).toBe(rule.matched);
        if (rule.failed) expect(rule.text).toContain(rule.failed.match.startsWith('--probability') ? '--probability' : rule.failed.match.replace(/^! /u, ''));
      }
    });
  });

  test('where a hook changed a packet, connection tracking knows the conversation', () => {
    all(200, (topology, request, options) => {
      for (const { packet, after, tracking, isTunnel } of hopsOf(followPacket(topology, request, options), 'netfilter')) {
        if (after && !isTunnel && (after.src !== packet.src || after.dst !== packet.dst)) expect(tracking?.entry).toBeDefined();
        if (tracking?.isEntered) expect(tracking.entry).toBeDefined();
      }
    });
  });
});

/** Replays the walk through the chains of each table. */
function expectWalk({ namespaces }: Topology, { where, hook, tried = [], tracking }: NetfilterHop): void {
  const tables = namespaces[where]?.rules?.iptables ?? {};
  const order = ['raw', 'mangle', ...(hook === 'PREROUTING' || hook === 'OUTPUT' ? ['nat', 'filter'] : ['filter', 'nat'])];
  expect([...new Set(tried.map(({ table }) => table))].map((table) => order.indexOf(table))).toEqual(
    [...new Set(tried.map(({ table }) => table))].map((table) => order.indexOf(table)).toSorted((one, other) => one - other),
  );
  if (hook === 'FORWARD') expect(tried.some(({ table }) => table === 'nat')).toBe(false);
  if (tracking?.state === 'ESTABLISHED' || tracking?.state === 'INVALID') expect(tried.some(({ table }) => table === 'nat')).toBe(false);
  for (const table of new Set(tried.map((rule) => rule.table))) {
    const stack: { readonly chain: string; next: number }[] = [{ chain: hook, next: 0 }];
    for (const rule of tried.filter((each) => each.table === table)) {
      const rulesOf = (chain: string) => tables[table]?.[chain]?.rules ?? [];
      while (stack.length > 1 && stack.at(-1)!.next >= rulesOf(stack.at(-1)!.chain).length) stack.pop();
      const here = stack.at(-1)!;
      if (rule.verdict?.startsWith('POLICY')) {
        expect([rule.chain, here.next >= rulesOf(here.chain).length]).toEqual([hook, true]);
        continue;
      }
      expect(rule.chain).toBe(here.chain);
      expect(rule.text).toBe(rulesOf(here.chain)[here.next]?.text);
      here.next += 1;
      const [verb, chain = ''] = rule.verdict?.split(' ') ?? [];
      if (verb === 'GOTO') stack.pop();
      if (verb === 'JUMP' || verb === 'GOTO') stack.push({ chain, next: 0 });
      if (verb === 'RETURN') stack.pop();
      if (stack.length === 0) stack.push({ chain: hook, next: Number.POSITIVE_INFINITY });
    }
  }
}

describe('in a cluster in which nothing is broken', () => {
  const each = (check: (followed: FollowedPacket, shape: ClusterShape, request: PacketRequest & { readonly kind: 'tcp' }) => void) => {
    fc.assert(
      fc.property(sound, toService, fc.nat({ max: 50 }), (shape, { from }, connection) => {
        const topology = testCluster(shape);
        fc.pre(from in topology.namespaces && shape.pods.some((count) => count > 0));
        const request = { kind: 'tcp' as const, from, to: service.address, port: service.port };
        check(followPacket(topology, request, { connection }), shape, request);
      }),
      runs(300),
    );
  };

  test('NAT is undone on the way back: every answer that reaches the client comes from where it called', () => {
    each((followed, _, request) => {
      expect(followed.result.outcome).toBe('connected');
      const answers = hopsOf(followed, 'packet').filter(({ where, dir, leg }) => where === `${request.from}/eth0` && dir === 'in' && leg === 'back');
      if (!request.from.startsWith('node')) expect(answers.map(({ src }) => src)).toEqual([`${service.address}:${service.port}`]);
      expect(hopsOf(followed, 'arrived').at(-1)).toMatchObject({ leg: 'back', program: 'client', packet: { src: `${service.address}:${service.port}` } });
    });
  });

  test('an answer finds its conversation on every machine that saw the question, and nothing is lost', () => {
    each((followed) => {
      for (const hop of hopsOf(followed, 'netfilter').filter(({ leg, packet }) => leg === 'back' && !packet.encapsulation)) {
        expect(hop.tracking).toMatchObject({ state: 'ESTABLISHED', direction: 'reply', isNew: false, isEntered: false });
      }
      expect(hopsOf(followed, 'lost')).toEqual([]);
    });
  });

  test('each machine begins a conversation once and enters it once', () => {
    each((followed) => {
      const visits = hopsOf(followed, 'netfilter').filter(({ packet }) => !packet.encapsulation);
      for (const where of new Set(visits.map((visit) => visit.where))) {
        const of = (key: 'isNew' | 'isEntered') => visits.filter((visit) => visit.where === where && visit.tracking?.[key]).length;
        expect([of('isNew'), of('isEntered')]).toEqual([1, 1]);
      }
    });
  });

  test('a wanted backend is chosen, and the draws that are shown lead there', () => {
    fc.assert(
      fc.property(sound, fc.nat(), (shape, pick) => {
        const all = shape.pods.flatMap((count, index) => Array.from({ length: count }, (_, pod) => podAddress(index + 1, pod)));
        fc.pre(all.length > 0);
        const wanted = all[pick % all.length]!;
        const request = { kind: 'tcp' as const, from: 'client', to: service.address, port: service.port };
        const followed = followPacket(testCluster(shape), request, { backends: [wanted] });
        expect(followed.result.reply).toContain(`at=${wanted}:8080`);
        for (const rule of toldOf(hopsOf(followed, 'netfilter'))) if (rule.draw) expect(rule.draw.drawn < rule.draw.below).toBe(rule.matched);
      }),
      runs(150),
    );
  });
});
