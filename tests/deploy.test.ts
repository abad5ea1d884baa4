import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createWholeCluster } from '../labs/engine/all.ts';
import { isKind } from '../labs/engine/api/kinds.ts';
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

  test('asks for no right: what the level "restricted" wants, and a root file system that is read-only', () => {
    const deployment = objects.find(({ kind }) => kind === 'Deployment')?.value as {
      readonly spec: { readonly template: { readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly unknown[] } } };
    };
    const { spec } = deployment.spec.template;
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(spec.containers).toMatchObject([
      { securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } },
    ]);
    const kinds = (spec.volumes as readonly Readonly<Record<string, unknown>>[]).flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name'));
    expect(kinds).toEqual(['configMap', 'emptyDir']);
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(spec[field]).toBeUndefined();
  });

  test('holds the configuration of nginx as it stands in its file', () => {
    const config = objects.find(({ kind }) => kind === 'ConfigMap')?.value.data;
    expect(config).toEqual({ 'default.conf': readFileSync('docs/deploy/nginx.conf', 'utf8') });
  });
});

interface HeaderRule {
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** Reads `_headers` by what Netlify and Cloudflare both take: a path, then lines of name and value. Throws for what one of them would pass over. */
function readHeaderFile(text: string): readonly HeaderRule[] {
  const rules: { readonly path: string; readonly headers: Map<string, string> }[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.length > 2000) throw new Error(`Cloudflare takes 2,000 characters a line: ${line}`);
    if (line.startsWith('/')) {
      if ((line.match(/\*/g)?.length ?? 0) > 1) throw new Error(`one * a path: ${line}`);
      rules.push({ path: line, headers: new Map() });
      continue;
    }
    const [, name, value] = /^([A-Za-z-]+):\s*(\S.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`Netlify passes over a line without name and value: ${line}`);
    rules.at(-1)?.headers.set(name, value);
  }
  return rules;
}

const headerFile = readFileSync('docs/deploy/_headers', 'utf8');
const nginx = readFileSync('docs/deploy/nginx.conf', 'utf8');
const vercel = JSON.parse(readFileSync('docs/deploy/vercel.json', 'utf8')) as {
  readonly headers: readonly { readonly source: string; readonly headers: readonly { readonly key: string; readonly value: string }[] }[];
};

describe('the headers', () => {
  test('are the same on every host', () => {
    const lines = readHeaderFile(headerFile).flatMap(({ headers }) => [...headers]);
    expect(vercel.headers.flatMap(({ headers }) => headers.map(({ key, value }) => [key, value]))).toEqual(lines);
    for (const [key, value] of lines) {
      expect(nginx).toContain(key);
      expect(nginx).toContain(value);
    }
  });

  test('are set once for each address: what hosts do with a second rule differs', () => {
    const matches = (pattern: string, path: string): boolean => new RegExp(`^${pattern.replaceAll('(.*)', '*').replaceAll('*', '.*')}$`).test(path);
    const named = [
      readHeaderFile(headerFile).map(({ path, headers }) => ({ path, names: [...headers.keys()] })),
      vercel.headers.map(({ source, headers }) => ({ path: source, names: headers.map(({ key }) => key) })),
    ];
    for (const rules of named) {
      for (const address of ['/', '/dns/', '/sw.js', '/_astro/a.b.js']) {
        const names = rules.filter(({ path }) => matches(path, address)).flatMap((rule) => rule.names);
        expect(new Set(names).size, address).toBe(names.length);
      }
    }
  });

  test.each([
    ['a line of Cloudflare alone', '/*\n  ! Cache-Control', /passes over/],
    ['a value that is missing', '/*\n  X-Robots-Tag:', /passes over/],
    ['two stars', '/*/a/*\n  X-A: b', /one \*/],
  ])('%s in _headers would be found', (_, text, message) => {
    expect(() => readHeaderFile(text)).toThrow(message);
  });

  test('for Vercel stand in a file of its schema', () => {
    expect(Object.keys(vercel).toSorted()).toEqual(['$schema', 'buildCommand', 'cleanUrls', 'headers', 'outputDirectory', 'trailingSlash']);
  });
});
