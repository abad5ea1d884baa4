import { isList, isObject, type Json } from '../../engine/patch/json.ts';
import { compareQuantities, parseQuantity } from '../../reading/quantity.ts';
import { goSorted } from './go-sort.ts';
import type { StoredObject } from '../../engine/store/stored-object.ts';

type Step = string | number;

/** The steps of a plain path: `.status.containerStatuses[0].restartCount`, braces or not; undefined for other JSONPath. */
function stepsOf(path: string): readonly Step[] | undefined {
  const inner = /^\{(.*)\}$/u.exec(path)?.[1] ?? path;
  const dotted = /^[.[]/u.test(inner) ? inner : `.${inner}`;
  if (!/^(?:\.[-\w/]+|\[\d+\])+$/u.test(dotted)) return undefined;
  return Array.from(dotted.matchAll(/\.([-\w/]+)|\[(\d+)\]/gu), ([, field, index]) => field ?? Number(index));
}

function valueAt(object: Json, steps: readonly Step[]): Json | undefined {
  let found: Json | undefined = object;
  for (const step of steps) found = typeof step === 'number' ? (isList(found) ? found[step] : undefined) : isObject(found) ? found[step] : undefined;
  return found;
}

/** A missing value is less than any other, even than a missing one: so the real thing says. */
function isLess(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined) return one === undefined;
  if (one === null || other === null) return one === null && other !== null;
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const [left, right] = [parseQuantity(one), parseQuantity(other)];
  return left.ok && right.ok ? compareQuantities(left.quantity, right.quantity) < 0 : one < other;
}

/** Objects by the value at a path, those without it first; undefined if the path is none that is covered. Models kubectl pkg/cmd/get/sorter.go. */
export function sortedBy(objects: readonly StoredObject[], path: string): readonly StoredObject[] | undefined {
  const steps = stepsOf(path);
  return steps === undefined ? undefined : goSorted(objects, (one, other) => isLess(valueAt(one, steps), valueAt(other, steps)));
}
