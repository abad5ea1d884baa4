import { describe, expect, test } from 'vitest';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import type { FollowedPacket, Hop } from './hops.ts';
import { nodeAddress, podAddress, podName, service, testCluster, type ClusterShape } from './testing-cluster.ts';
import type { Topology } from './topology.ts';

const toService: PacketRequest = { kind: 'tcp', from: podName(1, 0), to: service.address, port: service.port };
const twoNodes: ClusterShape = { pods: [1, 1], podNetwork: 'host-gw' };
const [here, there] = [podAddress(1, 0), podAddress(2, 0)];

const lostOf = ({ hops }: FollowedPacket) =>
  hops.flatMap((hop) => (hop.type === 'lost' ? [`${hop.leg} ${hop.where}${hop.device === undefined ? '' : ` ${hop.device}`}: ${hop.reason}`] : []));
const arrivedOf = ({ hops }: FollowedPacket) =>
  hops.flatMap((hop) =>
    hop.type === 'arrived' ? [`${hop.leg} ${hop.where} ${hop.program} ${hop.packet.flags ?? hop.packet.icmp ?? ''} from ${hop.packet.src}`] : [],
  );
const last = (hops: readonly Hop[], type: Hop['type']) => hops.findLast((hop) => hop.type === type);
const timeout = 'timeout (no answer within 0.8 s)';

interface Case {
  readonly shape: ClusterShape;
  readonly request?: PacketRequest;
  readonly backend?: string;
  readonly outcome: string;
  readonly lost: readonly string[];
  readonly arrived?: readonly string[];
}

test.each<[string, Case]>([
  [
    'a node without the route to the other node’s pods says so, in the name of the Service (nf_nat_icmp_reply_translation)',
    {
      shape: { ...twoNodes, removedRoutes: ['10.244.2.0/24', '0.0.0.0/0'].map((to) => ({ at: 'node1', to })) },
      backend: there,
      outcome: 'ENETUNREACH',
      lost: ['there node1 cni0: no route'],
      arrived: [`error ${podName(1, 0)} client net-unreachable from ${service.address}`],
    },
  ],
  [
    'without the route but with a default route the packet leaves the cluster',
    {
      shape: { ...twoNodes, removedRoutes: [{ at: 'node1', to: '10.244.2.0/24' }] },
      backend: there,
      outcome: timeout,
      lost: ['there client eth0: left the cluster'],
    },
  ],
  [
    'a way there but none back: the request arrives, the answer is lost',
    {
      shape: { ...twoNodes, removedRoutes: ['10.244.1.0/24', '0.0.0.0/0'].map((to) => ({ at: 'node2', to })) },
      backend: there,
      outcome: timeout,
      lost: ['back node2 cni0: no route', `error ${podName(2, 0)}: not expected`],
      arrived: [`there ${podName(2, 0)} server SYN from ${here}:40003`],
    },
  ],
  [
    'an answer that goes past the machine that translated: the client knows nobody of that address',
    {
      shape: { ...twoNodes, masquerades: false },
      request: { kind: 'tcp', from: 'client', to: nodeAddress(1), port: service.nodePort },
      backend: there,
      outcome: timeout,
      // Node 1, through which the client sends, has never seen that conversation.
      lost: ['back client: not expected', 'error node1: invalid conntrack'],
      arrived: [`there ${podName(2, 0)} server SYN from 192.168.1.50:40003`],
    },
  ],
  [
    'a reset that goes past the machine that translated is nobody’s, so that the client goes on waiting',
    {
      shape: { ...twoNodes, masquerades: false, podPort: 9090 },
      request: { kind: 'tcp', from: 'client', to: nodeAddress(1), port: service.nodePort },
      backend: there,
      outcome: timeout,
      lost: [`there ${podName(2, 0)}: nobody listens`, 'error client: not expected'],
    },
  ],
  [
    'an answer that a third machine sees without the question is invalid there',
    {
      shape: {
        pods: [1, 1, 0],
        podNetwork: 'host-gw',
        routes: [{ at: 'node2', to: `${here}/32`, via: nodeAddress(3), device: 'eth0' }],
      },
      backend: there,
      outcome: timeout,
      lost: ['back node3: invalid conntrack'],
    },
  ],
  [
    'a pod that is chosen by itself without hairpin mode',
    { shape: { pods: [1], podNetwork: 'host-gw', hairpin: false }, outcome: timeout, lost: [`there node1 veth-${podName(1, 0)}: hairpin off`], arrived: [] },
  ],
  [
    'a wrong targetPort: the pod’s reset comes from the Service',
    {
      shape: { ...twoNodes, podPort: 9090 },
      backend: there,
      outcome: 'ECONNREFUSED',
      lost: [`there ${podName(2, 0)}: nobody listens`],
      arrived: [`error ${podName(1, 0)} client ACK+RST from ${service.address}:80`],
    },
  ],
  [
    'a Service without endpoints is rejected at once',
    {
      shape: { pods: [0, 0], podNetwork: 'host-gw' },
      request: { kind: 'tcp', from: 'client', to: service.address, port: service.port },
      outcome: 'ECONNREFUSED',
      lost: ['there node1: rule rejected'],
      arrived: ['error client client port-unreachable from 192.168.1.11'],
    },
  ],
  [
    'no endpoint on this node: dropped in silence',
    {
      shape: { ...twoNodes, rules: { filter: ['-A FORWARD -d 10.244.2.5/32 -j DROP'] } },
      backend: there,
      outcome: timeout,
      lost: ['there node1: rule dropped'],
      arrived: [],
    },
  ],
  [
    'a rejection by reset after a translation is translated back',
    {
      shape: { ...twoNodes, rules: { filter: ['-A FORWARD -p tcp -d 10.244.2.5/32 -j REJECT --reject-with tcp-reset'] } },
      backend: there,
      outcome: 'ECONNREFUSED',
      lost: ['there node1: rule rejected'],
      arrived: [`error ${podName(1, 0)} client ACK+RST from ${service.address}:80`],
    },
  ],
  [
    'a Service that sends to a pod of the same node that is gone: the node says so, in its name',
    {
      shape: { pods: [1], podNetwork: 'host-gw', rules: { nat: ['-A PREROUTING -d 10.96.0.10/32 -p tcp -j DNAT --to-destination 10.244.1.99:8080'] } },
      outcome: 'EHOSTUNREACH',
      lost: ['there node1 cni0: no neighbour'],
      arrived: [`error ${podName(1, 0)} client host-unreachable from ${service.address}`],
    },
  ],
  [
    'two nodes that send a packet to each other: its time runs out',
    {
      shape: {
        ...twoNodes,
        routes: [
          { at: 'node1', to: '10.244.9.0/24', via: nodeAddress(2), device: 'eth0' },
          { at: 'node2', to: '10.244.9.0/24', via: nodeAddress(1), device: 'eth0' },
        ],
      },
      request: { kind: 'ping', from: podName(1, 0), to: '10.244.9.9', ttl: 5 },
      outcome: `From 10.244.1.1 icmp_seq=1 Time to live exceeded; 1 packets transmitted, 0 received, +1 errors, 100% packet loss`,
      lost: ['there node1 eth0: ttl exceeded'],
    },
  ],
])('%s', (_, { shape, request = toService, backend, outcome, lost, arrived }) => {
  const followed = followPacket(testCluster(shape), request, backend === undefined ? {} : { backends: [backend] });
  expect(followed.result.outcome).toBe(outcome);
  expect(lostOf(followed)).toEqual(lost);
  if (arrived) expect(arrivedOf(followed)).toEqual(arrived);
  expect(followed.isCutOff).toBe(false);
});

describe('a packet that is too long for the next network', () => {
  const cluster = (podMtuBytes: number): Topology => testCluster({ pods: [1, 1], podNetwork: 'vxlan', podMtuBytes });
  const ping = (mayFragment: boolean, dataBytes: number): PacketRequest => ({ kind: 'ping', from: podName(1, 0), to: there, mayFragment, dataBytes });

  test('with DF the node says how much fits', () => {
    const followed = followPacket(cluster(1500), ping(false, 1472));
    expect(followed.result.outcome).toContain('Frag needed and DF set (mtu = 1450)');
    expect(lostOf(followed)).toEqual(['there node1 flannel.1: too big']);
    expect(last(followed.hops, 'arrived')).toMatchObject({ leg: 'error', program: 'client', packet: { icmp: 'frag-needed', mtu: 1450 } });
  });

  test('without DF the node cuts it up, and nothing is lost', () => {
    const followed = followPacket(cluster(1500), ping(true, 1472));
    expect(followed.result.outcome).toContain('1 received');
    expect(lostOf(followed)).toEqual([]);
    expect(followed.hops.some((hop) => hop.type === 'packet' && hop.where === 'node1/flannel.1' && hop.frag?.offset === 1424)).toBe(true);
  });

  test('a pod with the right MTU does not send it at all', () => {
    const followed = followPacket(cluster(1450), ping(false, 1472));
    expect(lostOf(followed)).toEqual([`there ${podName(1, 0)} eth0: too big`]);
    expect(followed.hops.some(({ type }) => type === 'packet')).toBe(false);
  });

  test('a datagram is cut up by the pod itself', () => {
    const followed = followPacket(cluster(1450), { kind: 'udp', from: podName(1, 0), to: there, port: 53, dataBytes: 3000 });
    expect(followed.result.outcome).toBe('answered');
    expect(followed.hops.flatMap((hop) => (hop.type === 'packet' && hop.where === `${podName(1, 0)}/eth0` && hop.leg === 'there' ? [hop.len] : []))).toEqual([
      1444, 1444, 180,
    ]);
  });

  test('a datagram that fits the pod but not the tunnel comes back as EMSGSIZE', () => {
    const followed = followPacket(cluster(1500), { kind: 'udp', from: podName(1, 0), to: there, port: 53, dataBytes: 1460 });
    expect(followed.result.outcome).toBe('EMSGSIZE');
  });
});

test('a program that has no route gets no further than connect()', () => {
  const followed = followPacket(testCluster({ ...twoNodes, removedRoutes: [{ at: 'node1', to: '0.0.0.0/0' }] }), { ...toService, from: 'node1' });
  expect(followed.result.outcome).toBe('ENETUNREACH');
  expect(followed.hops.map(({ type }) => type)).toEqual(['route', 'lost']);
  expect(followed.hops[0]).toMatchObject({ for: 'output', decision: { kind: 'none' }, tried: [{ to: '10.244.1.0/24', matched: false }, {}, {}] });
});
