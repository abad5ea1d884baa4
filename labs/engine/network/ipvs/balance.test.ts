import { describe, expect, test } from 'vitest';
import type { ClusterNetwork, NetworkSettings } from '../cluster-network/cluster-network.ts';
import { clusterTopology } from '../cluster-network/cluster-topology.ts';
import { exampleNetwork, examplePod, exampleService, withSettings } from '../cluster-network/testing.ts';
import type { ProxiedService } from '../kube-proxy/proxy-input.ts';
import { followPacket, type PacketRequest } from '../packet/follow-packet.ts';
import type { FollowedPacket, Hop, IpvsHop } from '../packet/hops.ts';
import type { FollowOptions } from '../packet/run.ts';
import type { Topology } from '../packet/topology.ts';

const [cluster, local, empty, sticky, inside] = ['10.96.10.10', '10.96.10.11', '10.96.10.12', '10.96.10.13', '10.96.10.14'];
const ipvs = (settings: Partial<NetworkSettings> = {}, network?: ClusterNetwork): Topology =>
  clusterTopology(withSettings({ proxyMode: 'ipvs', ...settings }, network));
const standard = ipvs();

const tcp = (from: string, to: string, port = 80): PacketRequest => ({ kind: 'tcp', from, to, port });
const ping = (from: string, to: string): PacketRequest => ({ kind: 'ping', from, to });

const isBalancing = (hop: Hop): hop is IpvsHop => hop.type === 'ipvs';
const balancing = ({ hops }: FollowedPacket): readonly IpvsHop[] => hops.filter((hop) => isBalancing(hop));

/** `backend sees address`, or the outcome. */
function inWords({ result: { outcome, reply } }: FollowedPacket): string {
  const [, backend, sees] = /backend=(\S+) sees=([\d.]+)/u.exec(reply ?? '') ?? [];
  return backend === undefined ? outcome.replace(/ \(.*/u, '') : `${backend} sees ${sees ?? ''}`;
}

/** Several requests one after the other, each with what the one before left. */
function inTurn(topology: Topology, requests: readonly PacketRequest[], options: FollowOptions = {}): readonly FollowedPacket[] {
  let { namespaces } = topology;
  return requests.map((request) => {
    const followed = followPacket({ namespaces }, request, options);
    namespaces = Object.fromEntries(Object.entries(namespaces).map(([name, each]) => [name, { ...each, remembered: followed.remembered[name] ?? {} }]));
    return followed;
  });
}

describe('who gets a first connection, and whom it sees', () => {
  const table: readonly (readonly [string, PacketRequest, string])[] = [
    ['a pod, its neighbour on the same bridge', tcp('default/a1', cluster), 'default/a2 sees 10.244.1.5'],
    ['a pod, a pod of the other node', tcp('default/b1', cluster), 'default/a2 sees 10.244.2.5'],
    ['a pod that gets itself sees its bridge', tcp('default/a2', cluster), 'default/a2 sees 10.244.1.1'],
    ['a program of the node: its own address would be that of the Service', tcp('node1', cluster), 'default/a2 sees 10.244.1.1'],
    ['a program of the node, a pod elsewhere', tcp('node2', cluster), 'default/a2 sees 192.168.1.12'],
    ['a program of the node, a program of the node', tcp('node1', '10.96.0.1', 443), 'node1 sees 192.168.1.11'],
    ['a pod, a program of its node', tcp('default/a1', '10.96.0.1', 443), 'node1 sees 10.244.1.5'],
    ['a pod, a program of the other node', tcp('default/b1', '10.96.0.1', 443), 'node1 sees 192.168.1.12'],
    ['UDP', { kind: 'udp', from: 'default/a1', to: '10.96.0.10', port: 53 }, 'kube-system/dns1 sees 10.244.1.5'],
    ['from outside to a node port: masqueraded', tcp('client', '192.168.1.12', 30_080), 'default/a2 sees 192.168.1.12'],
    ['from outside to a Local node port: the caller stays visible', tcp('client', '192.168.1.12', 30_081), 'default/b2 sees 192.168.1.50'],
    [
      'a Local node port without an endpoint here is sent on; the pod network masquerades',
      tcp('client', '192.168.1.11', 30_081),
      'default/b2 sees 192.168.1.11',
    ],
    ['a node’s own node port', tcp('node1', '192.168.1.11', 30_080), 'default/a2 sees 10.244.1.1'],
    ['a node port at the address of the bridge', tcp('default/a1', '10.244.1.1', 30_080), 'default/a2 sees 10.244.1.1'],
    ['no node port at 127.0.0.1', tcp('node1', '127.0.0.1', 30_080), 'ECONNREFUSED'],
    ['a Local policy inside: the endpoint of the own node', tcp('default/b1', inside), 'default/b2 sees 10.244.2.5'],
    ['a Local policy inside without one: refused', tcp('default/a1', inside), 'ECONNREFUSED'],
    ['no endpoints: refused', tcp('default/a1', empty), 'ECONNREFUSED'],
    ['no endpoints behind a node port: refused', tcp('client', '192.168.1.11', 30_082), 'ECONNREFUSED'],
    ['no endpoints, asked by the node: refused', tcp('node1', empty), 'ECONNREFUSED'],
    ['another port of a Service’s address', tcp('default/a1', cluster, 22), 'ECONNREFUSED'],
    ['a port that a program of the node has: it is not served at a Service’s address', tcp('default/a1', cluster, 6443), 'ECONNREFUSED'],
    ['the cluster IP of a Service with a Local policy for outside', tcp('default/a1', local), 'default/b2 sees 10.244.1.5'],
  ];
  test.each(table)('%s', (_, request, expected) => {
    const followed = followPacket(standard, request);
    expect(inWords(followed)).toBe(expected);
    expect(followed.isCutOff).toBe(false);
  });
});

describe('what the hops tell', () => {
  test('there at INPUT, back at FORWARD; the client never sees the pod’s address', () => {
    const followed = followPacket(standard, tcp('default/a1', cluster));
    const short = balancing(followed).map(({ where, hook, leg, because, chose, virtualServer, scheduler }) => [
      where,
      hook,
      leg,
      because,
      chose,
      virtualServer,
      scheduler,
    ]);
    const rest = ['10.244.1.6:8080', '10.96.10.10:80/TCP', 'rr'];
    expect(short).toEqual([
      ['node1', 'INPUT', 'there', 'turn', ...rest],
      ['node1', 'FORWARD', 'back', 'reply', ...rest],
    ]);
    const arrived = followed.hops.findLast((hop) => hop.type === 'arrived');
    expect(arrived).toMatchObject({ where: 'default/a1', packet: { src: '10.96.10.10:80' } });
  });

  test('what is sent on passes OUTPUT and POSTROUTING with one hop less to live, never FORWARD', () => {
    const { hops } = followPacket(standard, tcp('default/b1', cluster));
    const there = hops.flatMap((hop) =>
      hop.type === 'netfilter' && hop.where === 'node2' && hop.leg === 'there' ? [[hop.hook, hop.packet.dst, hop.packet.ttl]] : [],
    );
    expect(there).toEqual([
      ['PREROUTING', '10.96.10.10:80', 64],
      ['INPUT', '10.96.10.10:80', 64],
      ['OUTPUT', '10.244.1.6:8080', 63],
      ['POSTROUTING', '10.244.1.6:8080', 63],
    ]);
  });

  test('a node’s own packet is taken between nat and filter: filters see only what it becomes', () => {
    const { hops } = followPacket(standard, tcp('node1', cluster));
    const visits = hops.flatMap((hop) => (hop.type === 'netfilter' && hop.hook === 'OUTPUT' && hop.leg === 'there' ? [hop] : []));
    const tables = visits.map(({ packet, rules }) => [packet.dst, [...new Set(rules.map(({ table }) => table))]]);
    expect(tables).toEqual([
      ['10.96.10.10:80', ['nat']],
      ['10.244.1.6:8080', ['filter']],
    ]);
  });

  test('without a destination the kernel itself refuses: no rule does', () => {
    const { hops } = followPacket(standard, tcp('default/a1', empty));
    expect(balancing({ hops } as FollowedPacket)).toMatchObject([{ because: 'no destination', where: 'node1' }]);
    expect(balancing({ hops } as FollowedPacket)[0]).not.toHaveProperty('after');
    expect(hops.filter((hop) => hop.type === 'lost')).toMatchObject([{ reason: 'no destination' }]);
    expect(hops.find((hop) => hop.type === 'packet' && hop.leg === 'error')).toMatchObject({ icmp: 'port-unreachable', src: empty });
  });

  test('without tells there is nothing of it', () => {
    expect(balancing(followPacket(standard, tcp('default/a1', cluster), { tells: false }))).toEqual([]);
  });

  test('connection tracking keeps one conversation: asked for the Service, answered by the pod', () => {
    const { conntrack } = followPacket(standard, tcp('default/b1', cluster));
    expect(conntrack.node2).toMatchObject([
      { state: 'ESTABLISHED', original: '10.244.2.5:40003 -> 10.96.10.10:80', replyExpected: '10.244.1.6:8080 -> 10.244.2.5:40003', flags: ['ASSURED'] },
    ]);
    const masked = followPacket(standard, tcp('client', '192.168.1.12', 30_080)).conntrack.node2;
    expect(masked).toMatchObject([
      { original: '192.168.1.50:40003 -> 192.168.1.12:30080', replyExpected: expect.stringMatching(/^10\.244\.1\.6:8080 -> 192\.168\.1\.12:\d+$/u) as string },
    ]);
  });
});

test.each([
  ['default/a1', cluster],
  ['node1', cluster],
  ['default/b1', '10.96.0.1'],
])('%s pings %s: the address is on the node, but rules refuse what is no port of a Service', (from, to) => {
  const { result, hops } = followPacket(standard, ping(from, to));
  expect(result.outcome).toContain(`From ${to} icmp_seq=1 Destination Port Unreachable`);
  const rejected = hops.find((hop) => hop.type === 'netfilter' && hop.verdict === 'reject');
  expect(rejected).toMatchObject({ hook: 'INPUT' });
  expect(rejected?.type === 'netfilter' && rejected.rules.at(-1)?.chain).toBe('KUBE-IPVS-FILTER');
});

describe('turns and persistence', () => {
  test('the first connection gets the first destination, the next the next, on each node for itself', () => {
    const from = [...Array<string>(4).fill('default/a1'), 'default/b1'];
    const words = inTurn(
      standard,
      from.map((each) => tcp(each, '10.96.10.15')),
    ).map((each) => inWords(each).split(' ')[0]);
    expect(words).toEqual(['default/a1', 'default/a2', 'default/b2', 'default/a1', 'default/a1']);
  });

  test('each Service has its own turns', () => {
    const words = inTurn(standard, [tcp('default/a1', cluster), tcp('default/a1', '10.96.10.15'), tcp('default/a1', cluster)]).map(
      (each) => inWords(each).split(' ')[0],
    );
    expect(words).toEqual(['default/a2', 'default/a1', 'default/b2']);
  });

  test('a client with affinity keeps its destination, the others take turns', () => {
    const from = ['default/a1', 'default/a1', 'default/a2', 'default/a1', 'default/a2'];
    const all = inTurn(
      standard,
      from.map((each) => tcp(each, sticky)),
    );
    expect(all.map((each) => inWords(each).split(' ')[0])).toEqual(['default/a2', 'default/a2', 'default/b2', 'default/a2', 'default/b2']);
    expect(all.map((each) => balancing(each)[0]?.because)).toEqual(['turn', 'persistence', 'turn', 'persistence', 'persistence']);
  });

  test('a client whose destination is gone gets another', () => {
    const [first] = inTurn(standard, [tcp('default/a1', sticky)]);
    const { service, slice } = exampleService({ name: 'sticky', clusterIP: sticky, endpoints: ['10.244.2.6'], spec: { sessionAffinity: 'ClientIP' } });
    const later = ipvs({}, { ...exampleNetwork, services: [service], endpointSlices: [slice] });
    const node1 = later.namespaces.node1;
    if (!node1) throw new Error('no node1');
    const namespaces = { ...later.namespaces, node1: { ...node1, remembered: first?.remembered.node1 ?? {} } };
    expect(inWords(followPacket({ namespaces }, tcp('default/a1', sticky)))).toBe('default/b2 sees 10.244.1.5');
  });

  test('turns are no chance: neither seed nor wish changes them', () => {
    const all = [0, 1, 2, 3].map((seed) => inWords(followPacket(standard, tcp('default/a1', cluster), { seed, backends: ['10.244.2.6'] })));
    expect(new Set(all)).toEqual(new Set(['default/a2 sees 10.244.1.5']));
  });
});

describe('a load balancer’s address', () => {
  const address = '203.0.113.100';
  function balancer(spec: Partial<ProxiedService['spec']>): Topology {
    const { service, slice } = exampleService({
      name: 'shop',
      clusterIP: '10.96.10.20',
      endpoints: ['10.244.1.6', '10.244.2.6'],
      spec: { type: 'LoadBalancer', ...spec },
    });
    const served: ProxiedService = { ...service, status: { loadBalancer: { ingress: [{ ip: address }] } } };
    const changes: ClusterNetwork['changes'] = [{ kind: 'route added', host: 'client', to: `${address}/32`, via: '192.168.1.11' }];
    return ipvs({}, { ...exampleNetwork, services: [served], endpointSlices: [slice], changes });
  }

  test.each([
    ['everybody may use it', {}, 'default/a2 sees 10.244.1.1'],
    ['a Local policy keeps the caller visible', { externalTrafficPolicy: 'Local' as const }, 'default/a2 sees 192.168.1.50'],
    ['the caller is in the ranges', { loadBalancerSourceRanges: ['192.168.1.0/24'] }, 'default/a2 sees 10.244.1.1'],
    ['the caller is not in the ranges', { loadBalancerSourceRanges: ['198.51.100.0/24'] }, 'timeout'],
  ])('%s', (_, spec, expected) => {
    expect(inWords(followPacket(balancer(spec), tcp('client', address)))).toBe(expected);
  });

  test('who is kept out is dropped by the chain of the ranges', () => {
    const { hops } = followPacket(balancer({ loadBalancerSourceRanges: ['198.51.100.0/24'] }), tcp('client', address));
    expect(hops.find((hop) => hop.type === 'lost')).toMatchObject({ reason: 'rule dropped', where: 'node1' });
    expect(hops.findLast((hop) => hop.type === 'netfilter')?.rules.at(-1)).toMatchObject({ chain: 'KUBE-SOURCE-RANGES-FIREWALL', verdict: 'DROP' });
  });

  test('a pod gets there without leaving its node', () => {
    expect(inWords(followPacket(balancer({}), tcp('default/a1', address)))).toBe('default/a2 sees 10.244.1.1');
  });
});

describe('what can go wrong', () => {
  const without = (name: string): ClusterNetwork => ({
    ...exampleNetwork,
    pods: exampleNetwork.pods.map((pod) => (pod.name === name ? { ...pod, listeners: [] } : pod)),
  });

  test('an answer that stays on the bridge is translated only if the bridge shows it to the rules', () => {
    const off = followPacket(ipvs({ bridgeNetfilter: false }), tcp('default/a1', cluster));
    expect(inWords(off)).toBe('timeout');
    expect(off.hops.find((hop) => hop.type === 'lost')).toMatchObject({ reason: 'not expected', where: 'default/a1' });
  });

  test('a pod that does not listen resets, and the reset seems to come from the Service', () => {
    const { result, hops } = followPacket(ipvs({}, without('a2')), tcp('default/a1', cluster));
    expect(result.outcome).toBe('ECONNREFUSED');
    expect(hops.findLast((hop) => hop.type === 'arrived')).toMatchObject({ where: 'default/a1', packet: { src: '10.96.10.10:80', flags: 'ACK+RST' } });
  });

  test.each(['default/a1', 'default/b1', 'node1', 'node2'])('an error about a datagram names the Service to %s', (from) => {
    const { result, hops } = followPacket(ipvs({}, without('dns1')), { kind: 'udp', from, to: '10.96.0.10', port: 53 });
    expect(result.outcome).toBe('ECONNREFUSED');
    const arrived = hops.findLast((hop) => hop.type === 'arrived');
    expect(arrived).toMatchObject({ where: from, packet: { src: '10.96.0.10', icmp: 'port-unreachable', about: { dst: '10.96.0.10', dport: 53 } } });
  });

  test('a destination that is no longer there: nobody answers for its address, and the caller hears that', () => {
    const network: ClusterNetwork = { ...exampleNetwork, changes: [{ kind: 'pod gone', pod: 'default/a2' }] };
    const { result, hops } = followPacket(ipvs({}, network), tcp('default/a1', cluster));
    expect(result.outcome).toBe('EHOSTUNREACH');
    expect(hops.find((hop) => hop.type === 'lost')).toMatchObject({ reason: 'no neighbour', where: 'node1' });
  });

  test('what is longer than the way to the destination takes is refused in the Service’s name', () => {
    const network: ClusterNetwork = { ...exampleNetwork, pods: [...exampleNetwork.pods, examplePod('big', [2, 9])] };
    const topology = ipvs({ podNetwork: 'vxlan', podMtuBytes: 1500 }, network);
    const { hops, result } = followPacket(topology, { kind: 'udp', from: 'default/big', to: '10.96.0.10', port: 53, dataBytes: 1460 });
    expect(result.outcome).toBe('EMSGSIZE');
    expect(hops.find((hop) => hop.type === 'lost')).toMatchObject({ reason: 'too big', where: 'node2', packet: { dst: '10.96.0.10:53' } });
    expect(hops.find((hop) => hop.type === 'packet' && hop.leg === 'error')).toMatchObject({ icmp: 'frag-needed', mtu: 1450 });
  });

  test('a stopped kube-proxy keeps its servers: new endpoints are not called', () => {
    const stopped: ClusterNetwork = {
      ...exampleNetwork,
      changes: [{ kind: 'proxy stopped', node: 'node1', services: exampleNetwork.services, endpointSlices: [] }],
    };
    expect(inWords(followPacket(ipvs({}, stopped), tcp('default/a1', cluster)))).toBe('ECONNREFUSED');
    expect(inWords(followPacket(ipvs({}, stopped), tcp('default/b1', cluster)))).toBe('default/a2 sees 10.244.2.5');
  });
});

test('all callers reach all Services in both kinds of pod network, and no answer shows where it came from', () => {
  let answered = 0;
  for (const podNetwork of ['host-gw', 'vxlan'] as const) {
    const topology = ipvs({ podNetwork });
    for (const from of ['default/a1', 'default/a2', 'default/b1', 'node1', 'node2', 'client']) {
      const [address, port] = from === 'client' ? ['192.168.1.11', 30_080] : [cluster, 80];
      for (const followed of inTurn(topology, Array<PacketRequest>(4).fill(tcp(from, address, port)))) {
        expect(followed.result.outcome, from).toBe('connected');
        expect(followed.hops.findLast((hop) => hop.type === 'arrived')).toMatchObject({ where: from, packet: { src: `${address}:${port}` } });
        answered += 1;
      }
    }
  }
  expect(answered).toBe(48);
});
