import { isList, isObject, type Json } from './json.ts';

/** How Go prints a decoded JSON value with `%v`: messages of the API server and kubectl contain it. Fields stand in the order of their names. */
export function goText(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (isList(value)) return `[${value.map((element) => goText(element)).join(' ')}]`;
  if (isObject(value)) {
    const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `map[${fields.map(([field, held]) => `${field}:${goText(held)}`).join(' ')}]`;
  }
  return String(value);
}

/** The Go type that a decoded JSON value has. Whole numbers and fractions are different types. */
export function goType(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (isList(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Number.isInteger(value) ? 'int64' : 'float64';
}

/** What Go's JSON reader calls a value that it cannot put into a type: `number` for both number types, `array`, `object`. */
export function jsonWord(value: Json | undefined): string {
  const words: Readonly<Record<string, string>> = {
    '<nil>': 'null',
    int64: 'number',
    float64: 'number',
    '[]interface {}': 'array',
    'map[string]interface {}': 'object',
  };
  const type = goType(value);
  return words[type] ?? type;
}
