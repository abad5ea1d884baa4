/** Where a text stands: what is left of it on its line, and the indent of its further lines. */
interface Place {
  readonly column: number;
  readonly indent: string;
}

/** From here on a line breaks at its next single space. */
const widthMax = 80;

const words =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/u;
const numbers = /^[-+]?(?:\.\d+|\d[\d_]*(?:\.\d*)?)(?:[eE][-+]?\d+)?$|^[-+]?0(?:x[\da-fA-F_]+|b[01_]+|o[0-7_]+)$|^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/u;
const times = /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]| +)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/u;

/** Whether YAML would read a bare text as something else: a number, a time, a truth value or nothing. */
const isOtherType = (text: string): boolean => words.test(text) || numbers.test(text) || times.test(text);

const indicators = /^[#,[\]{}&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|:(?:\s|$)|\s#/u;
const unprintable = /[^\n\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]|\uFEFF/u;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '\n': 'n',
  '\t': 't',
  '\r': 'r',
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\v': 'v',
  '\f': 'f',
  '\u001B': 'e',
};

/** Breaks a text that is too wide at single spaces; a quoted text not at its ends. */
function folded(text: string, { column, indent }: Place, isQuoted: boolean): string {
  let result = '';
  let width = column;
  const signs = Array.from(text);
  for (const [index, sign] of signs.entries()) {
    const isAlone = sign === ' ' && signs[index - 1] !== ' ' && signs[index + 1] !== ' ';
    const isInside = !isQuoted || (index > 1 && index < signs.length - 2);
    if (isAlone && isInside && width > widthMax) {
      result += `\n${indent}`;
      width = indent.length;
    } else {
      result += sign;
      width += 1;
    }
  }
  return result;
}

function doubleQuoted(text: string, place: Place): string {
  const escaped = text.replaceAll(/["\\\n]|[^\n\u0020-\u007E\u00A1-\uD7FF\uE000-\uFFFD]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const [prefix, digits] = code < 0x100 ? (['x', 2] as const) : code < 0x10000 ? (['u', 4] as const) : (['U', 8] as const);
    return `\\${escapes[sign] ?? `${prefix}${code.toString(16).toUpperCase().padStart(digits, '0')}`}`;
  });
  return folded(`"${escaped}"`, place, true);
}

function literal(text: string, { indent }: Place): string {
  const end = text.endsWith('\n\n') || text === '\n' ? '+' : text.endsWith('\n') ? '' : '-';
  const hint = /^[ \n]/u.test(text) ? '2' : '';
  const lines = text.replace(/\n$/u, '').split('\n');
  return `|${hint}${end}\n${lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')}`;
}

/** A value without parts as go-yaml writes it: bare, quoted, or as a block. Without a place: the name of a field. Models goyaml.v2 encode.go and emitterc.go. */
export function scalarText(value: string | number | boolean | null, place: Place = { column: -10_000, indent: '' }): string {
  if (typeof value !== 'string') return String(value);
  const isBlock = value.includes('\n') && place.column >= 0;
  if (unprintable.test(value) || (!isBlock && isOtherType(value)) || value.includes(' \n')) return doubleQuoted(value, place);
  if (isBlock) return value.endsWith(' ') ? doubleQuoted(value, place) : literal(value, place);
  if (indicators.test(value) || /^ | $/u.test(value)) return folded(`'${value.replaceAll("'", "''")}'`, place, true);
  return folded(value, place, false);
}
