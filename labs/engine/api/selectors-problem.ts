/** Sentences about a wrong field as the API server writes them. Models apimachinery util/validation/field/errors.go and util/errors. */

/** A text in Go's quotes: `%q`. Whatever does not show is written as a number. */
export function quoted(text: string): string {
  const short: Readonly<Record<string, string>> = {
    '"': '\\"',
    '\\': '\\\\',
    '\u{7}': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  };
  const escaped = text.replaceAll(/["\\\p{C}]|(?! )\p{Z}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return short[character] ?? (code < 0x80 ? `\\x${hex.padStart(2, '0')}` : code < 0x1_0000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`);
  });
  return `"${escaped}"`;
}

/** Go's JSON writer keeps texts harmless inside HTML. */
function goJson(values: readonly string[] | undefined): string {
  if (values === undefined) return 'null';
  return JSON.stringify(values).replaceAll(/[<>&\u{2028}\u{2029}]/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

/** `field: Invalid value: …: detail`. A list is shown as JSON, an absent one as null. */
export function invalid(field: string, value: string | { readonly list: readonly string[] | undefined }, detail: string): string {
  return `${field}: Invalid value: ${typeof value === 'string' ? quoted(value) : goJson(value.list)}: ${detail}`;
}

/** `field: Unsupported value: …`, with the supported ones. */
export function notSupported(field: string, value: string, supported: readonly string[]): string {
  return `${field}: Unsupported value: ${quoted(value)}: supported values: ${supported.map(quoted).join(', ')}`;
}

/** Several errors as one text: each sentence once, more than one in brackets. */
export function aggregated(sentences: readonly string[]): string {
  const different = [...new Set(sentences)];
  return different.length === 1 ? (different[0] ?? '') : `[${different.join(', ')}]`;
}
