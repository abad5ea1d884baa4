import type { Decode } from '../../engine/review/review.ts';
import { badRequest } from '../../engine/store/status-error.ts';
import type { RequestedObject } from '../../engine/store/stored-object.ts';
import { knownKinds, type FieldTables } from '../../reading/fields-tables.ts';
import { decodeFields, type FieldValidation } from '../../reading/manifests-decode.ts';
import { encodeFields } from '../../reading/manifests-encode.ts';

/**
 * Reads the objects of requests with the fields of their kinds, as the API server does: what does not fit is a bad request in its words; with strict
 * validation also what is no field of the kind, which else is dropped. For clusters that get raw JSON; objects that `readManifests` gave need it no more. Kinds outside the tables pass as they
 * are. Never throws. Models apiserver pkg/endpoints/handlers/create.go with apimachinery pkg/runtime/serializer/json.
 */
export function requestDecoder(tables: FieldTables, fieldValidation: FieldValidation = 'Strict'): Decode {
  const types = new Map(
    knownKinds()
      .filter(tables.reads)
      .map(({ apiVersion, kind, type }) => [`${apiVersion} ${kind}`, type]),
  );
  return (object) => {
    const { apiVersion, kind } = object;
    const type = types.get(`${apiVersion} ${kind}`);
    if (type === undefined) return { ok: true, object };
    const { value, answer } = decodeFields(tables, type, object, fieldValidation);
    if (answer === undefined) return { ok: true, object: encodeFields(tables, type, value) as RequestedObject };
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    return { ok: false, error: badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${answer.text}`) };
  };
}
