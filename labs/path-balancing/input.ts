import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';

/** The Service, with the field that only the EndpointSlice controller reads. */
export interface BalancedService extends ProxiedService {
  readonly spec: ProxiedService['spec'] & { readonly trafficDistribution?: string };
}

/** What writes the rules. The two of IPVS are modelled from its documentation, not compared with recordings. */
export const proxyModes = ['iptables', 'nftables', 'ipvs rr', 'ipvs lc'] as const;
export type ProxyMode = (typeof proxyModes)[number];

export interface NodeInput {
  readonly name: string;
  /** Its label topology.kubernetes.io/zone; empty: none. */
  readonly zone: string;
  readonly pods: number;
  /** How many of the pods are not ready: the last ones. */
  readonly notReady: number;
  /** Pods after the Deployment was scaled; null: as before. */
  readonly podsLater: number | null;
}

export interface ClusterInput {
  readonly proxy: ProxyMode;
  readonly nodes: readonly NodeInput[];
  /** After so many requests each node gets its `podsLater`; null: never. */
  readonly scaleAfterRequests: number | null;
}

export const sources = ['pods', 'internet'] as const;
export const balancers = ['all nodes', 'healthy nodes'] as const;

export interface Traffic {
  /** Pods of the cluster call the cluster IP; the internet comes through a load balancer to the node ports. */
  readonly from: (typeof sources)[number];
  /** Nodes on which the calling pods run. */
  readonly nodes: readonly string[];
  /** Whether the load balancer heeds the health check of the Service. */
  readonly loadBalancer: (typeof balancers)[number];
  readonly clients: number;
  /** Connections, or UDP sockets, that a client holds open side by side. */
  readonly connectionsPerClient: number;
  /** Then a connection is closed and another one opened; null: it never is. */
  readonly requestsPerConnection: number | null;
  readonly requests: number;
  readonly msBetweenRequests: number;
}

export interface Input {
  /** The Service as the learner wrote it, for a real cluster. */
  readonly serviceText: string;
  readonly service: BalancedService;
  readonly cluster: ClusterInput;
  readonly traffic: Traffic;
}

export const limits = { nodes: 3, podsPerNode: 6, clients: 200, connections: 1000, requests: 10_000 } as const;
