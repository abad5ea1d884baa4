import type { Mark } from './yaml-complaint.ts';
import type { Token } from './yaml-scanner.ts';

/** What the parser met, in the order of the text: a value of several values ends with `pop`, and so does a document. Offsets count in the document. */
export type YamlEvent =
  | { readonly type: 'document' | 'pop' }
  | {
      readonly type: 'sequence' | 'mapping';
      readonly start: number;
      readonly anchor?: string | undefined;
    }
  | {
      readonly type: 'alias';
      readonly name: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: 'scalar';
      /** Undefined: nothing stands there. */
      readonly token: Token | undefined;
      readonly anchor?: string | undefined;
      readonly tag?: string | undefined;
      /** Where its anchor or tag stands. */
      readonly properties?: Mark | undefined;
    };

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const breaks = /\r\n|[\n\r\u0085\u2028\u2029]/gu;

/** Blanks around line breaks go; one break is a blank, n are n - 1 breaks. */
function folded(found: string): string {
  const count = found.match(breaks)?.length ?? 0;
  return count === 0 ? found : count === 1 ? ' ' : '\n'.repeat(count - 1);
}

/** The characters that a scalar stands for; those of several lines behind `|` or `>` come from the scanner. */
export function scalarText(source: string, token: Token): string {
  if (token.text !== undefined) return token.text;
  const raw = source.slice(token.mark.offset, token.end);
  const quote = raw.charAt(0);
  if (quote === "'")
    return raw
      .slice(1, -1)
      .replace(/[ \t\n\r\u0085\u2028\u2029]+/gu, folded)
      .replaceAll("''", "'");
  if (quote !== '"') return raw.replace(/[ \t\n\r\u0085\u2028\u2029]+/gu, folded);
  return raw.slice(1, -1).replace(/\\[\n\r\u0085\u2028\u2029][ \t\n\r\u0085\u2028\u2029]*|\\(?:x..|u.{4}|U.{8}|.)|[ \t\n\r\u0085\u2028\u2029]+/gu, (found) => {
    if (!found.startsWith('\\')) return folded(found);
    const [kind] = found.slice(1);
    if (kind === undefined) return '';
    if (found.length > 2 && 'xuU'.includes(kind)) return String.fromCodePoint(Number.parseInt(found.slice(2), 16));
    if (/[\n\r\u0085\u2028\u2029]/u.test(kind)) return '\n'.repeat((found.match(breaks)?.length ?? 1) - 1);
    return escapes[kind] ?? kind;
  });
}
