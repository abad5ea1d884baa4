import { allKinds } from './tables/kinds.ts';

interface FieldBase {
  /** Its Go type, as the API server's messages name it: `[]v1.Container`. */
  readonly go: string;
  /** A pointer of Go, or a field that is always encoded: an empty value is stored, too. */
  readonly isKept: boolean;
  /** An object that is stored even if nothing of it was written, as `resources: {}` in containers. */
  readonly isAlways: boolean;
  /** The API's documentation calls it required. Decoding never asks for it: validation does. */
  readonly isRequired: boolean;
}

/** What a field holds. `number`: with a fraction; `bytes`: base64; `any`: whatever JSON can hold; `schema-or-flag`: as in CustomResourceDefinitions. */
export type FieldType = FieldBase &
  (
    | { readonly form: 'flag' | 'number' | 'integer-or-text' | 'quantity' | 'time' | 'micro-time' | 'duration' | 'bytes' | 'any' | 'schema-or-flag' }
    /** `values`: all that the API knows, where it says so; the API server's validation asks, decoding does not. */
    | { readonly form: 'text'; readonly values: readonly string[] }
    | { readonly form: 'integer'; readonly max: number }
    | { readonly form: 'list' | 'map'; readonly of: FieldType }
    | { readonly form: 'struct'; readonly name: string }
  );

/** A kind of v1.37 as it is written in a manifest. */
export interface KnownKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural in URLs: `persistentvolumeclaims`. */
  readonly resource: string;
  readonly isNamespaced: boolean;
  /** Key of its fields. */
  readonly type: string;
}

/** Fields by type, read once. A lab loads only the modules with the kinds that it reads. */
export interface FieldTables {
  /** The fields of a type; undefined: it is not loaded. */
  readonly fieldsOf: (type: string) => ReadonlyMap<string, FieldType> | undefined;
  /** Whether a kind's fields are loaded. */
  readonly reads: (kind: KnownKind) => boolean;
}

/**
 * Puts the modules of ./tables together. Each line is a type: its name, then `field:type`. Types: s text, b true or false, i int32, l int64, f float64,
 * x number or text, q quantity, t time, u time with microseconds, d duration, y bytes, r anything, o true, false or a schema, [T] a list, {T} texts to T, else the name of a type.
 * `*` ahead: a pointer; then `=Name` for a Go type of its own, `!` for a field that is always encoded, `^` for a required one. A line `=Name` lists the
 * values of a text.
 */
export function fieldTables(modules: readonly string[]): FieldTables {
  const lines = new Map<string, string>();
  for (const line of modules.flatMap((module) => module.trim().split('\n'))) {
    const [name = ''] = line.split(' ', 1);
    lines.set(name, line.slice(name.length + 1));
  }
  const read = new Map<string, ReadonlyMap<string, FieldType>>();
  const fieldsOf = (type: string): ReadonlyMap<string, FieldType> | undefined => {
    const known = read.get(type);
    const line = lines.get(type);
    if (known !== undefined || line === undefined) return known;
    const fields = new Map<string, FieldType>();
    for (const declaration of line.split(' ').filter((word) => word !== '')) {
      const colon = declaration.indexOf(':');
      fields.set(declaration.slice(0, colon), fieldType(declaration.slice(colon + 1), lines));
    }
    read.set(type, fields);
    return fields;
  };
  return { fieldsOf, reads: ({ type }) => lines.has(type) };
}

/** `v1.Container` for Container, `v2.MetricSpec` for v2.MetricSpec; what stands behind a slash only tells types of one name apart. */
function goName(type: string): string {
  const [name = ''] = type.split('/');
  return name.includes('.') ? name : `v1.${name}`;
}

const simple: Readonly<Record<string, readonly [form: FieldType['form'], go: string]>> = {
  s: ['text', 'string'],
  b: ['flag', 'bool'],
  i: ['integer', 'int32'],
  l: ['integer', 'int64'],
  f: ['number', 'float64'],
  x: ['integer-or-text', 'intstr.IntOrString'],
  q: ['quantity', 'resource.Quantity'],
  t: ['time', 'v1.Time'],
  u: ['micro-time', 'v1.MicroTime'],
  d: ['duration', 'v1.Duration'],
  y: ['bytes', '[]uint8'],
  r: ['any', 'runtime.RawExtension'],
  o: ['schema-or-flag', 'v1.JSONSchemaPropsOrBool'],
};

function fieldType(written: string, lines: ReadonlyMap<string, string>): FieldType {
  const isPointer = written.startsWith('*');
  const bare = isPointer ? written.slice(1) : written;
  const shapeEnd = /^[[{]/u.test(bare) ? closingAt(bare) + 1 : bare.search(/[=!^]|$/u);
  const shape = bare.slice(0, shapeEnd);
  const [, alias, flags = ''] = /^(?:=([^!^]*))?([!^]*)$/u.exec(bare.slice(shapeEnd)) ?? [];
  const base = { isKept: isPointer || flags.includes('!'), isAlways: false, isRequired: flags.includes('^') };
  const named = alias === undefined ? undefined : goName(alias);
  const [form, go = ''] = simple[shape] ?? [];
  if (shape.startsWith('[') || shape.startsWith('{')) {
    const inner = shape.slice(1, -1);
    const of = fieldType(inner, lines);
    const start = shape.startsWith('[') ? '[]' : 'map[string]';
    return { ...base, form: shape.startsWith('[') ? 'list' : 'map', of, go: named ?? `${start}${inner.startsWith('*') ? '*' : ''}${of.go}` };
  }
  if (form === undefined) return { ...base, isAlways: !isPointer, form: 'struct', name: shape, go: named ?? goName(shape) };
  if (form === 'integer') return { ...base, form, go: named ?? go, max: shape === 'i' ? 2 ** 31 - 1 : int64Max };
  if (form !== 'text') return { ...base, form, go: named ?? go } as FieldType;
  const values = alias === undefined ? '' : (lines.get(`=${alias}`) ?? '');
  return { ...base, form, go: named ?? go, values: values === '' ? [] : values.split(' ') };
}

/** Where the bracket at the start is closed. */
function closingAt(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (/[[{]/u.test(text.charAt(index))) depth += 1;
    else if (/[\]}]/u.test(text.charAt(index))) depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}

/** The largest number of JavaScript that an int64 holds. */
const int64Max = 2 ** 63 - 1024;

let known: readonly KnownKind[] | undefined;

/** All kinds that an API server of v1.37 serves without further settings. */
export function knownKinds(): readonly KnownKind[] {
  known ??= allKinds
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [apiVersion = '', ...words] = line.split(' ');
      return words.map((word) => {
        const [, kind = '', cluster, plural, type] = /^(\w+)(-?)(?::(\w*))?(?:=(.*))?$/u.exec(word) ?? [];
        return { apiVersion, kind, resource: plural ?? `${kind.toLowerCase()}s`, isNamespaced: cluster === '', type: type ?? kind };
      });
    });
  return known;
}
