import { getKind } from '../../api/kinds.ts';
import { fieldOf, type Json } from '../../patch/json.ts';
import type { RequestedObject } from '../../store/stored-object.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { objectAt, textAt } from '../read-fields.ts';
import { comparedAmounts } from '../rules/quantity-rules.ts';
import { refusal } from './refusal.ts';

const requestOf = (claim: RequestedObject): Json | undefined => fieldOf(objectAt(objectAt(objectAt(claim, 'spec'), 'resources'), 'requests'), 'storage');
const classOf = ({ metadata, ...claim }: RequestedObject): string =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? textAt(objectAt(claim, 'spec'), 'storageClassName');

/** Only bound claims of a class that allows it can grow. Models plugin/pkg/admission/storage/persistentvolume/resize. */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  kinds: ['PersistentVolumeClaim'],
  validate: ({ object, old, store }) => {
    if (old === undefined || comparedAmounts(requestOf(object), requestOf(old)) <= 0) return undefined;
    if (textAt(objectAt(old, 'status'), 'phase') !== 'Bound') return refusal(object, 'Only bound persistent volume claims can be expanded');
    const [name, before] = [classOf(object), classOf(old)];
    const storageClass = name === '' || name !== before ? undefined : getKind(store, 'StorageClass', name);
    if (storageClass?.allowVolumeExpansion === true) return undefined;
    return refusal(object, 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize');
  },
};
