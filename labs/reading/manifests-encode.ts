import type { Plain } from '../lab.ts';
import type { FieldTables, FieldType } from './fields-tables.ts';
import { writtenQuantity } from './manifests-values.ts';
import { milliValue, parseQuantity, quantityText } from './quantity.ts';

/**
 * An object that `decodeFields` has read, as the API server writes it again: quantities in their canonical form, without the empty values that its
 * encoding leaves out. Structures that it would write although nobody wrote them (`resources: {}`) are left to the defaults. Never throws; done twice,
 * it changes nothing. Models encoding/json with the tags of k8s.io/api.
 */
export function encodeFields(tables: FieldTables, type: string, value: Plain): Plain {
  const known = tables.fieldsOf(type);
  if (known === undefined || !isObject(value)) return value;
  const encoded: [string, Plain][] = [];
  for (const [name, held] of Object.entries(value)) {
    const field = known.get(name);
    if (field === undefined) encoded.push([name, held]);
    else if (field.isKept || !isEmpty(held, field)) encoded.push([name, encodedValue(tables, field, held)]);
  }
  return Object.fromEntries(encoded);
}

const isObject = (value: Plain): value is Readonly<Record<string, Plain>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

/** Structures are never empty to Go, and quantities, times and numbers-or-texts are structures. */
const canBeEmpty: ReadonlySet<FieldType['form']> = new Set(['text', 'bytes', 'flag', 'integer', 'number', 'list', 'map'] as const);

/** Whether Go calls a value empty. */
function isEmpty(value: Plain, { form }: FieldType): boolean {
  if (!canBeEmpty.has(form)) return false;
  return typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : value === '' || value === 0 || value === false;
}

function encodedValue(tables: FieldTables, type: FieldType, value: Plain): Plain {
  if (type.form === 'struct') return encodeFields(tables, type.name, value);
  if (type.form === 'quantity') return canonical(value);
  if (type.form === 'list' && isList(value)) return value.map((item) => encodedValue(tables, type.of, item));
  if (type.form !== 'map' || !isObject(value)) return value;
  const encode = type.go === 'v1.ResourceList' ? resourceAmount : (held: Plain) => encodedValue(tables, type.of, held);
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, encode(held)]));
}

function canonical(value: Plain): Plain {
  const parsed = parseQuantity(writtenQuantity(value));
  return parsed.ok ? quantityText(parsed.quantity) : value;
}

/** In lists of resources nothing is finer than a thousandth. Models pkg/apis/core/v1/defaults.go SetDefaults_ResourceList. */
function resourceAmount(value: Plain): Plain {
  const text = canonical(value);
  const parsed = parseQuantity(typeof text === 'string' && /[nu]$/u.test(text) ? text : '');
  return parsed.ok ? canonical(`${milliValue(parsed.quantity)}m`) : text;
}
