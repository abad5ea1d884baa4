import { describe, expect, test } from 'vitest';
import { jsonPatch, jsonPatchOperationsMax } from './json-patch.ts';

const object = { a: { 'b/c': 1, 'd~e': 2 }, list: ['x', 'y', 'z'], gone: null };
const value = (...operations: readonly { readonly op: string; readonly path?: string; readonly from?: string; readonly value?: null | number | string }[]) => {
  const result = jsonPatch(object, operations);
  return result.ok ? result.value : result.error;
};

describe('operations', () => {
  test.each([
    { name: 'add sets a field', op: { op: 'add', path: '/a/new', value: 3 }, changes: { a: { ...object.a, new: 3 } } },
    { name: 'add overwrites a field', op: { op: 'add', path: '/a/b~1c', value: 3 }, changes: { a: { ...object.a, 'b/c': 3 } } },
    { name: 'add inserts into a list', op: { op: 'add', path: '/list/1', value: 'n' }, changes: { list: ['x', 'n', 'y', 'z'] } },
    { name: 'add appends with a dash', op: { op: 'add', path: '/list/-', value: 'n' }, changes: { list: ['x', 'y', 'z', 'n'] } },
    { name: 'add at the end by index', op: { op: 'add', path: '/list/3', value: 'n' }, changes: { list: ['x', 'y', 'z', 'n'] } },
    { name: 'add with -1 appends', op: { op: 'add', path: '/list/-1', value: 'n' }, changes: { list: ['x', 'y', 'z', 'n'] } },
    { name: 'remove with -1 takes the last', op: { op: 'remove', path: '/list/-1' }, changes: { list: ['x', 'y'] } },
    { name: '~0 is a tilde', op: { op: 'remove', path: '/a/d~0e' }, changes: { a: { 'b/c': 1 } } },
    { name: 'replace creates a field', op: { op: 'replace', path: '/a/new', value: 3 }, changes: { a: { ...object.a, new: 3 } } },
    { name: 'replace in a list', op: { op: 'replace', path: '/list/0', value: 'n' }, changes: { list: ['n', 'y', 'z'] } },
    { name: 'move within a list', op: { op: 'move', from: '/list/0', path: '/list/2' }, changes: { list: ['y', 'z', 'x'] } },
    { name: 'copy into an object', op: { op: 'copy', from: '/list/0', path: '/a/new' }, changes: { a: { ...object.a, new: 'x' } } },
    { name: 'test that holds', op: { op: 'test', path: '/list/0', value: 'x' }, changes: {} },
    { name: 'test of a missing field against null', op: { op: 'test', path: '/nothing', value: null }, changes: {} },
  ] as const)('$name', ({ op, changes }) => {
    expect(value(op)).toEqual({ ...object, ...changes });
  });

  test('a field may be named like a method', () => {
    expect(Object.entries(value({ op: 'add', path: '/constructor', value: 1 }) as object)).toContainEqual(['constructor', 1]);
    expect(value({ op: 'test', path: '/constructor', value: null })).toEqual(object);
  });

  test('each operation sees what the ones before it did', () => {
    expect(value({ op: 'add', path: '/n', value: 1 }, { op: 'move', from: '/n', path: '/a/n' }, { op: 'test', path: '/a/n', value: 1 })).toEqual({
      ...object,
      a: { ...object.a, n: 1 },
    });
  });

  test('the object that is patched stays, and what is beside the path is shared', () => {
    const before = structuredClone(object);
    const result = jsonPatch(object, [{ op: 'remove', path: '/list/0' }]);
    expect(object).toEqual(before);
    expect(result.ok && (result.value as typeof object).a).toBe(object.a);
  });
});

describe('mistakes', () => {
  test.each([
    { op: { op: 'add', path: '/no/such', value: 1 }, message: 'add operation does not apply: doc is missing path: "/no/such": missing value' },
    { op: { op: 'add', path: 'a', value: 1 }, message: 'add operation does not apply: doc is missing path: "a": missing value' },
    {
      op: { op: 'add', path: '/list/x', value: 1 },
      message: `error in add for path: '/list/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax`,
    },
    { op: { op: 'add', path: '/list/9', value: 1 }, message: `error in add for path: '/list/9': Unable to access invalid index: 9: invalid index referenced` },
    { op: { op: 'remove', path: '/nope' }, message: `error in remove for path: '/nope': Unable to remove nonexistent key: nope: missing value` },
    { op: { op: 'remove', path: '/a/x/y' }, message: 'remove operation does not apply: doc is missing path: "/a/x/y": missing value' },
    { op: { op: 'replace', path: '/list/7', value: 1 }, message: 'replace operation does not apply: doc is missing key: /list/7: missing value' },
    { op: { op: 'replace', path: '/q/r', value: 1 }, message: 'replace operation does not apply: doc is missing path: /q/r: missing value' },
    { op: { op: 'test', path: '/list/0', value: 'q' }, message: 'testing value /list/0 failed: test failed' },
    { op: { op: 'test', path: '/q/r', value: 1 }, message: 'test operation does not apply: is missing path: /q/r: missing value' },
    { op: { op: 'move', path: '/x' }, message: 'move operation failed to decode from: operation, missing from field: missing value' },
    { op: { op: 'copy', from: '/q/r', path: '/x' }, message: 'copy operation does not apply: doc is missing from path: /q/r: missing value' },
    { op: { op: 'replace' }, message: 'replace operation failed to decode path: operation missing path field: missing value' },
    { op: { op: 'paint', path: '/a' }, message: 'Unexpected kind: paint' },
  ])('$op.op $op.path: $message', ({ op, message }) => {
    expect(value(op)).toEqual({ reason: 'unprocessable', message });
  });

  test('a patch that is no list is malformed, and one of too many operations too large', () => {
    expect(jsonPatch(object, { op: 'add' })).toMatchObject({ ok: false, error: { reason: 'malformed' } });
    expect(jsonPatch(object, ['add'])).toMatchObject({ ok: false, error: { reason: 'malformed' } });
    const many = Array.from({ length: jsonPatchOperationsMax + 1 }, () => ({ op: 'test', path: '/list/0', value: 'x' }));
    expect(jsonPatch(object, many)).toMatchObject({ ok: false, error: { reason: 'too-large' } });
  });
});
