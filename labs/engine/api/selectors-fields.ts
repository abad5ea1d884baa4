import type { Read } from './selectors.ts';

/** One condition of a field selector. */
export interface FieldRequirement {
  /** For example `status.phase`. */
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** Cuts at the commas that no backslash protects. */
function termsOf(text: string): readonly string[] {
  return text.match(/(?:\\[\s\S]?|[^\\,])+/gu) ?? [];
}

/** Takes the backslashes away; only `\\`, `\,` and `\=` are allowed, and the last two not without. */
function unescaped(text: string): Read<string> {
  let value = '';
  for (const [part] of text.matchAll(/\\[\s\S]?|[^\\]/gu)) {
    if (part.startsWith('\\')) {
      if (!['\\\\', '\\,', '\\='].includes(part)) return { ok: false, message: `invalid field selector: invalid escape sequence: ${part}` };
      value += part.slice(1);
    } else if (part === ',' || part === '=') {
      return { ok: false, message: `invalid field selector: unescaped character in value: ${part.codePointAt(0) ?? 0}` };
    } else value += part;
  }
  return { ok: true, value };
}

/** Reads what follows `--field-selector`, such as `status.phase!=Running`. Models apimachinery fields/selector.go, ParseSelector. */
export function parseFieldSelector(text: string): Read<readonly FieldRequirement[]> {
  const found: FieldRequirement[] = [];
  for (const term of termsOf(text).toSorted()) {
    const [operator] = /!=|==|=/u.exec(term) ?? [];
    if (operator === undefined) return { ok: false, message: `invalid selector: '${text}'; can't understand '${term}'` };
    const start = term.indexOf(operator);
    const value = unescaped(term.slice(start + operator.length));
    if (!value.ok) return value;
    found.push({ field: term.slice(0, start), operator: operator === '!=' ? '!=' : '=', value: value.value });
  }
  return { ok: true, value: found };
}

/** Whether all conditions hold; a field that is not there counts as empty. */
export function matchesFields(requirements: readonly FieldRequirement[], fields: Readonly<Record<string, string>>): boolean {
  return requirements.every(({ field, operator, value }) => ((Object.hasOwn(fields, field) ? fields[field] : '') === value) === (operator === '='));
}

/** The conditions as `--field-selector` takes them. */
export function fieldSelectorText(requirements: readonly FieldRequirement[]): string {
  return requirements.map(({ field, operator, value }) => `${field}${operator}${value.replaceAll(/[\\,=]/gu, String.raw`\$&`)}`).join(',');
}
