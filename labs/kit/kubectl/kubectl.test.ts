import { describe, expect, test } from 'vitest';
import { createCluster } from '../../engine/loop/cluster.ts';
import type { JsonObject } from '../../engine/patch/json.ts';
import { covered, kubectl } from './kubectl.ts';

const engine = createCluster({ controllers: [] });
const startUnixMs = Date.UTC(2026, 0, 1);

const volume = (name: string, spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name, ...metadata },
  spec: {
    capacity: { storage: '1024Mi' },
    accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
    persistentVolumeReclaimPolicy: 'Retain',
    volumeMode: 'Filesystem',
    ...spec,
  },
});
const pod = (name: string, namespace: string, labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'i' }] },
});

function clusterOf(...objects: readonly JsonObject[]) {
  const start = engine.start({ seed: 'a', startUnixMs });
  const filled = objects.reduce<typeof start>((cluster, object) => {
    const { answer, cluster: next } = engine.request(cluster, { verb: 'create', object }, { text: 'creates' });
    expect(answer.ok).toBe(true);
    return next;
  }, start);
  return engine.run(filled, { untilMs: 125_000, stepsMax: 10 }).cluster;
}

const cluster = clusterOf(
  volume('pv-b', { hostPath: { path: '/x' } }),
  volume('pv-a', {
    local: { path: '/mnt' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'kubernetes.io/hostname', operator: 'In', values: ['n1', 'n2'] },
              { key: 'zone', operator: 'Exists' },
            ],
          },
          {},
        ],
      },
    },
  }),
  pod('web', 'default', { app: 'web', 'x.io/tier': 'front' }),
  pod('job', 'other'),
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: 'va' },
    spec: { attacher: 'd.io', nodeName: 'n1', source: { persistentVolumeName: 'pv-a' } },
  },
);
const linesOf = (line: string) => kubectl(cluster, line)?.stdout.split('\n').slice(0, -1);

describe('get, as no recording shows it', () => {
  test('all namespaces: their column comes first, for kinds that live in one', () => {
    expect(linesOf('kubectl get pods,pv -A')).toEqual([
      'NAMESPACE   NAME      READY   STATUS   RESTARTS   AGE',
      'default     pod/web   0/1              0          2m5s',
      'other       pod/job   0/1              0          2m5s',
      '',
      'NAME                    CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM   STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON   AGE',
      'persistentvolume/pv-a   1Gi        RWO,ROX        Retain                                           <unset>                          2m5s',
      'persistentvolume/pv-b   1Gi        RWO,ROX        Retain                                           <unset>                          2m5s',
    ]);
  });

  test('labels as columns', () => {
    expect(linesOf('kubectl get pod -L app,x.io/tier,none')).toEqual([
      'NAME   READY   STATUS   RESTARTS   AGE    APP   TIER    NONE',
      'web    0/1              0          2m5s   web   front   ',
    ]);
  });

  test('attachments', () => {
    expect(linesOf('get volumeattachments')).toEqual(['NAME   ATTACHER   PV     NODE   ATTACHED   AGE', 'va     d.io       pv-a   n1     false      2m5s']);
  });

  test.each([
    ['kubectl get pvc', 'No resources found in default namespace.\n', 0],
    ['kubectl get pvc -A', 'No resources found\n', 0],
    ['kubectl get sc', 'No resources found\n', 0],
    ['kubectl get pvc nope --ignore-not-found', '', 0],
    ['kubectl get pvc nope -n nowhere', 'Error from server (NotFound): namespaces "nowhere" not found\n', 1],
    ['kubectl get sc nope', 'Error from server (NotFound): storageclasses.storage.k8s.io "nope" not found\n', 1],
    ['kubectl get pods web -A', 'error: a resource cannot be retrieved by name across all namespaces\n', 1],
    [
      'kubectl get deploy --field-selector a=b',
      'Error from server (BadRequest): Unable to find "apps/v1, Resource=deployments" that match label selector "", field selector "a=b": field label not supported: a\n',
      1,
    ],
  ])('%s', (line, stderr, exit) => {
    expect(kubectl(cluster, line)).toEqual({ stdout: '', stderr, exit });
  });

  test('what is not covered gives nothing rather than something wrong', () => {
    for (const line of [
      'kubectl get pods -w',
      'kubectl get pods -o jsonpath={.items}',
      'kubectl get secrets',
      'kubectl logs web',
      'kubectl get pods --context x',
      "get 'pods",
    ]) {
      expect(kubectl(cluster, line), line).toBeUndefined();
    }
  });
});

describe('describe, as no recording shows it', () => {
  // As kubectl v1.32 describes such a volume.
  test('a local volume with the nodes that reach it', () => {
    expect(linesOf('kubectl describe pv pv-a')).toEqual([
      'Name:              pv-a',
      'Labels:            <none>',
      'Annotations:       <none>',
      'Finalizers:        []',
      'StorageClass:      ',
      'Status:            ',
      'Claim:             ',
      'Reclaim Policy:    Retain',
      'Access Modes:      RWO,ROX',
      'VolumeMode:        Filesystem',
      'Capacity:          1Gi',
      'Node Affinity:     ',
      '  Required Terms:  ',
      '    Term 0:        kubernetes.io/hostname in [n1, n2]',
      '                   zone exists',
      '    Term 1:        <none>',
      'Message:           ',
      'Source:',
      '    Type:  LocalVolume (a persistent volume backed by local storage on a node)',
      '    Path:  /mnt',
      'Events:    <none>',
    ]);
  });

  test('a name that nothing has stands for all that begin with it', () => {
    const output = kubectl(cluster, 'kubectl describe pv pv-')?.stdout ?? '';
    expect([...output.matchAll(/^Name: +(.*)$/gmu)].map(([, name]) => name)).toEqual(['pv-a', 'pv-b']);
    expect(output.endsWith('<none>\n\n')).toBe(true);
  });

  test('objects are two empty lines apart', () => {
    expect(kubectl(cluster, 'kubectl describe pv')?.stdout).toContain('<none>\n\n\nName:');
  });
});

test('what is covered is named', () => {
  expect(covered.commands).toEqual(['get', 'describe']);
  expect(covered.tables).toContain('PersistentVolumeClaim');
  expect(covered.descriptions).toContain('Node');
});
