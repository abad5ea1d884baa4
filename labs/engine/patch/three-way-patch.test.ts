import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameJson, type JsonObject } from './json.ts';
import { strategicMerge, withoutLeftovers } from './strategic-merge.ts';
import { threeWayStrategicPatch, twoWayStrategicPatch } from './three-way-patch.ts';

const scalar = fc.constantFrom('1', '2', '3');
const named = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), ...fields }), { selector: ({ name }) => name, maxLength: 4 });
const optional: { requiredKeys: [] } = { requiredKeys: [] };
const deployment = fc.record(
  {
    metadata: fc.record({ labels: fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), scalar), finalizers: fc.uniqueArray(scalar) }, optional),
    spec: fc.record(
      {
        replicas: fc.nat(3),
        strategy: fc.record({ type: fc.constantFrom('Recreate', 'RollingUpdate'), rollingUpdate: fc.record({ maxSurge: fc.nat(2) }) }, optional),
        template: fc.record({
          spec: fc.record(
            {
              containers: named({ image: scalar, env: named({ value: scalar }), args: fc.array(scalar) }),
              volumes: named({ emptyDir: fc.record({ medium: scalar }, optional) }),
            },
            optional,
          ),
        }),
      },
      optional,
    ),
  },
  optional,
) as unknown as fc.Arbitrary<JsonObject>;

/** Lists that are empty or missing are the same to whoever reads them, and the merge may leave an empty one. */
const withoutEmpty = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((element) => withoutEmpty(element));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([field, held]) => [field, withoutEmpty(held)] as const);
  return Object.fromEntries(fields.filter(([, held]) => !(typeof held === 'object' && held !== null && Object.keys(held).length === 0)));
};

describe('laws', () => {
  test('the two-way patch makes the modified object of the original', () => {
    fc.assert(
      fc.property(deployment, deployment, (original, modified) => {
        const before = JSON.stringify([original, modified]);
        const patch = twoWayStrategicPatch(original, modified, 'Deployment');
        const result = patch.ok ? strategicMerge(original, patch.value, 'Deployment') : patch;
        expect(JSON.stringify(withoutEmpty(result.ok && sorted(result.value)))).toBe(JSON.stringify(withoutEmpty(sorted(modified))));
        expect(JSON.stringify([original, modified])).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  test('applying a manifest twice changes nothing the second time', () => {
    fc.assert(
      fc.property(deployment, deployment, deployment, (lastApplied, live, manifest) => {
        const patch = threeWayStrategicPatch({ lastApplied, live, manifest }, 'Deployment');
        const result = patch.ok ? strategicMerge(live, patch.value, 'Deployment') : patch;
        if (!result.ok) throw new Error(result.error.message);
        const stored = withoutLeftovers(result.value) as JsonObject;
        const again = threeWayStrategicPatch({ lastApplied: manifest, live: stored, manifest }, 'Deployment');
        const afterwards = again.ok ? strategicMerge(stored, again.value, 'Deployment') : again;
        expect(afterwards.ok && sameJson(withoutEmpty(withoutLeftovers(afterwards.value)) as JsonObject, withoutEmpty(stored) as JsonObject)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

const patchOf = (lastApplied: JsonObject, live: JsonObject, manifest: JsonObject, kind = 'Deployment') => {
  const patch = threeWayStrategicPatch({ lastApplied, live, manifest }, kind);
  return patch.ok ? patch.value : patch.error;
};

describe('what is sent', () => {
  test('a changed strategy names the fields that stay', () => {
    const rolling = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    expect(patchOf(rolling, rolling, { spec: { strategy: { type: 'Recreate' } } })).toEqual({
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate', rollingUpdate: null } },
    });
  });

  test('a finalizer that is no longer in the manifest is deleted, one of others stays', () => {
    const patch = patchOf({ metadata: { finalizers: ['a', 'b'] } }, { metadata: { finalizers: ['a', 'b', 'other'] } }, { metadata: { finalizers: ['b'] } });
    expect(patch).toEqual({ metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], '$setElementOrder/finalizers': ['b'] } });
  });

  test('a changed order alone is sent', () => {
    const live = { spec: { template: { spec: { containers: [{ name: 'a' }, { name: 'b' }] } } } };
    const manifest = { spec: { template: { spec: { containers: [{ name: 'b' }, { name: 'a' }] } } } };
    expect(patchOf(live, live, manifest)).toEqual({ spec: { template: { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } } } });
  });

  test('an element without its merge key is an error', () => {
    const live = { spec: { template: { spec: { containers: [{ image: 'x' }] } } } };
    expect(patchOf(live, live, live)).toMatchObject({ message: 'map: map[image:x] does not contain declared merge key: name' });
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => sorted(element));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([field, held]) => [field, sorted(held)]),
  );
}
