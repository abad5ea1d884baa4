import { fieldOf, isList, isObject, type Json, type JsonObject } from './json.ts';
import { threeWayMergePatch } from './merge-patch.ts';
import { threeWayStrategicPatch } from './three-way-patch.ts';
import type { PatchResult } from './patch-problem.ts';

/** The annotation in which kubectl apply keeps what it applied the last time. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** A patch and how it is to be read. */
export interface ManifestPatch {
  readonly patchType: 'strategic' | 'merge';
  readonly patch: JsonObject;
}

/**
 * The object that `kubectl apply` creates: the manifest with itself in the annotation.
 * Models kubectl pkg/util/apply.go GetModifiedConfiguration.
 */
export function manifestToCreate(manifest: JsonObject): JsonObject {
  const bare = withAnnotations(manifest, (annotations) => Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== lastAppliedAnnotation)));
  const text = `${goJson(bare)}\n`;
  return withAnnotations(bare, (annotations) => ({ ...annotations, [lastAppliedAnnotation]: text }));
}

/**
 * The patch that `kubectl apply` sends for an object that exists; an empty patch means `unchanged`. Custom resources get a JSON merge patch.
 * Models kubectl pkg/cmd/apply/patcher.go.
 */
export function manifestPatch(live: JsonObject, manifest: JsonObject, isCustomResource: boolean): PatchResult<ManifestPatch> {
  const ways = { lastApplied: lastAppliedOf(live), live, manifest: manifestToCreate(manifest) };
  const kind = fieldOf(manifest, 'kind');
  const patch = isCustomResource ? threeWayMergePatch(ways) : threeWayStrategicPatch(ways, typeof kind === 'string' ? kind : '');
  if (!patch.ok) return patch;
  const metadata = fieldOf(patch.value, 'metadata');
  if (['apiVersion', 'kind'].some((field) => Object.hasOwn(patch.value, field)) || (isObject(metadata) && Object.hasOwn(metadata, 'name'))) {
    return { ok: false, error: { reason: 'internal', message: 'At least one of apiVersion, kind and name was changed' } };
  }
  return { ok: true, value: { patchType: isCustomResource ? 'merge' : 'strategic', patch: patch.value } };
}

/** What the annotation of a live object says; an empty object if it is missing or no JSON object. */
export function lastAppliedOf(live: JsonObject): JsonObject {
  const metadata = fieldOf(live, 'metadata');
  const annotations = isObject(metadata) ? fieldOf(metadata, 'annotations') : undefined;
  const text = isObject(annotations) ? fieldOf(annotations, lastAppliedAnnotation) : undefined;
  if (typeof text !== 'string') return {};
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function withAnnotations(manifest: JsonObject, change: (annotations: JsonObject) => JsonObject): JsonObject {
  const metadata = fieldOf(manifest, 'metadata');
  const held = isObject(metadata) ? metadata : {};
  const annotations = fieldOf(held, 'annotations');
  return { ...manifest, metadata: { ...held, annotations: change(isObject(annotations) ? annotations : {}) } };
}

/** JSON as Go writes it: fields in the order of their names, and `<`, `>`, `&` escaped. */
function goJson(value: Json): string {
  const sorted = (held: Json): Json => {
    if (isList(held)) return held.map((element) => sorted(element));
    if (!isObject(held)) return held;
    return Object.fromEntries(
      Object.entries(held)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([field, inner]) => [field, sorted(inner)]),
    );
  };
  const escapes: Readonly<Record<string, string>> = { '<': String.raw`\u003c`, '>': String.raw`\u003e`, '&': String.raw`\u0026` };
  return JSON.stringify(sorted(value)).replaceAll(/[<>&]/gu, (character) => escapes[character] ?? character);
}
