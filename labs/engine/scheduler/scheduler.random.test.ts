import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PodObject } from '../api/cluster-kinds.ts';
import { listKind } from '../api/kinds.ts';
import type { JsonObject } from '../patch/json.ts';
import { emptyStore } from '../store/store.ts';
import { write } from '../store/write.ts';
import { snapshotOf } from './node-info.ts';
import { outcomeOf, scheduled, testNode, testPod } from './testing.ts';

const nodes = fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 4 }), pods: fc.integer({ min: 1, max: 5 }), zone: fc.constantFrom('a', 'b') }), {
  minLength: 1,
  maxLength: 4,
});
const pods = fc.array(
  fc.record({
    cpu: fc.integer({ min: 0, max: 3 }),
    priority: fc.integer({ min: 0, max: 2 }),
    port: fc.constantFrom(0, 0, 80),
    apart: fc.boolean(),
    app: fc.constantFrom('a', 'b'),
  }),
  { maxLength: 12 },
);
type Nodes = typeof nodes extends fc.Arbitrary<infer Value> ? Value : never;
type Pods = typeof pods extends fc.Arbitrary<infer Value> ? Value : never;

const zone = 'topology.kubernetes.io/zone';
const nodeObjects = (all: Nodes): readonly JsonObject[] =>
  all.map(({ cpu, pods: count, zone: value }, index) => testNode(`n${index}`, { labels: { [zone]: value }, allocatable: { cpu: `${cpu}`, pods: `${count}` } }));
const podObjects = (all: Pods): readonly JsonObject[] =>
  all.map(({ cpu, priority, port, apart, app }, index) => {
    const term = { labelSelector: { matchLabels: { app } }, topologyKey: zone };
    return testPod(`p${String(index).padStart(2, '0')}`, {
      labels: { app },
      requests: { cpu: `${cpu}` },
      priority,
      ...(port > 0 && { ports: [{ containerPort: port, hostPort: port }] }),
      ...(apart && { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } }),
    });
  });

const cpuOf = ({ spec }: PodObject): number => Number(spec.containers[0]?.resources?.requests?.cpu ?? 0);
const usesPort = ({ spec }: PodObject): boolean => (spec.containers[0]?.ports ?? []).length > 0;

test('whatever comes, no node is overfull, no port is taken twice, and pods that want to be apart are', () => {
  fc.assert(
    fc.property(nodes, pods, (someNodes, somePods) => {
      const { cluster } = scheduled([...nodeObjects(someNodes), ...podObjects(somePods)]);
      const placed = listKind(cluster.store, 'Pod').filter(({ spec }) => spec.nodeName !== undefined);
      for (const [index, { cpu, pods: count }] of someNodes.entries()) {
        const here = placed.filter(({ spec }) => spec.nodeName === `n${index}`);
        expect(here.reduce((total, pod) => total + cpuOf(pod), 0)).toBeLessThanOrEqual(cpu);
        expect(here.length).toBeLessThanOrEqual(count);
        expect(here.filter(usesPort).length).toBeLessThanOrEqual(1);
      }
      const zoneOf = ({ spec }: PodObject): string | undefined => someNodes[Number(spec.nodeName?.slice(1))]?.zone;
      for (const pod of placed.filter(({ spec }) => spec.affinity !== undefined)) {
        const near = placed.filter((other) => other !== pod && zoneOf(other) === zoneOf(pod) && other.metadata.labels?.app === pod.metadata.labels?.app);
        expect(near).toEqual([]);
      }
    }),
    { numRuns: 150, seed: 1 },
  );
});

test('the same cluster is placed the same way again, and every pod without a node says why', () => {
  fc.assert(
    fc.property(nodes, pods, (someNodes, somePods) => {
      const objects = [...nodeObjects(someNodes), ...podObjects(somePods)];
      const [one, other] = [scheduled(objects), scheduled(objects)];
      for (const { metadata } of listKind(one.cluster.store, 'Pod')) {
        expect(outcomeOf(one, metadata.name)).toBe(outcomeOf(other, metadata.name));
        expect(outcomeOf(one, metadata.name)).toMatch(/^n\d$|^0\/\d nodes are available: /u);
      }
    }),
    { numRuns: 60, seed: 2 },
  );
});

test('what is remembered with a part of the store is what is counted anew', () => {
  fc.assert(
    fc.property(nodes, pods, (someNodes, somePods) => {
      const { cluster } = scheduled([...nodeObjects(someNodes), ...podObjects(somePods)]);
      const fresh = JSON.parse(JSON.stringify(cluster.store)) as typeof cluster.store;
      expect(snapshotOf(cluster.store)).toEqual(snapshotOf(fresh));
    }),
    { numRuns: 30, seed: 3 },
  );
  expect(snapshotOf(emptyStore()).infos).toEqual([]);
  const created = write(emptyStore(), { verb: 'create', object: testNode('n'), atMs: 0 });
  expect(created.ok && snapshotOf(created.store).infos.map(({ name }) => name)).toEqual(['n']);
});
