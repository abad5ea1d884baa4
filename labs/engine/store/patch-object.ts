import { jsonWord } from '../patch/go-text.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { isObject, type Json, type JsonObject } from '../patch/json.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import type { PatchResult } from '../patch/patch-problem.ts';
import { strategicMerge, withoutLeftovers } from '../patch/strategic-merge.ts';
import { isCustom } from './resource-kinds.ts';
import { badRequest, notFound, patchFailed, type StatusError } from './status-error.ts';
import { getObject, type Store } from './store.ts';
import { decodeObject, kindOf, namespaceFor } from './stored-object.ts';
import { updateObject } from './update-object.ts';
import type { Outcome, Review, PatchRequest } from './requests.ts';

/** What comes of a patch: it is applied to the object as it is, so it only meets a conflict if it names a resourceVersion. Models apiserver pkg/endpoints/handlers/patch.go. */
export function patchObject(store: Store, request: PatchRequest, review: Review): Outcome {
  const { key, atMs, subresource } = request;
  const kind = kindOf(key);
  const old = getObject(store, key);
  if (old === undefined) return { ok: false, error: notFound(kind, key.name) };
  if (request.patchType === 'strategic' && isCustom(kind)) return { ok: false, error: unsupportedMediaType() };
  const patched = applied(old, request);
  if (!patched.ok) return { ok: false, error: patchFailed(patched.error) };
  const decoded = decodeObject(patched.value);
  if (!decoded.ok) return decoded;
  const { object } = decoded;
  const error =
    identityError(object.metadata.name ?? '', key.name, 'name') ??
    identityError(namespaceFor(kind, object.metadata.namespace) ?? '', old.metadata.namespace ?? '', 'namespace');
  if (error !== undefined) return { ok: false, error };
  if (object.kind !== old.kind || object.apiVersion !== old.apiVersion) {
    return { ok: false, error: badRequest(`the object provided is unrecognized (must be of type ${old.kind}): got ${object.apiVersion}, Kind=${object.kind}`) };
  }
  return updateObject(store, { verb: 'update', object, atMs, ...(subresource !== undefined && { subresource }) }, review);
}

function applied(old: JsonObject, { patchType, patch, key }: PatchRequest): PatchResult<Json> {
  if (patchType === 'json') return jsonPatch(old, patch);
  if (!isObject(patch)) return { ok: false, error: { reason: 'malformed', message: decodingMessage(patchType, patch) } };
  if (patchType === 'merge') return { ok: true, value: mergePatch(old, patch) };
  const merged = strategicMerge(old, patch, key.kind);
  return merged.ok ? { ok: true, value: withoutLeftovers(merged.value) } : merged;
}

function decodingMessage(patchType: PatchRequest['patchType'], patch: Json): string {
  const prefix = patchType === 'merge' ? 'error decoding patch: ' : '';
  return `${prefix}json: cannot unmarshal ${jsonWord(patch)} into Go value of type map[string]interface {}`;
}

function identityError(found: string, wanted: string, field: string): StatusError | undefined {
  if (found === wanted) return undefined;
  const [where, of] = field === 'name' ? ['on the URL', 'name'] : ['on the request', 'namespace'];
  return badRequest(`the ${of} of the object (${found}) does not match the ${of} ${where} (${wanted})`);
}

function unsupportedMediaType(): StatusError {
  const types = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor';
  return { code: 415, reason: 'UnsupportedMediaType', message: `the body of the request was in an unknown format - accepted media types include: ${types}` };
}
