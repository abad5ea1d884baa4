import { fieldOf, isList, isObject, type Json, type JsonObject } from '../patch/json.ts';
import { fieldTypes, type FieldType } from './field-types.ts';

/**
 * A value as the API server's messages show it where they print one of its own structures: all fields, their Go names, empty ones too. Only for types
 * whose fields stand in the table completely and in Go's order.
 */
export function goStruct(type: string, value: JsonObject | undefined): Json {
  if (value === undefined) return null;
  const fields = [...fieldTypes(type)].map(
    ([field, held]) => [`${field.slice(0, 1).toUpperCase()}${field.slice(1)}`, shown(held, fieldOf(value, field))] as const,
  );
  return Object.fromEntries(fields);
}

function shown(type: FieldType, value: Json | undefined): Json {
  if (type.form === 'struct') return isObject(value) || type.isAlways ? goStruct(type.name, isObject(value) ? value : {}) : null;
  if (type.form === 'list') return isList(value) ? value.map((element) => shown(type.of, element)) : null;
  return value ?? zeroOf(type);
}

function zeroOf({ form, isPointer }: FieldType): Json {
  if (isPointer) return null;
  if (form === 'text') return '';
  if (form === 'flag') return false;
  return form === 'integer' || form === 'integer-or-text' ? 0 : null;
}
