import { dnsSubdomain, qualifiedName } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { objectAt, withDefaults } from '../read-fields.ts';
import { nameCauses } from '../rules/name-causes.ts';
import { amountCauses, isStandardResource } from '../rules/resource-rules.ts';

/** What is wrong with amounts of a quota, by name. Models pkg/apis/core/validation ValidateResourceQuotaSpec; the API server's order is random, here it is that of the names. */
function hardCauses(hard: JsonObject): readonly FieldCause[] {
  return Object.keys(hard)
    .toSorted()
    .flatMap((name) => {
      const field = `spec.hard[${name}]`;
      const wrong = nameCauses(qualifiedName, field, name);
      const isUnknown = wrong.length === 0 && !name.includes('/') && !isStandardResource(name);
      return [
        ...wrong,
        ...(isUnknown
          ? [
              invalidValue(field, name, 'must be a standard resource type or fully qualified'),
              invalidValue(field, name, 'must be a standard resource for quota'),
            ]
          : []),
        ...amountCauses(field, name, fieldOf(hard, name) ?? '0'),
      ];
    });
}

/** ResourceQuotas. */
export const resourceQuotaRules: KindRules = {
  group: '',
  kind: 'ResourceQuota',
  nameRule: dnsSubdomain,
  defaults: (object) => withDefaults(object, { spec: {} }),
  prepare: (object) => ({ ...object, status: {} }),
  validate: (object) => hardCauses(objectAt(objectAt(object, 'spec'), 'hard')),
};
