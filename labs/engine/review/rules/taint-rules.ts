import { labelValue, qualifiedName } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, invalidValue, required, unsupported } from '../field-causes.ts';
import { goStruct } from '../go-struct.ts';
import { has, textAt } from '../read-fields.ts';
import { nameCauses } from './name-causes.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What is wrong with a pod's tolerations. Models pkg/apis/core/validation ValidateTolerations. */
export function tolerationCauses(tolerations: readonly JsonObject[], path: string): readonly FieldCause[] {
  return tolerations.flatMap((toleration, index) => {
    const at = `${path}[${index}]`;
    const [key, operator, effect] = [textAt(toleration, 'key'), textAt(toleration, 'operator'), textAt(toleration, 'effect')];
    const isForAll = key === '' && operator !== 'Exists';
    const isTimed = has(toleration, 'tolerationSeconds') && effect !== 'NoExecute';
    return [
      ...(key === '' ? [] : nameCauses(qualifiedName, `${at}.key`, key)),
      ...(isForAll
        ? [invalidValue(`${at}.operator`, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"')]
        : []),
      ...(isTimed ? [invalidValue(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")] : []),
      ...operatorCauses(operator, textAt(toleration, 'value'), at),
      ...(effect === '' || effects.includes(effect) ? [] : [unsupported(`${at}.effect`, effect, effects)]),
    ];
  });
}

function operatorCauses(operator: string, value: string, path: string): readonly FieldCause[] {
  const field = `${path}.operator`;
  switch (operator) {
    case '':
    case 'Equal': {
      const sentences = labelValue(value);
      return sentences.length === 0 ? [] : [invalidValue(field, value, sentences.join(';'))];
    }
    case 'Exists':
      return value === '' ? [] : [invalidValue(field, value, "value must be empty when `operator` is 'Exists'")];
    default:
      return [unsupported(field, operator, ['Equal', 'Exists'])];
  }
}

/** What is wrong with a node's taints. Models validateNodeTaints. */
export function taintCauses(taints: readonly JsonObject[], path: string): readonly FieldCause[] {
  const seen = new Set<string>();
  return taints.flatMap((taint, index) => {
    const at = `${path}[${index}]`;
    const [key, value, effect] = [textAt(taint, 'key'), textAt(taint, 'value'), textAt(taint, 'effect')];
    const sentences = labelValue(value);
    const isRepeated = seen.has(`${key} ${effect}`);
    seen.add(`${key} ${effect}`);
    return [
      ...nameCauses(qualifiedName, `${at}.key`, key),
      ...(sentences.length === 0 ? [] : [invalidValue(`${at}.value`, value, sentences.join(';'))]),
      ...(effect === '' ? [required(`${at}.effect`)] : effects.includes(effect) ? [] : [unsupported(`${at}.effect`, effect, effects)]),
      ...(isRepeated ? [duplicate(at, goStruct('Taint', taint))] : []),
    ];
  });
}
