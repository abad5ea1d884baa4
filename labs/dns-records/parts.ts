import type { Part } from '../lab.ts';

export type PartId = 'cluster' | 'corefile' | 'guess';

/** The texts of the lab, in the order in which they are shown. */
export const parts: Readonly<Record<PartId, Part>> = {
  cluster: {
    label: 'Objects',
    language: 'kubernetes',
    bytesMax: 65_536,
    about: 'Services, Pods, StatefulSets, Deployments, EndpointSlices. A Pod with the name of a StatefulSet’s member is that member.',
  },
  corefile: {
    label: 'Corefile',
    language: 'yaml',
    bytesMax: 16_384,
    about: 'clusterDomain, pods, ttl, endpointPodNames, ignoreEmptyService, internet. Empty: what kubeadm writes.',
  },
  guess: {
    label: 'Names',
    language: 'text',
    bytesMax: 4096,
    about: 'The names you ask for, one in a line, with a type if it is not A. An address alone asks for its PTR record.',
  },
};
