import type { Endpoint, EndpointSlice, IpFamily, Service, ServiceSpec } from '../../api/types.ts';

/** A Service with the fields that only a proxy reads. */
export interface ProxiedService extends Service {
  readonly spec: ServiceSpec & {
    readonly sessionAffinity?: 'None' | 'ClientIP';
    readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeoutSeconds?: number } };
    readonly internalTrafficPolicy?: 'Cluster' | 'Local';
    readonly externalTrafficPolicy?: 'Cluster' | 'Local';
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly healthCheckNodePort?: number;
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string; readonly ipMode?: 'VIP' | 'Proxy' }[] };
  };
}

/** An EndpointSlice with the fields that only a proxy reads. Where nothing is listed, the API server gives null. */
export interface ProxiedSlice extends Omit<EndpointSlice, 'endpoints' | 'ports'> {
  readonly endpoints: readonly PlacedEndpoint[] | null;
  readonly ports?: EndpointSlice['ports'] | null;
}

type Named = readonly { readonly name: string }[];

/** An endpoint with what it says of its place. */
export interface PlacedEndpoint extends Endpoint {
  readonly zone?: string;
  readonly hints?: { readonly forZones?: Named; readonly forNodes?: Named };
}

/** The node whose rules are written. */
export interface ProxyNode {
  readonly name: string;
  /** Its main address of each family. */
  readonly addresses: readonly string[];
  /** Its label topology.kubernetes.io/zone. */
  readonly zone?: string;
}

/** All that one kube-proxy knows. */
export interface ProxyInput {
  readonly node: ProxyNode;
  /** `--cluster-cidr`, at most one of each family: traffic from there comes from pods. */
  readonly clusterCidrs: readonly string[];
  /** The blocks of ServiceCIDR objects; only nftables mode looks at them. */
  readonly serviceCidrs: readonly string[];
  readonly services: readonly ProxiedService[];
  readonly endpointSlices: readonly ProxiedSlice[];
  /** Rules are written for one family at a time; IPv4 if absent. */
  readonly family?: IpFamily;
}
