import type { PersistentVolume, PersistentVolumeClaim, PodObject } from '../../engine/api/cluster-kinds.ts';

/** `default/data` without `default/`. */
export const shortName = ({ metadata: { namespace, name } }: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string =>
  namespace === undefined || namespace === 'default' ? name : `${namespace}/${name}`;

/** Phase of a volume, claim or pod; `Terminating` once it is marked as deleted. */
export const phaseOf = (object: PersistentVolume | PersistentVolumeClaim | PodObject): string =>
  object.metadata.deletionTimestamp === undefined ? (object.status?.phase ?? 'Pending') : 'Terminating';

/** A sentence with a capital. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
