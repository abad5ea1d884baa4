import type { QueryType } from '../resolver/types.ts';

/** What the resolvers behind `forward` know of a name. */
export type UpstreamName =
  | { readonly records: readonly { readonly type: QueryType; readonly data: string; readonly ttlSeconds?: number }[] }
  | { readonly rcode: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' }
  | { readonly rcode: 'timeout' };

/** The Corefile as plain data. */
export interface ClusterDnsSettings {
  /** The cluster domain, without dots at its ends. */
  readonly zone: string;
  /** `ttl` of the kubernetes plugin. */
  readonly ttlSeconds: number;
  readonly pods: 'disabled' | 'insecure' | 'verified';
  /** `endpoint_pod_names` */
  readonly usePodNames: boolean;
  /** `ignore empty_service` */
  readonly ignoreEmptyService: boolean;
  /** `namespaces`: only these are served; empty: all. */
  readonly namespaces: readonly string[];
  /** Zones whose missing names go on to `forward`. */
  readonly fallthrough: readonly string[];
  /** `autopath @kubernetes`; works only with `pods verified`. */
  readonly autopath: boolean;
  /** Search domains in CoreDNS' own resolv.conf, which autopath tries too. */
  readonly hostSearches: readonly string[];
  /** `cache`: the longest TTL handed out; 0: no cache plugin. */
  readonly cacheSeconds: number;
  /** `loadbalance`: addresses are shuffled, here by this seed and the name; undefined: plugin not loaded. */
  readonly shuffleSeed: number | undefined;
  /** False before the API cache is filled. */
  readonly isSynced: boolean;
  /** Addresses of the answering CoreDNS pod: they decide the NS records. */
  readonly ownAddresses: readonly string[];
  /** SOA serial: on a real server the time of the last change. */
  readonly serial: number;
  /** Names outside the cluster, absolute and in lower case, with or without the final dot; `*.` at the start stands for any deeper name. */
  readonly upstream: Readonly<Record<string, UpstreamName>>;
  /** What the resolvers say to every other name. */
  readonly upstreamElse: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'timeout';
}

/** The Corefile that kubeadm writes (v1.36), in a cluster without internet; `loadbalance`, which it has too, waits for a seed. */
export const kubeadmSettings: ClusterDnsSettings = {
  zone: 'cluster.local',
  ttlSeconds: 30,
  pods: 'insecure',
  usePodNames: false,
  ignoreEmptyService: false,
  namespaces: [],
  fallthrough: ['in-addr.arpa', 'ip6.arpa'],
  autopath: false,
  hostSearches: [],
  cacheSeconds: 30,
  shuffleSeed: undefined,
  isSynced: true,
  ownAddresses: ['10.244.0.2'],
  serial: 1,
  upstream: {},
  upstreamElse: 'NXDOMAIN',
};
