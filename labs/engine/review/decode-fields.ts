import { jsonWord } from '../patch/go-text.ts';
import { isList, isObject, type Json, type JsonObject } from '../patch/json.ts';
import { badRequest, type StatusError } from '../store/status-error.ts';
import type { RequestedObject } from '../store/stored-object.ts';
import { milliValue, parseQuantity, quantityText } from '../../reading/quantity.ts';
import { fieldTypes, type FieldType } from './field-types.ts';

/** The first thing that did not fit, in the words of Go's JSON reader. */
interface Problem {
  message?: string;
}

interface Place {
  /** The Go type that has the field. */
  readonly owner: string;
  /** Path of the field without indices, as Go's JSON reader counts: `spec.containers.ports`. */
  readonly path: string;
}

/**
 * The object as the API server reads and writes it again: known fields have their types, quantities stand in their canonical form, empty values that its
 * encoding leaves out are gone. Fields that are not known stay as they are. The same object if nothing changes.
 * Models sigs.k8s.io/json with the types of k8s.io/api, and apimachinery pkg/runtime/serializer for the sentence.
 */
export function decodeFields(type: string, object: RequestedObject): RequestedObject | StatusError {
  const problem: Problem = {};
  const decoded = structOf(type, object, '', problem);
  if (problem.message === undefined) return decoded as RequestedObject;
  const { apiVersion, kind } = object;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${problem.message}`);
}

function structOf(name: string, object: JsonObject, path: string, problem: Problem): JsonObject {
  const types = fieldTypes(name);
  let changed: Map<string, Json> | undefined;
  for (const [field, value] of Object.entries(object)) {
    const type = types.get(field);
    if (type === undefined) continue;
    const next = valueOf(type, value, { owner: name, path: path === '' ? field : `${path}.${field}` }, problem);
    if (next === value) continue;
    changed ??= new Map(Object.entries(object));
    if (next === undefined) changed.delete(field);
    else changed.set(field, next);
  }
  for (const [field, type] of types) {
    if (!type.isAlways || type.form !== 'struct' || Object.hasOwn(object, field)) continue;
    changed ??= new Map(Object.entries(object));
    changed.set(field, structOf(type.name, {}, '', problem));
  }
  return changed === undefined ? object : Object.fromEntries(changed);
}

/** The value as it is stored; undefined: it is left out, or does not fit. */
function valueOf(type: FieldType, value: Json, place: Place, problem: Problem): Json | undefined {
  const { fits, found } = fitOf(type, value);
  if (!fits) {
    problem.message ??=
      type.form === 'integer-or-text'
        ? `json: cannot unmarshal ${found} into Go value of type ${typeof value === 'number' ? 'int32' : 'string'}`
        : `json: cannot unmarshal ${found} into Go struct field ${place.owner}.${place.path} of type ${type.form === 'texts' && isObject(value) ? 'string' : type.go}`;
    return undefined;
  }
  if (type.form === 'quantity') return quantityOf(value, problem);
  if (type.form === 'quantities' && isObject(value)) return mapOf(value, (held) => roundedQuantity(held, problem));
  if (type.form === 'list' && isList(value)) return listOf(type, value, place, problem);
  if (type.form === 'struct' && isObject(value)) return structOf(type.name, value, place.path, problem);
  if (type.form === 'texts' && isObject(value)) return Object.keys(value).length === 0 ? undefined : value;
  const isEmpty = type.form !== 'integer-or-text' && (value === '' || value === 0 || value === false);
  return isEmpty && !type.isKept ? undefined : value;
}

/** Whether a value has the JSON type of a field; else what Go's reader found in its place. */
function fitOf(type: FieldType, value: Json): { readonly fits: boolean; readonly found: string } {
  const found = jsonWord(value);
  switch (type.form) {
    case 'text':
      return { fits: typeof value === 'string', found };
    case 'flag':
      return { fits: typeof value === 'boolean', found };
    case 'integer': {
      const isInRange = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= type.max;
      return { fits: isInRange, found: typeof value === 'number' ? `number ${value}` : found };
    }
    case 'integer-or-text':
      return { fits: typeof value === 'string' || Number.isInteger(value), found };
    case 'quantity':
      return { fits: true, found };
    case 'texts': {
      const wrong = isObject(value) ? Object.values(value).find((held) => typeof held !== 'string') : value;
      return { fits: wrong === undefined, found: jsonWord(wrong) };
    }
    case 'list':
      return { fits: isList(value), found };
    case 'quantities':
    case 'struct':
      return { fits: isObject(value), found };
  }
}

function listOf({ of, isKept }: Extract<FieldType, { readonly form: 'list' }>, value: readonly Json[], place: Place, problem: Problem): Json | undefined {
  if (value.length === 0 && !isKept) return undefined;
  const elements = value.map((element) => valueOf(of, element, place, problem) ?? element);
  return elements.every((element, index) => element === value[index]) ? value : elements;
}

function mapOf(value: JsonObject, change: (held: Json) => Json): JsonObject | undefined {
  const entries = Object.entries(value);
  if (entries.length === 0) return undefined;
  const changed = entries.map(([key, held]) => [key, change(held)] as const);
  return changed.every(([, held], index) => held === entries[index]?.[1]) ? value : Object.fromEntries(changed);
}

function quantityOf(value: Json, problem: Problem): Json {
  const parsed = parseQuantity(typeof value === 'string' || typeof value === 'number' ? String(value) : '?');
  if (parsed.ok) return quantityText(parsed.quantity);
  problem.message ??= parsed.message;
  return value;
}

/** In lists of resources nothing is finer than a thousandth. Models pkg/apis/core/v1/defaults.go SetDefaults_ResourceList. */
function roundedQuantity(value: Json, problem: Problem): Json {
  const text = quantityOf(value, problem);
  return typeof text === 'string' && /[nu]$/u.test(text) ? thousandths(text) : text;
}

function thousandths(text: string): string {
  const parsed = parseQuantity(text);
  if (!parsed.ok) return text;
  const rounded = parseQuantity(`${milliValue(parsed.quantity)}m`);
  return rounded.ok ? quantityText(rounded.quantity) : text;
}
