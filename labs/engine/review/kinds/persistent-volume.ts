import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, sameJson, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { timestampOf } from '../../store/timestamp.ts';
import { forbidden, immutableCauses, invalidValue, required, unsupported } from '../field-causes.ts';
import { goStruct } from '../go-struct.ts';
import type { KindRules, ReviewContext } from '../kind-rules.ts';
import { has, objectAt, optionalAt, textAt, textsAt, withChanged, withDefaults, withStruct } from '../read-fields.ts';
import { accessModeCauses, volumeModeCauses } from '../rules/access-mode-rules.ts';
import { nameCauses, optionalName } from '../rules/name-causes.ts';
import { nodeSelectorCauses } from '../rules/node-selector-rules.ts';
import { comparedAmounts } from '../rules/quantity-rules.ts';
import { persistentVolumeSourceCauses, persistentVolumeSourceFields } from '../rules/volume-source-rules.ts';

const reclaimPolicies = ['Delete', 'Recycle', 'Retain'];

/** The moment of a request, as the API server writes times. */
function now({ store, nowMs }: ReviewContext): string {
  return timestampOf(store.startUnixMs + nowMs);
}

function capacityCauses(spec: JsonObject): readonly FieldCause[] {
  const capacity = objectAt(spec, 'capacity');
  const names = Object.keys(capacity);
  return [
    ...(names.length === 0 ? [required('spec.capacity')] : []),
    ...(names.length === 1 && names[0] === 'storage' ? [] : [unsupported('spec.capacity', optionalAt(spec, 'capacity') ?? null, ['storage'])]),
    ...names.flatMap((name) => {
      const field = `spec.capacity[${name}]`;
      const value = fieldOf(capacity, name) ?? '0';
      const order = comparedAmounts(value, undefined);
      return [
        ...(order < 0 ? [invalidValue(field, value, 'must be a valid resource quantity')] : []),
        ...(order <= 0 ? [invalidValue(field, value, 'must be greater than zero')] : []),
      ];
    }),
  ];
}

function affinityCauses(spec: JsonObject): readonly FieldCause[] {
  const affinity = optionalAt(spec, 'nodeAffinity');
  if (affinity === undefined) return [];
  const wanted = optionalAt(affinity, 'required');
  if (wanted === undefined) return [required('spec.nodeAffinity.required', 'must specify required node constraints')];
  return nodeSelectorCauses(wanted, 'spec.nodeAffinity.required');
}

function specCauses(spec: JsonObject): readonly FieldCause[] {
  const modes = textsAt(spec, 'accessModes');
  const policy = textAt(spec, 'persistentVolumeReclaimPolicy');
  const isRoot = /^\/(?:\.?\/)*\.?$/u.test(textAt(objectAt(spec, 'hostPath'), 'path'));
  const attributesClass = fieldOf(spec, 'volumeAttributesClassName');
  return [
    ...(modes.length === 0 ? [required('spec.accessModes')] : []),
    ...accessModeCauses('spec.accessModes', modes),
    ...capacityCauses(spec),
    ...(reclaimPolicies.includes(policy) ? [] : [unsupported('spec.persistentVolumeReclaimPolicy', policy, reclaimPolicies)]),
    ...affinityCauses(spec),
    ...persistentVolumeSourceCauses(spec, 'spec'),
    ...(isRoot && policy === 'Recycle' ? [forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'")] : []),
    ...optionalName(spec, 'spec', 'storageClassName'),
    ...volumeModeCauses('spec.volumeMode', textAt(spec, 'volumeMode')),
    ...(typeof attributesClass === 'string' ? attributesClassCauses(spec, attributesClass) : []),
  ];
}

function attributesClassCauses(spec: JsonObject, name: string): readonly FieldCause[] {
  const field = 'spec.volumeAttributesClassName';
  return [
    ...(name === '' ? [required(field, 'an empty string is disallowed')] : nameCauses(dnsSubdomain, field, name)),
    ...(has(spec, 'csi') ? [] : [required('spec.csi', 'has to be specified when using volumeAttributesClassName')]),
  ];
}

const sourceOf = (spec: JsonObject): JsonObject =>
  Object.fromEntries(persistentVolumeSourceFields.flatMap((field) => (has(spec, field) ? [[field, fieldOf(spec, field) ?? null]] : [])));

function updateCauses(spec: JsonObject, old: JsonObject): readonly FieldCause[] {
  const isSameSource = sameJson(sourceOf(spec), sourceOf(old));
  const affinity = optionalAt(spec, 'nodeAffinity');
  const losesAttributes = has(old, 'volumeAttributesClassName') && !has(spec, 'volumeAttributesClassName');
  return [
    ...(isSameSource ? [] : [forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation')]),
    ...immutableCauses('volumeMode', fieldOf(spec, 'volumeMode'), fieldOf(old, 'volumeMode')),
    ...(!has(old, 'nodeAffinity') || sameJson(affinity, fieldOf(old, 'nodeAffinity'))
      ? []
      : [invalidValue('nodeAffinity', goStruct('VolumeNodeAffinity', affinity), 'field is immutable')]),
    ...(losesAttributes ? [forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden')] : []),
  ];
}

/** PersistentVolumes. Models pkg/apis/core/validation ValidatePersistentVolume and pkg/registry/core/persistentvolume/strategy.go. */
export const persistentVolumeRules: KindRules = {
  group: '',
  kind: 'PersistentVolume',
  nameRule: dnsSubdomain,
  defaults: (object) =>
    withStruct(object, 'spec', (spec) =>
      withChanged(withDefaults(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }), 'hostPath', (source) =>
        withDefaults(source, { type: '' }),
      ),
    ),
  prepare: (object, context) => ({ ...object, status: { phase: 'Pending', lastPhaseTransitionTime: now(context) } }),
  validate: (object) => specCauses(objectAt(object, 'spec')),
  validateUpdate: (object, old) => {
    const spec = objectAt(object, 'spec');
    return [...specCauses(spec), ...updateCauses(spec, objectAt(old, 'spec'))];
  },
  prepareStatus: (object, old, context) => {
    const status = objectAt(object, 'status');
    const isNew = textAt(status, 'phase') !== textAt(objectAt(old, 'status'), 'phase');
    return isNew ? { ...object, status: { ...status, lastPhaseTransitionTime: now(context) } } : object;
  },
};
