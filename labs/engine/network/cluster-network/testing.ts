import type { ServicePort } from '../../api/types.ts';
import type { ProxiedService, ProxiedSlice } from '../kube-proxy/proxy-input.ts';
import type { Listener } from '../packet/topology.ts';
import type { ClusterNetwork, NetworkNode, NetworkPod, NetworkSettings, OutsideHost } from './cluster-network.ts';

const tcp = (port: number): Listener => ({ protocol: 'tcp', port });
const dnsListeners: readonly Listener[] = [{ protocol: 'udp', port: 53 }, tcp(53)];

export const exampleSettings: NetworkSettings = {
  proxyMode: 'iptables',
  podNetwork: 'host-gw',
  clusterCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  lanCidr: '192.168.1.0/24',
  lanMtuBytes: 1500,
  hairpin: true,
  bridgeNetfilter: true,
};

export function exampleNode(number: number, listeners: readonly Listener[] = []): NetworkNode {
  return { name: `node${number}`, address: `192.168.1.${10 + number}`, podCidr: `10.244.${number}.0/24`, listeners };
}

/** A pod 10.244.<node>.<host>. */
export function examplePod(name: string, place: readonly [node: number, host: number], more: Partial<NetworkPod> = {}): NetworkPod {
  const [node, host] = place;
  return { namespace: 'default', name, node: `node${node}`, address: `10.244.${node}.${host}`, labels: {}, listeners: [], ...more };
}

interface ExampleService {
  readonly name: string;
  readonly clusterIP: string;
  readonly endpoints: readonly string[];
  readonly namespace?: string;
  readonly ports?: readonly ServicePort[];
  readonly spec?: Partial<ProxiedService['spec']>;
}

const nodeOf: Readonly<Record<string, string>> = { '10.244.1.': 'node1', '10.244.2.': 'node2' };

/** A Service with its slice; port 80 leads to 8080. */
export function exampleService({ name, clusterIP, endpoints, namespace = 'default', ports = httpPorts(), spec = {} }: ExampleService): {
  readonly service: ProxiedService;
  readonly slice: ProxiedSlice;
} {
  return {
    service: { metadata: { name, namespace }, spec: { clusterIP, ...spec, ports } },
    slice: {
      metadata: { name: `${name}-x`, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: endpoints.map((address) => ({
        addresses: [address],
        nodeName: nodeOf[address.slice(0, 9)] ?? 'node1',
        conditions: { ready: true, serving: true, terminating: false },
      })),
      ports: ports.map((port) => ({ name: port.name ?? '', port: Number(port.targetPort), protocol: port.protocol ?? 'TCP' })),
    },
  };
}

function httpPorts(nodePort?: number): readonly ServicePort[] {
  return [{ name: 'http', port: 80, targetPort: 8080, ...(nodePort !== undefined && { nodePort }) }];
}

const [a1, a2, b2] = ['10.244.1.5', '10.244.1.6', '10.244.2.6'];
const objects = [
  exampleService({ name: 'web', clusterIP: '10.96.10.10', endpoints: [a2, b2], ports: httpPorts(30_080), spec: { type: 'NodePort' } }),
  exampleService({
    name: 'web-local',
    clusterIP: '10.96.10.11',
    endpoints: [b2],
    ports: httpPorts(30_081),
    spec: { type: 'NodePort', externalTrafficPolicy: 'Local' },
  }),
  exampleService({ name: 'empty', clusterIP: '10.96.10.12', endpoints: [], ports: httpPorts(30_082), spec: { type: 'NodePort' } }),
  exampleService({
    name: 'sticky',
    clusterIP: '10.96.10.13',
    endpoints: [a2, b2],
    spec: { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } },
  }),
  exampleService({ name: 'int-local', clusterIP: '10.96.10.14', endpoints: [b2], spec: { internalTrafficPolicy: 'Local' } }),
  exampleService({ name: 'three', clusterIP: '10.96.10.15', endpoints: [a1, a2, b2] }),
  exampleService({ name: 'kubernetes', clusterIP: '10.96.0.1', endpoints: ['192.168.1.11'], ports: [{ name: 'https', port: 443, targetPort: 6443 }] }),
  exampleService({
    name: 'kube-dns',
    namespace: 'kube-system',
    clusterIP: '10.96.0.10',
    endpoints: ['10.244.1.2', '10.244.2.2'],
    ports: [
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
      { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
    ],
  }),
];

const outside: readonly OutsideHost[] = [
  { name: 'client', address: '192.168.1.50', on: 'lan', listeners: [] },
  { name: 'ext', address: '203.0.113.10', on: 'internet', listeners: [tcp(80)] },
];

/** The cluster of the recorded packet paths: two nodes with three pods each, eight Services, a machine beside the nodes and one on the internet. */
export const exampleNetwork: ClusterNetwork = {
  nodes: [exampleNode(1, [tcp(6443)]), exampleNode(2)],
  pods: [
    examplePod('a1', [1, 5], { listeners: [tcp(8080)] }),
    examplePod('a2', [1, 6], { listeners: [tcp(8080)] }),
    examplePod('dns1', [1, 2], { namespace: 'kube-system', listeners: dnsListeners }),
    examplePod('b1', [2, 5]),
    examplePod('b2', [2, 6], { listeners: [tcp(8080)] }),
    examplePod('dns2', [2, 2], { namespace: 'kube-system', listeners: dnsListeners }),
  ],
  namespaces: {},
  services: objects.map(({ service }) => service),
  endpointSlices: objects.map(({ slice }) => slice),
  policies: [],
  outside,
  settings: exampleSettings,
  changes: [],
};

/** The example network with other settings. */
export function withSettings(settings: Partial<NetworkSettings>, network: ClusterNetwork = exampleNetwork): ClusterNetwork {
  return { ...network, settings: { ...network.settings, ...settings } };
}
