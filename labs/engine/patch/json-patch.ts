import { fieldOf, fieldsOf, isList, isObject, sameJson, type Json, type JsonObject } from './json.ts';
import { jsonWord } from './go-text.ts';
import { attempt, PatchProblem, type PatchResult } from './patch-problem.ts';

/** The API server takes no more operations in one JSON Patch. Models apiserver pkg/endpoints/handlers/patch.go. */
export const jsonPatchOperationsMax = 10_000;

/**
 * Applies a JSON Patch (RFC 6902) to an object, operation by operation; the first one that fails ends it. Neither value is changed.
 * Where the library departs from the RFC, so does this: `replace` also creates a field, negative indices count from the end, and a `test` of a
 * missing field succeeds against null. Models gopkg.in/evanphx/json-patch.v4 patch.go.
 */
export function jsonPatch(object: JsonObject, patch: Json): PatchResult<Json> {
  return attempt(() => {
    if (!isList(patch)) throw new PatchProblem(decodingMessage(patch, '[]handlers.jsonPatchOp'), 'malformed');
    const operations = patch.map((operation) => {
      if (isObject(operation)) return operation;
      throw new PatchProblem(decodingMessage(operation, 'handlers.jsonPatchOp'), 'malformed');
    });
    if (operations.length > jsonPatchOperationsMax) {
      throw new PatchProblem(`The allowed maximum operations in a JSON patch is ${jsonPatchOperationsMax}, got ${operations.length}`, 'too-large');
    }
    return operations.reduce<Json>((document, operation) => apply(document, operation), object);
  });
}

function decodingMessage(value: Json, type: string): string {
  return `error decoding patch: json: cannot unmarshal ${jsonWord(value)} into Go value of type ${type}`;
}

const fails = (message: string): never => {
  throw new PatchProblem(message, 'unprocessable');
};

function textOf(operation: JsonObject, field: string): string | undefined {
  const value = fieldOf(operation, field);
  return typeof value === 'string' ? value : undefined;
}

function pathOf(operation: JsonObject, kind: string): string {
  const missing = kind === 'add' || kind === 'remove' || kind === 'copy' ? 'missing value' : 'operation missing path field: missing value';
  return textOf(operation, 'path') ?? fails(`${kind} operation failed to decode path: ${missing}`);
}

function fromOf(operation: JsonObject, kind: string): string {
  return textOf(operation, 'from') ?? fails(`${kind} operation failed to decode from: operation, missing from field: missing value`);
}

function apply(document: Json, operation: JsonObject): Json {
  const kind = textOf(operation, 'op') ?? 'unknown';
  const value = fieldOf(operation, 'value') ?? null;
  switch (kind) {
    case 'add': {
      const path = pathOf(operation, kind);
      return changed(document, path, {
        missing: `add operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
        failed: `error in add for path: '${path}'`,
        change: added(value),
      });
    }
    case 'remove': {
      const path = pathOf(operation, kind);
      return changed(document, path, {
        missing: `remove operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
        failed: `error in remove for path: '${path}'`,
        change: removed,
      });
    }
    case 'replace':
      return replaced(document, pathOf(operation, kind), value);
    case 'move':
      return moved(document, operation);
    case 'copy':
      return copied(document, operation);
    case 'test':
      return tested(document, pathOf(operation, kind), fieldOf(operation, 'value'));
    default:
      return fails(`Unexpected kind: ${kind}`);
  }
}

function replaced(document: Json, path: string, value: Json): Json {
  if (path === '') return isObject(value) || isList(value) ? value : fails('replace operation value must be object or array: %!w(<nil>)');
  return changed(document, path, {
    missing: `replace operation does not apply: doc is missing path: ${path}: missing value`,
    failed: `error in remove for path: '${path}'`,
    change: (container, key) => {
      if (!isList(container)) return Object.fromEntries(fieldsOf(container).set(key, value));
      const index = indexIn(container, key);
      if (typeof index === 'string') return fails(`replace operation does not apply: doc is missing key: ${path}: missing value`);
      return container.with(index, value);
    },
  });
}

function moved(document: Json, operation: JsonObject): Json {
  const from = fromOf(operation, 'move');
  const missing = `move operation does not apply: doc is missing from path: ${from}: missing value`;
  const { container, key } = placeOf(document, from) ?? fails(missing);
  const failed = `error in move for path: '${key}'`;
  const value = valueAt(container, key, failed) ?? null;
  const rest = changed(document, from, { missing, failed, change: removed });
  const path = pathOf(operation, 'move');
  return changed(rest, path, {
    missing: `move operation does not apply: doc is missing destination path: ${path}: missing value`,
    failed: `error in move for path: '${path}'`,
    change: added(value),
  });
}

function copied(document: Json, operation: JsonObject): Json {
  const from = fromOf(operation, 'copy');
  const { container, key } = placeOf(document, from) ?? fails(`copy operation does not apply: doc is missing from path: ${from}: missing value`);
  const value = valueAt(container, key, `error in copy for from: '${from}'`) ?? null;
  const path = pathOf(operation, 'copy');
  return changed(document, path, {
    missing: `copy operation does not apply: doc is missing destination path: ${path}: missing value`,
    failed: 'error while adding value during copy',
    change: added(value),
  });
}

function tested(document: Json, path: string, wanted: Json | undefined): Json {
  if (path === '') return sameJson(document, wanted) ? document : fails(`testing value ${path} failed: test failed`);
  const { container, key } = placeOf(document, path) ?? fails(`test operation does not apply: is missing path: ${path}: missing value`);
  const value = valueAt(container, key, `error in test for path: '${path}'`) ?? null;
  return sameJson(value, wanted ?? null) ? document : fails(`testing value ${path} failed: test failed`);
}

type Container = JsonObject | readonly Json[];

interface Change {
  /** Said if the path leads nowhere. */
  readonly missing: string;
  /** Stands before what went wrong at the path's end. */
  readonly failed: string;
  /** Gives the changed container, or says what is wrong. */
  readonly change: (container: Container, key: string) => Container | string;
}

/** The document with one container changed; everything beside the path is shared with the old one. */
function changed(document: Json, path: string, change: Change): Json {
  const [root, ...keys] = path.split('/');
  if (root === undefined || keys.length === 0) return fails(change.missing);
  return changedAt(document, keys.map(decoded), change);
}

function changedAt(node: Json | undefined, [key = '', ...rest]: readonly string[], change: Change): Json {
  if (!isObject(node) && !isList(node)) return fails(change.missing);
  if (rest.length === 0) {
    const result = change.change(node, key);
    return typeof result === 'string' ? fails(`${change.failed}: ${result}`) : result;
  }
  const inner = changedAt(stepInto(node, key), rest, change);
  if (!isList(node)) return Object.fromEntries(fieldsOf(node).set(key, inner));
  const index = indexIn(node, key);
  return typeof index === 'string' ? fails(change.missing) : node.with(index, inner);
}

/** The container that a path ends in, and the key there; undefined if the path leads nowhere. */
function placeOf(document: Json, path: string): { readonly container: Container; readonly key: string } | undefined {
  const keys = path.split('/').slice(1).map(decoded);
  const key = keys.pop();
  if (key === undefined) return undefined;
  const container = keys.reduce<Json | undefined>((node, step) => stepInto(node, step), document);
  return isObject(container) || isList(container) ? { container, key } : undefined;
}

function stepInto(node: Json | undefined, key: string): Json | undefined {
  if (isObject(node)) return fieldOf(node, key);
  if (!isList(node)) return undefined;
  const index = indexIn(node, key);
  return typeof index === 'string' ? undefined : node[index];
}

function valueAt(container: Container, key: string, failed: string): Json | undefined {
  if (!isList(container)) return fieldOf(container, key);
  const index = indexIn(container, key);
  return typeof index === 'string' ? fails(`${failed}: ${index}`) : container[index];
}

const decoded = (key: string): string => key.replaceAll(/~[01]/gu, (escape) => (escape === '~1' ? '/' : '~'));

/** Place of an existing element, or what is wrong with the index. Negative ones count from the end. */
function indexIn(list: readonly Json[], key: string, length = list.length): number | string {
  if (!/^[+-]?\d+$/u.test(key)) return `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;
  const index = Number(key);
  if (!Number.isSafeInteger(index)) return `strconv.Atoi: parsing ${JSON.stringify(key)}: value out of range`;
  if (index >= length || index < -length) return `Unable to access invalid index: ${index}: invalid index referenced`;
  return index < 0 ? index + length : index;
}

const added =
  (value: Json): Change['change'] =>
  (container, key) => {
    if (!isList(container)) return Object.fromEntries(fieldsOf(container).set(key, value));
    if (key === '-') return [...container, value];
    const index = indexIn(container, key, container.length + 1);
    if (typeof index !== 'string') return container.toSpliced(index, 0, value);
    return index.startsWith('strconv') ? `value was not a proper array index: '${key}': ${index}` : index;
  };

const removed: Change['change'] = (container, key) => {
  if (isList(container)) {
    const index = indexIn(container, key);
    return typeof index === 'string' ? index : container.toSpliced(index, 1);
  }
  const fields = fieldsOf(container);
  return fields.delete(key) ? Object.fromEntries(fields) : `Unable to remove nonexistent key: ${key}: missing value`;
};
