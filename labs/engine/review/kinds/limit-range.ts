import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, type Json, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, forbidden, invalidValue, required } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { has, objectAt, objectsAt, textAt, withEach, withStruct } from '../read-fields.ts';
import { comparedAmounts } from '../rules/quantity-rules.ts';

/** Limits for containers: what is left out follows from the rest. Models pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem. */
function withItemDefaults(item: JsonObject): JsonObject {
  if (textAt(item, 'type') !== 'Container') return item;
  const limits = { ...objectAt(item, 'max'), ...objectAt(item, 'default') };
  const requests = { ...objectAt(item, 'min'), ...limits, ...objectAt(item, 'defaultRequest') };
  const filled = {
    ...(Object.keys(limits).length > 0 && { default: limits }),
    ...(Object.keys(requests).length > 0 && { defaultRequest: requests }),
  };
  return { ...item, ...filled };
}

/** Pairs of bounds of which the first must not be greater: where it is said, with whose value, and in which words. */
const orders = [
  { low: 'min', high: 'max', at: 'min', shown: 'min', words: ['min value', 'max value'] },
  { low: 'min', high: 'defaultRequest', at: 'defaultRequest', shown: 'defaultRequest', words: ['min value', 'default request value'] },
  { low: 'defaultRequest', high: 'max', at: 'defaultRequest', shown: 'defaultRequest', words: ['default request value', 'max value'] },
  { low: 'defaultRequest', high: 'default', at: 'defaultRequest', shown: 'defaultRequest', words: ['default request value', 'default limit value'] },
  { low: 'min', high: 'default', at: 'default', shown: 'min', words: ['min value', 'default value'] },
  { low: 'default', high: 'max', at: 'default', shown: 'max', words: ['default value', 'max value'] },
] as const;

function orderCauses(item: JsonObject, path: string): readonly FieldCause[] {
  const boundOf = (list: string, name: string): Json | undefined => fieldOf(objectAt(item, list), name);
  const names = new Set(['max', 'min', 'default', 'defaultRequest'].flatMap((list) => Object.keys(objectAt(item, list))));
  return [...names].flatMap((name) =>
    orders.flatMap(({ low, high, at, shown, words: [lower, upper] }) => {
      const [least, most] = [boundOf(low, name), boundOf(high, name)];
      if (least === undefined || most === undefined || comparedAmounts(least, most) <= 0) return [];
      const detail = `${lower} ${textAt(objectAt(item, low), name)} is greater than ${upper} ${textAt(objectAt(item, high), name)}`;
      return [invalidValue(`${path}.${at}[${name}]`, boundOf(shown, name) ?? null, detail)];
    }),
  );
}

/** What is wrong with limits. Models pkg/apis/core/validation ValidateLimitRange. */
function limitCauses(items: readonly JsonObject[]): readonly FieldCause[] {
  const types = items.map((item) => textAt(item, 'type'));
  return items.flatMap((item, index) => {
    const path = `spec.limits[${index}]`;
    const type = types[index] ?? '';
    const bounded = ['max', 'min'].some((list) => has(objectAt(item, list), 'storage'));
    return [
      ...(types.indexOf(type) < index ? [duplicate(`${path}.type`, type)] : []),
      ...(type === 'Pod'
        ? ['default', 'defaultRequest']
            .filter((list) => has(item, list))
            .map((list) => forbidden(`${path}.${list}`, "may not be specified when `type` is 'Pod'"))
        : []),
      ...(type === 'PersistentVolumeClaim' && !bounded
        ? [required(`${path}.limits`, 'either minimum or maximum storage value is required, but neither was provided')]
        : []),
      ...orderCauses(item, path),
    ];
  });
}

/** LimitRanges: what containers, pods and claims of a namespace may ask for, and what they get if they ask for nothing. */
export const limitRangeRules: KindRules = {
  group: '',
  kind: 'LimitRange',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', (spec) => withEach(spec, 'limits', withItemDefaults)),
  validate: (object) => limitCauses(objectsAt(objectAt(object, 'spec'), 'limits')),
};
