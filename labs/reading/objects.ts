import type { Plain } from '../lab.ts';
import { FieldReader } from './field-reader.ts';
import type { FieldMistake } from './field-reader.ts';
import type { Kind } from './kinds.ts';
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from './name-rules.ts';
import { checkPodSpec, checkPodStatus } from './pod-rules.ts';
import { readYaml, usualBounds } from './read-yaml.ts';
import type { Path, Place, YamlBounds, YamlDocument } from './read-yaml.ts';
import type { ReadingError } from './reading-error.ts';
import { checkEndpointSlice, checkServiceSpec } from './service-rules.ts';
import { nearest, shapeMistakes } from './shapes.ts';

/** An object as it was read: of a known kind, with fields of the right types, accepted by the rules. */
export interface ReadObject {
  readonly kind: Kind['kind'];
  readonly name: string;
  /** `default` where none is written; empty for objects without namespace. */
  readonly namespace: string;
  readonly value: Readonly<Record<string, Plain>>;
  /** Where the value at a path inside this object stands. */
  readonly positionOf: (path: Path) => Place;
}

export interface ObjectsReading {
  /** Empty if there are errors. */
  readonly objects: readonly ReadObject[];
  readonly errors: readonly ReadingError[];
}

const errorsMax = 50;

function isObject(value: Plain | undefined): value is Readonly<Record<string, Plain>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One object in a document, or one item of a List. */
interface Found {
  readonly value: Plain;
  readonly base: Path;
  readonly document: YamlDocument;
}

function objectsIn(document: YamlDocument): readonly Found[] {
  const { value } = document;
  if (isObject(value) && value.kind === 'List' && Array.isArray(value.items)) {
    return (value.items as readonly Plain[]).map((item, index) => ({ value: item, base: ['items', index], document }));
  }
  return [{ value, base: [], document }];
}

function withKubectl(place: Place, error: Omit<ReadingError, 'line' | 'column'>): ReadingError {
  return { ...place, ...error };
}

function kindOf(found: Found, kinds: readonly Kind[]): Kind | ReadingError {
  const { value, base, document } = found;
  const known = kinds.map(({ kind }) => kind).join(', ');
  if (!isObject(value))
    return withKubectl(document.positionOf(base), { message: 'this is no Kubernetes object', expected: 'an object with apiVersion, kind and metadata' });
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || kind === '') {
    return withKubectl(document.keyPositionOf([...base, 'kind']), {
      message: 'this object does not say its kind',
      expected: `kind: one of ${known}`,
      kubectl: 'error: error validating data: kind not set',
    });
  }
  const found_ = kinds.find((candidate) => candidate.kind === kind);
  if (found_ === undefined) {
    const near = nearest(
      kind,
      kinds.map((candidate) => candidate.kind),
    );
    return withKubectl(document.positionOf([...base, 'kind']), {
      message: `${kind} is no kind that this lab reads`,
      expected: `one of ${known}`,
      ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
    });
  }
  if (apiVersion !== found_.apiVersion) {
    const written = typeof apiVersion === 'string' ? apiVersion : '';
    const path = [...base, 'apiVersion'];
    const place = apiVersion === undefined ? document.keyPositionOf([...base, 'kind']) : document.positionOf(path);
    const message = written === '' ? `this ${kind} does not say its apiVersion` : `no matches for kind "${kind}" in version "${written}"`;
    return withKubectl(place, { message, expected: `apiVersion: ${found_.apiVersion}` });
  }
  return found_;
}

function checkMetadata(object: FieldReader, kind: Kind): void {
  const metadata = object.at('metadata');
  const [name, namespace, labels] = [metadata.at('name'), metadata.at('namespace'), metadata.at('labels')];
  if (name.text === '') {
    name.required('name or generateName is required', { expected: 'metadata.name: a name', hint: 'Add a name below metadata.' });
  } else {
    const isLabel = kind.kind === 'Service' || kind.kind === 'Namespace';
    name.follows(isLabel ? dnsLabel : dnsSubdomain, {
      expected: isLabel ? 'at most 63 lower case letters, digits and hyphens' : 'lower case letters, digits, hyphens and dots',
    });
  }
  if (namespace.text !== '') {
    if (!kind.isNamespaced) namespace.forbidden('not allowed on this type', { expected: `no namespace: a ${kind.kind} belongs to none` });
    else namespace.follows(dnsLabel, { expected: 'the name of a namespace' });
  }
  for (const key of labels.keys) {
    const label = labels.at(key);
    label.follows(labelValue, { expected: 'at most 63 letters, digits, "-", "_" and "."' });
    for (const sentence of qualifiedName(key)) label.invalid(sentence, { expected: 'a label key such as app or example.com/app' });
  }
}

function checkTemplate(spec: FieldReader, kind: Kind['kind']): void {
  const [selector, template, replicas] = [spec.at('selector'), spec.at('template'), spec.at('replicas')];
  const wanted = selector.at('matchLabels');
  const labels = template.at('metadata').at('labels');
  if (!selector.isPresent) selector.required('', { expected: 'selector.matchLabels with the labels of the template' });
  else if (wanted.keys.length === 0 && !selector.at('matchExpressions').isPresent) {
    selector.invalid(`empty selector is invalid for ${kind.toLowerCase()}`, { expected: 'selector.matchLabels with the labels of the template' });
  }
  if (wanted.keys.some((key) => wanted.at(key).value !== labels.at(key).value)) {
    labels.invalid('`selector` does not match template `labels`', { expected: 'the labels of selector.matchLabels' });
  }
  if ((replicas.number ?? 0) < 0) replicas.invalid('must be greater than or equal to 0', { expected: '0 or more' });
  const service = spec.at('serviceName');
  if (kind === 'StatefulSet' && service.text !== '') service.follows(dnsSubdomain, { expected: 'the name of the headless Service' });
  const start = spec.at('ordinals').at('start');
  if ((start.number ?? 0) < 0) start.invalid('must be greater than or equal to 0', { expected: '0 or more' });
  checkPodSpec(template.at('spec'));
}

function checkObject(object: FieldReader, kind: Kind): void {
  checkMetadata(object, kind);
  const spec = object.at('spec');
  if (kind.kind === 'Pod') {
    checkPodSpec(spec);
    checkPodStatus(object.at('status'));
  } else if (kind.kind === 'Service') checkServiceSpec(spec);
  else if (kind.kind === 'EndpointSlice') checkEndpointSlice(object);
  else if (kind.kind !== 'Namespace') checkTemplate(spec, kind.kind);
}

function mistakesOf(found: Found, kind: Kind): readonly ReadingError[] {
  const { value, base, document } = found;
  const name = isObject(value) && isObject(value.metadata) && typeof value.metadata.name === 'string' ? value.metadata.name : '';
  const refused = `Error from server (BadRequest): ${kind.kind} in version "${kind.apiVersion.split('/').at(-1) ?? ''}" cannot be handled as a ${kind.kind}`;
  const shape = shapeMistakes(value, kind.shape);
  if (shape.length > 0) {
    return shape.map(({ path, isUnknown, ...mistake }): ReadingError => {
      const place = isUnknown ? document.keyPositionOf([...base, ...path]) : document.positionOf([...base, ...path]);
      const kubectl = isUnknown
        ? { kubectl: `${refused}: strict decoding error: ${mistake.message}` }
        : mistake.message.includes('Unsupported value')
          ? { kubectl: `The ${kind.kind} "${name}" is invalid: ${mistake.message}` }
          : {};
      return { ...place, ...mistake, ...kubectl };
    });
  }
  const mistakes: FieldMistake[] = [];
  checkObject(new FieldReader(value, [], mistakes), kind);
  return mistakes.map(({ path, ...mistake }) => ({
    ...document.positionOf([...base, ...path]),
    ...mistake,
    kubectl: `The ${kind.kind} "${name}" is invalid: ${mistake.message}`,
  }));
}

/** An empty value counts as an absent field, as the API server takes it. */
function withoutEmpty(value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Plain[]).filter((item) => item !== null).map(withoutEmpty);
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutEmpty(item)] as const])));
}

function readObject(found: Found, kind: Kind): ReadObject {
  const value = withoutEmpty(found.value) as Readonly<Record<string, Plain>>;
  const mistakes: FieldMistake[] = [];
  const metadata = new FieldReader(value, [], mistakes).at('metadata');
  const namespace = metadata.at('namespace').text;
  return {
    kind: kind.kind,
    name: metadata.at('name').text,
    namespace: kind.isNamespaced ? (namespace === '' ? 'default' : namespace) : '',
    value,
    positionOf: (path) => found.document.positionOf([...found.base, ...path]),
  };
}

/**
 * Reads manifests: YAML, then kinds, unknown fields and types, then what the API server checks of names and DNS (the sentences are its own, behind the
 * path of the field). Fields of other matters are accepted as they are. Two objects of one kind with one name are an error. Never throws; bounded.
 */
export function readObjects(text: string, kinds: readonly Kind[], bounds: YamlBounds = usualBounds): ObjectsReading {
  const yaml = readYaml(text, bounds);
  const errors = [...yaml.errors];
  const objects: ReadObject[] = [];
  const seen = new Set<string>();
  for (const found of yaml.documents.flatMap(objectsIn)) {
    if (errors.length >= errorsMax) break;
    const kind = kindOf(found, kinds);
    if (!('shape' in kind)) {
      errors.push(kind);
      continue;
    }
    const mistakes = mistakesOf(found, kind);
    errors.push(...mistakes);
    if (mistakes.length > 0) continue;
    const object = readObject(found, kind);
    const key = `${object.kind} ${object.namespace}/${object.name}`;
    if (seen.has(key))
      errors.push({
        ...object.positionOf(['metadata', 'name']),
        message: `there is a ${object.kind} "${object.name}" above already`,
        expected: 'each object once',
        hint: 'Give one of the two another name or namespace.',
      });
    seen.add(key);
    objects.push(object);
  }
  return errors.length > 0 ? { objects: [], errors: errors.slice(0, errorsMax) } : { objects, errors: [] };
}
