import { describe, expect, test } from 'vitest';
import { followPacket } from '../packet/follow-packet.ts';
import type { ClusterNetwork, NetworkChange } from './cluster-network.ts';
import { builtNetwork } from './cluster-topology.ts';
import { exampleNetwork, examplePod, exampleService, withSettings } from './testing.ts';

/** How a TCP connection ends after the changes; choices fall on b2. */
function outcome(network: ClusterNetwork, from: string, to: string): string {
  const [address = '', port] = to.split(':');
  const { topology, refused } = builtNetwork(network);
  expect(refused).toEqual([]);
  const { result, isCutOff } = followPacket(topology, { kind: 'tcp', from, to: address, port: Number(port) }, { backends: ['10.244.2.6'] });
  expect(isCutOff).toBe(false);
  return result.outcome.replace(/ \(.*/u, '');
}

const changed = (changes: readonly NetworkChange[], network = exampleNetwork): ClusterNetwork => ({ ...network, changes });
const tunnel = withSettings({ podNetwork: 'vxlan' });
const far = ['default/a1', '10.244.2.6:8080'] as const;

describe('changes and what they do', () => {
  const table: readonly (readonly [string, ClusterNetwork, readonly [from: string, to: string], string])[] = [
    ['nothing', exampleNetwork, far, 'connected'],
    // The packet takes the default route, and the router sends it out.
    ['a node loses the route to the other’s pods', changed([{ kind: 'route removed', host: 'node1', to: '10.244.2.0/24' }]), far, 'timeout'],
    ['the answer’s route is lost', changed([{ kind: 'route removed', host: 'node2', to: '10.244.1.0/24' }]), far, 'timeout'],
    [
      'lost and put back',
      changed([
        { kind: 'route removed', host: 'node1', to: '10.244.2.0/24' },
        { kind: 'route added', host: 'node1', to: '10.244.2.0/24', via: '192.168.1.12' },
      ]),
      far,
      'connected',
    ],
    [
      'put back and lost',
      changed([
        { kind: 'route added', host: 'node1', to: '10.244.2.0/24', via: '192.168.1.12' },
        { kind: 'route removed', host: 'node1', to: '10.244.2.0/24' },
      ]),
      far,
      'timeout',
    ],
    // Nobody passes packets on there.
    ['replaced by a wrong one', changed([{ kind: 'route added', host: 'node1', to: '10.244.2.0/24', via: '192.168.1.50' }]), far, 'timeout'],
    ['lost in the tunnel', changed([{ kind: 'route removed', host: 'node1', to: '10.244.2.0/24' }], tunnel), far, 'timeout'],
    [
      'put back into the tunnel',
      changed(
        [
          { kind: 'route removed', host: 'node1', to: '10.244.2.0/24' },
          { kind: 'route added', host: 'node1', to: '10.244.2.0/24', via: '10.244.2.0' },
        ],
        tunnel,
      ),
      far,
      'connected',
    ],
    ['no default route', changed([{ kind: 'route removed', host: 'node1', to: 'default' }]), ['node1', '203.0.113.10:80'], 'ENETUNREACH'],
    [
      'a static route to the Services',
      changed([{ kind: 'route added', host: 'client', to: '10.96.0.0/12', via: '192.168.1.11' }]),
      ['client', '10.96.10.10:80'],
      'connected',
    ],
    ['nobody knows the way to the Services', exampleNetwork, ['client', '10.96.10.10:80'], 'timeout'],
    ['a pod without a default route', changed([{ kind: 'route removed', host: 'default/a1', to: 'default' }]), ['default/a1', '10.96.10.10:80'], 'ENETUNREACH'],
    ['hairpin off for a pod', changed([{ kind: 'hairpin off', pod: 'default/b2' }]), ['default/b2', '10.96.10.10:80'], 'timeout'],
    ['hairpin off for another pod', changed([{ kind: 'hairpin off', pod: 'default/b1' }]), ['default/b2', '10.96.10.10:80'], 'connected'],
    ['no rules on the bridge of the backend’s node', changed([{ kind: 'bridge netfilter off', node: 'node2' }]), ['default/b1', '10.96.10.10:80'], 'timeout'],
    ['no rules on the other bridge', changed([{ kind: 'bridge netfilter off', node: 'node1' }]), ['default/b1', '10.96.10.10:80'], 'connected'],
    // Another node’s kernel asks for its MAC in vain.
    ['the backend is gone, its slice is not', changed([{ kind: 'pod gone', pod: 'default/b2' }]), ['default/a1', '10.96.10.10:80'], 'EHOSTUNREACH'],
    [
      'kube-proxy stopped before there were Services',
      changed([{ kind: 'proxy stopped', node: 'node1', services: [], endpointSlices: [] }]),
      ['default/a1', '10.96.10.10:80'],
      'timeout',
    ],
    [
      'kube-proxy of the other node stopped',
      changed([{ kind: 'proxy stopped', node: 'node2', services: [], endpointSlices: [] }]),
      ['default/a1', '10.96.10.10:80'],
      'connected',
    ],
  ];
  test.each(table)('%s', (_, network, [from, to], expected) => {
    expect(outcome(network, from, to)).toBe(expected);
  });

  test('a stopped kube-proxy keeps what it knew: a Service of later is refused by none and found by none', () => {
    const { services, endpointSlices } = exampleNetwork;
    const stopped: NetworkChange = { kind: 'proxy stopped', node: 'node1', services, endpointSlices };
    const emptied: ClusterNetwork = { ...exampleNetwork, services: [], endpointSlices: [], changes: [stopped] };
    expect(outcome(emptied, 'default/a1', '10.96.10.10:80')).toBe('connected');
    expect(outcome(emptied, 'default/b1', '10.96.10.10:80')).toBe('timeout');
  });

  test('an address of a load balancer is reached from outside once the router knows a node for it', () => {
    const front = exampleService({ name: 'front', clusterIP: '10.96.10.20', endpoints: ['10.244.2.6'], spec: { type: 'LoadBalancer' } });
    const service = { ...front.service, status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } } };
    const network: ClusterNetwork = { ...exampleNetwork, services: [service], endpointSlices: [front.slice] };
    const announced = changed([{ kind: 'route added', host: 'router', to: '192.0.2.10/32', via: '192.168.1.12' }], network);
    for (const from of ['ext', 'client']) {
      expect(outcome(network, from, '192.0.2.10:80'), from).toBe('timeout');
      expect(outcome(announced, from, '192.0.2.10:80'), from).toBe('connected');
    }
    // Rules of the pod’s own node take its packets to the Service before they are routed.
    expect(outcome(network, 'default/a1', '192.0.2.10:80')).toBe('connected');
  });

  test('a pod of its node’s network that is gone leaves the others’ programs there', () => {
    const agent = (name: string, ports: readonly number[]) =>
      examplePod(name, [1, 0], { address: '192.168.1.11', hostNetwork: true, listeners: ports.map((port) => ({ protocol: 'tcp', port })) });
    const pods = [...exampleNetwork.pods, agent('one', [9100]), agent('two', [9200])];
    const network: ClusterNetwork = { ...exampleNetwork, pods, changes: [{ kind: 'pod gone', pod: 'default/one' }] };
    expect(['9100', '9200', '6443'].map((port) => outcome(network, 'client', `192.168.1.11:${port}`))).toEqual(['ECONNREFUSED', 'connected', 'connected']);
  });
});
