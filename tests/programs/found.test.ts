import { describe, expect, test } from 'vitest';
import { listKind, getKind } from '../../labs/engine/api/kinds.ts';
import { entriesAfter } from '../../labs/engine/loop/cluster-log.ts';
import { conditionOf } from '../../labs/engine/kubelet/pod-status.ts';
import type { Cluster } from '../../labs/engine/loop/cluster.ts';
import type { JsonObject } from '../../labs/engine/patch/json.ts';
import { checkProgram } from './check-programs.ts';
import type { Command, Program } from './command.ts';
import { played } from './run-program.ts';

/** What random programs found, each as short as it got, with what should happen instead. */

const disk = 'disk.csi.example.com';
const apply = (object: JsonObject): Command => ({ do: 'apply', object });
const pass = (ms: number): Command => ({ do: 'pass', ms });
const settle: Command = { do: 'settle' };

const node = (name: string, { cpu = '4', pods = '110' } = {}): Command => {
  const resources = { cpu, memory: '8Gi', pods };
  const labels = { 'kubernetes.io/hostname': name };
  return apply({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status: { capacity: resources, allocatable: resources } });
};
const storageClass = (volumeBindingMode = 'Immediate'): Command =>
  apply({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disks' }, provisioner: disk, volumeBindingMode });
const driver = (attachRequired: boolean): Command =>
  apply({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: disk }, spec: { attachRequired } });
const claim = (name: string, { storageClassName = 'disks', mode = 'ReadWriteOnce' } = {}): Command =>
  apply({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } }, storageClassName },
  });
const volume = (name: string, spec: JsonObject = {}): Command =>
  apply({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', hostPath: { path: '/mnt/a' }, ...spec },
  });
const podSpec = (claimName?: string): JsonObject => ({
  containers: [{ name: 'c', image: 'nginx:1.29', ...(claimName !== undefined && { volumeMounts: [{ name: 'v', mountPath: '/v' }] }) }],
  ...(claimName !== undefined && { volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }] }),
});
const pod = (name: string, claimName?: string, nodeName?: string): Command =>
  apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { ...podSpec(claimName), ...(nodeName !== undefined && { nodeName }) } });
const workload = (kind: string, name: string, { namespace = 'default', replicas = 1 } = {}): Command => {
  const labels = { app: 'x' };
  const template = { metadata: { labels }, spec: podSpec() };
  return apply({ apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { replicas, selector: { matchLabels: labels }, template } });
};
const deployment = (name: string, namespace = 'default'): Command => workload('Deployment', name, { namespace });
const replicaSet = (name: string, replicas: number): Command => workload('ReplicaSet', name, { replicas });

const after = (...program: Program): Cluster => played([...program, settle]).cluster;
const events = ({ log }: Cluster): readonly string[] => entriesAfter(log, 0).flatMap(({ event, text }) => (event === undefined ? [] : [text]));

/** Each ran into a broken invariant, did not end, or left something to do that nobody came back for. */
const programs: Readonly<Record<string, Program>> = {
  'two pods on two nodes ask for one disk at once': [node('n1'), node('n2'), storageClass(), pod('a', 'c'), pod('b', 'c'), claim('c')],
  'a disk’s driver no longer asks for attaching, or asks for it again': [
    ...[node('n1'), storageClass(), claim('c'), pod('a', 'c'), pass(60_000), driver(false), settle, { do: 'delete', object: `CSIDriver/${disk}` } as const],
  ],
  'a pod waits for its disk to be attached, and the driver turns out not to need that': [
    ...[node('n1'), node('n2'), storageClass(), claim('c'), pod('a', 'c'), pod('b', 'c'), pass(20_000), driver(false)],
  ],
  'a ReplicaSet wants pods in a namespace that is going': [
    apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
    ...[deployment('a', 'shop'), deployment('b', 'shop'), pass(3000), { do: 'delete', object: 'Namespace/shop' } as const],
  ],
  'a pod waits on a node that registers only later': [pod('a', undefined, 'n1'), pass(3000), node('n1')],
  'the last healthy node is deleted': [
    node('n1'),
    node('n2'),
    { do: 'world', fact: 'power/n1', value: 'off' },
    pass(60_000),
    { do: 'delete', object: 'Node/n2' },
  ],
  'a first healthy node joins one that was lost': [node('n1'), { do: 'world', fact: 'power/n1', value: 'off' }, pass(400_000), node('n2')],
  'pods of a ReplicaSet are left behind, and another one selects them': [
    ...[replicaSet('c', 1), replicaSet('a', 0), pass(5000), { do: 'delete', object: 'ReplicaSet/default/c', cascade: 'Orphan' } as const],
  ],
  'a bound volume’s access modes change': [
    ...[claim('c', { storageClassName: '' }), volume('a'), pass(60_000)],
    { do: 'patch', object: 'PersistentVolume/a', patch: { spec: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } } },
  ],
  'a volume waits to be wiped, and its old claim’s name is taken again': [
    ...[pod('a', 'b'), volume('v', { persistentVolumeReclaimPolicy: 'Recycle', claimRef: { namespace: 'default', name: 'b', uid: 'gone' } }), pass(500)],
    claim('b', { storageClassName: '' }),
  ],
  'a volume waits to be wiped for a pod that goes': [
    ...[pod('a', 'b', 'n1'), volume('v', { persistentVolumeReclaimPolicy: 'Recycle', claimRef: { namespace: 'default', name: 'b', uid: 'gone' } })],
  ],
  'a pod that names its node has a claim for one pod that another pod waits for': [
    ...[
      node('n1'),
      { do: 'patch', object: 'Node/n1', patch: { spec: { taints: null } } } as const,
      pod('b', 'c'),
      storageClass('WaitForFirstConsumer'),
      claim('c', { mode: 'ReadWriteOncePod' }),
      pass(5),
      pod('a', 'c', 'n1'),
    ],
  ],
  'a node takes the place of another whose pods are not yet gone': [
    ...[node('n1'), pod('a'), pass(60_000), { do: 'delete', object: 'Node/n1' } as const, node('n2'), deployment('d')],
  ],
};

test.each(Object.entries(programs))('%s', (_, program) => {
  checkProgram(program);
});

describe('what happens instead', () => {
  test('the first pod has the disk, the second is told that it is used', () => {
    const cluster = after(...programs['two pods on two nodes ask for one disk at once']!);
    expect(listKind(cluster.store, 'VolumeAttachment')).toHaveLength(1);
    expect(events(cluster)).toContainEqual(
      expect.stringMatching(/^FailedAttachVolume: Multi-Attach error for volume "pvc-.*" Volume is already used by pod\(s\) [ab]$/),
    );
  });

  test('a disk that is not attached any more is detached, and attached when that is asked for again', () => {
    const program = programs['a disk’s driver no longer asks for attaching, or asks for it again']!;
    expect(listKind(after(...program.slice(0, -1)).store, 'VolumeAttachment')).toEqual([]);
    expect(listKind(after(...program).store, 'VolumeAttachment')).toMatchObject([{ status: { attached: true } }]);
  });

  test('what needs no attaching is mounted on both nodes', () => {
    const cluster = after(...programs['a pod waits for its disk to be attached, and the driver turns out not to need that']!);
    expect(listKind(cluster.store, 'Pod').map(({ status }) => status?.phase)).toEqual(['Running', 'Running']);
  });

  test('creating a pod is tried once, refused, and not tried again', () => {
    const cluster = after(...programs['a ReplicaSet wants pods in a namespace that is going']!);
    expect(getKind(cluster.store, 'Namespace', 'shop')).toBeUndefined();
    expect(cluster.queue.items).toEqual([]);
  });

  test('the kubelet starts what was bound to its node before it came', () => {
    const cluster = after(...programs['a pod waits on a node that registers only later']!);
    expect(getKind(cluster.store, 'Pod', 'a', 'default')?.status?.phase).toBe('Running');
  });

  test('when no node of any zone is healthy, nobody is evicted', () => {
    const cluster = after(...programs['the last healthy node is deleted']!);
    expect((getKind(cluster.store, 'Node', 'n1')?.spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule',
    ]);
  });

  test('once a node is healthy again, the lost one is evicted', () => {
    const cluster = after(...programs['a first healthy node joins one that was lost']!);
    const effects = (getKind(cluster.store, 'Node', 'n1')?.spec?.taints ?? []).map(({ effect }) => effect);
    expect(effects.toSorted()).toEqual(['NoExecute', 'NoSchedule']);
  });

  test('the other ReplicaSet adopts the pods, and ends those that it does not want', () => {
    const cluster = after(...programs['pods of a ReplicaSet are left behind, and another one selects them']!);
    expect(listKind(cluster.store, 'Pod')).toEqual([]);
  });

  test('the claim says at the next resync what its volume can do', () => {
    const cluster = after(...programs['a bound volume’s access modes change']!);
    expect(getKind(cluster.store, 'PersistentVolumeClaim', 'c', 'default')?.status?.accessModes).toEqual(['ReadWriteOnce', 'ReadWriteMany']);
  });

  test('the volume is wiped at a resync, and serves the new claim', () => {
    const cluster = after(...programs['a volume waits to be wiped, and its old claim’s name is taken again']!);
    expect(getKind(cluster.store, 'PersistentVolumeClaim', 'b', 'default')?.spec.volumeName).toBe('v');
    const freed = after(...programs['a volume waits to be wiped for a pod that goes']!);
    expect(getKind(freed.store, 'PersistentVolume', 'v')?.status?.phase).toBe('Available');
  });

  test('the kubelet does not mount for a second pod what is for one pod', () => {
    const cluster = after(...programs['a pod that names its node has a claim for one pod that another pod waits for']!);
    const waiting = ['a', 'b'].filter((name) => getKind(cluster.store, 'Pod', name, 'default')?.status?.phase === 'Pending');
    expect(waiting).toHaveLength(1);
    expect(events(cluster)).toContainEqual(
      expect.stringMatching(
        /^FailedMount: MountVolume\.SetUp failed for volume "pvc-.*" : volume uses the ReadWriteOncePod access mode and is already in use by another pod$/,
      ),
    );
  });

  test('ranges of addresses are given out in turn, so that a new node does not get the one that was freed last', () => {
    const cluster = after(...programs['a node takes the place of another whose pods are not yet gone']!);
    expect(getKind(cluster.store, 'Node', 'n2')?.spec?.podCIDR).toBe('10.244.1.0/24');
  });

  test('a binding is no new generation', () => {
    const cluster = after(node('n1'), pod('a'));
    const { metadata, status } = getKind(cluster.store, 'Pod', 'a', 'default')!;
    expect([metadata.generation, conditionOf(status?.conditions, 'Ready')?.status]).toEqual([1, 'True']);
  });
});
