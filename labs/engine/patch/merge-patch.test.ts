import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutNulls, type JsonObject } from './json.ts';
import { createMergePatch, mergePatch, threeWayMergePatch } from './merge-patch.ts';

// The examples of RFC 7386, appendix A.
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched with %j is %j', (value, patch, result) => {
  expect(mergePatch(value, patch)).toEqual(result);
});

const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

test('the patch between two objects makes the second of the first', () => {
  fc.assert(
    fc.property(object, object, (one, other) => {
      const [from, to] = [withoutNulls(one as JsonObject), withoutNulls(other as JsonObject)];
      expect(JSON.parse(JSON.stringify(mergePatch(from, createMergePatch(from, to))))).toEqual(JSON.parse(JSON.stringify(to)));
    }),
  );
});

describe('what kubectl apply sends for a custom resource', () => {
  test('changes, deletions of what was applied, and nothing of what others wrote', () => {
    const ways = { lastApplied: { spec: { a: 1, b: 1 } }, live: { spec: { a: 1, b: 1, others: 1 } }, manifest: { spec: { a: 2, list: [1] } } };
    expect(threeWayMergePatch(ways)).toEqual({ ok: true, value: { spec: { a: 2, b: null, list: [1] } } });
  });

  test('lists are sent whole', () => {
    const ways = { lastApplied: { l: [1] }, live: { l: [1, 2] }, manifest: { l: [1] } };
    expect(threeWayMergePatch(ways)).toEqual({ ok: true, value: { l: [1] } });
  });
});
