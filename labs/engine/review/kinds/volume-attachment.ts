import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, sameJson, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, invalidValue, required } from '../field-causes.ts';
import { goStruct } from '../go-struct.ts';
import type { KindRules } from '../kind-rules.ts';
import { has, objectAt, textAt } from '../read-fields.ts';
import { nameCauses } from '../rules/name-causes.ts';
import { driverNameCauses } from '../rules/volume-source-rules.ts';

function sourceCauses(source: JsonObject): readonly FieldCause[] {
  const [isNamed, isInline] = [has(source, 'persistentVolumeName'), has(source, 'inlineVolumeSpec')];
  if (isNamed && isInline) return [forbidden('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName')];
  if (!isNamed && !isInline) return [required('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName')];
  const name = textAt(source, 'persistentVolumeName');
  if (!isNamed) return [];
  return name === ''
    ? [required('spec.source.persistentVolumeName', 'must specify non empty persistentVolumeName')]
    : nameCauses(dnsSubdomain, 'spec.source.persistentVolumeName', name);
}

/** VolumeAttachments. Models pkg/apis/storage/validation ValidateVolumeAttachment. */
export const volumeAttachmentRules: KindRules = {
  group: 'storage.k8s.io',
  kind: 'VolumeAttachment',
  nameRule: dnsSubdomain,
  prepare: (object) => ({ ...object, status: { attached: false } }),
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    return [
      ...driverNameCauses('spec.attacher', textAt(spec, 'attacher')),
      ...sourceCauses(objectAt(spec, 'source')),
      ...nameCauses(dnsSubdomain, 'spec.nodeName', textAt(spec, 'nodeName')),
    ];
  },
  validateUpdate: (object, old) => {
    const spec = objectAt(object, 'spec');
    return sameJson(spec, fieldOf(old, 'spec')) ? [] : [invalidValue('spec', goStruct('VolumeAttachmentSpec', spec), 'field is immutable')];
  },
};
