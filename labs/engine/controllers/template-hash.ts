import { keyHash } from '../key-hash.ts';
import { isList, isObject, type Json } from '../patch/json.ts';

const letters = 'bcdfghjklmnpqrstvwxz2456789';
const known = new WeakMap<object, string>();

/**
 * Up to ten letters that stand for a template, the same for the same content whatever the order of its fields. They look as `pod-template-hash` does;
 * the real ones come from the memory layout of Go's types and cannot be had from the object alone.
 */
export function templateHash(template: Json, collisionCount = 0): string {
  if (typeof template !== 'object' || template === null) return '';
  const held = known.get(template);
  const text = held ?? canonical(template);
  if (held === undefined) known.set(template, text);
  const number = String(keyHash(collisionCount === 0 ? text : `${text}/${collisionCount}`));
  return number.replaceAll(/\d/gu, (digit) => letters[digit.charCodeAt(0) % letters.length] ?? '');
}

function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([field, held]) => `${JSON.stringify(field)}:${canonical(held)}`).join()}}`;
}
