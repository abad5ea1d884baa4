import type { AccessMode, PersistentVolume, PersistentVolumeClaim, PodObject } from '../engine/api/cluster-kinds.ts';

const short: Readonly<Record<AccessMode, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** `RWO, ROX`, as kubectl shortens access modes. */
export const modesInWords = (modes: readonly AccessMode[]): string => modes.map((mode) => short[mode]).join(', ');

/** `class fast`, `class ""`, `no class named`. */
export function classInWords({ spec: { storageClassName }, metadata: { annotations } }: PersistentVolume | PersistentVolumeClaim): string {
  const name = annotations?.['volume.beta.kubernetes.io/storage-class'] ?? storageClassName;
  if (name === undefined) return 'no class named';
  return name === '' ? 'class ""' : `class ${name}`;
}

/** What becomes of a claim, in a few words: `→ pv-a, has 10Gi`, `waits for a pod`. */
export const phaseOf = (object: PersistentVolume | PersistentVolumeClaim | PodObject): string =>
  object.metadata.deletionTimestamp === undefined ? (object.status?.phase ?? 'Pending') : 'Terminating';

/** `default/data` without `default/`. */
export const shortName = ({ metadata: { namespace, name } }: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string =>
  namespace === undefined || namespace === 'default' ? name : `${namespace}/${name}`;
