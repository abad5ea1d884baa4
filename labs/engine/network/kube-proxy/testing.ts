import type { ProxiedService, ProxiedSlice, ProxyInput } from './proxy-input.ts';

type Spec = ProxiedService['spec'];
type SliceEndpoint = NonNullable<ProxiedSlice['endpoints']>[number];

/** A Service `shop/web` with cluster IP 10.96.0.7 and TCP port 80 without a name. */
export function exampleService(spec: Partial<Spec> = {}, status: ProxiedService['status'] = {}): ProxiedService {
  return { metadata: { name: 'web', namespace: 'shop' }, spec: { clusterIP: '10.96.0.7', ports: [{ port: 80 }], ...spec }, status };
}

/** Its slice, all ports leading to 8080. */
export function exampleSlice(
  endpoints: readonly SliceEndpoint[],
  ports: readonly { readonly name?: string; readonly protocol?: 'TCP' | 'UDP' | 'SCTP' }[] = [{}],
): ProxiedSlice {
  return {
    metadata: { name: 'web-x', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints,
    ports: ports.map((port) => ({ port: 8080, ...port })),
  };
}

/** An endpoint 10.244.0.<n>, ready, on a node. */
export function exampleEndpoint(n: number, nodeName: string, more: Partial<SliceEndpoint> = {}): SliceEndpoint {
  return { addresses: [`10.244.0.${String(n)}`], nodeName, conditions: { ready: true, serving: true, terminating: false }, ...more };
}

/** A proxy on node `here` in zone `east` with these objects. */
export function exampleInput(services: readonly ProxiedService[], endpointSlices: readonly ProxiedSlice[], more: Partial<ProxyInput> = {}): ProxyInput {
  return {
    node: { name: 'here', addresses: ['192.168.1.11', 'fd00::11'], zone: 'east' },
    clusterCidrs: ['10.244.0.0/16'],
    serviceCidrs: ['10.96.0.0/12'],
    services,
    endpointSlices,
    ...more,
  };
}
