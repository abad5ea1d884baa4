import { elementType, holdsObjects, inOrder, indexOfElement, mergeKeyOf, objectIn, partition, patchMarker, type List } from './element-order.ts';
import { goText, goType } from './go-text.ts';
import { fieldOf, fieldsOf, isList, isObject, sameJson, withoutNulls, type Json, type JsonObject } from './json.ts';
import { attempt, PatchProblem, type PatchResult } from './patch-problem.ts';
import { patchFieldOf, patchTypeOf, type PatchField } from './patch-schema.ts';

export const deletionPrefix = '$deleteFromPrimitiveList';
export const orderPrefix = '$setElementOrder';
export const retainKeysMarker = '$retainKeys';

/**
 * Applies a strategic merge patch to an object of a kind. Neither is changed. Errors carry the sentences of the API server's library.
 * Models apimachinery pkg/util/strategicpatch/patch.go StrategicMergeMapPatch (v1.36).
 */
export function strategicMerge(object: JsonObject, patch: JsonObject, kind: string): PatchResult<JsonObject> {
  return attempt(() => mergeObjects(object, patch, patchTypeOf(kind), 'apply'));
}

/** `apply` follows the directives of the patch; `combine` puts two patches into one and keeps them. */
export type MergeMode = 'apply' | 'combine';

/** Merges a patch into an object (or into another patch). Throws a PatchProblem. */
export function mergeObjects(original: JsonObject, patch: JsonObject, type: string | undefined, mode: MergeMode): JsonObject {
  const marker = fieldOf(patch, patchMarker);
  if (marker === 'replace') return Object.fromEntries(Object.entries(patch).filter(([field]) => field !== patchMarker));
  if (marker === 'delete') return {};
  if (marker !== undefined) throw new PatchProblem(`unknown patch type: ${goText(marker)} in map: ${goText(patch)}`);
  const merged = fieldsOf(original);
  const rest = fieldsOf(patch);
  retainKeys(merged, rest, mode);
  mergeOrderedLists({ merged, rest }, type, mode);
  for (const [field, value] of rest) mergeField(merged, [field, value], type, mode);
  return Object.fromEntries(merged);
}

function mergeField(merged: Map<string, Json>, [directive, value]: readonly [string, Json], type: string | undefined, mode: MergeMode): void {
  const isDeletion = directive.startsWith(deletionPrefix);
  if (isDeletion && mode === 'combine') {
    merged.set(directive, value);
    return;
  }
  const field = isDeletion ? fieldNamedBy(directive, deletionPrefix) : directive;
  if (value === null) {
    merged.delete(field);
    if (mode === 'apply') return;
  }
  const held = merged.get(field);
  if (held === undefined || goType(held) !== goType(value)) {
    if (!isDeletion) setOrDelete(merged, field, withoutDirectives(mode === 'apply' && value !== null ? withoutNulls(value) : value));
  } else if (isObject(held) && isObject(value)) {
    const tags = patchFieldOf(type, field);
    merged.set(field, tags.strategy === 'replace' ? value : mergeObjects(held, value, tags.type, mode));
  } else if (isList(held) && isList(value)) {
    merged.set(field, mergeLists(held, value, patchFieldOf(type, field), isDeletion ? 'delete' : mode));
  } else merged.set(field, value);
}

function setOrDelete(merged: Map<string, Json>, field: string, value: Json | undefined): void {
  if (value === undefined) merged.delete(field);
  else merged.set(field, value);
}

/** The value without objects that carry `$patch`: where there is nothing to act on, a directive leaves no trace. */
function withoutDirectives(value: Json): Json | undefined {
  if (isList(value)) return value.map((element) => withoutDirectives(element)).filter((element) => element !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, patchMarker)) return undefined;
  const kept = new Map<string, Json>();
  for (const [field, held] of Object.entries(value)) setOrDelete(kept, field, withoutDirectives(held));
  return Object.fromEntries(kept);
}

/**
 * The merged object without directives about order, deletion and kept fields. They remain where a patch adds a whole object, because there was nothing
 * to act on; the API server loses them when it reads the result into the kind's type.
 */
export function withoutLeftovers(value: Json): Json {
  if (isList(value)) return value.map((element) => withoutLeftovers(element));
  if (!isObject(value)) return value;
  const isDirective = (field: string): boolean => field === retainKeysMarker || field.startsWith(`${orderPrefix}/`) || field.startsWith(`${deletionPrefix}/`);
  const kept = Object.entries(value).filter(([field]) => !isDirective(field));
  return Object.fromEntries(kept.map(([field, held]) => [field, withoutLeftovers(held)]));
}

function fieldNamedBy(directive: string, prefix: string): string {
  const slash = directive.indexOf('/');
  if (slash === prefix.length) return directive.slice(slash + 1);
  const words = prefix === deletionPrefix ? 'primitive list' : 'setElementOrder list';
  throw new PatchProblem(`invalid patch format of ${words}`, 'malformed');
}

/** `$retainKeys` clears the fields that it does not name; the patch itself may set no other. */
function retainKeys(merged: Map<string, Json>, rest: Map<string, Json>, mode: MergeMode): void {
  const named = rest.get(retainKeysMarker);
  if (named === undefined) return;
  rest.delete(retainKeysMarker);
  if (mode === 'combine') {
    const other = merged.get(retainKeysMarker);
    if (other === undefined) merged.set(retainKeysMarker, named);
    else if (!sameJson(other, named)) {
      throw new PatchProblem(`${goText(other)} and ${goText(named)} are not deep equal: this may happen when calculating the 3-way diff patch`);
    }
    return;
  }
  if (!isList(named)) throw new PatchProblem('invalid patch format of retainKeys', 'malformed');
  for (const [field, value] of rest) {
    const isOther = value === null || field.startsWith(deletionPrefix) || field.startsWith(orderPrefix);
    if (!isOther && !named.includes(field)) throw new PatchProblem('invalid patch format of retainKeys', 'malformed');
  }
  for (const field of [...merged.keys()]) if (!named.includes(field)) merged.delete(field);
}

interface Sides {
  readonly merged: Map<string, Json>;
  readonly rest: Map<string, Json>;
}

/** Merges the lists for which the patch says an order, and takes them out of the rest of the patch. */
function mergeOrderedLists({ merged, rest }: Sides, type: string | undefined, mode: MergeMode): void {
  for (const [directive, order] of [...rest].filter(([field]) => field.startsWith(orderPrefix))) {
    if (mode === 'combine') {
      const other = merged.get(directive);
      if (other !== undefined && !sameJson(other, order)) throw new PatchProblem('invalid patch format of setElementOrder list', 'malformed');
      merged.set(directive, order);
    }
    rest.delete(directive);
    const wanted = listIn(order);
    const field = fieldNamedBy(directive, orderPrefix);
    const live = merged.has(field) ? listIn(merged.get(field) ?? null) : undefined;
    const patched = rest.has(field) ? listIn(rest.get(field) ?? null) : undefined;
    const tags = patchFieldOf(type, field);
    if (patched !== undefined) checkOrder(patched, wanted, tags.key);
    const whole =
      live === undefined ? patched && listIn(withoutDirectives(patched) ?? []) : patched === undefined ? live : mergeLists(live, patched, tags, mode);
    if (whole === undefined) continue;
    elementType(live ?? [], patched ?? []);
    const { named, others } = partition(whole, wanted, tags.key);
    merged.set(field, inOrder({ patched: named, serverOnly: others, patchOrder: wanted, serverOrder: live ?? [] }, tags.key));
    rest.delete(field);
  }
}

function listIn(value: Json): List {
  if (isList(value)) return value;
  throw new PatchProblem(`expected a []interface {}, but received a ${goType(value)}`);
}

/** The elements of a patch must stand in the order that it asks for, and none may be missing there. */
function checkOrder(patched: List, order: List, key: string | undefined): void {
  if (patched.length === 0 || order.length === 0) return;
  const markerOf = (element: Json): Json | undefined => (isObject(element) ? fieldOf(element, patchMarker) : undefined);
  const elements = key === undefined ? patched : patched.filter((element) => fieldOf(objectIn(element), patchMarker) !== 'delete');
  let [index, place] = [0, 0];
  while (index < elements.length && place < order.length) {
    const element = elements[index] ?? null;
    if (markerOf(element) !== undefined) {
      index += 1;
      continue;
    }
    const wanted = order[place] ?? null;
    if (key === undefined ? element === wanted : mergeKeyOf(element, key) === mergeKeyOf(wanted, key)) index += 1;
    place += 1;
  }
  if (index < elements.length && place >= order.length) {
    throw new PatchProblem(`the order in patch list:\n${goText(patched)}\n doesn't match ${orderPrefix} list:\n${goText(order)}`);
  }
}

function mergeLists(live: List, patch: List, tags: PatchField, mode: MergeMode | 'delete'): List {
  if (tags.strategy !== 'merge') return patch;
  if (live.length === 0 && patch.length === 0) return live;
  if (!holdsObjects(live, patch)) {
    if (mode === 'delete') return live.filter((element) => !patch.includes(element));
    const { named, others } = partition([...new Set([...live, ...patch])], patch, tags.key);
    return inOrder({ patched: named, serverOnly: others, patchOrder: patch, serverOrder: live }, tags.key);
  }
  const { key } = tags;
  if (key === undefined) throw new PatchProblem('cannot merge lists without merge key for type struct');
  const { kept, additions } = followMarkers(live, patch, key);
  const merged: Json[] = [...kept];
  for (const addition of additions) {
    const value = mergeKeyOf(addition, key);
    const index = indexOfElement(merged, key, value);
    if (index < 0) merged.push(addition);
    else merged[index] = mergeObjects(objectIn(merged[index] ?? null), objectIn(addition), tags.type, mode === 'delete' ? 'apply' : mode);
  }
  const { named, others } = partition(merged, additions, key);
  return inOrder({ patched: named, serverOnly: others, patchOrder: additions, serverOrder: kept }, key);
}

/** Takes the elements that carry `$patch` out of a patch and does what they say. */
function followMarkers(live: List, patch: List, key: string): { readonly kept: List; readonly additions: List } {
  let kept = live;
  let replaces = false;
  const additions: Json[] = [];
  for (const element of patch) {
    const object = objectIn(element);
    const marker = fieldOf(object, patchMarker);
    if (marker === undefined) additions.push(element);
    else if (marker === 'replace') replaces = true;
    else if (marker === 'delete') {
      const value = mergeKeyOf(object, key);
      kept = kept.filter((each) => fieldOf(objectIn(each), key) !== value);
    } else if (marker === 'merge') throw new PatchProblem('merging lists cannot yet be specified in the patch');
    else throw new PatchProblem(`unknown patch type: ${goText(marker)} in map: ${goText(object)}`);
  }
  return replaces ? { kept: additions, additions: [] } : { kept, additions };
}
