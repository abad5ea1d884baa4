import type { Plain } from '../lab.ts';
import { knownKinds, type FieldTables, type KnownKind } from './fields-tables.ts';
import { decodeFields, type Decoding } from './manifests-decode.ts';
import { encodeFields } from './manifests-encode.ts';
import { manifestTexts } from './manifests-split.ts';
import { readYaml, usualBounds, type Path, type Place, type YamlBounds, type YamlDocument } from './read-yaml.ts';
import { unreadable, type ReadingError } from './reading-error.ts';
import { nearest } from './shapes.ts';

/** One object of a text, of a kind that is known, with fields that exist and have the right types. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty if the API server is to make one from `metadata.generateName`. */
  readonly name: string;
  /** `default` where none is written; empty for kinds without namespace. */
  readonly namespace: string;
  /** The object as the API server reads it, before its defaults: empty values are left out, quantities have their canonical form. */
  readonly value: Readonly<Record<string, Plain>>;
  /** The object as it stands in the text. */
  readonly written: Readonly<Record<string, Plain>>;
  /** Where the value at a path inside this object stands; of a path that does not exist, the nearest object above it. */
  readonly positionOf: (path: Path) => Place;
  /** Where the name of the field at a path stands. */
  readonly keyPositionOf: (path: Path) => Place;
}

export interface ManifestsReading {
  /** In the order of the text; those with errors are left out. */
  readonly objects: readonly Manifest[];
  /** In the order of the text. `kubectl` stands at the one error of an object that kubectl speaks of; it prints no more than one sentence for each. */
  readonly errors: readonly ReadingError[];
}

const errorsMax = 50;

/** What kubectl prints for a text without objects. */
export const nothingToApply = 'error: no objects passed to apply';

type PlainObject = Readonly<Record<string, Plain>>;
const isObject = (value: Plain | undefined): value is PlainObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: Plain | undefined): string => (typeof value === 'string' ? value : '');

/** An object in a document, or an item of a List. */
interface Found {
  readonly value: Plain;
  readonly base: Path;
  readonly document: YamlDocument;
}

/**
 * Reads manifests as `kubectl apply` and the API server do with strict validation: YAML of several documents, Lists, kinds and versions, then every
 * field. What the API server's validation refuses is accepted here: `errorAt` gives its answers a place. `file` is named in kubectl's sentences, which
 * calls standard input STDIN. Never throws; bounded. A field that is set twice is an error here, though kubectl quietly takes the last.
 * Models cli-runtime pkg/resource/visitor.go StreamVisitor and mapper.go, kubectl pkg/validation/schema.go.
 */
export function readManifests(text: string, tables: FieldTables, bounds: YamlBounds = usualBounds, file = 'STDIN'): ManifestsReading {
  const bad = unreadable(text, bounds.bytesMax);
  if (bad !== undefined) return { objects: [], errors: [bad] };
  const objects: Manifest[] = [];
  const errors: ReadingError[] = [];
  const reader = { tables, file };
  for (const found of documentsOf(text, bounds, file, errors)) {
    if (errors.length >= errorsMax) break;
    const result = readObject(reader, found);
    if ('value' in result) objects.push(result);
    else errors.push(...result.errors);
  }
  return { objects, errors: errors.slice(0, errorsMax) };
}

interface Reader {
  readonly tables: FieldTables;
  readonly file: string;
}

function documentsOf(text: string, bounds: YamlBounds, file: string, errors: ReadingError[]): readonly Found[] {
  const found: Found[] = [];
  const [documentsMax, nodesMax] = [bounds.documentsMax, bounds.nodesMax];
  let [documents, nodes] = [0, 0];
  for (const { lines, lineOffset, separator } of manifestTexts(text)) {
    const moved = <Value extends Place>(place: Value): Value => ({ ...place, line: place.line + lineOffset });
    if (separator !== undefined) {
      const kubectl = `error: error parsing ${file}: invalid Yaml document separator: ${separator.text}`;
      errors.push({ line: separator.line, column: 1, message: 'there is text behind "---"', expected: 'a line with nothing but ---', kubectl });
    }
    const reading = readYaml(lines, bounds);
    errors.push(...reading.errors.map((error) => moved(withoutLie(error, file))));
    for (const document of reading.documents.filter(({ value }) => value !== null)) {
      const placed: YamlDocument = {
        value: document.value,
        positionOf: (path) => moved(document.positionOf(path)),
        keyPositionOf: (path) => moved(document.keyPositionOf(path)),
      };
      documents += 1;
      nodes += sizeOf(document.value);
      if (documents > documentsMax || nodes > nodesMax) {
        const message = documents > documentsMax ? 'there are too many documents here' : 'there are too many values in these documents';
        errors.push({ ...placed.positionOf([]), message, expected: `at most ${String(documentsMax)} documents with ${String(nodesMax)} values` });
        return found;
      }
      found.push(...objectsIn(placed));
    }
    if (errors.length >= errorsMax) break;
  }
  return found;
}

function sizeOf(value: Plain): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((size, item) => size + sizeOf(item), 1);
}

/** kubectl's sentence for a mistake of YAML; a field set twice is none to it. */
function withoutLie({ kubectl, ...error }: ReadingError, file: string): ReadingError {
  if (kubectl === undefined || kubectl.startsWith('yaml: unmarshal errors')) return error;
  return { ...error, kubectl: `error: error parsing ${file}: error converting YAML to JSON: ${kubectl}` };
}

/** The objects of a document: those of a List one by one. Items of a PodList need not say that they are Pods. */
function objectsIn(document: YamlDocument): readonly Found[] {
  const { value } = document;
  if (!isObject(value) || !textOf(value.kind).endsWith('List') || !Array.isArray(value.items)) return [{ value, base: [], document }];
  const kind = textOf(value.kind).slice(0, -'List'.length);
  const inherited = kind === '' ? {} : { apiVersion: value.apiVersion ?? null, kind };
  return (value.items as readonly Plain[]).map((item, index) => {
    const isBare = isObject(item) && item.kind === undefined && item.apiVersion === undefined;
    return { value: isBare ? { ...inherited, ...item } : item, base: ['items', index], document };
  });
}

function readObject(reader: Reader, found: Found): Manifest | { readonly errors: readonly ReadingError[] } {
  const { value, base, document } = found;
  const kind = kindOf(reader, found);
  if ('message' in kind) return { errors: [kind] };
  const decoding = decodeFields(reader.tables, kind.type, value);
  if (decoding.mistakes.length > 0) return { errors: errorsOf(reader, found, kind, decoding) };
  const { value: decoded } = decoding;
  const { metadata } = decoded as { readonly metadata?: PlainObject };
  const [name, namespace] = [textOf(metadata?.name), textOf(metadata?.namespace)];
  if (name === '' && textOf(metadata?.generateName) === '') return { errors: [withoutName(reader, found, kind)] };
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    name,
    namespace: !kind.isNamespaced ? '' : namespace === '' ? 'default' : namespace,
    value: encodeFields(reader.tables, kind.type, decoded) as PlainObject,
    written: value as PlainObject,
    positionOf: (path) => document.positionOf([...base, ...path]),
    keyPositionOf: (path) => document.keyPositionOf([...base, ...path]),
  };
}

function kindOf(reader: Reader, { value, base, document }: Found): KnownKind | ReadingError {
  const { tables, file } = reader;
  const invalid = (printed: string): string =>
    `error: error validating "${file}": error validating data: ${printed}; if you choose to ignore these errors, turn validation off with --validate=false`;
  if (!isObject(value)) {
    const message = 'this is no Kubernetes object';
    const kubectl = base.length > 0 ? {} : { kubectl: invalid('invalid object to validate') };
    return { ...document.positionOf(base), message, expected: 'an object with apiVersion, kind and metadata', ...kubectl };
  }
  const printed = [...missing('apiVersion', value.apiVersion), ...missing('kind', value.kind)];
  if (printed.length > 0) {
    const field = printed[0]?.startsWith('kind') === true ? 'kind' : 'apiVersion';
    const isAbsent = (value[field] ?? null) === null;
    return {
      ...(isAbsent ? document.positionOf(base) : document.positionOf([...base, field])),
      message: isAbsent ? `this object does not say its ${field}` : `${field} is no text`,
      expected: expectedVersion(textOf(value.kind), field),
      ...(base.length > 0 ? {} : { kubectl: invalid(printed.length > 1 ? `[${printed.join(', ')}]` : (printed[0] ?? '')) }),
    };
  }
  const [apiVersion, kind] = [textOf(value.apiVersion), textOf(value.kind)];
  const known = knownKinds().find((each) => each.kind === kind && each.apiVersion === apiVersion);
  if (known === undefined) return unknownKind(reader, { value, base, document });
  if (tables.reads(known)) return known;
  const loaded = knownKinds().filter(tables.reads);
  const names = loaded.map((each) => each.kind).join(', ');
  return { ...document.positionOf([...base, 'kind']), message: `a ${kind} has no part in this lab`, expected: `one of ${names}` };
}

function missing(field: string, value: Plain | undefined): readonly string[] {
  if (value === undefined || value === null) return [`${field} not set`];
  return typeof value === 'string' ? [] : [`${field} isn't string type`];
}

function expectedVersion(kind: string, field: string): string {
  if (field === 'kind') return 'kind: Pod, or another kind';
  const version = knownKinds().find((each) => each.kind === kind)?.apiVersion;
  return `apiVersion: ${version ?? 'v1, apps/v1 or another version'}`;
}

function unknownKind({ file }: Reader, { value, base, document }: Found): ReadingError {
  const { apiVersion, kind, metadata } = value as PlainObject;
  const [version, name] = [textOf(apiVersion), textOf(kind)];
  const served = knownKinds().filter((each) => each.kind === name);
  const { name: objectName, namespace } = isObject(metadata) ? metadata : {};
  const printed = `no matches for kind "${name}" in version "${version}"`;
  const near = served.length > 0 ? undefined : nearest(name, [...new Set(knownKinds().map((each) => each.kind))]);
  return {
    ...document.positionOf([...base, served.length > 0 ? 'apiVersion' : 'kind']),
    message: printed,
    expected: served.length > 0 ? `apiVersion: ${served.map((each) => each.apiVersion).join(' or ')}` : 'a kind of Kubernetes v1.37',
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
    kubectl: `error: resource mapping not found for name: "${textOf(objectName)}" namespace: "${textOf(namespace)}" from "${file}": ${printed}\nensure CRDs are installed first`,
  };
}

/** kubectl asks for the object of that name before it creates one. */
function withoutName({ file }: Reader, { value, base, document }: Found, kind: KnownKind): ReadingError {
  const { metadata } = value as PlainObject;
  const slash = kind.apiVersion.indexOf('/');
  const group = slash === -1 ? `/${kind.apiVersion}` : kind.apiVersion;
  const namespace = kind.isNamespaced ? textOf(isObject(metadata) ? metadata.namespace : undefined) || 'default' : '';
  return {
    ...document.keyPositionOf([...base, isObject(metadata) ? 'metadata' : 'kind']),
    message: `this ${kind.kind} has no name`,
    expected: 'metadata.name: a name',
    hint: 'Add a name below metadata.',
    kubectl:
      `error: error when retrieving current configuration of:\nResource: "${group}, Resource=${kind.resource}", GroupVersionKind: "${group}, Kind=${kind.kind}"\n` +
      `Name: "", Namespace: "${namespace}"\nfrom server for: "${file}": resource name may not be empty`,
  };
}

function errorsOf({ file }: Reader, { base, document }: Found, kind: KnownKind, decoding: Decoding): readonly ReadingError[] {
  // kubectl does not look into the items of a List.
  const metadataAnswer = base.length === 0 ? decoding.metadataAnswer : undefined;
  const answer = metadataAnswer ?? decoding.answer;
  const version = kind.apiVersion.slice(kind.apiVersion.indexOf('/') + 1);
  const start =
    metadataAnswer === undefined
      ? `Error from server (BadRequest): error when creating "${file}": ${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}`
      : `error: unable to decode "${file}"`;
  return decoding.mistakes
    .map((mistake): ReadingError => {
      const { path, isUnknown, message, expected, hint } = mistake;
      const place = isUnknown ? document.keyPositionOf([...base, ...path]) : document.positionOf([...base, ...path]);
      const words = { ...place, message, expected, ...(hint === undefined ? {} : { hint }) };
      return mistake === answer?.mistake ? { ...words, kubectl: `${start}: ${answer.text}` } : words;
    })
    .sort((one, other) => one.line - other.line || one.column - other.column);
}
