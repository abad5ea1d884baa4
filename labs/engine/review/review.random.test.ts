import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../patch/json.ts';
import { allKinds } from './all.ts';
import { act, claim, create, empty, pod, storageClass, volume } from './testing.ts';

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const template = { metadata: { labels: { app: 'a' } }, spec: pod().spec as Json };
const workload = { spec: { selector: { matchLabels: { app: 'a' } }, template } };
const seeds: Readonly<Record<string, JsonObject>> = {
  Pod: pod({ volumes: [{ name: 'v', emptyDir: {} }], tolerations: [{ key: 'a' }], affinity: {}, initContainers: [] }),
  PersistentVolumeClaim: claim(),
  PersistentVolume: volume(),
  StorageClass: storageClass('a'),
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: workload,
};

/** All places in a value, as lists of keys. */
function placesOf(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, held]) => placesOf(held, [...path, key]))];
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as Json[]).map((held, index) => (String(index) === key ? replaced(held, rest, by) : held));
  return { ...(value as JsonObject), [key]: replaced((value as JsonObject)[key] ?? null, rest, by) };
}

const anything = fc.constantFrom(...allKinds).chain(({ group, kind }) => {
  const base: JsonObject = { metadata: { name: 'a' }, spec: {}, ...seeds[kind], apiVersion: group === '' ? 'v1' : `${group}/v1`, kind };
  const places = placesOf(base).filter(([first]) => first !== 'apiVersion' && first !== 'kind');
  return fc
    .array(fc.tuple(fc.constantFrom(...places.slice(1)), json), { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<Json>((object, [place, by]) => replaced(object, place, by), { ...base, metadata: { name: 'a' } }));
});

test('no request makes a review throw; what is accepted is accepted again and stays as it is', () => {
  fc.assert(
    fc.property(anything, (object) => {
      const { cluster, answer } = create(empty, object);
      if (!answer.ok) {
        expect(answer.error.message).not.toBe('');
        return;
      }
      const again = act(cluster, { verb: 'update', object: JSON.parse(JSON.stringify(answer.object)) as Json });
      expect(again.answer).toEqual(answer);
      expect(again.cluster.store).toBe(cluster.store);
    }),
    { numRuns: 2000 },
  );
});
