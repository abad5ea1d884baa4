import { describe, expect, test } from 'vitest';
import type { ClusterNetwork, NetworkChange, NetworkNode, NetworkPod, NetworkSettings, OutsideHost } from './cluster-network.ts';
import { builtNetwork } from './cluster-topology.ts';
import { networkBounds } from './network-plan.ts';
import { exampleNetwork, exampleNode, examplePod, withSettings } from './testing.ts';

const refusedOf = (network: ClusterNetwork) => builtNetwork(network).refused;
const withNode = (node: Partial<NetworkNode>): ClusterNetwork => ({ ...exampleNetwork, nodes: [...exampleNetwork.nodes, { ...exampleNode(3), ...node }] });
const withPod = (pod: Partial<NetworkPod>): ClusterNetwork => ({ ...exampleNetwork, pods: [...exampleNetwork.pods, { ...examplePod('c1', [1, 9]), ...pod }] });
const withHost = (host: Partial<OutsideHost>): ClusterNetwork => ({
  ...exampleNetwork,
  outside: [...exampleNetwork.outside, { name: 'new', address: '192.168.1.60', on: 'lan', listeners: [], ...host }],
});
const withChange = (change: NetworkChange): ClusterNetwork => ({ ...exampleNetwork, changes: [change] });

describe('what does not fit is left out and named; the rest stands', () => {
  const table: readonly (readonly [string, ClusterNetwork, RegExp])[] = [
    ['a node’s name twice', withNode({ name: 'node1' }), /^node node1: there is another machine/u],
    ['a node called like a part of the network', withNode({ name: 'router' }), /^node router: this name stands for/u],
    ['a name with a stroke', withNode({ name: 'a/b' }), /^node a\/b: its name/u],
    ['a node’s address twice', withNode({ address: '192.168.1.11' }), /another machine has the address 192\.168\.1\.11/u],
    ['a node elsewhere', withNode({ address: '10.0.0.1' }), /none of the nodes’ network 192\.168\.1\.0\/24/u],
    ['the block’s own address', withNode({ address: '192.168.1.0' }), /none of the nodes’ network/u],
    ['the router’s address', withNode({ address: '192.168.1.1' }), /the router has the address/u],
    ['an address of IPv6', withNode({ address: 'fd00::1' }), /none of the nodes’ network/u],
    ['pods’ blocks that overlap', withNode({ podCidr: '10.244.0.0/22' }), /overlaps that of node1/u],
    ['a pods’ block outside the pods’ addresses', withNode({ podCidr: '10.99.1.0/24' }), /must be an IPv4 block inside 10\.244\.0\.0\/16/u],
    ['a pods’ block that is none', withNode({ podCidr: 'all' }), /must be an IPv4 block inside/u],
    ['a pod on no node', withPod({ node: 'node9' }), /^pod default\/c1: there is no node node9/u],
    ['a pod’s name twice', withPod({ name: 'a1' }), /another pod of this name/u],
    ['a pod’s address twice', withPod({ address: '10.244.1.5' }), /another pod has the address/u],
    ['a pod with another node’s address', withPod({ address: '10.244.2.9' }), /none of its node’s block 10\.244\.1\.0\/24/u],
    ['a pod with the bridge’s address', withPod({ address: '10.244.1.1' }), /the bridge of its node has/u],
    ['a pod in its node’s network with an own address', withPod({ hostNetwork: true }), /so has the address 192\.168\.1\.11/u],
    ['a host called like a node', withHost({ name: 'node1' }), /^machine node1: there is another/u],
    ['a host of the nodes’ network called internet', withHost({ name: 'internet' }), /^machine internet: this name stands for/u],
    ['a host with a node’s address', withHost({ address: '192.168.1.11' }), /another machine has/u],
    ['a host of the internet among the pods', withHost({ on: 'internet', address: '10.244.1.99' }), /too near to the cluster’s own block/u],
    ['a host of the internet without an address', withHost({ on: 'internet', address: 'here' }), /no IPv4 address/u],
    ['a change on no machine', withChange({ kind: 'route removed', host: 'x', to: 'default' }), /^change “route removed”: there is no machine x/u],
    ['a change of no block', withChange({ kind: 'route removed', host: 'node1', to: 'x' }), /x is no IPv4 block/u],
    ['a route that was never there', withChange({ kind: 'route removed', host: 'node1', to: '10.9.0.0/16' }), /node1 has no route to 10\.9\.0\.0\/16/u],
    [
      'a gateway too far away',
      withChange({ kind: 'route added', host: 'node1', to: '10.9.0.0/16', via: '203.0.113.10' }),
      /cannot reach 203\.0\.113\.10 directly/u,
    ],
    ['a gateway that is no address', withChange({ kind: 'route added', host: 'node1', to: '10.9.0.0/16', via: 'node2' }), /cannot reach node2 directly/u],
    ['a route of a machine that has none', withChange({ kind: 'route added', host: 'default/x', to: 'default', via: '10.244.1.1' }), /there is no machine/u],
    ['hairpin of no pod', withChange({ kind: 'hairpin off', pod: 'default/x' }), /there is no pod default\/x/u],
    ['a bridge of no node', withChange({ kind: 'bridge netfilter off', node: 'x' }), /there is no node x/u],
  ];
  test.each(table)('%s', (_, network, message) => {
    const { topology, refused } = builtNetwork(network);
    expect(refused).toEqual([expect.stringMatching(message)]);
    expect(topology).toEqual(builtNetwork(exampleNetwork).topology);
  });

  test('a machine of the internet may have its name', () => {
    expect(refusedOf(withHost({ name: 'internet', on: 'internet', address: '8.8.8.8' }))).toEqual([]);
  });

  test('too many nodes, pods, hosts, Services and changes', () => {
    const many = <Item>(max: number, item: (index: number) => Item) => Array.from({ length: max + 1 }, (_, index) => item(index));
    const { nodesMax, podsMax, outsideMax, servicesMax, changesMax } = networkBounds;
    const network: ClusterNetwork = {
      ...exampleNetwork,
      nodes: many(nodesMax, (index) => exampleNode(index + 1)),
      pods: many(podsMax, (index) => examplePod(`p${index}`, [1, index + 2])),
      outside: many(outsideMax, (index) => ({ name: `h${index}`, address: `192.168.1.${100 + index}`, on: 'lan', listeners: [] })),
      services: many(servicesMax, (index) => ({ metadata: { name: `s${index}` }, spec: { clusterIP: `10.96.1.${index}` } })),
      changes: many(changesMax, () => ({ kind: 'bridge netfilter off', node: 'node1' })),
    };
    expect(refusedOf(network)).toEqual([
      'node node9: at most 8 can be shown',
      'machine h12: at most 12 can be shown',
      'pod default/p40: at most 40 can be shown',
      'Service s60: at most 60 can be shown',
      'change “bridge netfilter off”: at most 40 can be shown',
    ]);
  });
});

describe('settings that allow nothing', () => {
  const table: readonly (readonly [Partial<NetworkSettings>, RegExp])[] = [
    [{ lanCidr: 'x' }, /must all be IPv4 blocks/u],
    [{ clusterCidr: 'fd00::/48' }, /must all be IPv4 blocks/u],
    [{ serviceCidr: '10.244.0.0/16' }, /10\.244\.0\.0\/16 and 10\.244\.0\.0\/16 overlap/u],
    [{ lanCidr: '10.244.3.0/24' }, /overlap/u],
    [{ lanCidr: '192.168.1.0/30' }, /too small/u],
    [{ clusterCidr: '0.0.0.0/1', lanCidr: '192.168.1.0/24', serviceCidr: '130.0.0.0/8' }, /too large/u],
    [{ lanMtuBytes: 67 }, /from 68 to 65535/u],
    [{ lanMtuBytes: 117, podNetwork: 'vxlan' }, /from 118 to 65535/u],
    [{ podMtuBytes: 1.5 }, /MTU of pods/u],
  ];
  test.each(table)('%j', (settings, message) => {
    expect(builtNetwork(withSettings(settings))).toEqual({ topology: { namespaces: {} }, refused: [expect.stringMatching(message)] });
  });
});
