import { describe, expect, test } from 'vitest';
import type { Pod, Service } from '../../api/types.ts';
import { decideEndpoints } from '../endpoint-slices.ts';
import { followPacket, type PacketRequest } from '../packet/follow-packet.ts';
import type { ProxiedService, ProxiedSlice } from '../kube-proxy/proxy-input.ts';
import { deviceOf, type NetworkNamespace } from '../packet/topology.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import type { ClusterNetwork, NetworkSettings } from './cluster-network.ts';
import { builtNetwork, clusterTopology } from './cluster-topology.ts';
import { exampleNetwork, exampleNode, examplePod, withSettings } from './testing.ts';

const pod = 'default/a1';
const backends = ['10.244.2.6'];

/** How a request ends; `to` is `address:port` of TCP, or an address to ping. */
function outcome(network: ClusterNetwork, from: string, to: string): string {
  const [address = '', port] = to.split(':');
  const request: PacketRequest = port === undefined ? { kind: 'ping', from, to: address } : { kind: 'tcp', from, to: address, port: Number(port) };
  const { result, isCutOff } = followPacket(clusterTopology(network), request, { backends });
  expect(isCutOff).toBe(false);
  return `${result.outcome.replace(/ \(.*/u, '')} ${/sees=([\d.]+)/u.exec(result.reply ?? '')?.[1] ?? ''}`.trim();
}

function namespaceOf(network: ClusterNetwork, name: string): NetworkNamespace {
  const found = clusterTopology(network).namespaces[name];
  if (!found) throw new Error(`no namespace ${name}`);
  return found;
}

describe('settings and what they make of requests', () => {
  /** Pod to pod of the other node; to a ClusterIP; to itself through a Service; the client to a node port; the node to its own 127.0.0.1; out. */
  const all = (settings: Partial<NetworkSettings>) => {
    const network = withSettings(settings);
    return [
      outcome(network, pod, '10.244.2.6:8080'),
      outcome(network, pod, '10.96.10.10:80'),
      outcome(network, 'default/b2', '10.96.10.10:80'),
      outcome(network, 'client', '192.168.1.11:30080'),
      outcome(network, 'node1', '127.0.0.1:30080'),
      outcome(network, pod, '203.0.113.10:80'),
    ];
  };
  const fine = ['connected 10.244.1.5', 'connected 10.244.1.5', 'connected 10.244.2.1'];
  const out = 'connected 192.168.1.11';
  const table: readonly (readonly [string, Partial<NetworkSettings>, readonly string[]])[] = [
    ['routes, iptables', {}, [...fine, out, out, out]],
    ['routes, nftables: no node port at 127.0.0.1', { proxyMode: 'nftables' }, [...fine, out, 'ECONNREFUSED', out]],
    ['tunnel, iptables', { podNetwork: 'vxlan' }, [...fine, 'connected 10.244.1.0', 'connected 10.244.1.0', out]],
    ['tunnel, nftables', { podNetwork: 'vxlan', proxyMode: 'nftables' }, [...fine, 'connected 10.244.1.0', 'ECONNREFUSED', out]],
    ['no hairpin', { hairpin: false }, [...fine.slice(0, 2), 'timeout', out, out, out]],
    // It takes an answer that stays on one bridge to fail, and these all pass the machine itself.
    ['no rules on the bridge', { bridgeNetfilter: false }, [...fine, out, out, out]],
    // Sources differ: the first destination in turn is on the caller’s own node. Node ports are not served at 127.0.0.1.
    ['ipvs', { proxyMode: 'ipvs' }, ['connected 10.244.1.5', 'connected 10.244.1.5', 'connected 10.244.2.6', 'connected 10.244.1.1', 'ECONNREFUSED', out]],
  ];
  test.each(table)('%s', (_, settings, expected) => {
    expect(all(settings)).toEqual(expected);
  });

  test.each([
    [{}, 1500, 1500],
    [{ lanMtuBytes: 9000 }, 9000, 9000],
    [{ podNetwork: 'vxlan' as const }, 1450, 1450],
    [{ podNetwork: 'vxlan' as const, lanMtuBytes: 9000 }, 8950, 8950],
    [{ podNetwork: 'vxlan' as const, podMtuBytes: 1500 }, 1500, 1450],
  ])('%j: pods carry %i bytes, what joins the nodes %i', (settings, ofPods, ofNodes) => {
    const network = withSettings(settings);
    const node = namespaceOf(network, 'node1');
    const mtu = (namespace: NetworkNamespace, device: string) => deviceOf(namespace, device)?.mtuBytes;
    expect([mtu(namespaceOf(network, pod), 'eth0'), mtu(node, 'cni0'), mtu(node, 'veth-a1')]).toEqual([ofPods, ofPods, ofPods]);
    expect(mtu(node, 'flannel.1') ?? mtu(node, 'eth0')).toBe(ofNodes);
    expect(mtu(node, 'eth0')).toBe(network.settings.lanMtuBytes);
  });
});

test.each([
  ['iptables' as const, true],
  ['nftables' as const, false],
  ['ipvs' as const, false],
])('in mode %s 127.0.0.0/8 may leave lo: %s', (proxyMode, isAllowed) => {
  expect(namespaceOf(withSettings({ proxyMode }), 'node1').sysctls.routesLocalnet).toBe(isAllowed);
});

describe('names and places', () => {
  test('a device says what is at its other end, as far as the kernel’s 15 characters go', () => {
    const long = 'web-6d4b75cb6d-abcde';
    const network: ClusterNetwork = {
      ...exampleNetwork,
      pods: [examplePod('web', [1, 5]), examplePod('web', [1, 6], { namespace: 'shop' }), examplePod(long, [1, 7])],
    };
    const names = namespaceOf(network, 'node1').devices.map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['lo', 'eth0', 'cni0', 'veth-web']);
    expect(names.slice(4)).toEqual([expect.stringMatching(/^veth[\da-f]{8}$/u), expect.stringMatching(/^veth[\da-f]{8}$/u)]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('a pod in its node’s network has none of its own, and its program listens on the node', () => {
    const host = examplePod('agent', [2, 0], { address: '192.168.1.12', hostNetwork: true, listeners: [{ protocol: 'tcp', port: 9100 }] });
    const network: ClusterNetwork = { ...exampleNetwork, pods: [...exampleNetwork.pods, host] };
    expect(builtNetwork(network).refused).toEqual([]);
    expect(clusterTopology(network).namespaces['default/agent']).toBeUndefined();
    expect(outcome(network, pod, '192.168.1.12:9100')).toBe('connected 192.168.1.11');
  });

  test('one node without pods, and none at all', () => {
    const alone: ClusterNetwork = { ...exampleNetwork, nodes: [exampleNode(1)], pods: [], services: [], endpointSlices: [], outside: [] };
    expect(builtNetwork(alone).refused).toEqual([]);
    expect(Object.keys(clusterTopology(alone).namespaces)).toEqual(['lan', 'router', 'internet', 'node1']);
    // Nobody is there, but packets leave the cluster as they would.
    expect(outcome(alone, 'node1', '8.8.8.8:53')).toBe('timeout');
    expect(Object.keys(clusterTopology({ ...alone, nodes: [] }).namespaces)).toEqual(['lan', 'router', 'internet']);
  });

  test('machines of the internet in one block and in several reach the cluster and each other', () => {
    const host = (name: string, address: string) => ({ name, address, on: 'internet' as const, listeners: [{ protocol: 'tcp' as const, port: 80 }] });
    const network: ClusterNetwork = { ...exampleNetwork, outside: [host('one', '203.0.113.1'), host('two', '203.0.113.2'), host('far', '198.51.100.7')] };
    expect(builtNetwork(network).refused).toEqual([]);
    for (const { name } of network.outside) expect(outcome(network, name, '192.168.1.11:30080'), name).toBe('connected 192.168.1.11');
    for (const { address } of network.outside) expect(outcome(network, pod, `${address}:80`), address).toBe('connected 192.168.1.11');
    expect(outcome(network, 'one', '203.0.113.2:80')).toBe('connected 203.0.113.1');
    expect(outcome(network, 'far', '203.0.113.2:80')).toBe('connected 198.51.100.7');
  });
});

test('slices as the controller makes them, with a port by name, lead to the same pods', () => {
  const labels = { app: 'cart' };
  const service: Service & ProxiedService = {
    metadata: { name: 'cart', namespace: 'default' },
    spec: { clusterIP: '10.96.20.1', selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'web' }] },
  };
  const containers = [{ name: 'cart', ports: [{ name: 'web', containerPort: 8080 }] }];
  const status = { podIP: '10.244.2.6', conditions: [{ type: 'Ready', status: 'True' }] };
  const ready: Pod = { metadata: { name: 'b2', namespace: 'default', labels }, spec: { nodeName: 'node2', containers }, status };
  const endpointSlices: readonly ProxiedSlice[] = decideEndpoints(service, [ready]).slices;
  const network: ClusterNetwork = { ...exampleNetwork, services: [service], endpointSlices };
  expect(outcome(network, pod, '10.96.20.1:80')).toBe('connected 10.244.1.5');
  // Who counts as local is read off `nodeName`.
  const local: ClusterNetwork = { ...network, services: [{ ...service, spec: { ...service.spec, internalTrafficPolicy: 'Local' } }] };
  expect(outcome(local, pod, '10.96.20.1:80')).toBe('timeout');
  expect(outcome(local, 'default/b1', '10.96.20.1:80')).toBe('connected 10.244.2.5');
});

describe('policies', () => {
  const policy: NetworkPolicy = {
    metadata: { name: 'only-b1', namespace: 'default' },
    spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [{ podSelector: { matchLabels: { name: 'b1' } } }] }] },
  };
  const labelled = exampleNetwork.pods.map((each) => ({ ...each, labels: { name: each.name, ...(each.name.endsWith('2') && { app: 'web' }) } }));
  const network: ClusterNetwork = { ...exampleNetwork, pods: labelled, policies: [policy] };

  test.each(['iptables', 'nftables'] as const)('drop in front of kube-proxy’s rules of %s', (proxyMode) => {
    const guarded = withSettings({ proxyMode }, network);
    const direct = '10.244.2.6:8080';
    const names = ['default/b1', 'default/a1', 'client', 'node2'];
    expect(names.map((name) => outcome(name === 'client' ? withWay(guarded) : guarded, name, direct))).toEqual([
      'connected 10.244.2.5',
      'ECONNREFUSED',
      'ECONNREFUSED',
      'connected 10.244.2.1',
    ]);
    expect(['default/b1', 'default/a1'].map((name) => outcome(guarded, name, '10.96.10.10:80'))).toEqual(['connected 10.244.2.5', 'ECONNREFUSED']);
    const [first, last] = [0, -1].map((place) => namespaceOf(guarded, 'node2').rules?.iptables?.filter?.FORWARD?.rules.at(place)?.text);
    expect([first, last]).toEqual([expect.stringContaining('KUBE-ROUTER-FORWARD'), expect.stringContaining('comply to network policies')]);
  });

  const withWay = (to: ClusterNetwork): ClusterNetwork => ({
    ...to,
    changes: [{ kind: 'route added', host: 'client', to: '10.244.2.0/24', via: '192.168.1.12' }],
  });

  test('are not enforced between pods of one bridge whose frames no rule sees', () => {
    const bare: ClusterNetwork = { ...network, changes: [{ kind: 'bridge netfilter off', node: 'node1' }] };
    expect(outcome(network, 'default/a1', '10.244.1.6:8080')).toBe('ECONNREFUSED');
    expect(outcome(bare, 'default/a1', '10.244.1.6:8080')).toBe('connected 10.244.1.5');
  });

  test('without any, nothing of them stands in the rules', () => {
    expect(JSON.stringify(namespaceOf(exampleNetwork, 'node1').rules)).not.toContain('KUBE-ROUTER');
  });
});
