import type { StorageClass } from '../../api/cluster-kinds.ts';
import { listKind } from '../../api/kinds.ts';
import type { Store } from '../../store/store.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { has, objectAt, withChanged } from '../read-fields.ts';

const markers = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** The class that claims without one get: the newest that is marked; of those created in one second, the first by name. Models pkg/volume/util/storageclass.go. */
export function defaultStorageClass(store: Store): StorageClass | undefined {
  const marked = listKind(store, 'StorageClass').filter(({ metadata: { annotations = {} } }) => markers.some((marker) => annotations[marker] === 'true'));
  // The list is sorted by name already, and sorting keeps the order of equal times.
  const [newest] = marked.toSorted(
    (one, other) =>
      (one.metadata.creationTimestamp > other.metadata.creationTimestamp ? -1 : 1) *
      Number(one.metadata.creationTimestamp !== other.metadata.creationTimestamp),
  );
  return newest;
}

/** New claims without a class get the default class. Models plugin/pkg/admission/storage/storageclass/setdefault. */
export const defaultStorageClassAdmission: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  kinds: ['PersistentVolumeClaim'],
  mutate: ({ object, old, store }) => {
    const namesClass = has(objectAt(object, 'spec'), 'storageClassName') || 'volume.beta.kubernetes.io/storage-class' in (object.metadata.annotations ?? {});
    if (old !== undefined || namesClass) return object;
    const found = defaultStorageClass(store);
    return found === undefined ? object : withChanged(object, 'spec', (spec) => ({ ...spec, storageClassName: found.metadata.name }));
  },
};
