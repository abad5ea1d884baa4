import { describe, expect, test } from 'vitest';
import { createWholeCluster } from './all.ts';
import type { PodObject } from './api/cluster-kinds.ts';
import { isKind } from './api/kinds.ts';
import { isPodReady } from './kubelet/pod-status.ts';
import { causesOf, type Cluster } from './loop/cluster.ts';
import { entriesAfter, lengthOf } from './loop/cluster-log.ts';
import type { Planned } from './loop/controller.ts';
import type { Json, JsonObject } from './patch/json.ts';
import { listObjects } from './store/store.ts';

const engine = createWholeCluster();
const labels = { app: 'web' };
const size = { cpu: '4', memory: '8Gi', pods: '110' };

function requested(cluster: Cluster, request: Planned): Cluster {
  const { cluster: next, answer } = engine.request(cluster, request, { text: request.verb });
  expect(answer).toMatchObject({ ok: true });
  return next;
}

const created = (cluster: Cluster, ...objects: readonly Json[]): Cluster =>
  objects.reduce((held: Cluster, object) => requested(held, { verb: 'create', object }), cluster);
const later = (cluster: Cluster, durationMs: number): Cluster => engine.run(cluster, { untilMs: cluster.clockMs + durationMs, stepsMax: 20_000 }).cluster;
const podsOf = (cluster: Cluster): readonly PodObject[] =>
  listObjects(cluster.store, { apiVersion: 'v1', kind: 'Pod' }).filter((object) => isKind(object, 'Pod'));
const readyOn = (cluster: Cluster): readonly string[] =>
  podsOf(cluster)
    .flatMap((pod) => (isPodReady(pod) ? [pod.spec.nodeName ?? ''] : []))
    .toSorted();

function withNodes(): Cluster {
  const nodes = ['n1', 'n2', 'n3'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    status: { capacity: size, allocatable: size },
  }));
  return later(created(engine.start({ seed: 'whole' }), ...nodes), 1000);
}

function workload(kind: string, more: JsonObject = {}): JsonObject {
  const containers = [{ name: 'web', image: 'nginx:1.27', ...(kind === 'StatefulSet' && { volumeMounts: [{ name: 'data', mountPath: '/data' }] }) }];
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } }, ...more },
  };
}

const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('a whole cluster', () => {
  test('a Deployment is spread over the nodes, survives one of them, and goes with its namespace', () => {
    let cluster = later(created(withNodes(), shop, workload('Deployment')), 20_000);
    expect(readyOn(cluster)).toEqual(['n1', 'n2', 'n3']);
    cluster = later(engine.setWorld(cluster, 'power/n2', 'off', 'n2 loses power'), 400_000);
    expect(readyOn(cluster)).toHaveLength(3);
    expect(readyOn(cluster)).not.toContain('n2');
    expect(podsOf(cluster)).toHaveLength(4);
    cluster = later(engine.setWorld(cluster, 'power/n2', null, 'n2 is back'), 60_000);
    expect(podsOf(cluster)).toHaveLength(3);
    cluster = later(requested(cluster, { verb: 'delete', key: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' } }), 120_000);
    const left = Object.entries(cluster.store.objects).flatMap(([resource, chunks]) =>
      chunks.flat().flatMap(({ value }) => (value.metadata.namespace === 'shop' ? [resource] : [])),
    );
    expect(left).toEqual([]);
    expect(listObjects(cluster.store, { apiVersion: 'v1', kind: 'Namespace' })).toEqual([]);
  });

  test('a StatefulSet starts its pods one after the other, each on its own volume', () => {
    const spec = { accessModes: ['ReadWriteOnce'], storageClassName: '', resources: { requests: { storage: '1Gi' } } };
    const volumes = ['pv-a', 'pv-b', 'pv-c'].map((name) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: `/srv/${name}` } },
    }));
    const set = workload('StatefulSet', { serviceName: 'web', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] });
    const cluster = later(created(withNodes(), shop, ...volumes, set), 60_000);
    expect(podsOf(cluster).map((pod) => [pod.metadata.name, isPodReady(pod)])).toEqual([0, 1, 2].map((ordinal) => [`web-${ordinal}`, true]));
    const bound = listObjects(cluster.store, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    expect(bound.map(({ metadata, status }) => [metadata.name, (status as JsonObject).phase])).toEqual(
      [0, 1, 2].map((ordinal) => [`data-web-${ordinal}`, 'Bound']),
    );
    const starts = podsOf(cluster).map(({ metadata }) => metadata.creationTimestamp);
    expect(starts).toEqual(starts.toSorted());
    expect(new Set(starts).size).toBe(3);
  });

  test('each thing that happens has a cause that leads back to the learner or the start', () => {
    const cluster = later(created(withNodes(), shop, workload('Deployment')), 20_000);
    for (const { id } of entriesAfter(cluster.log, 0)) {
      const first = causesOf(cluster.log, id).at(-1);
      expect(['start', 'learner']).toContain(first?.by);
    }
    expect(lengthOf(cluster.log)).toBeGreaterThan(40);
  });

  test('a cluster is plain data: written down and read again, it goes on the same', () => {
    const cluster = later(created(withNodes(), shop, workload('Deployment')), 1500);
    const copy = JSON.parse(JSON.stringify(cluster)) as Cluster;
    expect(JSON.stringify(later(copy, 400_000))).toBe(JSON.stringify(later(cluster, 400_000)));
  });
});
