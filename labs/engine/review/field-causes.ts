import { sameJson, type Json } from '../patch/json.ts';
import type { FieldCause } from '../store/status-error.ts';

/** What can be wrong with a field, in the API server's words. Models apimachinery pkg/util/validation/field/errors.go. */
const detailed = (start: string, detail: string): string => (detail === '' ? start : `${start}: ${detail}`);

/** `Required value`, perhaps with what is required. */
export function required(field: string, detail = ''): FieldCause {
  return { field, message: detailed('Required value', detail) };
}

/** `Invalid value: "x": …`. */
export function invalidValue(field: string, value: Json, detail: string): FieldCause {
  return { field, message: detailed(`Invalid value: ${JSON.stringify(value)}`, detail) };
}

/** `Forbidden: …`. */
export function forbidden(field: string, detail: string): FieldCause {
  return { field, message: detailed('Forbidden', detail) };
}

/** `Unsupported value: "x": supported values: "A", "B"`. */
export function unsupported(field: string, value: Json, supported: readonly string[]): FieldCause {
  const values = supported.map((each) => JSON.stringify(each)).join(', ');
  return { field, message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}` };
}

/** `Duplicate value: "x"`. */
export function duplicate(field: string, value: Json): FieldCause {
  return { field, message: `Duplicate value: ${JSON.stringify(value)}` };
}

/** `Not found: "x"`. */
export function missing(field: string, value: Json): FieldCause {
  return { field, message: `Not found: ${JSON.stringify(value)}` };
}

/** `field is immutable`, if a value is not what it was. */
export function immutableCauses(field: string, value: Json | undefined, old: Json | undefined): readonly FieldCause[] {
  return sameJson(value, old) ? [] : [invalidValue(field, value ?? null, 'field is immutable')];
}
