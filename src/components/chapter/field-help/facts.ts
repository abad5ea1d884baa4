import type { Plain } from '../../../../labs/lab.ts';
import { allTables } from '../../../../labs/reading/all-tables.ts';
import { knownKinds, type FieldType } from '../../../../labs/reading/fields-tables.ts';
import { isRecord } from '../../../../labs/reading/fields.ts';

/** Names of fields and places in lists, from the root of an object. */
export type FieldPath = readonly (string | number)[];

/** An object as a manifest holds it. */
export type Manifest = Readonly<Record<string, Plain>> & { readonly apiVersion: string; readonly kind: string };

interface Cause {
  readonly field: string;
  readonly message: string;
}

/** What of the engine's review this needs: what is filled in, and what is refused. Both are checked against recordings of an API server. */
interface KindRules {
  readonly group: string;
  readonly kind: string;
  readonly defaults?: (object: Manifest) => Manifest;
  readonly validate?: (object: Manifest) => readonly Cause[];
}

interface Review {
  readonly allKinds: readonly KindRules[];
}

const [review] = Object.values(import.meta.glob<Review>('/labs/engine/review/all.ts', { eager: true }));

function rulesOf(object: Manifest): KindRules | undefined {
  const [group = ''] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
  return review?.allKinds.find((each) => each.group === group && each.kind === object.kind);
}

/** `spec.containers[0].image`, as the API server names it. */
const apiPath = (path: FieldPath): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);

/** `spec.containers[].image`: the same for every place in a list. A key with a dot of its own stands in quotes: `data["config.conf"]`. */
export const fieldPath = (path: FieldPath): string =>
  path
    .map((step) => (typeof step === 'number' ? '[]' : step.includes('.') ? `["${step}"]` : `.${step}`))
    .join('')
    .slice(1);

function valueAt(value: Plain | undefined, path: FieldPath): Plain | undefined {
  return path.reduce<Plain | undefined>((held, step) => (typeof held === 'object' && held !== null ? (held as Manifest)[step] : undefined), value);
}

const isEmpty = (value: Plain): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** The object without a field; with `isTidy` also without the objects and lists that held nothing else: as if nobody had thought of it. */
function without(value: Plain, [step, ...rest]: FieldPath, isTidy: boolean): Plain {
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  const keep = (held: Plain): readonly Plain[] => {
    if (rest.length === 0) return [];
    const less = without(held, rest, isTidy);
    return isTidy && isEmpty(less) ? [] : [less];
  };
  if (Array.isArray(value)) return value.flatMap((held: Plain, index) => (index === step ? keep(held) : [held]));
  return Object.fromEntries(Object.entries(value).flatMap(([name, held]) => (name === step ? keep(held).map((less) => [name, less]) : [[name, held]])));
}

/** What the API server writes into a field that was left out of this object; undefined for nothing, and for whole objects. */
export function leftOut(object: Manifest, path: FieldPath): string | undefined {
  const filled = rulesOf(object)?.defaults?.(without(object, path, true) as Manifest);
  const value = valueAt(filled, path);
  return value === undefined || value === null || typeof value === 'object' ? undefined : value === '' ? "''" : String(value);
}

/** What is wrong with an object, metadata aside. Empty for every manifest of a chapter. */
export function refusals(object: Manifest): readonly Cause[] {
  const rules = rulesOf(object);
  return rules?.validate?.(rules.defaults?.(object) ?? object) ?? [];
}

/** Whether a field may be missing: never, not in this object (the API refuses it without), or always. */
export function needOf(object: Manifest, path: FieldPath, field: FieldType | undefined): 'required' | 'required here' | 'optional' {
  if (field?.isRequired === true || ['apiVersion', 'kind', 'metadata', 'metadata.name'].includes(apiPath(path))) return 'required';
  return refusals(without(object, path, false) as Manifest).length > refusals(object).length ? 'required here' : 'optional';
}

/** A field of a kind: what it holds, and the type that it is written in. Both are undefined below what the tables know: keys of a reader's own. */
export interface FoundField {
  readonly field: FieldType | undefined;
  readonly owner: readonly string[];
}

const stepInto = (field: FieldType | undefined): FieldType | undefined => (field?.form === 'list' || field?.form === 'map' ? field.of : undefined);

/** Finds a field of an object in the tables of v1.37. `owner` are the types on the way, outermost first. Throws for a field that the kind has not. */
export function findField(object: Manifest, path: FieldPath): FoundField {
  const kind = knownKinds().find(({ apiVersion, kind: name }) => apiVersion === object.apiVersion && name === object.kind);
  if (kind === undefined) throw new Error(`There is no kind ${object.kind} in ${object.apiVersion}.`);
  const owner = [kind.type];
  let field: FieldType | undefined;
  let fields = allTables.fieldsOf(kind.type);
  for (const step of path) {
    const isKnown = fields === undefined || fields.has(String(step));
    if (!isKnown) throw new Error(`${kind.kind} has no field ${apiPath(path)}.`);
    field = fields === undefined ? stepInto(field) : fields.get(String(step));
    fields = field?.form === 'struct' ? allTables.fieldsOf(field.name) : undefined;
    if (field?.form === 'struct') owner.push(field.name);
  }
  // The last one holds the field, unless the field itself is an object.
  return { field, owner: field?.form === 'struct' ? owner.slice(0, -1) : owner };
}

const words: Readonly<Record<FieldType['form'], string>> = {
  flag: 'true or false',
  number: 'number',
  'integer-or-text': 'number or text',
  quantity: 'quantity',
  time: 'time',
  'micro-time': 'time',
  duration: 'duration',
  bytes: 'base64',
  any: 'anything',
  'schema-or-flag': 'schema',
  text: 'text',
  integer: 'whole number',
  list: 'list',
  map: 'map',
  struct: 'object',
};
const ofMany: Readonly<Partial<Record<FieldType['form'], string>>> = {
  text: 'texts',
  integer: 'whole numbers',
  quantity: 'quantities',
  struct: 'objects',
};

/** The type of a field in words: `list of texts`. */
export function typeInWords(field: FieldType): string {
  if (field.form !== 'list' && field.form !== 'map') return words[field.form];
  const held = ofMany[field.of.form] ?? words[field.of.form];
  return field.form === 'list' ? `list of ${held}` : `${held} by name`;
}

/** All that may stand in the field, where the API says so. */
export function valuesOf(field: FieldType): readonly string[] {
  const held = stepInto(field) ?? field;
  return held.form === 'text' ? held.values.map((value) => (value === '' ? "''" : value)) : [];
}

/** Every field of an object with its path, in the order of the text. */
export function fieldsOf(value: Plain, path: FieldPath = []): readonly FieldPath[] {
  if (Array.isArray(value)) return value.flatMap((held: Plain, index) => fieldsOf(held, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value as Manifest).flatMap(([name, held]) => [[...path, name], ...fieldsOf(held, [...path, name])]);
}
