import type { Part } from '../lab.ts';

export type PartId = 'objects' | 'network' | 'call';

/** The texts of the lab, in the order in which they are shown. */
export const parts: Readonly<Record<PartId, Part>> = {
  objects: {
    label: 'Objects',
    language: 'kubernetes',
    bytesMax: 65_536,
    about: 'Pods, Deployments, Services, NetworkPolicies, and Nodes with their pod CIDR. Without a Node there are two, node-a and node-b.',
  },
  network: {
    label: 'Network',
    language: 'yaml',
    bytesMax: 16_384,
    about: 'How pods of two nodes reach each other, what kube-proxy writes, machines outside, and what is broken. Empty: routes, iptables, nothing broken.',
  },
  call: {
    label: 'Call',
    language: 'yaml',
    bytesMax: 4096,
    about:
      'Who calls whom: from, to, port, protocol. Names as kubectl writes them (pod/checkout, service/cart, node/node-a), host/client for outside, or an address.',
  },
};
