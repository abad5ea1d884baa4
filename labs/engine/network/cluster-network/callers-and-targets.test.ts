import { describe, expect, test } from 'vitest';
import { followPacket } from '../packet/follow-packet.ts';
import { callersAndTargets, type Target } from './callers-and-targets.ts';
import type { ClusterNetwork } from './cluster-network.ts';
import { clusterTopology } from './cluster-topology.ts';
import { exampleNetwork, examplePod, exampleService, withSettings } from './testing.ts';

const host = examplePod('agent', [2, 0], { address: '192.168.1.12', hostNetwork: true, listeners: [{ protocol: 'tcp', port: 9100 }] });
const balanced = exampleService({
  name: 'front',
  namespace: 'shop',
  clusterIP: '10.96.10.20',
  endpoints: ['10.244.2.6'],
  ports: [
    { name: 'signals', protocol: 'SCTP', port: 2905, targetPort: 2905 },
    { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53, nodePort: 30_053 },
  ],
  spec: { type: 'LoadBalancer', externalIPs: ['192.0.2.9'] },
});
const network: ClusterNetwork = {
  ...exampleNetwork,
  pods: [...exampleNetwork.pods, host],
  services: [...exampleNetwork.services, { ...balanced.service, status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }, { hostname: 'lb.example' }] } } }],
  endpointSlices: [...exampleNetwork.endpointSlices, balanced.slice],
};
const { callers, targets } = callersAndTargets(network);
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe('callers', () => {
  test('are all pods, nodes and outside hosts, where the topology has them', () => {
    expect(callers.map(({ id, label, namespace }) => [id, label, namespace])).toEqual([
      ['default/a1', 'pod a1 on node1', 'default/a1'],
      ['default/a2', 'pod a2 on node1', 'default/a2'],
      ['kube-system/dns1', 'pod kube-system/dns1 on node1', 'kube-system/dns1'],
      ['default/b1', 'pod b1 on node2', 'default/b1'],
      ['default/b2', 'pod b2 on node2', 'default/b2'],
      ['kube-system/dns2', 'pod kube-system/dns2 on node2', 'kube-system/dns2'],
      ['default/agent', 'pod agent on node2, in its network', 'node2'],
      ['node1', 'node node1', 'node1'],
      ['node2', 'node node2', 'node2'],
      ['client', 'client, beside the nodes', 'client'],
      ['ext', 'ext, on the internet', 'ext'],
    ]);
    const { namespaces } = clusterTopology(network);
    for (const { namespace, address } of callers) {
      const own = namespaces[namespace]?.devices.flatMap(({ addresses }) => addresses.map((each) => each.address));
      expect(own, namespace).toContain(address);
    }
  });

  test('a pod that is gone calls nobody, but can be called', () => {
    const gone = callersAndTargets({ ...network, changes: [{ kind: 'pod gone', pod: 'default/a2' }] });
    expect(idsOf(gone.callers)).toEqual(idsOf(callers).filter((id) => id !== 'default/a2'));
    expect(gone.targets).toEqual(targets);
  });
});

describe('targets', () => {
  const byId = (id: string): Target | undefined => targets.find((target) => target.id === id);

  const table: readonly Target[] = [
    { id: 'pod/default/a2/8080/tcp', label: 'pod a2:8080', address: '10.244.1.6', port: 8080, protocol: 'tcp', kind: 'pod' },
    { id: 'pod/kube-system/dns1/53/udp', label: 'pod kube-system/dns1:53/udp', address: '10.244.1.2', port: 53, protocol: 'udp', kind: 'pod' },
    { id: 'pod/default/b1', label: 'pod b1', address: '10.244.2.5', kind: 'pod' },
    { id: 'pod/default/agent/9100/tcp', label: 'pod agent:9100', address: '192.168.1.12', port: 9100, protocol: 'tcp', kind: 'pod' },
    { id: 'cluster-ip/default/web/80/tcp', label: 'Service web:80', address: '10.96.10.10', port: 80, protocol: 'tcp', kind: 'cluster IP' },
    { id: 'cluster-ip/shop/front/53/udp', label: 'Service shop/front:53/udp', address: '10.96.10.20', port: 53, protocol: 'udp', kind: 'cluster IP' },
    { id: 'node-port/node2/30080/tcp', label: 'node2:30080, node port of web', address: '192.168.1.12', port: 30_080, protocol: 'tcp', kind: 'node port' },
    {
      id: 'external-ip/shop/front/192.0.2.9/53/udp',
      label: 'external IP 192.0.2.9:53/udp of shop/front',
      address: '192.0.2.9',
      port: 53,
      protocol: 'udp',
      kind: 'external IP',
    },
    {
      id: 'load-balancer/shop/front/192.0.2.10/53/udp',
      label: 'load balancer 192.0.2.10:53/udp of shop/front',
      address: '192.0.2.10',
      port: 53,
      protocol: 'udp',
      kind: 'load balancer',
    },
    { id: 'node/node1/6443/tcp', label: 'node node1:6443', address: '192.168.1.11', port: 6443, protocol: 'tcp', kind: 'node' },
    { id: 'node/node2', label: 'node node2', address: '192.168.1.12', kind: 'node' },
    { id: 'outside-host/ext/80/tcp', label: 'ext:80', address: '203.0.113.10', port: 80, protocol: 'tcp', kind: 'outside host' },
  ];
  test.each(table)('$label', (target) => {
    expect(byId(target.id)).toEqual(target);
  });

  test('have ids of their own, node ports one for each node and Service', () => {
    expect(new Set(idsOf(targets)).size).toBe(targets.length);
    expect(targets.filter(({ kind }) => kind === 'node port').length).toBe(2 * 4);
    // A name is no address, and SCTP is spoken by nobody here.
    expect(targets.some(({ address, port }) => address === 'lb.example' || port === 2905)).toBe(false);
  });

  test('keep their ids when addresses change', () => {
    const moved = {
      ...network,
      services: network.services.map(({ spec, ...rest }) => ({ ...rest, spec: { ...spec, clusterIP: `${spec.clusterIP ?? ''}0` } })),
    };
    expect(idsOf(callersAndTargets(moved).targets)).toEqual(idsOf(targets));
  });

  test('what a pod can call with TCP answers, if it has a way there', () => {
    const topology = clusterTopology(network);
    const open = targets.filter(({ protocol, id }) => protocol === 'tcp' && !/empty|int-local|30082|30081/u.test(id));
    expect(open.length).toBeGreaterThan(10);
    for (const { address, port = 0, id } of open) {
      expect(followPacket(topology, { kind: 'tcp', from: 'default/a1', to: address, port }).result.outcome, id).toBe('connected');
    }
  });
});

test('settings that allow nothing have nobody to call', () => {
  expect(callersAndTargets(withSettings({ lanCidr: '' }))).toEqual({ callers: [], targets: [] });
  expect(callersAndTargets({ ...exampleNetwork, nodes: [] })).toMatchObject({ callers: [{ id: 'client' }, { id: 'ext' }] });
});
