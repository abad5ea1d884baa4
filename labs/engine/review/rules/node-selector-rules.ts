import { dnsSubdomain } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, required } from '../field-causes.ts';
import { objectsAt, textAt, textsAt } from '../read-fields.ts';
import { requirementCauses } from './label-selector-rules.ts';
import { nameCauses } from './name-causes.ts';

/** What is wrong with a node selector, of a pod or a volume. Models pkg/apis/core/validation ValidateNodeSelector. */
export function nodeSelectorCauses(selector: JsonObject, path: string): readonly FieldCause[] {
  const terms = objectsAt(selector, 'nodeSelectorTerms');
  if (terms.length === 0) return [required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')];
  return terms.flatMap((term, index) => nodeSelectorTermCauses(term, `${path}.nodeSelectorTerms[${index}]`));
}

/** What is wrong with one term of a node selector. */
export function nodeSelectorTermCauses(term: JsonObject, path: string): readonly FieldCause[] {
  return [
    ...objectsAt(term, 'matchExpressions').flatMap((each, index) => requirementCauses(each, `${path}.matchExpressions[${index}]`, ['Gt', 'Lt'])),
    ...objectsAt(term, 'matchFields').flatMap((each, index) => fieldRequirementCauses(each, `${path}.matchFields[${index}]`)),
  ];
}

/** A node's only field that can be selected is its name. */
function fieldRequirementCauses(requirement: JsonObject, path: string): readonly FieldCause[] {
  const [key, operator, values] = [textAt(requirement, 'key'), textAt(requirement, 'operator'), textsAt(requirement, 'values')];
  const isSet = operator === 'In' || operator === 'NotIn';
  return [
    ...(isSet ? [] : [invalidValue(`${path}.operator`, operator, 'not a valid selector operator')]),
    ...(isSet && values.length !== 1 ? [required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")] : []),
    ...(key === 'metadata.name'
      ? values.flatMap((value, index) => nameCauses(dnsSubdomain, `${path}.values[${index}]`, value))
      : [invalidValue(`${path}.key`, key, 'not a valid field selector key')]),
  ];
}
