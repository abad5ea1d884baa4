import { portName } from '../../../reading/name-rules.ts';
import type { Json, JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue } from '../field-causes.ts';
import { numberAt } from '../read-fields.ts';
import { nameCauses } from './name-causes.ts';

/** Numbers of an object that must not be negative. */
export function nonNegativeCauses(object: JsonObject, path: string, fields: readonly string[]): readonly FieldCause[] {
  return fields.flatMap((field) => {
    const value = numberAt(object, field) ?? 0;
    return value < 0 ? [invalidValue(`${path}.${field}`, value, 'must be greater than or equal to 0')] : [];
  });
}

/** A port's number. */
export function portNumberCauses(field: string, value: number): readonly FieldCause[] {
  return value >= 1 && value <= 65_535 ? [] : [invalidValue(field, value, 'must be between 1 and 65535, inclusive')];
}

/** A port by number, or by the name of a container's port. */
export function portOrNameCauses(field: string, port: Json): readonly FieldCause[] {
  return typeof port === 'string' ? nameCauses(portName, field, port) : portNumberCauses(field, Number(port));
}
