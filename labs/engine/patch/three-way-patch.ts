import { mergeKeyOf, holdsObjects, sortedBy, sortedByKeyText, type List } from './element-order.ts';
import { goText, goType } from './go-text.ts';
import { fieldOf, isList, isObject, sameJson, type Json, type JsonObject } from './json.ts';
import { attempt, PatchProblem, type PatchResult } from './patch-problem.ts';
import { patchFieldOf, patchTypeOf } from './patch-schema.ts';
import { deletionPrefix, mergeObjects, orderPrefix, retainKeysMarker } from './strategic-merge.ts';

/** The three objects that kubectl apply compares. */
export interface ThreeWays {
  /** What was applied the last time; an empty object if nothing was. */
  readonly lastApplied: JsonObject;
  readonly live: JsonObject;
  readonly manifest: JsonObject;
}

/**
 * The strategic merge patch that kubectl apply sends: what the manifest sets differently from the live object, and what the manifest no longer
 * has of what was applied the last time. What others added to the live object stays.
 * Models apimachinery pkg/util/strategicpatch/patch.go CreateThreeWayMergePatch with overwrite.
 */
export function threeWayStrategicPatch({ lastApplied, live, manifest }: ThreeWays, kind: string): PatchResult<JsonObject> {
  return attempt(() => {
    const type = patchTypeOf(kind);
    const changes = difference(live, manifest, type, { keeps: 'changes', namesFields: false });
    const deletions = difference(lastApplied, manifest, type, { keeps: 'deletions', namesFields: false });
    return mergeObjects(deletions, changes, type, 'combine');
  });
}

/** The strategic merge patch that turns one object into another. Models the same file's CreateTwoWayMergePatch. */
export function twoWayStrategicPatch(original: JsonObject, modified: JsonObject, kind: string): PatchResult<JsonObject> {
  return attempt(() => difference(original, modified, patchTypeOf(kind), { keeps: 'both', namesFields: false }));
}

interface Search {
  readonly keeps: 'changes' | 'deletions' | 'both';
  /** Whether this object gets `$retainKeys`. */
  readonly namesFields: boolean;
}

function difference(original: JsonObject, modified: JsonObject, type: string | undefined, search: Search): JsonObject {
  const patch = new Map<string, Json>();
  for (const [field, value] of Object.entries(modified)) {
    const held = fieldOf(original, field);
    if (held === undefined || goType(held) !== goType(value)) {
      if (search.keeps !== 'deletions') patch.set(field, value);
    } else if (isObject(held) && isObject(value)) differObjects(patch, { field, held, value }, type, search);
    else if (isList(held) && isList(value)) differLists(patch, { field, held, value }, type, search);
    else if (search.keeps !== 'deletions' && held !== value) patch.set(field, value);
  }
  const gone = Object.keys(original).filter((field) => !Object.hasOwn(modified, field));
  if (search.keeps !== 'changes') for (const field of gone) patch.set(field, null);
  const fields = Object.keys(modified).filter((field) => modified[field] !== null);
  if (search.namesFields && fields.length > 0 && (patch.size > 0 || gone.some((field) => original[field] !== null)))
    patch.set(retainKeysMarker, fields.toSorted());
  return Object.fromEntries(patch);
}

interface Pair<Value> {
  readonly field: string;
  readonly held: Value;
  readonly value: Value;
}

function differObjects(patch: Map<string, Json>, { field, held, value }: Pair<JsonObject>, type: string | undefined, search: Search): void {
  const tags = patchFieldOf(type, field);
  if (tags.strategy === 'replace') {
    // Sent even if nothing changed, as kubectl does.
    if (search.keeps !== 'deletions') patch.set(field, value);
    return;
  }
  const inner = difference(held, value, tags.type, { ...search, namesFields: tags.retainKeys === true });
  if (Object.keys(inner).length > 0) patch.set(field, inner);
}

function differLists(patch: Map<string, Json>, { field, held, value }: Pair<List>, type: string | undefined, search: Search): void {
  const tags = patchFieldOf(type, field);
  if (tags.strategy !== 'merge') {
    if (search.keeps !== 'deletions' && !sameJson(held, value)) patch.set(field, value);
    return;
  }
  if (held.length === 0) {
    if (value.length > 0 && search.keeps !== 'deletions') patch.set(field, value);
    return;
  }
  const { key } = tags;
  if (!holdsObjects(held, value)) {
    const { additions, deletions } = differScalars(held, value, search);
    if (additions.length > 0) patch.set(field, additions);
    if (deletions.length > 0) patch.set(`${deletionPrefix}/${field}`, deletions);
    const needsOrder = deletions.length > 0 || (search.keeps !== 'deletions' && !sameJson(held, value));
    if (needsOrder && value.length > 0) patch.set(`${orderPrefix}/${field}`, value);
    return;
  }
  if (key === undefined) throw new PatchProblem(`map: ${goText(held[0])} does not contain declared merge key: `);
  const elements = differElements({ held, value, key }, tags.type, { ...search, namesFields: tags.retainKeys === true });
  if (elements.length > 0) patch.set(field, elements);
  const sameOrder = held.length === value.length && held.every((element, index) => mergeKeyOf(element, key) === mergeKeyOf(value[index] ?? null, key));
  const needsOrder = elements.length > 0 || (search.keeps !== 'deletions' && !sameOrder);
  if (needsOrder && value.length > 0)
    patch.set(
      `${orderPrefix}/${field}`,
      value.map((element) => ({ [key]: mergeKeyOf(element, key) })),
    );
}

interface KeyedLists {
  readonly held: List;
  readonly value: List;
  readonly key: string;
}

/** Goes through both lists in the order of their merge keys: changed and added elements first, then deletions. */
function differElements({ held, value, key }: KeyedLists, type: string | undefined, search: Search): List {
  const changes: Json[] = [];
  const deletions: Json[] = [];
  walkPairs(
    sortedByKeyText(held, key),
    sortedByKeyText(value, key),
    (element) => goText(mergeKeyOf(element, key)),
    (one, other) => {
      if (one !== undefined && other !== undefined) {
        const inner = difference(one as JsonObject, other as JsonObject, type, search);
        if (Object.keys(inner).length > 0) changes.push({ ...inner, [key]: mergeKeyOf(other, key) });
      } else if (other !== undefined && search.keeps !== 'deletions') changes.push(other);
      else if (one !== undefined && search.keeps !== 'changes') deletions.push({ [key]: mergeKeyOf(one, key), $patch: 'delete' });
    },
  );
  return [...sortedBy(changes, value, key), ...deletions];
}

function differScalars(held: List, value: List, search: Search): { readonly additions: List; readonly deletions: List } {
  const additions: Json[] = [];
  const deletions: Json[] = [];
  walkPairs(sortedByKeyText(held, undefined), sortedByKeyText(value, undefined), goText, (one, other) => {
    if (one === undefined && other !== undefined && search.keeps !== 'deletions') additions.push(other);
    if (other === undefined && one !== undefined && search.keeps !== 'changes') deletions.push(one);
  });
  return { additions: sortedBy(additions, value, undefined), deletions: deduplicated(deletions) };
}

/** Visits two sorted lists side by side: pairs of equal text together, others alone. */
function walkPairs(held: List, value: List, text: (element: Json) => string, visit: (one: Json | undefined, other: Json | undefined) => void): void {
  let [heldIndex, valueIndex] = [0, 0];
  while (heldIndex < held.length || valueIndex < value.length) {
    const [one, other] = [held[heldIndex], value[valueIndex]];
    const [oneText, otherText] = [one === undefined ? undefined : text(one), other === undefined ? undefined : text(other)];
    const takesOne = otherText === undefined || (oneText !== undefined && oneText <= otherText);
    const takesOther = oneText === undefined || (otherText !== undefined && otherText <= oneText);
    visit(takesOne ? one : undefined, takesOther ? other : undefined);
    if (takesOne) heldIndex += 1;
    if (takesOther) valueIndex += 1;
  }
}

/** Without repetitions. The last element takes the place of a repeated one, as in the library: the order is part of the patch that is sent. */
function deduplicated(list: List): List {
  const left = [...list];
  for (let index = 0; index < left.length - 1; index += 1) {
    for (let other = index + 1; other < left.length; other += 1) {
      if (left[index] !== left[other]) continue;
      const last = left.pop() ?? null;
      if (other < left.length) left[other] = last;
      other -= 1;
    }
  }
  return left;
}
