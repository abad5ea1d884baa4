import { isList, isObject, type Json, type JsonObject } from '../../engine/patch/json.ts';
import { scalarText } from './yaml-scalar.ts';

/** A text as Go writes it into JSON. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(/[<>&\u2028\u2029]/gu, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

function json(value: Json, indent: string): string {
  const inner = `${indent}    `;
  const block = (open: string, parts: readonly string[], close: string): string =>
    parts.length === 0 ? `${open}${close}` : `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`;
  if (isList(value))
    return block(
      '[',
      value.map((each) => json(each, inner)),
      ']',
    );
  if (!isObject(value)) return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return block(
    '{',
    fields.map((field) => `${quoted(field)}: ${json(value[field] ?? null, inner)}`),
    '}',
  );
}

/** `-o json`: fields by name, four spaces, `<`, `>` and `&` as Go writes them. */
export const jsonText = (value: Json): string => `${json(value, '')}\n`;

const digitsFrom = (signs: readonly string[], at: number): string => /^\d*/u.exec(signs.slice(at).join(''))?.[0] ?? '';

/** Fields as go-yaml sorts them: letters after other signs, but before digits that go on; numbers by value. Models goyaml.v2 sorter.go. */
function byField(one: string, other: string): number {
  const [left, right] = [Array.from(one), Array.from(other)];
  const at = left.findIndex((sign, index) => sign !== right[index]);
  if (at === -1 || at >= right.length) return left.length - right.length;
  const [a = '', b = ''] = [left[at], right[at]];
  const isLetter = /\p{L}/u.test(a);
  if (isLetter !== /\p{L}/u.test(b)) return isLetter === /\d/u.test(left[at - 1] ?? '') ? -1 : 1;
  const [digits, otherDigits] = [digitsFrom(left, at), digitsFrom(right, at)];
  const difference = isLetter ? 0 : Number(digits) - Number(otherDigits) || digits.length - otherDigits.length;
  return difference === 0 ? (a < b ? -1 : 1) : difference;
}

/** Lines of a value whose first line follows `lead` (`name:` or `-`). */
function linesOf(lead: string, value: Json, indent: string): readonly string[] {
  if (isList(value) && value.length > 0) {
    // A list in a field stands as far left as the field.
    const dash = lead.endsWith(':') ? indent : `${indent}  `;
    const items = value.flatMap((item) => linesOf(`${dash}-`, item, dash));
    return lead.endsWith(':') ? [lead, ...items] : joined(lead, items);
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const inner = `${indent}  `;
    const fields = fieldLines(value, inner);
    return lead.endsWith(':') ? [lead, ...fields] : joined(lead, fields);
  }
  const scalar = isList(value) ? '[]' : isObject(value) ? '{}' : scalarText(value, { column: lead.length + 1, indent: `${indent}  ` });
  return [`${lead} ${scalar}`];
}

/** The first line behind the dash, where its indent was. */
const joined = (lead: string, [first = '', ...rest]: readonly string[]): readonly string[] => [`${lead} ${first.trimStart()}`, ...rest];

function fieldLines(object: JsonObject, indent: string): readonly string[] {
  return Object.keys(object)
    .sort(byField)
    .flatMap((field) => linesOf(`${indent}${scalarText(field)}:`, object[field] ?? null, indent));
}

/** `-o yaml`. Models sigs.k8s.io/yaml with goyaml.v2. */
export function yamlText(object: JsonObject): string {
  return `${fieldLines(object, '').join('\n')}\n`;
}
