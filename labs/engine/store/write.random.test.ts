import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../patch/json.ts';
import { emptyStore, eventsSince, getObject, listObjects, type Store } from './store.ts';
import type { ObjectKey } from './stored-object.ts';
import { write } from './write.ts';
import type { WriteRequest } from './requests.ts';

const kinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Node' },
  { apiVersion: 'example.com/v1', kind: 'Widget' },
] as const;
const optional: { requiredKeys: [] } = { requiredKeys: [] };
const name = fc.constantFrom('a', 'b', '__proto__', '');
const finalizer = fc.constantFrom('one', 'two', 'orphan', 'foregroundDeletion');
const type = fc.constantFrom(...kinds);
const key = fc.tuple(type, fc.record({ name, namespace: fc.constantFrom('default', 'shop') })).map(([one, rest]): ObjectKey => ({ ...one, ...rest }));
const metadata = fc.record(
  {
    name,
    generateName: fc.constantFrom('g-', ''),
    namespace: fc.constantFrom('default', 'shop'),
    resourceVersion: fc.constantFrom('', '0', '1', '2', '3', '4', 'x'),
    uid: fc.constantFrom('', 'u'),
    finalizers: fc.array(finalizer, { maxLength: 2 }),
    labels: fc.dictionary(fc.constantFrom('x', '__proto__'), fc.constantFrom('1', '2')),
    annotations: fc.constantFrom({}, { a: 'b' }, null),
    deletionTimestamp: fc.constantFrom(null, '2020-01-01T00:00:00Z'),
    generation: fc.oneof(fc.nat(5), fc.constant('no')),
  },
  optional,
);
const spec = fc.constantFrom<Json>({ replicas: 1 }, { replicas: 2, containers: [{ name: 'a' }] }, { containers: [{ image: 'x' }] }, null, 'no');
const tidy = fc.record(
  {
    name,
    namespace: fc.constantFrom('default', 'shop'),
    finalizers: fc.array(finalizer, { maxLength: 1 }),
    labels: fc.dictionary(fc.constant('x'), fc.constantFrom('1', '2')),
  },
  { requiredKeys: ['name'] },
);
const object = fc
  .tuple(type, fc.record({ metadata: fc.oneof({ weight: 2, arbitrary: tidy }, { weight: 1, arbitrary: metadata }), spec, status: spec }, optional))
  .map(([one, rest]) => ({ ...one, ...rest }));
const anyObject = fc.oneof({ weight: 6, arbitrary: object }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json) });
const operation = fc.record(
  {
    op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'no'),
    path: fc.constantFrom('/spec', '/spec/replicas', '/metadata/finalizers/0', '/metadata/labels/x', ''),
    from: fc.constantFrom('/spec', '/metadata/name'),
    value: fc.constantFrom<Json>(1, 'x', null, {}),
  },
  optional,
);
const patch = fc.oneof(
  fc.record({ metadata, spec }, optional),
  fc.record({ metadata: tidy, spec, status: spec }, { requiredKeys: [] }),
  fc.constantFrom<Json>({ $patch: 'delete' }, { spec: { $retainKeys: ['replicas'] } }, { metadata: { '$deleteFromPrimitiveList/finalizers': ['one'] } }),
  fc.array(operation, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 2 }),
) as fc.Arbitrary<Json>;
const base = { atMs: fc.nat(100_000), dryRun: fc.constantFrom(undefined, undefined, undefined, undefined, true) };
const request = fc.oneof(
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('create'), object: anyObject, ...base }) },
  {
    weight: 2,
    arbitrary: fc.record({ verb: fc.constant('update'), object: anyObject, subresource: fc.option(fc.constant('status'), { nil: undefined }), ...base }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('patch'),
      key,
      patchType: fc.constantFrom('json', 'merge', 'strategic'),
      patch,
      subresource: fc.option(fc.constant('status'), { nil: undefined }),
      ...base,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('delete'),
      key,
      gracePeriodSeconds: fc.option(fc.integer({ min: -1, max: 30 }), { nil: undefined }),
      propagationPolicy: fc.option(fc.constantFrom('Background', 'Foreground', 'Orphan'), { nil: undefined }),
      ...base,
    }),
  },
  { weight: 2, arbitrary: fc.record({ verb: fc.constantFrom('finalize', 'unfinalize'), key, finalizer, ...base }) },
) as unknown as fc.Arbitrary<WriteRequest>;
const program = fc.array(request, { minLength: 1, maxLength: 40, size: 'max' });

const allOf = (store: Store) => kinds.flatMap((one) => listObjects(store, one));
/** Names its objects and events completely. */
const printed = (store: Store) => JSON.stringify(store);
const run = (requests: readonly WriteRequest[]) =>
  requests.reduce<Store>(
    (store, each) => {
      const result = write(store, each);
      return result.ok ? result.store : store;
    },
    emptyStore({ seed: 's' }),
  );

test('whatever is asked: no throw, earlier stores stay, versions grow, finalizers hold', () => {
  let writes = 0;
  let refusals = 0;
  fc.assert(
    fc.property(program, (requests) => {
      let store = emptyStore({ seed: 's' });
      for (const each of requests) {
        const [before, asked] = [printed(store), JSON.stringify(each)];
        const result = write(store, each);
        expect([printed(store), JSON.stringify(each)]).toEqual([before, asked]);
        if (!result.ok) {
          refusals += 1;
          expect(result.error.message).not.toMatch(/undefined|\[object|NaN/u);
          continue;
        }
        const { event } = result;
        if (event === null || each.dryRun === true) {
          expect([event, result.store]).toEqual([null, store]);
          continue;
        }
        writes += 1;
        expect(result.store.revision).toBe(store.revision + 1);
        expect(event.object.metadata.resourceVersion).toBe(String(result.store.revision));
        const stored = getObject(result.store, { ...event.object, ...event.object.metadata });
        const old = getObject(store, { ...event.object, ...event.object.metadata });
        expect(stored).toEqual(event.type === 'DELETED' ? undefined : event.object);
        // An object that waits for finalizers goes only with the write that takes the last one away.
        const isRelease = each.verb === 'unfinalize' || each.verb === 'update' || each.verb === 'patch';
        const releasesPolicy = each.verb === 'delete' && each.propagationPolicy === 'Background';
        if (event.type === 'DELETED' && (old?.metadata.finalizers ?? []).length > 0) expect(isRelease || releasesPolicy).toBe(true);
        if (old !== undefined && stored !== undefined) {
          expect([stored.metadata.uid, stored.metadata.creationTimestamp]).toEqual([old.metadata.uid, old.metadata.creationTimestamp]);
          expect(stored.metadata.generation ?? 0).toBeGreaterThanOrEqual(old.metadata.generation ?? 0);
          if (old.metadata.deletionTimestamp !== undefined) expect(stored.metadata.deletionTimestamp).toBeDefined();
          if ((each.verb === 'update' || each.verb === 'patch') && each.subresource !== undefined)
            expect([stored.spec, stored.metadata.generation]).toEqual([old.spec, old.metadata.generation]);
          else if (stored.kind !== 'ConfigMap') expect(stored.status).toEqual(old.status);
        }
        store = result.store;
      }
      const uids = allOf(store).map(({ metadata: { uid } }) => uid);
      expect(new Set(uids).size).toBe(uids.length);
      const events = eventsSince(store, 1);
      expect(
        events.ok &&
          events.events.map(
            ({
              object: {
                metadata: { resourceVersion },
              },
            }) => Number(resourceVersion),
          ),
      ).toEqual(Array.from({ length: store.revision - 1 }, (_, index) => index + 2));
    }),
    { numRuns: 400 },
  );
  // The programs reach both: otherwise the laws above would hold for nothing.
  expect(writes).toBeGreaterThan(500);
  expect(refusals).toBeGreaterThan(500);
});

test('the same program gives the same store, and a JSON round trip changes nothing', () => {
  fc.assert(
    fc.property(program, request, (requests, last) => {
      const store = run(requests);
      expect(printed(run(requests))).toBe(printed(store));
      const copy = JSON.parse(printed(store)) as Store;
      expect(JSON.stringify(write(copy, last))).toBe(JSON.stringify(write(store, last)));
    }),
  );
});

test('dry runs in between change nothing', () => {
  fc.assert(
    fc.property(program, (requests) => {
      const mixed = requests.flatMap((each) => [{ ...each, dryRun: true }, each]);
      expect(printed(run(mixed))).toBe(printed(run(requests)));
    }),
  );
});
