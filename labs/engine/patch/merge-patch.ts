import { fieldOf, fieldsOf, isObject, sameJson, type Json, type JsonObject } from './json.ts';
import { attempt, PatchProblem, type PatchResult } from './patch-problem.ts';
import type { ThreeWays } from './three-way-patch.ts';

/** Applies a JSON merge patch (RFC 7386): null deletes, objects are merged, everything else replaces. Neither value is changed. */
export function mergePatch(value: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = isObject(value) ? fieldsOf(value) : new Map<string, Json>();
  for (const [field, change] of Object.entries(patch)) {
    if (change === null) merged.delete(field);
    else merged.set(field, mergePatch(merged.get(field), change));
  }
  return Object.fromEntries(merged);
}

/** The JSON merge patch that turns one object into another. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch = new Map<string, Json>();
  for (const [field, value] of Object.entries(modified)) {
    const held = fieldOf(original, field);
    if (isObject(held) && isObject(value)) {
      const inner = createMergePatch(held, value);
      if (Object.keys(inner).length > 0) patch.set(field, inner);
    } else if (held === undefined || !sameJson(held, value)) patch.set(field, value);
  }
  for (const field of Object.keys(original)) if (!Object.hasOwn(modified, field)) patch.set(field, null);
  return Object.fromEntries(patch);
}

/**
 * The JSON merge patch that kubectl apply sends for kinds without a strategic one (custom resources).
 * Models apimachinery pkg/util/jsonmergepatch/patch.go CreateThreeWayJSONMergePatch.
 */
export function threeWayMergePatch({ lastApplied, live, manifest }: ThreeWays): PatchResult<JsonObject> {
  return attempt(() => {
    const changes = keepingNulls(createMergePatch(live, manifest), false);
    const deletions = keepingNulls(createMergePatch(lastApplied, manifest), true);
    if (haveConflict(changes, deletions)) throw new PatchProblem('conflicts with changes made from original to current');
    return combined(deletions, changes);
  });
}

/** Keeps either the deletions of a patch or everything else. */
function keepingNulls(patch: JsonObject, keepsNulls: boolean): JsonObject {
  const kept = new Map<string, Json>();
  for (const [field, value] of Object.entries(patch)) {
    if (isObject(value) && Object.keys(value).length > 0) {
      const inner = keepingNulls(value, keepsNulls);
      if (Object.keys(inner).length > 0) kept.set(field, inner);
    } else if ((value === null) === keepsNulls) kept.set(field, value);
  }
  return Object.fromEntries(kept);
}

function haveConflict(one: Json, other: Json): boolean {
  if (isObject(one) && isObject(other)) {
    return Object.entries(one).some(([field, value]) => Object.hasOwn(other, field) && haveConflict(value, fieldOf(other, field) ?? null));
  }
  return !sameJson(one, other);
}

/** Both patches as one: nulls stay, they are what the server is to delete. */
function combined(one: JsonObject, other: JsonObject): JsonObject {
  const merged = fieldsOf(one);
  for (const [field, value] of Object.entries(other)) {
    const held = merged.get(field);
    merged.set(field, isObject(held) && isObject(value) ? combined(held, value) : value);
  }
  return Object.fromEntries(merged);
}
