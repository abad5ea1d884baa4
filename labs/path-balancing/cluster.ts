import type { Pod } from '../engine/api/types.ts';
import { withHints } from '../engine/network/endpoint-hints.ts';
import { decideEndpoints } from '../engine/network/endpoint-slices.ts';
import type { ProxiedSlice, ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import type { BalancedService, Input, NodeInput } from './input.ts';
import type { Backend } from './state.ts';

/** The cluster IP, node port and load balancer's address of a Service that names none. */
const usual = { clusterIP: '10.96.10.10', nodePort: 30_080, healthCheckNodePort: 32_080, loadBalancerIP: '203.0.113.80' } as const;

export const nodeAddress = (index: number): string => `192.0.2.${String(11 + index)}`;
export const podNetwork = '10.244.0.0/16';
export const podRange = (index: number): string => `10.244.${String(index + 1)}`;

/** The Service as the API server stores it: with the addresses and ports that it hands out. */
export function storedService({ metadata, spec, status }: BalancedService): BalancedService {
  const { type = 'ClusterIP', clusterIP = usual.clusterIP, ports = [] } = spec;
  const isExternal = type === 'NodePort' || type === 'LoadBalancer';
  return {
    metadata: { ...metadata, namespace: metadata.namespace ?? 'default' },
    spec: {
      ...spec,
      clusterIP,
      clusterIPs: [clusterIP],
      ports: ports.map((port, index) => ({ ...port, ...(isExternal && { nodePort: port.nodePort ?? usual.nodePort + index }) })),
      ...(type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local' && { healthCheckNodePort: spec.healthCheckNodePort ?? usual.healthCheckNodePort }),
    },
    status: status ?? (type === 'LoadBalancer' ? { loadBalancer: { ingress: [{ ip: usual.loadBalancerIP }] } } : {}),
  };
}

function podOf(service: BalancedService, { name, node, address, isReady }: Backend): Pod {
  return {
    metadata: { name, namespace: service.metadata.namespace ?? 'default', labels: service.spec.selector ?? {} },
    // A target port by name is found: the pods of this lab have every port that the Service asks for.
    spec: {
      nodeName: node,
      containers: [
        {
          name: 'app',
          ports: (service.spec.ports ?? []).flatMap((port) =>
            typeof port.targetPort === 'string' ? [{ name: port.targetPort, containerPort: 8080, protocol: port.protocol ?? 'TCP' }] : [],
          ),
        },
      ],
    },
    status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }], conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
}

/** The EndpointSlices of the Service, with zones and the hints of trafficDistribution. */
export function slicesOf(input: Input, service: BalancedService, backends: readonly Backend[]): readonly ProxiedSlice[] {
  const zoneOf = (node: string): string => input.cluster.nodes.find(({ name }) => name === node)?.zone ?? '';
  const pods = backends.map((backend) => podOf(service, backend));
  return decideEndpoints(service, pods).slices.map((slice) => withHints(slice, service.spec.trafficDistribution, zoneOf));
}

/** What the kube-proxy of each node knows, in the order of the nodes. */
export function proxyInputs({ input, pods }: { readonly input: Input; readonly pods: readonly Backend[] }): readonly ProxyInput[] {
  const service = storedService(input.service);
  const endpointSlices = slicesOf(input, service, pods);
  return input.cluster.nodes.map(({ name, zone }, index) => ({
    node: { name, addresses: [nodeAddress(index)], ...(zone !== '' && { zone }) },
    clusterCidrs: [podNetwork],
    serviceCidrs: ['10.96.0.0/12'],
    services: [service],
    endpointSlices,
  }));
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** Pods that one history may make: each has a letter of its own. */
export const podsMadeMax = letters.length;

/** A pod of the Service; `number` counts all that were ever made. */
export function newBackend({ cluster, service }: Input, nodeName: string, number: number): Backend {
  const index = cluster.nodes.findIndex(({ name }) => name === nodeName);
  const letter = letters.charAt(number);
  return { name: `${service.metadata.name}-${letter}`, letter, node: nodeName, address: `${podRange(index)}.${String(10 + number)}`, isReady: true };
}

/** The pods that the text asks for. */
export function firstBackends(input: Input): readonly Backend[] {
  const places = input.cluster.nodes.flatMap((node: NodeInput) =>
    Array.from({ length: node.pods }, (_, index) => ({ node: node.name, isReady: index < node.pods - node.notReady })),
  );
  return places.map(({ node, isReady }, number) => ({ ...newBackend(input, node, number), isReady }));
}
