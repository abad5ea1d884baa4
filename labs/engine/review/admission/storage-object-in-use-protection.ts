import type { AdmissionPlugin } from '../admission-plugin.ts';

const finalizers: Readonly<Record<string, string>> = {
  PersistentVolume: 'kubernetes.io/pv-protection',
  PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
};

/** New volumes and claims get the finalizer that keeps them while they are in use. Models plugin/pkg/admission/storage/storageobjectinuseprotection. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  kinds: Object.keys(finalizers),
  mutate: ({ object, old }) => {
    const finalizer = finalizers[object.kind];
    const present = object.metadata.finalizers ?? [];
    if (old !== undefined || finalizer === undefined || present.includes(finalizer)) return object;
    return { ...object, metadata: { ...object.metadata, finalizers: [...present, finalizer] } };
  },
};
