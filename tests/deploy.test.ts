import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createWholeCluster } from '../labs/engine/all.ts';
import { isKind } from '../labs/engine/api/cluster-kinds.ts';
import { isPodReady } from '../labs/engine/kubelet/pod-status.ts';
import type { Cluster } from '../labs/engine/loop/cluster.ts';
import type { Json } from '../labs/engine/patch/json.ts';
import { listObjects } from '../labs/engine/store/store.ts';
import { allTables } from '../labs/reading/all-tables.ts';
import { readManifests } from '../labs/reading/manifests.ts';

const manifests = readFileSync('docs/deploy/kubernetes.yaml', 'utf8');
const engine = createWholeCluster();

function withObjects(cluster: Cluster, objects: readonly Json[]): Cluster {
  return objects.reduce((held: Cluster, object) => {
    const { cluster: next, answer } = engine.request(held, { verb: 'create', object }, { text: 'create' });
    expect(answer).toMatchObject({ ok: true });
    return engine.run(next, { untilMs: next.clockMs + 1000, stepsMax: 10_000 }).cluster;
  }, cluster);
}

describe('the example for Kubernetes', () => {
  const { objects, errors } = readManifests(manifests, allTables);

  test('is read with strict validation', () => {
    expect(errors).toEqual([]);
    expect(objects.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([
      'Namespace /kubestep',
      'ConfigMap kubestep/kubestep-nginx',
      'Deployment kubestep/kubestep',
      'Service kubestep/kubestep',
    ]);
  });

  test('a misspelt field in it would be found', () => {
    expect(readManifests(manifests.replace('runAsNonRoot:', 'runAsNoRoot:'), allTables).errors).toHaveLength(1);
  });

  test('runs in the simulator: both pods become Ready', () => {
    const size = { cpu: '4', memory: '8Gi', pods: '110' };
    const images = [{ names: ['registry.example.com/kubestep:1'], sizeBytes: 70_000_000 }];
    const nodes = ['n1', 'n2'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name } },
      status: { capacity: size, allocatable: size, images },
    }));
    const started = withObjects(engine.start({ seed: 'deploy' }), [...nodes, ...objects.map(({ value }) => value)]);
    const { cluster } = engine.run(started, { untilMs: started.clockMs + 60_000, stepsMax: 20_000 });
    const pods = listObjects(cluster.store, { apiVersion: 'v1', kind: 'Pod' }).filter((object) => isKind(object, 'Pod'));
    expect(
      pods
        .filter(isPodReady)
        .map(({ spec }) => spec.nodeName)
        .toSorted(),
    ).toEqual(['n1', 'n2']);
  });

  test('holds the configuration of nginx as it stands in its file', () => {
    const config = objects.find(({ kind }) => kind === 'ConfigMap')?.value.data;
    expect(config).toEqual({ 'default.conf': readFileSync('docs/deploy/nginx.conf', 'utf8') });
  });
});

test('every host gets the same headers', () => {
  const headerFile = readFileSync('docs/deploy/_headers', 'utf8');
  const nginx = readFileSync('docs/deploy/nginx.conf', 'utf8');
  const { headers } = JSON.parse(readFileSync('docs/deploy/vercel.json', 'utf8')) as {
    readonly headers: readonly { readonly headers: readonly { readonly key: string; readonly value: string }[] }[];
  };
  for (const { key, value } of headers.flatMap((rule) => rule.headers)) {
    expect(headerFile).toContain(`${key}: ${value}`);
    expect(nginx).toContain(key);
    expect(nginx).toContain(value);
  }
});
