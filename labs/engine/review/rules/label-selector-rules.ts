import { labelValue, qualifiedName } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, invalidValue, required } from '../field-causes.ts';
import { objectAt, objectsAt, textAt, textsAt } from '../read-fields.ts';
import { labelCauses, nameCauses } from './name-causes.ts';

/** What is wrong with a label selector. Models apimachinery pkg/apis/meta/v1/validation ValidateLabelSelector. */
export function labelSelectorCauses(selector: JsonObject, path: string): readonly FieldCause[] {
  return [
    ...labelCauses(`${path}.matchLabels`, objectAt(selector, 'matchLabels')),
    ...objectsAt(selector, 'matchExpressions').flatMap((expression, index) => requirementCauses(expression, `${path}.matchExpressions[${index}]`, [])),
  ];
}

/** What is wrong with one expression of a label selector, or of a node selector, which knows the operators `Gt` and `Lt` too. */
export function requirementCauses(expression: JsonObject, path: string, numeric: readonly string[]): readonly FieldCause[] {
  const values = textsAt(expression, 'values');
  return [
    ...operatorCauses(textAt(expression, 'operator'), values, { path, numeric }),
    ...nameCauses(qualifiedName, `${path}.key`, textAt(expression, 'key')),
    ...values.flatMap((value, index) => nameCauses(labelValue, `${path}.values[${index}]`, value)),
  ];
}

interface OperatorPlace {
  readonly path: string;
  readonly numeric: readonly string[];
}

function operatorCauses(operator: string, values: readonly string[], { path, numeric }: OperatorPlace): readonly FieldCause[] {
  if (operator === 'In' || operator === 'NotIn') {
    return values.length === 0 ? [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")] : [];
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    return values.length > 0 ? [forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")] : [];
  }
  if (numeric.includes(operator)) {
    return values.length === 1 ? [] : [required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
  }
  return [invalidValue(`${path}.operator`, operator, 'not a valid selector operator')];
}
