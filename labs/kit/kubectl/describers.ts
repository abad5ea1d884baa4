import type { Describer } from './describers/description.ts';
import { describeClaim } from './describers/claim.ts';
import { describeNode } from './describers/node.ts';
import { describePod } from './describers/pod.ts';
import { describeStorageClass } from './describers/storage-class.ts';
import { describeVolume } from './describers/volume.ts';

/** Kinds that `kubectl describe` describes. */
const describers: readonly (readonly [kind: string, describe: Describer])[] = [
  ['Pod', describePod],
  ['Node', describeNode],
  ['PersistentVolume', describeVolume],
  ['PersistentVolumeClaim', describeClaim],
  ['StorageClass', describeStorageClass],
];

/** What describes a kind; undefined if it is not covered. */
export const describerOf = (kind: string): Describer | undefined => describers.find(([each]) => each === kind)?.[1];

/** The kinds, for messages. */
export const describedKinds: readonly string[] = describers.map(([kind]) => kind);
