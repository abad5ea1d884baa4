import { goText, goType } from './go-text.ts';
import { fieldOf, isList, isObject, type Json, type JsonObject } from './json.ts';
import { PatchProblem } from './patch-problem.ts';

/** Order and identity of elements in lists that are merged. Models apimachinery pkg/util/strategicpatch/patch.go (normalizeElementOrder and what it calls). */

export const patchMarker = '$patch';

export type List = readonly Json[];

/** A list element as an object. Throws a PatchProblem if it is none. */
export function objectIn(element: Json): JsonObject {
  if (isObject(element)) return element;
  throw new PatchProblem(`expected a map[string]interface {}, but received a ${goType(element)}`);
}

/** The value of the merge key. Throws a PatchProblem if the element has none. */
export function mergeKeyOf(element: Json, key: string): Json {
  const object = objectIn(element);
  const value = fieldOf(object, key);
  if (value === undefined) throw new PatchProblem(`map: ${goText(object)} does not contain declared merge key: ${key}`);
  return value;
}

/** The Go type that all elements share. Throws a PatchProblem if they differ, if there are none or if they are lists. */
export function elementType(...lists: readonly List[]): string {
  const [first, ...others] = lists.flat(1);
  if (first === undefined || first === null) throw new PatchProblem('no elements in any of the given slices');
  if (isList(first)) throw new PatchProblem('lists of lists are not supported', 'unprocessable');
  if (others.some((element) => goType(element) !== goType(first))) {
    throw new PatchProblem(`list element types are not identical: [${lists.map((list) => goText(list)).join(' ')}]`);
  }
  return goType(first);
}

/** Whether the elements are objects. Throws like `elementType`. */
export function holdsObjects(...lists: readonly List[]): boolean {
  return elementType(...lists) === 'map[string]interface {}';
}

/** Place of the first element with this merge key (for scalars: with this value), or -1. */
export function indexOfElement(list: List, key: string | undefined, value: Json): number {
  return list.findIndex((element) => (key === undefined ? element : isObject(element) ? (fieldOf(element, key) ?? null) : null) === value);
}

/** Divides a list into elements that the other list names and those that it does not. */
export function partition(list: List, by: List, key: string | undefined): { readonly named: List; readonly others: List } {
  const isNamed = list.map((element) => {
    const value = key === undefined ? element : mergeKeyOf(element, key);
    return (key === undefined ? by : by.filter((each) => fieldOf(objectIn(each), key) !== undefined)).some(
      (each) => (key === undefined ? each : fieldOf(objectIn(each), key)) === value,
    );
  });
  return { named: list.filter((_, index) => isNamed[index]), others: list.filter((_, index) => !isNamed[index]) };
}

interface Orders {
  readonly patched: List;
  readonly serverOnly: List;
  /** The order that the patch asks for. */
  readonly patchOrder: List;
  /** The order of the live list. */
  readonly serverOrder: List;
}

/** Puts patched elements into the patch's order, the server's own ones into the live order, and the server's before the first patched one that stands behind them there. */
export function inOrder({ patched, serverOnly, patchOrder, serverOrder }: Orders, key: string | undefined): List {
  const right = sortedBy(patched, patchOrder, key);
  const left = sortedBy(serverOnly, serverOrder, key);
  const place = (element: Json): number => indexOfElement(serverOrder, key, identity(element, key));
  const merged: Json[] = [];
  let [leftIndex, rightIndex] = [0, 0];
  while (leftIndex < left.length || rightIndex < right.length) {
    const [one, other] = [left[leftIndex], right[rightIndex]];
    const leftFirst = other === undefined || (one !== undefined && place(one) >= 0 && place(one) < place(other));
    const next = leftFirst ? one : other;
    if (next !== undefined) merged.push(next);
    if (leftFirst) leftIndex += 1;
    else rightIndex += 1;
  }
  return merged;
}

/** Sorts by the place in another list; deletions go to the end. Throws a PatchProblem if a merge key is missing. */
export function sortedBy(list: List, order: List, key: string | undefined): List {
  if (key !== undefined) for (const element of [...list, ...order]) mergeKeyOf(element, key);
  const isDeletion = (element: Json): boolean => key !== undefined && fieldOf(objectIn(element), patchMarker) === 'delete';
  const places = new Map(list.map((element) => [element, indexOfElement(order, key, identity(element, key))]));
  const before = (one: Json, other: Json): boolean => {
    const [first = -1, second = -1] = [places.get(one), places.get(other)];
    return first < 0 || second < 0 || first < second;
  };
  return [
    ...insertionSorted(
      list.filter((element) => !isDeletion(element)),
      before,
    ),
    ...list.filter((element) => isDeletion(element)),
  ];
}

/** Sorts by the text of the merge key, as differences are looked for. Elements with equal keys end in reverse order if the list is short, as in Go. */
export function sortedByKeyText(list: List, key: string | undefined): List {
  const text = (element: Json): string => goText(identity(element, key));
  // Go's sort uses insertion up to 12 elements, and this comparison is true for equal ones; beyond, equal elements have no order that could be relied on.
  if (list.length <= 12) return insertionSorted(list, (one, other) => text(one) <= text(other));
  return list.toSorted((one, other) => (text(one) < text(other) ? -1 : Number(text(one) > text(other))));
}

function identity(element: Json, key: string | undefined): Json {
  return key === undefined ? element : isObject(element) ? (fieldOf(element, key) ?? null) : null;
}

/** Insertion sort: the comparisons here are no proper orders, so the way of sorting decides where unknown elements end. */
function insertionSorted(list: List, before: (one: Json, other: Json) => boolean): List {
  const sorted: Json[] = [];
  for (const element of list) {
    let place = sorted.length;
    while (place > 0 && before(element, sorted[place - 1] ?? null)) place -= 1;
    sorted.splice(place, 0, element);
  }
  return sorted;
}
