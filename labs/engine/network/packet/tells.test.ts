import { describe, expect, test } from 'vitest';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import type { FollowedPacket, Hop, NetfilterHop } from './hops.ts';
import type { TriedRule } from './rules.ts';
import { iptablesOf, smallNetwork } from './testing.ts';
import { podAddress, podName, service, testCluster } from './testing-cluster.ts';
import type { Topology } from './topology.ts';

const toService: PacketRequest = { kind: 'tcp', from: podName(1, 0), to: service.address, port: service.port };
const cluster = testCluster({ pods: [2, 1], podNetwork: 'vxlan' });
const [, neighbour, far] = [podAddress(1, 0), podAddress(1, 1), podAddress(2, 0)];
const visitOf = ({ hops }: FollowedPacket, where: string, hook: string, leg = 'there') =>
  hops.find((hop): hop is NetfilterHop => hop.type === 'netfilter' && hop.where === where && hop.hook === hook && hop.leg === leg)!;
const told = (rules: readonly TriedRule[] = []) =>
  rules.map(({ chain, matched, failed }) => `${chain} ${failed ? `${failed.match} saw ${failed.saw}` : matched}`);

describe('the visit that translates', () => {
  const visit = visitOf(followPacket(cluster, toService, { backends: [far] }), 'node1', 'PREROUTING');

  test('every rule that was looked at is told, with the reason of those that did not match', () => {
    expect(told(visit.tried)).toEqual([
      'PREROUTING true',
      'SERVICES true',
      'SVC ! -s 10.244.0.0/16 saw 10.244.1.5',
      expect.stringMatching(/^SVC --probability 0\.33333333333 saw 0\.\d{11}$/u),
      expect.stringMatching(/^SVC --probability 0\.50000000000 saw 0\.\d{11}$/u),
      'SVC true',
      `SEP-${far} -s ${far}/32 saw 10.244.1.5`,
      `SEP-${far} true`,
    ]);
  });

  test('draws stand at the rules that drew, on the side of their bound that was taken', () => {
    const draws = visit.tried?.flatMap(({ draw }) => draw ?? []) ?? [];
    expect(draws.map(({ below }) => below)).toEqual([1 / 3, 0.5]);
    for (const { drawn, below } of draws) expect(drawn).toBeGreaterThanOrEqual(below);
  });

  test('the rule that decided says what it gave the conversation, and the packet after it shows that', () => {
    expect(visit.tried?.at(-1)).toMatchObject({ verdict: 'ACCEPT', rewrote: { destination: `${far}:8080` } });
    expect([visit.packet.dst, visit.after?.dst, visit.verdict]).toEqual([`${service.address}:80`, `${far}:8080`, 'accept']);
  });

  test('the conversation begins here and is entered when the packet leaves', () => {
    expect(visit.tracking).toMatchObject({ state: 'NEW', direction: 'original', isNew: true, isEntered: false });
    expect(visit.tracking?.entry?.replyExpected).toBe(`${far}:8080 -> 10.244.1.5:40003`);
    const leaving = visitOf(followPacket(cluster, toService, { backends: [far] }), 'node1', 'POSTROUTING');
    expect(leaving.tracking).toMatchObject({ state: 'NEW', isNew: false, isEntered: true });
  });

  test('marks are told where they change', () => {
    const { tried = [] } = visitOf(followPacket(cluster, { ...toService, from: 'client' }, { backends: [far] }), 'node1', 'PREROUTING');
    expect(tried.flatMap(({ mark }) => mark ?? [])).toEqual([{ before: 0, after: 0x4000 }]);
  });

  test('masquerading tells the address and port', () => {
    const { tried = [], after } = visitOf(followPacket(cluster, { ...toService, from: 'client' }, { backends: [far] }), 'node1', 'POSTROUTING');
    expect(tried.at(-1)?.rewrote).toEqual({ source: after?.src });
    expect(after?.src).toMatch(/^10\.244\.1\.0:\d+$/u);
  });
});

test('the answer is translated back without a rule, by its conversation', () => {
  const followed = followPacket(cluster, toService, { backends: [neighbour] });
  const back = visitOf(followed, 'node1', 'POSTROUTING', 'back');
  expect([back.rules, back.tried]).toEqual([[], []]);
  expect(back.tracking).toMatchObject({ state: 'ESTABLISHED', direction: 'reply', isNew: false });
  expect([back.packet.src, back.after?.src]).toEqual([`${neighbour}:8080`, `${service.address}:80`]);
});

test('routes are told up to the one that is taken, the longest prefix first', () => {
  const { hops } = followPacket(cluster, toService, { backends: [far] });
  const routes = hops.flatMap((hop) =>
    hop.type === 'route' && hop.leg === 'there' ? [`${hop.where} ${hop.for} ${hop.destination} ${hop.decision.device ?? hop.decision.kind}`] : [],
  );
  expect(routes).toEqual([
    `${podName(1, 0)} output ${service.address} eth0`,
    `node1 forward ${far} flannel.1`,
    'node1 output 192.168.1.12 eth0',
    'node2 input 192.168.1.12 local',
    `node2 forward ${far} cni0`,
    `${podName(2, 0)} input ${far} local`,
  ]);
  const forward = hops.find((hop) => hop.type === 'route' && hop.where === 'node1' && hop.for === 'forward') as Hop & { readonly type: 'route' };
  expect(forward.tried.map(({ to, matched }) => `${to} ${matched}`)).toEqual(['10.244.1.0/24 false', '192.168.1.0/24 false', '10.244.2.0/24 true']);
});

test('the outer packet of a tunnel is told as a conversation of its own', () => {
  const { hops } = followPacket(cluster, toService, { backends: [far] });
  const outer = hops.filter((hop): hop is NetfilterHop => hop.type === 'netfilter' && hop.where === 'node1' && hop.packet.encapsulation !== undefined);
  expect(outer.map(({ hook, isTunnel, tracking, leg }) => [leg, hook, isTunnel, tracking?.isNew, tracking?.isEntered])).toEqual([
    ['there', 'OUTPUT', undefined, true, false],
    ['there', 'POSTROUTING', true, false, true],
    ['back', 'PREROUTING', undefined, true, false],
    ['back', 'INPUT', undefined, false, true],
  ]);
});

describe('what is remembered', () => {
  const rules = iptablesOf({
    filter: ['-A FORWARD -s 10.1.0.0/24 -m recent --rcheck --name seen --rsource -j DROP', '-A FORWARD -s 10.1.0.0/24 -m recent --set --name seen --rsource'],
  });
  const ask: PacketRequest = { kind: 'udp', from: 'one', to: '192.0.2.9', port: 53 };

  test('a list that the request filled can be given to the next one', () => {
    const first = followPacket(smallNetwork(rules), ask);
    expect(first.remembered).toEqual({ node: { seen: ['10.1.0.11'] } });
    const { namespaces } = smallNetwork(rules);
    const next: Topology = { namespaces: { ...namespaces, node: { ...namespaces.node!, remembered: first.remembered.node! } } };
    const second = followPacket(next, ask);
    expect(second.hops.find(({ type }) => type === 'lost')).toMatchObject({ reason: 'rule dropped' });
  });

  test('lists of machines that no packet passed stay as they were', () => {
    const { namespaces } = smallNetwork('');
    const topology: Topology = { namespaces: { ...namespaces, far: { ...namespaces.far!, remembered: { old: ['10.0.0.1'] } } } };
    expect(followPacket(topology, { ...ask, to: '10.1.0.12' }).remembered).toEqual({ far: { old: ['10.0.0.1'] } });
  });
});

test('connections of one seed choose independently, and the same one the same again', () => {
  const backendOf = (connection: number) => followPacket(cluster, toService, { seed: 7, connection, tells: false }).result.reply ?? '';
  const chosen = Array.from({ length: 600 }, (_, connection) => backendOf(connection).split(' ')[0]);
  const counts = [...new Set(chosen)].map((backend) => chosen.filter((each) => each === backend).length);
  expect(counts).toHaveLength(3);
  // 200 each; five standard deviations of 600 draws at 1/3 are 58.
  for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(58);
  expect(backendOf(3)).toBe(backendOf(3));
});

test('a backend that is wanted of another Service leaves this one to chance', () => {
  const chosen = Array.from(
    { length: 60 },
    (_, connection) => followPacket(cluster, toService, { connection, backends: ['10.9.9.9'], tells: false }).result.reply,
  );
  expect(new Set(chosen.map((reply) => reply?.split(' ')[0])).size).toBe(3);
});
