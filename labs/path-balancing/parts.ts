import type { Part } from '../lab.ts';

export type PartId = 'service' | 'cluster' | 'traffic';

/** The texts of the lab, in the order in which they are shown. */
export const parts: Readonly<Record<PartId, Part>> = {
  service: {
    label: 'Service',
    language: 'kubernetes',
    bytesMax: 8192,
    about: 'One Service with a selector. Its policies, affinity and trafficDistribution decide what kube-proxy writes on each node.',
  },
  cluster: {
    label: 'Cluster',
    language: 'yaml',
    bytesMax: 4096,
    about: 'proxy is iptables, nftables, ipvs rr or ipvs lc; up to three nodes have name, zone, pods, notReady, and podsLater with scaleAfterRequests.',
  },
  traffic: {
    label: 'Traffic',
    language: 'yaml',
    bytesMax: 4096,
    about:
      'Who asks (from, nodes, loadBalancer, clients), over what (connectionsPerClient, requestsPerConnection), how much (requests, secondsBetweenRequests).',
  },
};
