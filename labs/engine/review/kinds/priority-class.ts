import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import type { RequestedObject } from '../../store/stored-object.ts';
import { forbidden, immutableCauses, unsupported } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { numberAt, textAt, withDefaults } from '../read-fields.ts';

/** The classes that every cluster has. Models pkg/apis/scheduling/v1/helpers.go SystemPriorityClasses. */
export const systemPriorities: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 };
const valueMax = 1_000_000_000;
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];

function nameOrValueCauses(object: RequestedObject): readonly FieldCause[] {
  const { name = '' } = object.metadata;
  const value = numberAt(object, 'value') ?? 0;
  if (name.startsWith('system-')) {
    const because = Object.hasOwn(systemPriorities, name)
      ? systemPriorities[name] === value
        ? undefined
        : `value of ${name} PriorityClass must be ${systemPriorities[name] ?? 0}`
      : `${name} is not a known system priority class`;
    const sentence = `priority class names with 'system-' prefix are reserved for system use only. error: ${because ?? ''}`;
    return because === undefined ? [] : [forbidden('metadata.name', sentence)];
  }
  return value > valueMax ? [forbidden('value', `maximum allowed value of a user defined priority is ${valueMax}`)] : [];
}

/** PriorityClasses. Models pkg/apis/scheduling/validation/validation.go. */
export const priorityClassRules: KindRules = {
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  nameRule: dnsSubdomain,
  defaults: (object) => withDefaults(object, { preemptionPolicy: 'PreemptLowerPriority' }),
  validate: (object) => {
    const policy = textAt(object, 'preemptionPolicy');
    return [...nameOrValueCauses(object), ...(preemptionPolicies.includes(policy) ? [] : [unsupported('preemptionPolicy', policy, preemptionPolicies)])];
  },
  validateUpdate: (object, old) => [
    ...(numberAt(object, 'value') === numberAt(old, 'value') ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...immutableCauses('preemptionPolicy', fieldOf(object, 'preemptionPolicy'), fieldOf(old, 'preemptionPolicy')),
  ],
};
