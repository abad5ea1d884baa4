import { lastAppliedOf } from '../../engine/patch/apply-manifest.ts';
import { fieldOf, isObject, type Json, type JsonObject } from '../../engine/patch/json.ts';
import type { StoredObject } from '../../engine/store/stored-object.ts';

/** The objects as they were last applied, for a real cluster. Objects that controllers made are left out. */
export function appliedManifests(objects: readonly StoredObject[]): string {
  const applied = objects.map(lastAppliedOf).filter((object) => fieldOf(object, 'kind') !== undefined);
  return applied.map((object) => JSON.stringify(inOrder(object), undefined, 2)).join('\n---\n');
}

/** apiVersion, kind and metadata first, as people write them; without an empty list of annotations. */
function inOrder({ apiVersion = '', kind = '', metadata = {}, ...rest }: JsonObject): JsonObject {
  const annotations = isObject(metadata) ? fieldOf(metadata, 'annotations') : undefined;
  const isEmpty = isObject(annotations) && Object.keys(annotations).length === 0;
  const kept: Json = isObject(metadata) && isEmpty ? Object.fromEntries(Object.entries(metadata).filter(([field]) => field !== 'annotations')) : metadata;
  return { apiVersion, kind, metadata: kept, ...rest };
}
