import { describe, expect, test } from 'vitest';
import { createWholeCluster } from '../all.ts';
import { entriesAfter } from '../loop/cluster-log.ts';
import { createCluster, type Cluster } from '../loop/cluster.ts';
import { nothing, type Controller, type PlannedStep } from '../loop/controller.ts';
import { emptyQueue } from '../loop/work-queue.ts';
import type { Json, JsonObject } from '../patch/json.ts';
import { valueOf, withoutKey, withValue } from '../store/sorted-chunks.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { createCsiControllers } from '../volumes/volume-controllers.ts';
import { brokenInvariant, clusterInvariants } from './cluster-invariants.ts';

const driver = 'disk.csi.example.com';
const engine = createWholeCluster(createCsiControllers([{ name: driver }]));
const node = (name: string): Json => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { capacity: { cpu: '4', memory: '8Gi', pods: '110' }, allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
});
const claim = (name: string, mode = 'ReadWriteOnce'): Json => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } }, storageClassName: 'disks' },
});
const podSpec = (claimName: string): JsonObject => ({
  containers: [{ name: 'c', image: 'c:1', resources: { requests: { cpu: '1' } }, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
  volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }],
});
const pod = (name: string, claimName: string): Json => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: podSpec(claimName) });
const labels = { app: 'web' };

/** Two nodes, two bound claims, a pod for each, and a ReplicaSet with one pod, settled. */
const base = [
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disks' }, provisioner: driver },
  ...[node('n1'), node('n2'), claim('one'), claim('two', 'ReadWriteOncePod'), pod('one', 'one'), pod('two', 'two')],
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web' },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'c:1' }] } } },
  },
].reduce<Cluster>(
  (cluster, object) => {
    const { cluster: next, answer } = engine.request(cluster, { verb: 'create', object }, { text: 'create' });
    if (!answer.ok) throw new Error(answer.error.message);
    return engine.run(next, { untilMs: next.clockMs + 20_000, stepsMax: 5000 }).cluster;
  },
  engine.start({ seed: 'invariants' }),
);

type Change = (object: never) => JsonObject | undefined;

/** Changes an object behind the API server's back; undefined removes it. */
function broken(cluster: Cluster, resource: string, path: string, change: Change): Cluster {
  const chunks = cluster.store.objects[resource] ?? [];
  const object = valueOf(chunks, path);
  if (object === undefined) throw new Error(`there is no ${resource} ${path}`);
  const revision = cluster.store.revision + 1;
  const changed = change(object as never) as StoredObject | undefined;
  const stored = changed && ({ ...changed, metadata: { ...changed.metadata, resourceVersion: String(revision) } } as StoredObject);
  const next = stored === undefined ? withoutKey(chunks, path) : withValue(chunks, path, stored);
  return { ...cluster, store: { ...cluster.store, revision, objects: { ...cluster.store.objects, [resource]: next } } };
}

const paths = (resource: string): readonly string[] => (base.store.objects[resource] ?? []).flat().map(({ key }) => key);
const only = (resource: string): string => paths(resource)[0]!;
const merged =
  (part: string, fields: JsonObject): Change =>
  (object: JsonObject) => ({ ...object, [part]: { ...(object[part] as JsonObject), ...fields } });
const volumeOf = (name: string): string => (valueOf(base.store.objects.persistentvolumeclaims!, `default/${name}`)!.spec as { volumeName: string }).volumeName;
const nodeOf = (name: string): string => (valueOf(base.store.objects.pods!, `default/${name}`)!.spec as { nodeName: string }).nodeName;
const addressOf = (name: string): string => (valueOf(base.store.objects.pods!, `default/${name}`)!.status as { podIP: string }).podIP;

/** What breaks each invariant, and what it then says. `before` is the cluster that is compared with. */
const faults: readonly (readonly [invariant: keyof typeof clusterInvariants, fault: string, make: () => Cluster, says: RegExp])[] = [
  [
    'the log counts, and every entry has a cause',
    'an entry without a cause',
    () => ({ ...base, log: [...base.log, [{ id: 9999, atMs: base.clockMs, by: 'kubelet', text: 'does something' }]] }),
    /has id 9999/,
  ],
  [
    'the log counts, and every entry has a cause',
    'a cause that is yet to come',
    () => ({ ...base, log: base.log.map((chunk, index) => (index === 0 ? chunk.map((entry) => (entry.id === 20 ? { ...entry, cause: 21 } : entry)) : chunk)) }),
    /entry 20 .* entry 21 as its cause/,
  ],
  ['the log counts, and every entry has a cause', 'a clock that goes back', () => ({ ...base, clockMs: 1 }), /stands at|went back/],
  ['versions grow', 'a store that falls', () => ({ ...base, store: { ...base.store, revision: 3 } }), /revision/],
  [
    'versions grow',
    'a change without a version',
    () => {
      const next = broken(base, 'pods', 'default/one', merged('spec', { priority: 7 }));
      return { ...next, store: { ...next.store, revision: base.store.revision } };
    },
    /Pod\/default\/one has resourceVersion/,
  ],
  ['generations grow', 'a generation that falls', () => broken(base, 'pods', 'default/one', merged('metadata', { generation: 0 })), /fell from 1 to 0/],
  [
    'generations grow',
    'an observation of the future',
    () => broken(base, 'replicasets.apps', 'default/web', merged('status', { observedGeneration: 9 })),
    /generation 9 was observed, and is at 1/,
  ],
  [
    'finalizers are kept',
    'a finalizer that nobody may take',
    () => broken(base, 'persistentvolumes', volumeOf('one'), merged('metadata', { finalizers: [] })),
    /lost finalizer .* through nobody/,
  ],
  [
    'finalizers are kept',
    'an object that goes though it has finalizers',
    () => broken(base, 'volumeattachments.storage.k8s.io', only('volumeattachments.storage.k8s.io'), () => undefined),
    /lost finalizer external-attacher/,
  ],
  [
    'a volume has one claim',
    'two claims with one volume',
    () => broken(base, 'persistentvolumeclaims', 'default/two', merged('spec', { volumeName: volumeOf('one') })),
    /is bound to claim default\/one and to claim default\/two/,
  ],
  [
    'bound pairs agree',
    'a volume that names another claim',
    () =>
      broken(
        base,
        'persistentvolumes',
        volumeOf('one'),
        merged('spec', { claimRef: { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'x', uid: 'x' } }),
      ),
    /claim default\/one is Bound, but volume .* names claim x/,
  ],
  [
    'bound pairs agree',
    'a claim that names no volume',
    () => broken(base, 'persistentvolumeclaims', 'default/one', merged('spec', { volumeName: '' })),
    /claim default\/one is Bound, but its volume {2}is not there/,
  ],
  [
    'claims in use stay',
    'a claim that is gone under a pod',
    () => broken(base, 'persistentvolumeclaims', 'default/one', () => undefined),
    /PersistentVolumeClaim\/default\/one is gone, though pod one uses it/,
  ],
  [
    'claims in use stay',
    'a claim without protection',
    () => broken(base, 'persistentvolumeclaims', 'default/one', merged('metadata', { finalizers: [] })),
    /is not protected/,
  ],
  [
    'ReadWriteOncePod is one pod',
    'a second pod with the claim',
    () => broken(base, 'pods', 'default/one', (object: JsonObject) => ({ ...object, spec: { ...(object.spec as JsonObject), ...podSpec('two') } })),
    /claim default\/two is for one pod, and pods one and two have it/,
  ],
  [
    'a disk is attached to one node',
    'a disk that is attached twice',
    () =>
      broken(base, 'volumeattachments.storage.k8s.io', paths('volumeattachments.storage.k8s.io')[1]!, (object: JsonObject) => ({
        ...object,
        spec: { ...(object.spec as JsonObject), source: { persistentVolumeName: attachedVolume() } },
      })),
    /is for one node, and is attached to/,
  ],
  [
    'nodes are not overfull',
    'a pod that does not fit',
    () => broken(base, 'pods', 'default/one', (object: JsonObject) => ({ ...object, spec: { ...(object.spec as JsonObject), overhead: { cpu: '8' } } })),
    /ask for \d+ of cpu, and the node has 4000/,
  ],
  [
    'nodes that are down run nothing',
    'a node that counts as ready without power, for ever',
    () => ({ ...base, world: { [`power/${nodeOf('one')}`]: 'off' } }),
    /is down for ever and counts as ready/,
  ],
  [
    'pods have addresses of their own',
    'a second pod with the address',
    () => broken(base, 'pods', 'default/one', merged('status', { podIP: addressOf('two') })),
    /have the same address/,
  ],
  [
    'owners are not outlived',
    'a pod whose ReplicaSet is gone',
    () => broken(base, 'replicasets.apps', 'default/web', () => undefined),
    /the owners of Pod\/default\/web-.* are gone/,
  ],
];

const attachedVolume = (): string =>
  (
    valueOf(base.store.objects['volumeattachments.storage.k8s.io']!, only('volumeattachments.storage.k8s.io'))!.spec as {
      source: { persistentVolumeName: string };
    }
  ).source.persistentVolumeName;

describe('invariants', () => {
  test('the example is whole: everything runs, and nothing is left to do', () => {
    expect(brokenInvariant(base)).toBeUndefined();
    expect(base.queue.items).toEqual([]);
    expect(entriesAfter(base.log, 0).filter(({ event }) => event?.reason === 'Started')).toHaveLength(3);
    expect(paths('volumeattachments.storage.k8s.io')).toHaveLength(2);
  });

  test.each(faults)('%s: speaks of %s', (invariant, _, make, says) => {
    const wrong = make();
    // Compared with what was before, or else judged alone.
    expect(clusterInvariants[invariant]!(wrong, base) ?? clusterInvariants[invariant]!(wrong)).toMatch(says);
  });

  test('each has a fault that it speaks of', () => {
    expect(new Set(faults.map(([invariant]) => invariant))).toEqual(new Set(Object.keys(clusterInvariants)));
  });
});

describe('what may be for a moment', () => {
  const wrong = broken(base, 'persistentvolumeclaims', 'default/one', merged('spec', { volumeName: '' }));

  test('a bond that the PV controller is about to look at', () => {
    const soon = engine.request(
      wrong,
      { verb: 'patch', key: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'one' }, patchType: 'merge', patch: { metadata: { labels } } },
      { text: 'label' },
    );
    expect(clusterInvariants['bound pairs agree']!(soon.cluster)).toBeUndefined();
    expect(clusterInvariants['bound pairs agree']!({ ...soon.cluster, queue: emptyQueue })).toMatch(/is Bound, but/);
  });

  test('a node that became too small for what it has', () => {
    const small = broken(base, 'nodes', nodeOf('one'), merged('status', { allocatable: { cpu: '100m', memory: '1Gi', pods: '1' } }));
    expect(clusterInvariants['nodes are not overfull']!(small, base)).toBeUndefined();
    expect(clusterInvariants['nodes are not overfull']!(small)).toMatch(/of cpu/);
  });
});

/** Does its worst once, when somebody makes a ConfigMap. */
const wrongController = (steps: (cluster: Cluster) => readonly PlannedStep[]): Controller => ({
  name: 'wrong-controller',
  watches: ['ConfigMap'],
  delayMs: 0,
  enqueue: ({ type }) => (type === 'ADDED' ? [{ key: 'all' }] : []),
  reconcile: (_, view) => (view.memory === null ? { steps: steps({ ...base, store: view.store }), memory: 1 } : nothing),
});

describe('a wrong controller is caught in the act', () => {
  const key = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'default', name: 'one' } as const;
  test.each<readonly [string, readonly PlannedStep[], RegExp]>([
    [
      'strips what protects a claim',
      [{ write: { verb: 'unfinalize', key, finalizer: 'kubernetes.io/pvc-protection' }, text: 'strips it' }],
      /lost finalizer kubernetes\.io\/pvc-protection through wrong-controller/,
    ],
    [
      'starts a container where there is no power',
      [
        {
          write: {
            verb: 'patch',
            key: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'late' },
            patchType: 'merge',
            subresource: 'status',
            patch: { status: { containerStatuses: [{ name: 'c', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }] } },
          },
          text: 'starts it',
        },
      ],
      /Pod\/default\/late starts on node n1, which is down/,
    ],
    [
      'binds a pod to a node that is full',
      [
        {
          write: {
            verb: 'patch',
            key: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'large' },
            patchType: 'merge',
            patch: { spec: { nodeName: 'n1' } },
          },
          text: 'binds it',
        },
      ],
      /pods on node n1 ask for/,
    ],
  ])('one that %s', (_, steps, says) => {
    const wrong = createCluster({ controllers: [wrongController(() => steps)] });
    const created = (cluster: Cluster, object: Json): Cluster => wrong.request(cluster, { verb: 'create', object }, { text: 'create' }).cluster;
    const late = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'late' }, spec: { nodeName: 'n1', containers: [{ name: 'c' }] } };
    const large = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'large' }, spec: { containers: [{ name: 'c', resources: { requests: { cpu: '9' } } }] } };
    const ready = [late, large, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'go' } }].reduce(created, { ...base, world: { 'power/n1': 'off' } });
    expect(brokenInvariant(wrong.step(ready), ready)).toMatch(says);
  });
});
