import { describe, expect, test } from 'vitest';
import type { Json } from '../patch/json.ts';
import { createCluster, type Cluster } from './cluster.ts';
import type { Controller } from './controller.ts';
import { traceHash } from './trace-hash.ts';

const labeller: Controller = {
  name: 'labeller',
  watches: ['ConfigMap'],
  delayMs: 10,
  enqueue: ({ object }) => [{ key: object.metadata.name }],
  reconcile: (name) => ({
    steps: [
      {
        write: { verb: 'patch', key: { apiVersion: 'v1', kind: 'ConfigMap', name }, patchType: 'merge', patch: { metadata: { labels: { seen: 'yes' } } } },
        text: `labels ${name}`,
        because: 'it has none',
        refused: () => [],
      },
    ],
  }),
};
const engine = createCluster({ controllers: [labeller] });

function ran(seed = 'one'): Cluster {
  const made = ['a', 'b'].reduce(
    (cluster, name) =>
      engine.request(cluster, { verb: 'create', object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } } }, { text: `create ${name}` }).cluster,
    engine.start({ seed }),
  );
  return engine.run(made, { stepsMax: 1000 }).cluster;
}

const copied = (cluster: Cluster): Cluster => JSON.parse(JSON.stringify(cluster)) as Cluster;

/** The same value with the fields of every object in the opposite order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return (value as Json[]).map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([field, held]) => [field, reversed(held)]),
  );
}

/** The places of all leaves of a value. */
function leavesOf(value: Json, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, held]) => leavesOf(held, [...path, key])) : [path];
}

function changedAt(value: Json, [key, ...rest]: readonly (string | number)[]): Json {
  if (key === undefined) return typeof value === 'number' ? value + 1 : `${JSON.stringify(value)}!`;
  if (Array.isArray(value)) return (value as Json[]).map((held, index) => (String(index) === String(key) ? changedAt(held, rest) : held));
  return { ...(value as Record<string, Json>), [key]: changedAt((value as Record<string, Json>)[key]!, rest) };
}

describe('the hash of a trace', () => {
  const whole = ran();
  const hash = traceHash(whole);

  test('is 16 hexadecimal digits, the same for the same run, for a copy, and whatever the order of fields', () => {
    expect(hash).toMatch(/^[\da-f]{16}$/);
    expect(traceHash(ran())).toBe(hash);
    expect(traceHash(copied(whole))).toBe(hash);
    expect(traceHash(reversed(whole as unknown as Json) as unknown as Cluster)).toBe(hash);
  });

  test('does not depend on how lists are cut', () => {
    const { log, store } = copied(whole);
    const objects = Object.fromEntries(Object.entries(store.objects).map(([resource, chunks]) => [resource, chunks.flat().map((entry) => [entry])]));
    expect(traceHash({ ...whole, log: log.flat().map((entry) => [entry]), store: { ...store, objects } })).toBe(hash);
  });

  test.each(['two', ''])('another seed (%j) is another trace', (seed) => {
    expect(traceHash(ran(seed))).not.toBe(hash);
  });

  test('every leaf of the log and of the objects counts', () => {
    const log = whole.log as unknown as Json;
    const logHashes = leavesOf(log).map((path) => traceHash({ ...whole, log: changedAt(log, path) as unknown as Cluster['log'] }));
    const objects = { configmaps: whole.store.objects.configmaps } as unknown as Json;
    const values = leavesOf(objects).filter((path) => path.includes('value'));
    const objectHashes = values.map((path) =>
      traceHash({ ...whole, store: { ...whole.store, objects: changedAt(objects, path) as unknown as Cluster['store']['objects'] } }),
    );
    expect(logHashes.length).toBeGreaterThan(30);
    expect(objectHashes.length).toBeGreaterThan(10);
    expect(new Set([hash, ...logHashes, ...objectHashes]).size).toBe(1 + logHashes.length + objectHashes.length);
  });
});
