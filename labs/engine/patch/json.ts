/** Values of JSON, as manifests, patches and stored objects are made of them. Nothing here changes what it is given. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [field: string]: Json;
}

/** Whether a value is an object (a map of Go), not a list and not null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value of an object's own field; undefined if there is none (`constructor` is a field like any other). */
export function fieldOf(object: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

/** The fields of an object as a map that may be changed: writing `__proto__` into it is harmless. */
export function fieldsOf(object: JsonObject): Map<string, Json> {
  return new Map(Object.entries(object));
}

/** Whether two values are the same; the order of fields does not matter, the order of lists does. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (isList(one)) return isList(other) && one.length === other.length && one.every((element, index) => sameJson(element, other[index]));
  if (!isObject(one) || !isObject(other)) return false;
  const fields = Object.keys(one);
  return fields.length === Object.keys(other).length && fields.every((field) => Object.hasOwn(other, field) && sameJson(one[field], other[field]));
}

/** The value without fields that are null, at any depth; the value itself if there are none. Elements of lists stay. */
export function withoutNulls<Value extends Json>(value: Value): Value;
export function withoutNulls(value: Json): Json {
  // Nearly all values have none: looking first costs a fifth of making them anew.
  if (!holdsNull(value)) return value;
  if (isList(value)) return value.map((element) => withoutNulls(element));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, held]) => held !== null);
  return Object.fromEntries(kept.map(([field, held]) => [field, withoutNulls(held)]));
}

/** Whether a field somewhere in a value is null. */
function holdsNull(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.some((element) => holdsNull(element));
  for (const field in value) {
    const held = value[field];
    if (held === null || (typeof held === 'object' && holdsNull(held))) return true;
  }
  return false;
}

/** The object without some fields. */
export function without(object: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}
