import { milliValue } from '../../../reading/quantity.ts';
import { qualifiedName } from '../../../reading/name-rules.ts';
import { fieldOf, type Json, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, required } from '../field-causes.ts';
import { has, objectAt, textAt } from '../read-fields.ts';
import { nameCauses } from './name-causes.ts';
import { comparedAmounts, quantityOf } from './quantity-rules.ts';

const countable = [
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const standardForContainers = ['cpu', 'memory', 'ephemeral-storage'];
const standard = new Set([
  ...standardForContainers,
  ...countable,
  'storage',
  ...['cpu', 'memory', 'storage', 'ephemeral-storage'].map((name) => `requests.${name}`),
  ...standardForContainers.map((name) => `limits.${name}`),
]);
const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
/** Whether Kubernetes itself knows a resource by this name, in containers or quotas. */
export const isStandardResource = (name: string): boolean => standard.has(name) || isHugePages(name);
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');

/** Whether an amount can be given away more than once. Models pkg/apis/core/helper IsOvercommitAllowed. */
const canBeOvercommitted = (name: string): boolean => isNative(name) && !isHugePages(name);

/** An extended resource: a name with a domain that is not Kubernetes' own. */
const isExtended = (name: string): boolean => !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0;

function resourceNameCauses(field: string, name: string): readonly FieldCause[] {
  const wrong = nameCauses(qualifiedName, field, name);
  if (name.includes('/')) {
    return wrong.length > 0 || isNative(name) || isExtended(name) ? wrong : [invalidValue(field, name, "doesn't follow extended resource name standard")];
  }
  const isUnknown = wrong.length === 0 && !isStandardResource(name);
  const isForContainers = standardForContainers.includes(name) || isHugePages(name);
  return [
    ...wrong,
    ...(isUnknown ? [invalidValue(field, name, 'must be a standard resource type or fully qualified')] : []),
    ...(isForContainers ? [] : [invalidValue(field, name, 'must be a standard resource for containers')]),
  ];
}

/** What is wrong with an amount: negative, or a fraction of what can only be counted. Models ValidateResourceQuantityValue. */
export function amountCauses(field: string, name: string, value: Json): readonly FieldCause[] {
  if (comparedAmounts(value, undefined) < 0) return [invalidValue(field, value, 'must be greater than or equal to 0')];
  const isWhole = milliValue(quantityOf(value)) % 1000n === 0n;
  return (countable.includes(name) || isExtended(name)) && !isWhole ? [invalidValue(field, value, 'must be an integer')] : [];
}

/** What is wrong with a container's requests and limits. Models pkg/apis/core/validation ValidateContainerResourceRequirements. */
export function resourceCauses(resources: JsonObject, path: string): readonly FieldCause[] {
  const [limits, requests] = [objectAt(resources, 'limits'), objectAt(resources, 'requests')];
  const each = (list: JsonObject, name: string, at: string): readonly FieldCause[] => [
    ...resourceNameCauses(`${at}[${name}]`, name),
    ...amountCauses(`${at}[${name}]`, name, fieldOf(list, name) ?? '0'),
  ];
  return [
    ...Object.keys(limits).flatMap((name) => each(limits, name, `${path}.limits`)),
    ...Object.keys(requests).flatMap((name) => [
      ...each(requests, name, `${path}.requests`),
      ...requestCauses(name, fieldOf(requests, name) ?? '0', { limit: has(limits, name) ? textAt(limits, name) : undefined, path }),
    ]),
  ];
}

function requestCauses(name: string, request: Json, { limit, path }: { readonly limit: string | undefined; readonly path: string }): readonly FieldCause[] {
  if (limit === undefined) return canBeOvercommitted(name) ? [] : [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')];
  const order = comparedAmounts(request, limit);
  if (order !== 0 && !canBeOvercommitted(name)) return [invalidValue(`${path}.requests`, request, `must be equal to ${name} limit of ${limit}`)];
  return order > 0 ? [invalidValue(`${path}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`)] : [];
}
