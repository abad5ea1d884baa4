/** What a scalar means to kubectl and the API server. `error` says why JSON cannot hold it. */
export type Scalar =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'error'; readonly error: string; readonly kubectl: string };

const words = new Map<string, boolean | null>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) words.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) words.set(word, false);
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, null);

const noNumber = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/u;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/u;
const integers: readonly (readonly [RegExp, number])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/u, 16],
  [/^0[oO]([0-7]+)$/u, 8],
  [/^0[bB]([01]+)$/u, 2],
  [/^0([0-7]+)$/u, 8],
  [/^([1-9][0-9]*|0)$/u, 10],
];
const unsigned64Max = 2n ** 64n - 1n;
const signed64Min = -(2n ** 63n);

function integer(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1n : 1n;
  const digits = /^[-+]/u.test(text) ? text.slice(1) : text;
  for (const [pattern, base] of integers) {
    const found = pattern.exec(digits)?.[1];
    // Longer than 64 binary digits can only be too large; BigInt of a very long text would take long.
    if (found === undefined || found.length > 70) continue;
    const value = sign * BigInt(base === 10 ? found : `${base === 16 ? '0x' : base === 8 ? '0o' : '0b'}${found}`);
    return value >= signed64Min && value <= unsigned64Max ? Number(value) : undefined;
  }
  return undefined;
}

function number(text: string): number | undefined {
  if (text.startsWith('.')) return float.test(text) ? Number(text) : undefined;
  if (!/^[-+0-9]/u.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  return integer(plain) ?? (float.test(plain) ? Number(plain) : undefined);
}

/**
 * An unquoted scalar as the YAML of kubectl reads it, which is YAML 1.1 with its own habits: `yes`, `on` and `y` are true, `010` is 8, `0o14` is 12,
 * `1_000` is 1000, `08` is 8, `12:30:45` and dates stay texts. Whole numbers beyond 2^53 lose their last digits here.
 * // Models resolve in go-yaml v2 as sigs.k8s.io/yaml carries it
 */
export function plainScalar(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) return word === null ? { type: 'null', value: null } : { type: 'boolean', value: word };
  if (noNumber.test(text)) {
    const name = /nan/iu.test(text) ? 'NaN' : text.startsWith('-') ? '-Inf' : '+Inf';
    return { type: 'error', error: `JSON has no number ${text}`, kubectl: `json: unsupported value: ${name}` };
  }
  const value = number(text);
  if (value === undefined) return { type: 'string', value: text };
  return Number.isFinite(value) ? { type: 'number', value } : { type: 'string', value: text };
}

function decodeBase64(text: string): string | undefined {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const clean = text.replaceAll(/[\r\n]/gu, '');
  if (clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(clean)) return undefined;
  let bits = 0;
  let held = 0;
  let decoded = '';
  for (const character of clean.replaceAll('=', '')) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    decoded += String.fromCharCode((bits >> held) & 255);
  }
  return decoded;
}

const tagOf: Readonly<Record<Scalar['type'], string>> = { null: '!!null', boolean: '!!bool', number: '!!int', string: '!!str', error: '!!float' };

function cannot(text: string, tag: string): Scalar {
  const is = tagOf[plainScalar(text).type];
  return { type: 'error', error: `"${text.slice(0, 40)}" cannot be read as ${tag}`, kubectl: `cannot decode ${is} \`${text}\` as a ${tag}` };
}

/** A scalar with an explicit tag (`!!int "5"`), the tag in its short form. Unknown tags leave a text. */
export function taggedScalar(tag: string, text: string): Scalar {
  const plain = plainScalar(text);
  switch (tag) {
    case '!!null':
      return plain.type === 'null' ? plain : cannot(text, tag);
    case '!!bool':
      return plain.type === 'boolean' ? plain : cannot(text, tag);
    case '!!int':
      return plain.type === 'number' && integer(text.replaceAll('_', '')) !== undefined ? plain : cannot(text, tag);
    case '!!float':
      return plain.type === 'number' ? plain : cannot(text, tag);
    case '!!binary': {
      const decoded = decodeBase64(text);
      return decoded === undefined ? cannot(text, tag) : { type: 'string', value: decoded };
    }
    default:
      return { type: 'string', value: text };
  }
}
