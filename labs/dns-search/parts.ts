import type { Part } from '../lab.ts';

export type PartId = 'cluster' | 'resolvConf' | 'network' | 'lookup';

/** The texts of the lab, in the order in which they are shown. */
export const parts: Readonly<Record<PartId, Part>> = {
  cluster: {
    label: 'Objects',
    language: 'kubernetes',
    bytesMax: 65_536,
    about: 'The first Pod is the one that asks. Services, StatefulSets, EndpointSlices and further Pods make the names.',
  },
  resolvConf: {
    label: 'resolv.conf',
    language: 'resolv.conf',
    bytesMax: 16_384,
    about: 'Leave it empty and the kubelet writes the file; paste one to see what the library makes of it.',
  },
  network: {
    label: 'Network',
    language: 'yaml',
    bytesMax: 16_384,
    about: 'The node’s resolv.conf, the cluster DNS, what each server does, and names outside the cluster. Empty: one working server.',
  },
  lookup: {
    label: 'Lookup',
    language: 'yaml',
    bytesMax: 4096,
    about: 'What the program asks for, with which C library, environment and address family, and which other names it needs.',
  },
};
