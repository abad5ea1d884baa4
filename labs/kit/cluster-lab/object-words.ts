import type { AccessMode, PersistentVolume, PersistentVolumeClaim, PodObject } from '../../engine/api/cluster-kinds.ts';

/** `default/data` without `default/`. */
export const shortName = ({ metadata: { namespace, name } }: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string =>
  namespace === undefined || namespace === 'default' ? name : `${namespace}/${name}`;

/** Phase of a volume, claim or pod; `Terminating` once it is marked as deleted. */
export const phaseOf = (object: PersistentVolume | PersistentVolumeClaim | PodObject): string =>
  object.metadata.deletionTimestamp === undefined ? (object.status?.phase ?? 'Pending') : 'Terminating';

/** A sentence with a capital. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const shortModes: Readonly<Record<AccessMode, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** `RWO, ROX`, as kubectl shortens access modes. */
export const modesInWords = (modes: readonly AccessMode[]): string => modes.map((mode) => shortModes[mode]).join(', ');
