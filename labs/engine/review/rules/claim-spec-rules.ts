import { dnsLabel, dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, sameJson, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, required } from '../field-causes.ts';
import { objectAt, optionalAt, textAt, textsAt } from '../read-fields.ts';
import { accessModeCauses, volumeModeCauses } from './access-mode-rules.ts';
import { labelSelectorCauses } from './label-selector-rules.ts';
import { optionalName } from './name-causes.ts';
import { comparedAmounts } from './quantity-rules.ts';
import { requiring } from './volume-source-rules.ts';

function sourceCauses(source: JsonObject | undefined, path: string): readonly FieldCause[] {
  if (source === undefined) return [];
  const kind = textAt(source, 'kind');
  const isForeign = textAt(source, 'apiGroup') === '' && kind !== 'PersistentVolumeClaim';
  return [
    ...requiring('name', 'kind')(source, path),
    ...(isForeign ? [invalidValue(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup")] : []),
    ...optionalName(source, path, 'apiGroup'),
    ...optionalName(source, path, 'namespace', dnsLabel),
  ];
}

/** Both names of the source must say the same. The value in the message is a path, as Go prints the structure that holds it. */
function bothSourcesCauses(spec: JsonObject, path: string): readonly FieldCause[] {
  const [source, reference] = [optionalAt(spec, 'dataSource'), optionalAt(spec, 'dataSourceRef')];
  if (source === undefined || reference === undefined) return [];
  if (textAt(reference, 'namespace') !== '')
    return [invalidValue(path, `${path}.dataSource`, 'may not be specified when dataSourceRef.namespace is specified')];
  const isSame = ['apiGroup', 'kind', 'name'].every((field) => sameJson(fieldOf(source, field), fieldOf(reference, field)));
  return isSame ? [] : [invalidValue(path, `${path}.dataSource`, 'must match dataSourceRef')];
}

/** What is wrong with a claim's spec. Models pkg/apis/core/validation ValidatePersistentVolumeClaimSpec. */
export function claimSpecCauses(spec: JsonObject, path: string): readonly FieldCause[] {
  const modes = textsAt(spec, 'accessModes');
  const selector = optionalAt(spec, 'selector');
  const storage = fieldOf(objectAt(objectAt(spec, 'resources'), 'requests'), 'storage');
  const storagePath = `${path}.resources[storage]`;
  return [
    ...(modes.length === 0 ? [required(`${path}.accessModes`, 'at least 1 access mode is required')] : []),
    ...(selector === undefined ? [] : labelSelectorCauses(selector, `${path}.selector`)),
    ...accessModeCauses(`${path}.accessModes`, modes),
    ...(storage === undefined ? [required(storagePath)] : []),
    ...(storage !== undefined && comparedAmounts(storage, undefined) <= 0 ? [invalidValue(storagePath, storage, 'must be greater than zero')] : []),
    ...optionalName(spec, path, 'storageClassName'),
    ...volumeModeCauses(`${path}.volumeMode`, textAt(spec, 'volumeMode')),
    ...sourceCauses(optionalAt(spec, 'dataSource'), `${path}.dataSource`),
    ...sourceCauses(optionalAt(spec, 'dataSourceRef'), `${path}.dataSourceRef`),
    ...bothSourcesCauses(spec, path),
    ...optionalName(spec, path, 'volumeAttributesClassName', dnsSubdomain),
  ];
}
