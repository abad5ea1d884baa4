import { dnsSubdomain, qualifiedName } from '../../../reading/name-rules.ts';
import { fieldOf, sameJson, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, forbidden, immutableCauses, invalidValue, required, unsupported } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { objectAt, objectsAt, textAt, textsAt, withDefaults } from '../read-fields.ts';
import { nameCauses } from '../rules/name-causes.ts';

const bindingModes = ['Immediate', 'WaitForFirstConsumer'];
const reclaimPolicies = ['Delete', 'Retain'];
/** Names and values together. */
const parameterBytesMax = 256 * 1024;
const parametersMax = 512;

function provisionerCauses(provisioner: string): readonly FieldCause[] {
  if (provisioner === '') return [required('provisioner')];
  return qualifiedName(provisioner.toLowerCase()).map((sentence) => invalidValue('provisioner', provisioner, sentence));
}

function parameterCauses(parameters: JsonObject): readonly FieldCause[] {
  const entries = Object.entries(parameters);
  const tooLong = (bytesMax: number): FieldCause => ({ field: 'parameters', message: `Too long: may not be more than ${bytesMax} bytes` });
  if (entries.length > parametersMax) return [tooLong(parametersMax)];
  const bytes = entries.reduce((total, [name]) => total + name.length + textAt(parameters, name).length, 0);
  return [
    ...(entries.some(([name]) => name === '') ? [invalidValue('parameters', '', 'field can not be empty.')] : []),
    ...(bytes > parameterBytesMax ? [tooLong(parameterBytesMax)] : []),
  ];
}

/** What is wrong with the topologies: keys without values, values or whole terms that stand twice. */
function topologyCauses(terms: readonly JsonObject[]): readonly FieldCause[] {
  const valuesByKey = (term: JsonObject): JsonObject =>
    Object.fromEntries(objectsAt(term, 'matchLabelExpressions').map((each) => [textAt(each, 'key'), textsAt(each, 'values').toSorted()]));
  return terms.flatMap((term, index) => {
    const path = `allowedTopologies[${index}]`;
    const isRepeated = terms.slice(0, index).some((other) => sameJson(valuesByKey(other), valuesByKey(term)));
    return [...termCauses(term, path), ...(isRepeated ? [duplicate(`${path}.matchLabelExpressions`, '')] : [])];
  });
}

function termCauses(term: JsonObject, path: string): readonly FieldCause[] {
  const expressions = objectsAt(term, 'matchLabelExpressions');
  return expressions.flatMap((expression, index) => {
    const at = `${path}.matchLabelExpressions[${index}]`;
    const [key, values] = [textAt(expression, 'key'), textsAt(expression, 'values')];
    const isRepeated = expressions.slice(0, index).some((other) => textAt(other, 'key') === key);
    return [
      ...(values.length === 0 ? [required(`${at}.values`)] : []),
      ...values.flatMap((value, place) => (values.indexOf(value) < place ? [duplicate(`${at}.values[${place}]`, value)] : [])),
      ...nameCauses(qualifiedName, `${at}.key`, key),
      ...(isRepeated ? [duplicate(`${at}.key`, key)] : []),
    ];
  });
}

function classCauses(object: JsonObject): readonly FieldCause[] {
  const [policy, mode] = [textAt(object, 'reclaimPolicy'), textAt(object, 'volumeBindingMode')];
  return [
    ...provisionerCauses(textAt(object, 'provisioner')),
    ...parameterCauses(objectAt(object, 'parameters')),
    ...(reclaimPolicies.includes(policy) ? [] : [unsupported('reclaimPolicy', policy, reclaimPolicies)]),
    ...(bindingModes.includes(mode) ? [] : [unsupported('volumeBindingMode', mode, bindingModes)]),
    ...topologyCauses(objectsAt(object, 'allowedTopologies')),
  ];
}

/** StorageClasses. Models pkg/apis/storage/v1/defaults.go and pkg/apis/storage/validation/validation.go. */
export const storageClassRules: KindRules = {
  group: 'storage.k8s.io',
  kind: 'StorageClass',
  nameRule: dnsSubdomain,
  defaults: (object) => withDefaults(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: classCauses,
  validateUpdate: (object, old) => [
    ...(sameJson(objectAt(object, 'parameters'), objectAt(old, 'parameters')) ? [] : [forbidden('parameters', 'updates to parameters are forbidden.')]),
    ...(textAt(object, 'provisioner') === textAt(old, 'provisioner') ? [] : [forbidden('provisioner', 'updates to provisioner are forbidden.')]),
    ...(textAt(object, 'reclaimPolicy') === textAt(old, 'reclaimPolicy') ? [] : [forbidden('reclaimPolicy', 'updates to reclaimPolicy are forbidden.')]),
    ...immutableCauses('volumeBindingMode', fieldOf(object, 'volumeBindingMode'), fieldOf(old, 'volumeBindingMode')),
  ],
};
