import { describe, expect, test } from 'vitest';
import type { ClusterNetwork, NetworkSettings } from '../cluster-network/cluster-network.ts';
import { clusterTopology } from '../cluster-network/cluster-topology.ts';
import { exampleNetwork, exampleNode, exampleService, withSettings } from '../cluster-network/testing.ts';
import type { ProxiedService } from '../kube-proxy/proxy-input.ts';
import { followPacket } from '../packet/follow-packet.ts';

const callers = ['default/a1', 'default/a2', 'default/b1', 'default/b2', 'node1', 'node2', 'client'];
const podEndpoints = ['10.244.1.5', '10.244.1.6', '10.244.2.6'];
const nodeEndpoints = ['192.168.1.11', '192.168.1.12'];
const entries: readonly (readonly [string, number])[] = [
  ['10.96.20.1', 80],
  ['192.168.1.11', 30_090],
  ['192.168.1.12', 30_090],
];

/** The cluster with one Service that has these endpoints; programs of the nodes listen as well. */
function networkWith(endpoints: readonly string[], settings: Partial<NetworkSettings>, spec: Partial<ProxiedService['spec']> = {}): ClusterNetwork {
  const ports = [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30_090 }];
  const { service, slice } = exampleService({ name: 'one', clusterIP: '10.96.20.1', endpoints, ports, spec: { type: 'NodePort', ...spec } });
  const placed = (slice.endpoints ?? []).map((each) => (each.addresses[0] === '192.168.1.12' ? { ...each, nodeName: 'node2' } : each));
  const nodes = [1, 2].map((number) => exampleNode(number, [{ protocol: 'tcp', port: 8080 }]));
  return withSettings(settings, { ...exampleNetwork, nodes, services: [service], endpointSlices: [{ ...slice, endpoints: placed }] });
}

/** What every caller hears at every address, and whom the server sees. */
function outcomes(network: ClusterNetwork): readonly string[] {
  const topology = clusterTopology(network);
  return callers.flatMap((from) =>
    // From outside no route leads to the addresses of Services.
    entries.slice(from === 'client' ? 1 : 0).map(([to, port]) => {
      const { result, isCutOff } = followPacket(topology, { kind: 'tcp', from, to, port }, { tells: false });
      expect(isCutOff).toBe(false);
      const [, backend = '', sees = ''] = /backend=(\S+) sees=([\d.]+)/u.exec(result.reply ?? '') ?? [];
      return `${from} at ${to}:${port}: ${result.outcome} ${backend} ${sees}`;
    }),
  );
}

describe('a Service with one endpoint does the same in both modes, as far as programs can tell', () => {
  const cases = (['host-gw', 'vxlan'] as const).flatMap((podNetwork) =>
    [...podEndpoints, ...nodeEndpoints].map((endpoint): readonly [NetworkSettings['podNetwork'], string] => [podNetwork, endpoint]),
  );
  test.each(cases)('%s, endpoint %s', (podNetwork, endpoint) => {
    const [iptables, ipvs] = (['iptables', 'ipvs'] as const).map((proxyMode) => outcomes(networkWith([endpoint], { podNetwork, proxyMode })));
    expect(ipvs).toEqual(iptables);
    expect(ipvs?.every((each) => each.includes(': connected '))).toBe(true);
  });
});

test('without endpoints both refuse everybody', () => {
  const [iptables, ipvs] = (['iptables', 'ipvs'] as const).map((proxyMode) => outcomes(networkWith([], { proxyMode })));
  expect(ipvs).toEqual(iptables);
  expect(ipvs?.every((each) => each.includes('ECONNREFUSED'))).toBe(true);
});

test('a Local policy for outside: where the node has no endpoint, iptables drops what ipvs sends on', () => {
  const at = (proxyMode: 'iptables' | 'ipvs') => outcomes(networkWith(['10.244.2.6'], { proxyMode }, { externalTrafficPolicy: 'Local' }));
  const differing = at('ipvs').flatMap((each, index) => (each === at('iptables')[index] ? [] : [each]));
  expect(differing.filter((each) => each.startsWith('client'))).toEqual(['client at 192.168.1.11:30090: connected default/b2 192.168.1.11']);
});
