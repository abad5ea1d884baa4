import { fieldOf, isList, isObject, type Json, type JsonObject } from '../../engine/patch/json.ts';

/** What stands at a path such as `spec.claimRef.name`; undefined if anything on the way is missing or null. */
export function fieldAt(value: Json | undefined, path: string): Json | undefined {
  let found = value;
  for (const field of path.split('.')) found = isObject(found) ? fieldOf(found, field) : undefined;
  return found ?? undefined;
}

/** The text, number or truth value at a path as text; '' where there is none, as Go's zero values print. */
export function textAt(value: Json | undefined, path: string): string {
  const found = fieldAt(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
}

/** The number at a path; 0 where there is none. */
export const numberAt = (value: Json | undefined, path: string): number => Number(textAt(value, path));

/** Whether there is a `true` at a path. */
export const trueAt = (value: Json | undefined, path: string): boolean => fieldAt(value, path) === true;

/** The object at a path; an empty one where there is none. */
export function objectAt(value: Json | undefined, path: string): JsonObject {
  const found = fieldAt(value, path);
  return isObject(found) ? found : {};
}

/** The objects of the list at a path. */
export function objectsAt(value: Json | undefined, path: string): readonly JsonObject[] {
  const found = fieldAt(value, path);
  return isList(found) ? found.filter((each) => isObject(each)) : [];
}

/** The texts of the list at a path. */
export function textsAt(value: Json | undefined, path: string): readonly string[] {
  const found = fieldAt(value, path);
  return isList(found) ? found.filter((each) => typeof each === 'string') : [];
}

/** The fields of a map of texts, sorted by name as Go sorts. */
export function sortedEntries(map: JsonObject): readonly (readonly [name: string, text: string])[] {
  return Object.keys(map)
    .sort()
    .map((name) => [name, textAt({ held: map[name] ?? null }, 'held')] as const);
}

/** `a=1,b=2`, or `<none>`. Models apimachinery labels.FormatLabels. */
export function labelsText(labels: JsonObject): string {
  return orNone(
    sortedEntries(labels)
      .map(([name, text]) => `${name}=${text}`)
      .join(','),
  );
}

export const orNone = (text: string): string => (text === '' ? '<none>' : text);
