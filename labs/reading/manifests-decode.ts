import type { Plain } from '../lab.ts';
import type { FieldTables, FieldType } from './fields-tables.ts';
import { illegalBase64, jsonWord, kindOfValue, timeProblem, writtenQuantity } from './manifests-values.ts';
import { parseQuantity } from './quantity.ts';
import type { Path } from './read-yaml.ts';
import { nearest, pathText } from './shapes.ts';

/** One thing that does not fit the fields of a kind. */
export interface DecodingMistake {
  readonly path: Path;
  /** The field itself is wrong: its name is the place. */
  readonly isUnknown: boolean;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
  /** The API server's words. */
  readonly printed: string;
  /** Go's JSON reader stops here, and says nothing of what it met before. */
  readonly isFatal: boolean;
}

export interface Decoding {
  /** As the API server reads it: empty fields are absent, empty values of lists and maps are the zero of their type. Unknown fields stay. */
  readonly value: Plain;
  /** In the order in which the API server meets them: kubectl sends fields sorted by name. */
  readonly mistakes: readonly DecodingMistake[];
  /** What the API server says of all fields; undefined: it accepts the object. */
  readonly answer: Answer | undefined;
  /** What kubectl says of the types of `metadata` before it asks the API server. */
  readonly metadataAnswer: Answer | undefined;
}

/** A sentence, and the mistake it speaks of (of several unknown fields the first). */
export interface Answer {
  readonly mistake: DecodingMistake;
  readonly text: string;
}

const mistakesMax = 50;
type PlainObject = Readonly<Record<string, Plain>>;
const isObject = (value: Plain): value is PlainObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

/** A struct on the way to a value. */
interface Owner {
  readonly type: string;
  readonly path: Path;
  readonly above: Owner | undefined;
}

/** Where a value stands: `fields` is the path without indexes, as Go's JSON reader counts. */
interface Spot {
  readonly owner: Owner;
  readonly path: Path;
  readonly fields: readonly string[];
}

/** What becomes of unknown fields: `kubectl apply` asks for Strict, with `--validate=false` for Ignore: they are dropped. */
export type FieldValidation = 'Strict' | 'Ignore';

/**
 * Reads an object with the fields of a type. Never throws; about 50 mistakes at most.
 * Models sigs.k8s.io/json internal/golang/encoding/json/decode.go with strictness, and the types' own UnmarshalJSON.
 */
export function decodeFields(tables: FieldTables, type: string, value: Plain, fieldValidation: FieldValidation = 'Strict'): Decoding {
  const decoder = new Decoder(tables, fieldValidation);
  const decoded = isObject(value) ? decoder.object(value, { type, path: [], above: undefined }, []) : value;
  const [answer, metadataAnswer] = [decoder.first.answer(), decoder.firstInMetadata.answer()];
  const named = [answer, metadataAnswer].flatMap((each) => (each === undefined ? [] : [each.mistake]));
  return { value: decoded, mistakes: [...new Set([...decoder.mistakes, ...named])], answer, metadataAnswer };
}

/** Go's JSON reader names no more unknown fields than these. */
const unknownMax = 100;

/** What was met first. What stopped the reading counts most, then the first wrong type, then all unknown fields. */
class First {
  private fatal: DecodingMistake | undefined;
  private wrong: DecodingMistake | undefined;
  private readonly unknown = new Map<string, DecodingMistake>();

  take(mistake: DecodingMistake): void {
    if (mistake.isFatal) this.fatal ??= mistake;
    else if (!mistake.isUnknown) this.wrong ??= mistake;
    else if (this.unknown.size < unknownMax && !this.unknown.has(mistake.printed)) this.unknown.set(mistake.printed, mistake);
  }

  answer(): Answer | undefined {
    const mistake = this.fatal ?? this.wrong;
    if (mistake !== undefined) return { mistake, text: mistake.printed };
    const [unknown] = this.unknown.values();
    return unknown && { mistake: unknown, text: `strict decoding error: ${[...this.unknown.keys()].join(', ')}` };
  }
}

const wanted: Readonly<Record<FieldType['form'], string>> = {
  text: 'a text',
  flag: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  'integer-or-text': 'a whole number or a text',
  quantity: 'a quantity such as 500m, 2 or 1Gi',
  time: 'a time such as 2026-01-31T12:00:00Z',
  'micro-time': 'a time such as 2026-01-31T12:00:00.000000Z',
  duration: 'a duration such as 1h30m',
  bytes: 'a text in base64',
  any: 'any value',
  'schema-or-flag': 'true, false or a schema',
  list: 'a list',
  map: 'an object with names of your choice',
  struct: 'an object',
};

const isInteger = (value: number, max: number): boolean => Number.isInteger(value) && Math.abs(value) <= max;

/** Why a type that reads its JSON itself does not take a value; undefined: it does. Such an answer ends Go's reading at once. */
type OwnReader = (value: Plain, unfit: (found: string, go: string) => string) => string | undefined;
const timeReader =
  (isMicro: boolean): OwnReader =>
  (value, unfit) =>
    typeof value === 'string' ? timeProblem(value, isMicro) : unfit(jsonWord(value), 'string');
const ownReaders: Readonly<Partial<Record<FieldType['form'], OwnReader>>> = {
  'integer-or-text': (value, unfit) => {
    if (typeof value === 'string') return undefined;
    if (typeof value !== 'number') return unfit(jsonWord(value), 'int32');
    return isInteger(value, 2 ** 31 - 1) ? undefined : unfit(`number ${String(value)}`, 'int32');
  },
  quantity: (value) => {
    const parsed = parseQuantity(writtenQuantity(value));
    return parsed.ok ? undefined : parsed.message;
  },
  'schema-or-flag': (value) => (isObject(value) || typeof value === 'boolean' ? undefined : 'boolean or JSON schema expected'),
  time: timeReader(false),
  'micro-time': timeReader(true),
};

const javaScriptTypes: Readonly<Partial<Record<FieldType['form'], string>>> = { text: 'string', duration: 'string', flag: 'boolean', number: 'number' };

/** What an empty element of a list or a map becomes in Go; of other types null. */
const zeros: Readonly<Partial<Record<FieldType['form'], Plain>>> = {
  text: '',
  bytes: '',
  flag: false,
  integer: 0,
  number: 0,
  'integer-or-text': 0,
  quantity: '0',
  struct: {},
};

class Decoder {
  readonly mistakes: DecodingMistake[] = [];
  readonly first = new First();
  readonly firstInMetadata = new First();
  private readonly tables: FieldTables;
  private readonly fieldValidation: FieldValidation;

  constructor(tables: FieldTables, fieldValidation: FieldValidation) {
    this.tables = tables;
    this.fieldValidation = fieldValidation;
  }

  object(value: PlainObject, owner: Owner, fields: readonly string[]): Plain {
    const known = this.tables.fieldsOf(owner.type);
    if (known === undefined) return value;
    const decoded: [string, Plain][] = [];
    for (const name of Object.keys(value).sort()) {
      const held = value[name] ?? null;
      const type = known.get(name);
      const path = [...owner.path, name];
      if (type === undefined) {
        if (this.fieldValidation === 'Ignore') continue;
        this.unknown(path, value, owner, known);
        decoded.push([name, held]);
      } else if (held !== null) decoded.push([name, this.value(held, type, { owner, path, fields: [...fields, name] })]);
    }
    const order = new Map(Object.keys(value).map((name, index) => [name, index]));
    return Object.fromEntries(decoded.sort(([one], [other]) => (order.get(one) ?? 0) - (order.get(other) ?? 0)));
  }

  private value(value: Plain, type: FieldType, spot: Spot): Plain {
    if (type.form === 'list') {
      if (!isList(value)) return this.wrong(value, type, spot);
      return value.map((item, index) => this.element(item, type.of, { ...spot, path: [...spot.path, index] }));
    }
    if (type.form === 'map') {
      if (!isObject(value)) return this.wrong(value, type, spot);
      const decoded = new Map(Object.keys(value).map((name): [string, Plain] => [name, null]));
      for (const name of Object.keys(value).sort()) decoded.set(name, this.element(value[name] ?? null, type.of, { ...spot, path: [...spot.path, name] }));
      return Object.fromEntries(decoded);
    }
    if (type.form === 'struct') {
      if (!isObject(value)) return this.wrong(value, type, spot);
      return this.object(value, { type: type.name, path: spot.path, above: spot.owner }, spot.fields);
    }
    return this.scalar(value, type, spot);
  }

  private element(value: Plain, type: FieldType, spot: Spot): Plain {
    return value === null ? (zeros[type.form] ?? null) : this.value(value, type, spot);
  }

  private scalar(value: Plain, type: FieldType, spot: Spot): Plain {
    const own = ownReaders[type.form];
    if (own !== undefined) {
      const problem = own(value, (found, go) => this.unfit(found, go, spot));
      return problem === undefined ? value : this.add(value, type, spot, { printed: problem, isFatal: true });
    }
    if (type.form === 'bytes' && isList(value)) {
      for (const [index, byte] of value.entries()) {
        const isByte = typeof byte === 'number' ? isInteger(byte, 255) && byte >= 0 : byte === null;
        const found = typeof byte === 'number' ? `number ${String(byte)}` : jsonWord(byte);
        if (!isByte) this.wrong(byte, { ...type, go: 'uint8' }, { ...spot, path: [...spot.path, index] }, found);
      }
      return value;
    }
    if (type.form === 'bytes' && typeof value === 'string') {
      const at = illegalBase64(value);
      return at === undefined ? value : this.add(value, type, spot, { printed: `illegal base64 data at input byte ${String(at)}`, isFatal: false });
    }
    if (type.form === 'integer' && typeof value === 'number') {
      return isInteger(value, type.max) ? value : this.wrong(value, type, spot, `number ${String(value)}`);
    }
    return type.form === 'any' || typeof value === javaScriptTypes[type.form] ? value : this.wrong(value, type, spot);
  }

  private wrong(value: Plain, type: FieldType, spot: Spot, found = jsonWord(value)): Plain {
    return this.add(value, type, spot, { printed: this.unfit(found, type.go, spot), isFatal: false });
  }

  private unfit(found: string, go: string, { owner, fields }: Spot): string {
    const [struct = ''] = owner.type.split('/');
    return `json: cannot unmarshal ${found} into Go struct field ${struct.slice(struct.indexOf('.') + 1)}.${fields.join('.')} of type ${go}`;
  }

  private add(value: Plain, type: FieldType, spot: Spot, printed: { readonly printed: string; readonly isFatal: boolean }): Plain {
    const hint = hintFor(value, type);
    const expected = type.form === 'text' && type.values.length > 0 ? `one of ${type.values.join(', ')}` : wanted[type.form];
    this.push({
      path: spot.path,
      isUnknown: false,
      message: `${pathText(spot.path)} is ${kindOfValue(value)}`,
      expected,
      ...printed,
      ...(hint === undefined ? {} : { hint }),
    });
    return value;
  }

  private unknown(path: Path, value: PlainObject, owner: Owner, known: ReadonlyMap<string, FieldType>): void {
    const hint = this.hintForUnknown(String(path.at(-1)), value, owner, known);
    const printed = `unknown field "${pathText(path)}"`;
    const [struct = ''] = owner.type.split('/');
    const expected = `a field of ${struct}`;
    this.push({ path, isUnknown: true, message: printed, expected, printed, isFatal: false, ...(hint === undefined ? {} : { hint }) });
  }

  private push(mistake: DecodingMistake): void {
    this.first.take(mistake);
    if (mistake.path[0] === 'metadata' && !mistake.isUnknown) this.firstInMetadata.take(mistake);
    if (this.mistakes.length < mistakesMax) this.mistakes.push(mistake);
  }

  /** A misspelt field, or one that stands too deep or not deep enough: the usual mistakes with YAML. */
  private hintForUnknown(name: string, value: PlainObject, owner: Owner, known: ReadonlyMap<string, FieldType>): string | undefined {
    const names = [...known.keys()];
    const sameLetters = names.find((each) => each.toLowerCase() === name.toLowerCase());
    if (sameLetters !== undefined) return `Did you mean ${sameLetters}? Small and capital letters differ.`;
    for (let { above } = owner; above !== undefined; above = above.above) {
      if (!(this.tables.fieldsOf(above.type)?.has(name) ?? false)) continue;
      return `${name} is a field of ${above.path.length === 0 ? 'the object itself' : pathText(above.path)}: indent it less.`;
    }
    for (const [field, type] of known) {
      const of = type.form === 'list' ? type.of : type;
      if (of.form === 'struct' && Object.hasOwn(value, field) && (this.tables.fieldsOf(of.name)?.has(name) ?? false))
        return `${name} is a field of ${pathText([...owner.path, field])}${type.form === 'list' ? '[]' : ''}: indent it deeper.`;
    }
    const near = nearest(name, names);
    return near === undefined ? undefined : `Did you mean ${near}?`;
  }
}

function hintFor(value: Plain, type: FieldType): string | undefined {
  if (type.form === 'text' && (typeof value === 'number' || typeof value === 'boolean'))
    return 'Put it in quotes: without them YAML reads a number or a boolean (yes, no, on, off and y are booleans).';
  if (typeof value === 'string') {
    if (type.form === 'integer' && /^-?\d+$/u.test(value)) return 'Remove the quotes: in quotes it is a text.';
    if (type.form === 'flag' && /^(?:true|false)$/u.test(value)) return 'Remove the quotes: in quotes it is a text.';
    if (type.form === 'bytes') return 'Use stringData for plain text, or encode it: echo -n … | base64.';
    if (type.form === 'quantity' && /^\d+(?:\.\d+)?[KMGTP]B$/iu.test(value)) return 'Units are Ki, Mi, Gi (powers of 1024) or k, M, G, without B.';
  }
  if (type.form === 'list') return 'Start each item with "- ".';
  if (type.form === 'struct' && isList(value)) return 'Remove the "- ": here stands one object, not a list.';
  return undefined;
}
