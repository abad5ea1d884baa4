import type { Part } from '../lab.ts';

export type PartId = 'setup' | 'objects';

/** The texts of the lab, in the order in which they are shown. */
export const parts: Readonly<Record<PartId, Part>> = {
  setup: {
    label: 'There before you came',
    language: 'kubernetes',
    bytesMax: 65_536,
    about: 'Nodes, StorageClasses, and what ran already. It has settled when the run begins.',
  },
  objects: {
    label: 'What you apply',
    language: 'kubernetes',
    bytesMax: 65_536,
    about: 'Claims, pods, Deployments, in the order in which they are written. An edit during the run is a kubectl apply at that moment; it deletes nothing.',
  },
};
