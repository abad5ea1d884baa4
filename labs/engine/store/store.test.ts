import { describe, expect, test } from 'vitest';
import { emptyStore, eventsKept, eventsSince, listObjects, type Store } from './store.ts';
import type { StoredObject } from './stored-object.ts';
import { write } from './write.ts';
import type { WriteRequest } from './requests.ts';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };

/** The store after a request that must succeed. */
function written(store: Store, request: WriteRequest): Store {
  const result = write(store, request);
  if (!result.ok) throw new Error(result.error.message);
  return result.store;
}

describe('reading', () => {
  test('lists are sorted by namespace and name, and can be narrowed', () => {
    const make = (store: Store, [namespace, name]: readonly [string, string]) =>
      written(store, { verb: 'create', object: { ...configMap, metadata: { name, namespace } }, atMs: 0 });
    const store = (
      [
        ['b', 'z'],
        ['a', 'y'],
        ['b', 'x'],
        ['a-b', 'w'],
      ] as const
    ).reduce<Store>(make, emptyStore());
    const names = (selection: { readonly namespace?: string; readonly matches?: (object: StoredObject) => boolean }) =>
      listObjects(store, { apiVersion: 'v1', kind: 'ConfigMap', ...selection }).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
    // As etcd sorts paths: a hyphen comes before the slash.
    expect(names({})).toEqual(['a-b/w', 'a/y', 'b/x', 'b/z']);
    expect(names({ namespace: 'b' })).toEqual(['b/x', 'b/z']);
    expect(names({ matches: ({ metadata }) => metadata.name > 'x' })).toEqual(['a/y', 'b/z']);
  });

  test('events can be followed from a revision; older ones are gone after a while', () => {
    let store = emptyStore();
    for (let index = 0; index < 2000; index += 1)
      store = written(store, { verb: index === 0 ? 'create' : 'update', object: { ...configMap, data: { a: String(index) } }, atMs: 0 });
    const last = eventsSince(store, store.revision - 2);
    expect(last.ok && last.events.map(({ object }) => object.metadata.resourceVersion)).toEqual(['2000', '2001']);
    expect(eventsSince(store, store.revision)).toEqual({ ok: true, events: [] });
    expect(eventsSince(store, store.revision - eventsKept).ok).toBe(true);
    expect(eventsSince(store, 5)).toMatchObject({ ok: false, error: { code: 410, reason: 'Expired' } });
    expect(store.recentEvents.flat().length).toBeLessThanOrEqual(1024);
  });
});

test('a write among 10,000 objects copies little', () => {
  let store = emptyStore();
  for (let index = 0; index < 10_000; index += 1)
    store = written(store, { verb: 'create', object: { ...configMap, metadata: { name: `c${index}` } }, atMs: 0 });
  const next = written(store, { verb: 'delete', key: { apiVersion: 'v1', kind: 'ConfigMap', name: 'c500' }, atMs: 0 });
  const [before, now] = [store.objects.configmaps!, next.objects.configmaps!];
  expect(now.filter((chunk) => !before.includes(chunk))).toHaveLength(1);
  expect(Math.max(before.length, ...before.map((chunk) => chunk.length))).toBeLessThan(400);
  expect(listObjects(next, { apiVersion: 'v1', kind: 'ConfigMap' })).toHaveLength(9999);
});
