import { fieldOf, isList, isObject, type Json, type JsonObject } from '../patch/json.ts';

/** The object in a field; an empty one if there is none. */
export function objectAt(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isObject(value) ? value : {};
}

/** The object in a field, if there is one. */
export function optionalAt(object: JsonObject, field: string): JsonObject | undefined {
  const value = fieldOf(object, field);
  return isObject(value) ? value : undefined;
}

/** The objects of a list in a field; an empty list if there is none. */
export function objectsAt(object: JsonObject, field: string): readonly JsonObject[] {
  const value = fieldOf(object, field);
  return isList(value) ? value.map((element) => (isObject(element) ? element : {})) : [];
}

/** The texts of a list in a field. */
export function textsAt(object: JsonObject, field: string): readonly string[] {
  const value = fieldOf(object, field);
  return isList(value) ? value.filter((element) => typeof element === 'string') : [];
}

/** The text in a field; empty if there is none. */
export function textAt(object: JsonObject, field: string): string {
  const value = fieldOf(object, field);
  return typeof value === 'string' ? value : '';
}

/** The number in a field, if there is one. */
export function numberAt(object: JsonObject, field: string): number | undefined {
  const value = fieldOf(object, field);
  return typeof value === 'number' ? value : undefined;
}

/** Whether a field is there. */
export function has(object: JsonObject, field: string): boolean {
  return fieldOf(object, field) !== undefined;
}

/** The object with values for fields that it leaves out. */
export function withDefaults<Value extends JsonObject>(object: Value, defaults: Readonly<Record<string, Json>>): Value {
  const absent = Object.keys(defaults).filter((field) => !has(object, field));
  return absent.length === 0 ? object : { ...object, ...Object.fromEntries(absent.map((field) => [field, defaults[field] ?? null])) };
}

/** The object with a changed field; the same object if the change is none. An absent field stays absent. */
export function withChanged<Value extends JsonObject>(object: Value, field: string, change: (value: JsonObject) => JsonObject): Value {
  const value = fieldOf(object, field);
  if (!isObject(value)) return object;
  const changed = change(value);
  return changed === value ? object : { ...object, [field]: changed };
}

/** The same for a field that holds a structure of Go's own: it is written even if nobody wrote it, as `{}` if nothing is in it. */
export function withStruct<Value extends JsonObject>(object: Value, field: string, change: (value: JsonObject) => JsonObject): Value {
  return withChanged(withDefaults(object, { [field]: {} }), field, change);
}

/** The object with a change to each object of a list; the same object if the changes are none. */
export function withEach<Value extends JsonObject>(object: Value, field: string, change: (value: JsonObject) => JsonObject): Value {
  const values = fieldOf(object, field);
  if (!isList(values)) return object;
  const changed = values.map((value) => (isObject(value) ? change(value) : value));
  return changed.every((value, index) => value === values[index]) ? object : { ...object, [field]: changed };
}
