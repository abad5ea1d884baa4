import { configMapKey, dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, sameJson, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, invalidValue } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { objectAt } from '../read-fields.ts';
import { nameCauses } from '../rules/name-causes.ts';

function keyCauses(object: JsonObject): readonly FieldCause[] {
  const [data, binary] = [objectAt(object, 'data'), objectAt(object, 'binaryData')];
  return [
    ...Object.keys(data).flatMap((key) => [
      ...nameCauses(configMapKey, `data[${key}]`, key),
      ...(Object.hasOwn(binary, key) ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]),
    ...Object.keys(binary).flatMap((key) => nameCauses(configMapKey, `binaryData[${key}]`, key)),
  ];
}

/** A ConfigMap that says so cannot change any more. */
function changeCauses(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  if (old.immutable !== true) return [];
  const changed = ['data', 'binaryData'].filter((field) => !sameJson(fieldOf(object, field), fieldOf(old, field)));
  return [...(object.immutable === true ? [] : ['immutable']), ...changed].map((field) => forbidden(field, 'field is immutable when `immutable` is set'));
}

/** ConfigMaps. Models pkg/apis/core/validation ValidateConfigMap; its limit of 1 MiB is not checked. */
export const configMapRules: KindRules = {
  group: '',
  kind: 'ConfigMap',
  nameRule: dnsSubdomain,
  validate: keyCauses,
  validateUpdate: (object, old) => [...keyCauses(object), ...changeCauses(object, old)],
};

/** ServiceAccounts: nothing but their names is looked at. */
export const serviceAccountRules: KindRules = { group: '', kind: 'ServiceAccount', nameRule: dnsSubdomain };
