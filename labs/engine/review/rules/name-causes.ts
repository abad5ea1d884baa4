import type { NameRule } from '../../../reading/name-rules.ts';
import { dnsSubdomain, labelValue, qualifiedName } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, required } from '../field-causes.ts';
import { textAt } from '../read-fields.ts';

/** What a rule finds wrong with a text, at a field. */
export function nameCauses(rule: NameRule, field: string, text: string): readonly FieldCause[] {
  return rule(text).map((sentence) => invalidValue(field, text, sentence));
}

/** What is wrong with a text that must be there. */
export function requiredName(rule: NameRule, field: string, text: string): readonly FieldCause[] {
  return text === '' ? [required(field)] : nameCauses(rule, field, text);
}

/** What is wrong with a text that may be left out. */
export function optionalName(object: JsonObject, path: string, field: string, rule: NameRule = dnsSubdomain): readonly FieldCause[] {
  const text = textAt(object, field);
  return text === '' ? [] : nameCauses(rule, `${path}.${field}`, text);
}

/** What is wrong with labels, keys and values. Models apimachinery pkg/apis/meta/v1/validation ValidateLabels. */
export function labelCauses(field: string, labels: JsonObject): readonly FieldCause[] {
  return Object.keys(labels).flatMap((key) => {
    const value = fieldOf(labels, key);
    return [...nameCauses(qualifiedName, field, key), ...nameCauses(labelValue, field, typeof value === 'string' ? value : '')];
  });
}
