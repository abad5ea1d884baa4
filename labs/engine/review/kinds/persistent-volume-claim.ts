import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, sameJson, type Json, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import type { RequestedObject, StoredObject } from '../../store/stored-object.ts';
import { claimSpecDefaults, withBothSources } from '../defaults/claim-spec-defaults.ts';
import { forbidden, immutableCauses } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { has, objectAt, textAt, withChanged, withStruct } from '../read-fields.ts';
import { claimSpecCauses } from '../rules/claim-spec-rules.ts';
import { comparedAmounts } from '../rules/quantity-rules.ts';

const betaClass = 'volume.beta.kubernetes.io/storage-class';
const requestOf = (spec: JsonObject): Json | undefined => fieldOf(objectAt(objectAt(spec, 'resources'), 'requests'), 'storage');

/** The spec with the value of a field from another one: absent there, absent here. */
function taking(spec: JsonObject, field: string, from: JsonObject): JsonObject {
  const others = Object.entries(spec).filter(([name]) => name !== field);
  const value = fieldOf(from, field);
  return Object.fromEntries(value === undefined ? others : [...others, [field, value]]);
}

/** The new spec with everything that may change set back: what then differs is forbidden. */
function withoutAllowedChanges(object: RequestedObject, old: StoredObject): JsonObject {
  const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
  const beta = old.metadata.annotations?.[betaClass];
  const isBound = textAt(objectAt(object, 'status'), 'phase') === 'Bound';
  const getsClass = !has(before, 'storageClassName') && has(spec, 'storageClassName') && (beta === undefined || fieldOf(spec, 'storageClassName') === beta);
  let comparable = textAt(before, 'volumeName') === '' ? taking(spec, 'volumeName', before) : spec;
  // A claim without a class may be given one: the default class, once there is one.
  if (getsClass) comparable = taking(comparable, 'storageClassName', before);
  if (isBound && has(objectAt(spec, 'resources'), 'requests')) {
    comparable = withChanged(comparable, 'resources', (resources) =>
      withChanged(resources, 'requests', (requests) => taking(requests, 'storage', { storage: requestOf(before) ?? null })),
    );
  }
  return isBound && has(spec, 'volumeAttributesClassName') ? taking(comparable, 'volumeAttributesClassName', before) : comparable;
}

function attributesClassCauses(spec: JsonObject, old: JsonObject): readonly FieldCause[] {
  const field = 'spec.volumeAttributesClassName';
  if (!has(old, 'volumeAttributesClassName') || textAt(spec, 'volumeAttributesClassName') !== '') return [];
  if (!has(spec, 'volumeAttributesClassName')) return [forbidden(field, 'update from non-nil value to nil is forbidden')];
  return textAt(old, 'volumeAttributesClassName') === '' ? [] : [forbidden(field, 'update from non-nil value to an empty string is forbidden')];
}

/** What an update may not do. Models pkg/apis/core/validation ValidatePersistentVolumeClaimUpdate; its message goes on with a comparison, here left out. */
function updateCauses(object: RequestedObject, old: StoredObject): readonly FieldCause[] {
  const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
  const capacity = fieldOf(objectAt(objectAt(old, 'status'), 'capacity'), 'storage');
  const [request, requestBefore] = [requestOf(spec), requestOf(before)];
  const shrinksTooFar = comparedAmounts(request, requestBefore) < 0 && comparedAmounts(request, capacity) <= 0;
  return [
    ...immutableCauses(`metadata.annotations.${betaClass}`, object.metadata.annotations?.[betaClass] ?? '', old.metadata.annotations?.[betaClass] ?? ''),
    ...(sameJson(withoutAllowedChanges(object, old), before)
      ? []
      : [forbidden('spec', 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims')]),
    ...(shrinksTooFar ? [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')] : []),
    ...immutableCauses('volumeMode', fieldOf(spec, 'volumeMode'), fieldOf(before, 'volumeMode')),
    ...attributesClassCauses(spec, before),
  ];
}

/** PersistentVolumeClaims. Models pkg/apis/core/validation and pkg/registry/core/persistentvolumeclaim/strategy.go. */
export const persistentVolumeClaimRules: KindRules = {
  group: '',
  kind: 'PersistentVolumeClaim',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', claimSpecDefaults),
  prepare: (object) => ({ ...withChanged(object, 'spec', withBothSources), status: { phase: 'Pending' } }),
  prepareUpdate: (object) => withChanged(object, 'spec', withBothSources),
  validate: (object) => claimSpecCauses(objectAt(object, 'spec'), 'spec'),
  validateUpdate: (object, old) => [...claimSpecCauses(objectAt(object, 'spec'), 'spec'), ...updateCauses(object, old)],
};
