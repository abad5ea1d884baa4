import type { Part } from '../lab.ts';

export type PartId = 'objects' | 'proxy' | 'before';

/** The texts of the lab, in the order in which they are shown. */
export const parts: Readonly<Record<PartId, Part>> = {
  objects: {
    label: 'Objects',
    language: 'kubernetes',
    bytesMax: 32_768,
    about: 'Services, Pods, Deployments, EndpointSlices. A Pod without a status runs and is ready; without a nodeName it gets a node.',
  },
  proxy: {
    label: 'kube-proxy',
    language: 'yaml',
    bytesMax: 4096,
    about:
      'mode, node (whose rules are shown), clusterCIDR, nodes, stopped (nodes without a running kube-proxy), moreServices, endpointsEach. Empty: defaults.',
  },
  before: {
    label: 'Before',
    language: 'kubernetes',
    bytesMax: 32_768,
    about: 'The objects when the kube-proxies in `stopped` last wrote rules. Empty: the same as now.',
  },
};
