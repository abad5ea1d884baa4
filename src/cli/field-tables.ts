/**
 * `npm run field-tables -- FOLDER` writes labs/reading/tables from the Go types of Kubernetes. FOLDER is where import paths start: it holds
 * k8s.io/api, k8s.io/apimachinery and k8s.io/apiextensions-apiserver, for example a GOPATH's src. Run by hand, once for each release of Kubernetes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { addedFields, addedKinds, addedTypes, addedValues } from './field-tables-changes.ts';
import { goTypes, type GoField, type GoType } from './go-types.ts';

const target = path.resolve(import.meta.dirname, '../../labs/reading/tables');
const meta = 'k8s.io/apimachinery/pkg/apis/meta/v1';

/** Groups in the order of their names; the API server of v1.37 serves these versions without further settings. */
const groups: readonly (readonly [apiVersion: string, importPath: string])[] = [
  ['v1', 'k8s.io/api/core/v1'],
  ['admissionregistration.k8s.io/v1', 'k8s.io/api/admissionregistration/v1'],
  ['apiextensions.k8s.io/v1', 'k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1'],
  ['apps/v1', 'k8s.io/api/apps/v1'],
  ['authentication.k8s.io/v1', 'k8s.io/api/authentication/v1'],
  ['authorization.k8s.io/v1', 'k8s.io/api/authorization/v1'],
  ['autoscaling/v1', 'k8s.io/api/autoscaling/v1'],
  ['autoscaling/v2', 'k8s.io/api/autoscaling/v2'],
  ['batch/v1', 'k8s.io/api/batch/v1'],
  ['certificates.k8s.io/v1', 'k8s.io/api/certificates/v1'],
  ['coordination.k8s.io/v1', 'k8s.io/api/coordination/v1'],
  ['discovery.k8s.io/v1', 'k8s.io/api/discovery/v1'],
  ['events.k8s.io/v1', 'k8s.io/api/events/v1'],
  ['flowcontrol.apiserver.k8s.io/v1', 'k8s.io/api/flowcontrol/v1'],
  ['networking.k8s.io/v1', 'k8s.io/api/networking/v1'],
  ['node.k8s.io/v1', 'k8s.io/api/node/v1'],
  ['policy/v1', 'k8s.io/api/policy/v1'],
  ['rbac.authorization.k8s.io/v1', 'k8s.io/api/rbac/v1'],
  ['resource.k8s.io/v1', 'k8s.io/api/resource/v1'],
  ['scheduling.k8s.io/v1', 'k8s.io/api/scheduling/v1'],
  ['storage.k8s.io/v1', 'k8s.io/api/storage/v1'],
];

/** Modules in the order in which they are filled: a type stands in the first whose kinds need it; what several of the later ones need stands in meta. */
const modules: readonly (readonly [name: string, kinds: RegExp])[] = [
  ['meta', /^v1 (?:Namespace)$/u],
  ['pod', /^v1 (?:Pod|PodTemplate)$/u],
  ['volume', /^(?:v1 PersistentVolume(?:Claim)?|storage\.k8s\.io\/v1 .*)$/u],
  ['node', /^(?:v1 Node|coordination\.k8s\.io\/v1 .*|node\.k8s\.io\/v1 .*|scheduling\.k8s\.io\/v1 .*)$/u],
  ['config', /^v1 (?:ConfigMap|Secret|ServiceAccount|LimitRange|ResourceQuota|ReplicationController|Event)$/u],
  ['service', /^(?:v1 (?:Service|Endpoints)|discovery\.k8s\.io\/v1 .*)$/u],
  ['apps', /^apps\/v1 /u],
  ['batch', /^batch\/v1 /u],
  ['scaling', /^(?:autoscaling\/|policy\/)/u],
  ['networking', /^networking\.k8s\.io\//u],
  ['access', /^(?:rbac|authentication|authorization|certificates)\./u],
  ['extension', /^(?:admissionregistration|apiextensions)\./u],
  ['other', /./u],
];

const packages = new Map<string, ReadonlyMap<string, GoType>>();
let root = '';
function typesOf(importPath: string): ReadonlyMap<string, GoType> {
  const types = packages.get(importPath) ?? goTypes(root, importPath);
  packages.set(importPath, types);
  return types;
}

const scalars: Readonly<Record<string, string>> = {
  string: 's',
  bool: 'b',
  int32: 'i',
  int64: 'l',
  int: 'l',
  float64: 'f',
  '[]byte': 'y',
  'k8s.io/apimachinery/pkg/util/intstr.IntOrString': 'x',
  'k8s.io/apimachinery/pkg/api/resource.Quantity': 'q',
  [`${meta}.Time`]: 't',
  [`${meta}.MicroTime`]: 'u',
  [`${meta}.Duration`]: 'd',
  [`${meta}.FieldsV1`]: 'r',
  'k8s.io/apimachinery/pkg/runtime.RawExtension': 'r',
  'k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrBool': 'o',
};
/** Types with readers of their own, which look into objects without strictness. */
const ownReader = /apiextensions\/v1\.JSON(?:|SchemaPropsOrArray|SchemaPropsOrStringArray)$/u;

/** All structs that were met, by their key in the tables. */
const structs = new Map<string, GoType>();
const enums = new Map<string, readonly string[]>();

function structKey(type: GoType): string {
  const [group = '', version = ''] = type.package.split('/').slice(-2);
  const name = version === 'v1' ? type.name : `${version}.${type.name}`;
  const taken = structs.get(name);
  if (taken === undefined || taken === type) {
    structs.set(name, type);
    return name;
  }
  const key = `${name}/${group}`;
  structs.set(key, type);
  return key;
}

/** A Go type in the words of the tables; `alias` is written behind it where it has a name of its own. */
function written(type: string, within: GoField | GoType, from: string): string {
  if (type.startsWith('*')) return `*${written(type.slice(1), within, from)}`;
  const known = scalars[type];
  if (known !== undefined) return known;
  if (type.startsWith('[]')) return `[${written(type.slice(2), within, from)}]`;
  const map = /^map\[([\w.]+)\](.*)$/u.exec(type);
  if (map !== null) {
    const [, key = '', value = ''] = map;
    const inner = written(value, within, from);
    return key === 'string' ? `{${inner}}` : `{${inner}}=map[v1.${key.split('.').at(-1) ?? ''}]${goOf(value)}`;
  }
  const [head = '', tail] = type.split('.');
  const importPath = tail === undefined ? from : (within.imports.get(head) ?? '');
  const name = tail ?? head;
  const simple = scalars[`${importPath}.${name}`];
  if (simple !== undefined) return simple;
  if (ownReader.test(`${importPath}.${name}`)) return 'r';
  const declared = typesOf(importPath).get(name);
  if (declared === undefined) throw new Error(`no type ${type} in ${importPath}`);
  if (declared.fields !== undefined) return structKey(declared);
  const of = written(declared.of ?? '', declared, importPath).replace(/=.*$/u, '');
  const version = path.posix.basename(importPath);
  const alias = version === 'v1' ? name : `${version}.${name}`;
  if (declared.values.length > 0) enums.set(alias, [...declared.values, ...(addedValues[alias] ?? [])].sort());
  return `${of}=${alias}`;
}

function goOf(type: string): string {
  if (type.startsWith('*')) return `*${goOf(type.slice(1))}`;
  return /^[A-Z]/u.test(type) ? `v1.${type}` : type;
}

/** The fields of a struct with those of the structs in it that are inlined. */
function fieldsOf(type: GoType): readonly string[] {
  return (type.fields ?? []).flatMap((field) => {
    if (field.name === '') {
      const [head = '', tail] = field.type.replace(/^\*/u, '').split('.');
      const importPath = tail === undefined ? type.package : (field.imports.get(head) ?? '');
      const inlined = typesOf(importPath).get(tail ?? head);
      if (inlined === undefined) throw new Error(`no type ${field.type}`);
      return fieldsOf(inlined);
    }
    const shape = written(field.type, field, type.package);
    const isKept = !field.isOmittedIfEmpty && !field.isOmittedIfZero && !shape.startsWith('*');
    // A struct that is left out when it is zero is stored as a pointer is.
    const pointer = field.isOmittedIfZero && /^[A-Z]/u.test(shape) ? '*' : '';
    return [`${field.name}:${pointer}${shape}${isKept && !/^[A-Z]/u.test(shape) ? '!' : ''}${field.isRequired ? '^' : ''}`];
  });
}

interface Line {
  readonly key: string;
  readonly fields: readonly string[];
  readonly needs: readonly string[];
}

function lineOf(key: string): Line {
  const added = addedTypes[key];
  // An added type may be the first to name one of Kubernetes' own.
  const type =
    structs.get(key) ??
    (added === undefined ? [meta, ...groups.map(([, importPath]) => importPath)].map((each) => typesOf(each).get(key)).find(Boolean) : undefined);
  if (type !== undefined) structs.set(key, type);
  if (type === undefined && added === undefined) throw new Error(`no struct ${key}`);
  const fields = [...(type === undefined ? [] : fieldsOf(type)), ...(addedFields[key] ?? []), ...(added ?? '').split(' ').filter((field) => field !== '')];
  const needs = fields.flatMap((field) => {
    const [shape = '', alias] = field.slice(field.indexOf(':') + 1).split('=');
    const struct = /[A-Za-z][\w./]*/u.exec(shape)?.[0] ?? '';
    const text = alias?.replace(/[!^]*$/u, '') ?? '';
    return [...(struct.length > 1 ? [struct] : []), ...(enums.has(text) ? [`=${text}`] : [])];
  });
  return { key, fields, needs };
}

function closure(keys: readonly string[], lines: Map<string, Line>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    found.add(key);
    if (key.startsWith('=')) continue;
    const line = lines.get(key) ?? lineOf(key);
    lines.set(key, line);
    open.push(...line.needs);
  }
  return found;
}

/** Plural in URLs where it is not the name and an s. Models apimachinery pkg/api/meta/restmapper.go UnsafeGuessKindToResource. */
function plural(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular === 'endpoints') return `:${singular}`;
  if (singular.endsWith('s')) return `:${singular}es`;
  return singular.endsWith('y') ? `:${singular.slice(0, -1)}ies` : '';
}

function header(what: string): string {
  return `// Written by src/cli/field-tables.ts from the Go types of Kubernetes ${process.argv[3] ?? 'v1.36.4'}, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.\n/** ${what} */\n`;
}

function write(file: string, name: string, what: string, lines: readonly string[]): number {
  const text = `${header(what)}export const ${name} = \`\n${lines.join('\n')}\n\`;\n`;
  writeFileSync(path.join(target, `${file}.ts`), text);
  return gzipSync(text).length;
}

/** Kinds of a version, as the list writes them, with the keys of their fields. */
function kindsOf(apiVersion: string, importPath: string | undefined): readonly { readonly word: string; readonly kind: string; readonly key: string }[] {
  const declared = importPath === undefined ? [] : [...typesOf(importPath).values()].filter(({ isKind }) => isKind);
  const found = declared.map((type) => ({ kind: type.name, key: structKey(type), mark: type.isNamespaced ? '' : '-' }));
  const added = (addedKinds[apiVersion] ?? []).map((word) => ({
    kind: word.replace('-', ''),
    key: word.replace('-', ''),
    mark: word.endsWith('-') ? '-' : '',
  }));
  return [...found, ...added].map(({ kind, key, mark }) => ({ kind, key, word: `${kind}${mark}${plural(kind)}${key === kind ? '' : `=${key}`}` }));
}

/** The module that each type stands in. */
function placesOf(needed: readonly { readonly name: string; readonly keys: ReadonlySet<string> }[], keys: readonly string[]): ReadonlyMap<string, string> {
  const byPod = new Set(['pod', 'volume', 'apps', 'batch', 'config', 'node']);
  return new Map(
    keys.map((key) => {
      const users = needed.filter((module) => module.keys.has(key)).map(({ name }) => name);
      const isPods = users.includes('pod') && users.every((name) => byPod.has(name));
      return [key, users.length === 1 ? (users[0] ?? '') : isPods ? 'pod' : 'meta'];
    }),
  );
}

function main(): void {
  root = path.resolve(process.argv[2] ?? '.');
  mkdirSync(target, { recursive: true });
  const known = new Map(groups);
  const versions = ['v1', ...[...new Set([...known.keys(), ...Object.keys(addedKinds)])].filter((version) => version !== 'v1').sort()];
  const kinds = versions.flatMap((apiVersion) => kindsOf(apiVersion, known.get(apiVersion)).map((each) => ({ ...each, apiVersion })));
  const lines = new Map<string, Line>();
  const needed = modules.map(([name], index) => {
    const own = kinds.filter(({ apiVersion, kind }) => modules.findIndex(([, pattern]) => pattern.test(`${apiVersion} ${kind}`)) === index);
    return {
      name,
      kinds: own.map(({ kind }) => kind),
      keys: closure(
        own.map(({ key }) => key),
        lines,
      ),
    };
  });
  const places = placesOf(needed, [...lines.keys(), ...[...enums.keys()].map((name) => `=${name}`)].sort());
  let total = write(
    'kinds',
    'allKinds',
    'Versions with their kinds: - no namespace, : plural, = key of its fields.',
    versions.map((version) => [version, ...kinds.filter(({ apiVersion }) => apiVersion === version).map(({ word }) => word)].join(' ')),
  );
  for (const { name, kinds: own } of needed) {
    const keys = [...places].filter(([, module]) => module === name).map(([key]) => key);
    const texts = keys.map((key) => [key, ...(key.startsWith('=') ? (enums.get(key.slice(1)) ?? []) : (lines.get(key)?.fields ?? []))].join(' '));
    const bytes = write(name, `${name}Types`, `Fields of ${own.join(', ')} and what they hold.`, texts);
    total += bytes;
    console.log(`${name.padEnd(12)} ${String(keys.length).padStart(4)} types ${String(bytes).padStart(6)} bytes gzip`);
  }
  console.log(`all          ${String(total).padStart(17)} bytes gzip`);
}

main();
