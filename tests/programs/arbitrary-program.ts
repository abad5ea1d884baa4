import fc from 'fast-check';
import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';
import { registeredNode } from '../../labs/kit/cluster-lab/registered-node.ts';
import type { Command, Program } from './command.ts';

/** Programs over few names, sizes, modes and classes, so that they collide. */

const disk = 'disk.csi.example.com';
const files = 'files.csi.example.com';
const name = fc.constantFrom('a', 'b', 'c');
const namespace = fc.constantFrom(undefined, undefined, undefined, undefined, 'shop');
const size = fc.constantFrom('1Gi', '2Gi', '5Gi');
const modes = fc.constantFrom(
  ['ReadWriteOnce'],
  ['ReadWriteOnce'],
  ['ReadWriteOncePod'],
  ['ReadWriteMany'],
  ['ReadOnlyMany', 'ReadWriteOnce'],
  ['ReadWriteOnce', 'ReadWriteMany'],
);
const className = fc.constantFrom('', '', 'now', 'now', 'late', 'late', 'share', 'missing', undefined);
const nodeName = fc.constantFrom('n1', 'n2', 'n3');
const either = <Value>(value: Value) => fc.constantFrom(undefined, undefined, value);

/** The object without fields that are undefined. */
const trimmed = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

const sources = fc.constantFrom<JsonObject>(
  { hostPath: { path: '/mnt/a' } },
  { nfs: { server: 'nfs.example.com', path: '/a' } },
  { csi: { driver: disk, volumeHandle: 'h' } },
  { csi: { driver: files, volumeHandle: 'h' } },
);
const claimRef = fc.constantFrom(undefined, undefined, undefined, { namespace: 'default', name: 'a' }, { namespace: 'default', name: 'b', uid: 'other' });
const volume = fc
  .tuple(name, size, modes, className, fc.constantFrom('Retain', 'Delete', 'Recycle'), sources, claimRef)
  .map(([one, storage, accessModes, storageClassName, persistentVolumeReclaimPolicy, source, reserved]) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: one },
    spec: { capacity: { storage }, accessModes, storageClassName: storageClassName ?? '', persistentVolumeReclaimPolicy, ...source, claimRef: reserved },
  }));
const claimSpec = fc.tuple(size, modes, className, either('a')).map(([storage, accessModes, storageClassName, volumeName]) => ({
  accessModes,
  resources: { requests: { storage } },
  storageClassName,
  volumeName,
}));
const claim = fc
  .tuple(name, namespace, claimSpec)
  .map(([one, space, spec]) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: one, namespace: space }, spec }));
const storageClass = fc
  .tuple(
    fc.constantFrom(['now', disk, 'Immediate'], ['late', disk, 'WaitForFirstConsumer'], ['share', files, 'Immediate']),
    fc.constantFrom('Delete', 'Delete', 'Retain'),
    fc.constantFrom(undefined, 'true'),
    fc.constantFrom(undefined, true),
  )
  .map(([[one, provisioner, volumeBindingMode], reclaimPolicy, isDefault, allowVolumeExpansion]) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: one, annotations: isDefault && { 'storageclass.kubernetes.io/is-default-class': isDefault } },
    provisioner,
    reclaimPolicy,
    volumeBindingMode,
    allowVolumeExpansion,
  }));
const driver = fc
  .tuple(fc.constantFrom(disk, files), fc.boolean())
  .map(([one, attachRequired]) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: one }, spec: { attachRequired } }));
const node = fc.tuple(nodeName, fc.constantFrom('1', '4', '4'), fc.constantFrom('3', '110'), fc.constantFrom('a', 'b')).map(([one, cpu, pods, zone]) =>
  registeredNode({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: one, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { capacity: { cpu, memory: '2Gi', pods } },
  }),
);

const podVolumes = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: name.map((claimName) => [{ name: 'v', persistentVolumeClaim: { claimName } }]) },
  { weight: 1, arbitrary: claimSpec.map((spec) => [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec } } }]) },
);
const podSpec = fc
  .tuple(
    podVolumes,
    fc.constantFrom(undefined, undefined, { cpu: '500m' }, { cpu: '900m', memory: '1Gi' }),
    fc.constantFrom(undefined, undefined, 5),
    fc.constantFrom('nginx:1.29', 'nginx:1.29', 'missing:1'),
    fc.constantFrom(undefined, undefined, undefined, [{ operator: 'Exists' }]),
    fc.constantFrom(undefined, undefined, 'high'),
  )
  .map(([volumes, requests, terminationGracePeriodSeconds, image, tolerations, priorityClassName]) => ({
    containers: [{ name: 'c', image, resources: { requests }, volumeMounts: volumes && [{ name: 'v', mountPath: '/v' }] }],
    terminationGracePeriodSeconds,
    tolerations,
    priorityClassName,
    volumes,
  }));
const pod = fc.tuple(name, namespace, podSpec, fc.constantFrom(undefined, undefined, undefined, undefined, 'n1')).map(([one, space, spec, bound]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: one, namespace: space },
  // A pod that names its node is placed by nobody, so nobody asks whether it fits: it asks for nothing.
  spec: bound === undefined ? spec : { ...spec, nodeName: bound, containers: spec.containers.map((container) => ({ ...container, resources: {} })) },
}));

const template = fc.tuple(fc.constantFrom('x', 'y'), podSpec).map(([app, spec]) => ({ metadata: { labels: { app } }, spec }));
const workload = fc
  .tuple(fc.constantFrom('Deployment', 'ReplicaSet', 'StatefulSet'), name, namespace, template, fc.nat({ max: 3 }), claimSpec, fc.boolean())
  .map(([kind, one, space, of, replicas, claims, hasClaims]) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: one, namespace: space },
    spec: {
      replicas,
      selector: { matchLabels: of.metadata.labels },
      template: of,
      ...(kind === 'StatefulSet' && { serviceName: 's', volumeClaimTemplates: hasClaims ? [{ metadata: { name: 'v' }, spec: claims }] : undefined }),
    },
  }));
const high = fc.constant({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 });
const shop = fc.constant({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });

const applied = (object: fc.Arbitrary<unknown>) => object.map((one): Command => ({ do: 'apply', object: trimmed(one) }));

const spaced = fc.constantFrom('default', 'default', 'default', 'shop');
const someStorage = fc.oneof(
  name.map((one) => `PersistentVolume/${one}`),
  fc.tuple(spaced, name).map(([space, one]) => `PersistentVolumeClaim/${space}/${one}`),
);
const somePod = fc.tuple(spaced, name).map(([space, one]) => `Pod/${space}/${one}`);
const someWorkload = fc.tuple(fc.constantFrom('Deployment', 'ReplicaSet', 'StatefulSet'), spaced, name).map(([kind, space, one]) => `${kind}/${space}/${one}`);
const someMember = fc.tuple(name, fc.nat({ max: 2 })).map(([one, ordinal]) => `Pod/default/${one}-${ordinal}`);
const anything = fc.oneof(
  { weight: 6, arbitrary: someStorage },
  { weight: 4, arbitrary: somePod },
  { weight: 4, arbitrary: someWorkload },
  { weight: 1, arbitrary: someMember },
  { weight: 1, arbitrary: nodeName.map((one) => `Node/${one}`) },
  { weight: 1, arbitrary: fc.constantFrom('StorageClass/now', 'StorageClass/late', `CSIDriver/${disk}`, 'Namespace/shop') },
);

const patches = fc.oneof(
  fc
    .tuple(name, fc.constantFrom<Json>(null, { namespace: 'default', name: 'b' }, { namespace: 'default', name: 'c', uid: 'x' }))
    .map(([one, to]): Command => ({ do: 'patch', object: `PersistentVolume/${one}`, patch: { spec: { claimRef: to } } })),
  fc
    .tuple(name, fc.constantFrom('Retain', 'Delete'))
    .map(([one, to]): Command => ({ do: 'patch', object: `PersistentVolume/${one}`, patch: { spec: { persistentVolumeReclaimPolicy: to } } })),
  fc.tuple(spaced, name, size).map(([space, one, storage]): Command => ({
    do: 'patch',
    object: `PersistentVolumeClaim/${space}/${one}`,
    patch: { spec: { resources: { requests: { storage } } } },
  })),
  fc.tuple(someWorkload, fc.nat({ max: 4 })).map(([object, replicas]): Command => ({ do: 'patch', object, patch: { spec: { replicas } } })),
  fc
    .tuple(someWorkload, fc.constantFrom('v1', 'v2'))
    .map(([object, version]): Command => ({ do: 'patch', object, patch: { spec: { template: { metadata: { annotations: { version } } } } } })),
  fc
    .tuple(fc.oneof(somePod, someMember), fc.constantFrom<Json>('x', 'y', null))
    .map(([object, app]): Command => ({ do: 'patch', object, patch: { metadata: { labels: { app } } } })),
  fc
    .tuple(nodeName, fc.boolean())
    .map(([one, unschedulable]): Command => ({ do: 'patch', object: `Node/${one}`, patch: { spec: { unschedulable: unschedulable || null } } })),
  fc
    .tuple(nodeName, fc.constantFrom<Json>(null, [{ key: 'k', effect: 'NoExecute' }], [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }]))
    .map(([one, taints]): Command => ({ do: 'patch', object: `Node/${one}`, patch: { spec: { taints } } })),
);

const facts = fc.oneof(
  fc
    .tuple(fc.constantFrom('power', 'kubelet'), nodeName, fc.boolean())
    .map(([what, one, isBack]): Command => ({ do: 'world', fact: `${what}/${one}`, value: isBack ? null : what === 'power' ? 'off' : 'stopped' })),
  fc
    .tuple(fc.constantFrom('provisioner', 'attacher'), fc.constantFrom(disk, files), fc.constantFrom('down', 'refuses: no', null))
    .map(([what, one, value]): Command => ({ do: 'world', fact: `${what}/${one}`, value })),
  fc.constantFrom('missing', null).map((value): Command => ({ do: 'world', fact: 'image/missing:1', value })),
  name.map((one): Command => ({ do: 'world', fact: `backend/${one}`, value: 'lost' })),
);

const deletion = fc
  .tuple(anything, fc.constantFrom(undefined, undefined, undefined, 'Foreground', 'Orphan'), either(true))
  .map(([object, cascade, force]) => trimmed({ do: 'delete', object, cascade, force }) as unknown as Command);
const time = fc.constantFrom(5, 50, 500, 3000, 20_000, 60_000, 400_000).map((ms): Command => ({ do: 'pass', ms }));

/** What a class of programs is mostly about. */
export type Topic = 'storage' | 'workloads';

const weights: Readonly<Record<Topic, Readonly<Record<'storage' | 'pods' | 'workloads' | 'nodes', number>>>> = {
  storage: { storage: 12, pods: 6, workloads: 1, nodes: 2 },
  workloads: { storage: 4, pods: 3, workloads: 8, nodes: 3 },
};

/** A program of 20 to 60 commands; it begins with nodes, classes and drivers, which it may take away again. */
export function arbitraryProgram(topic: Topic): fc.Arbitrary<Program> {
  const { storage, pods, workloads, nodes } = weights[topic];
  const command = fc.oneof(
    { weight: storage, arbitrary: applied(fc.oneof(volume, claim)) },
    { weight: pods, arbitrary: applied(pod) },
    { weight: workloads, arbitrary: applied(workload) },
    { weight: nodes, arbitrary: applied(fc.oneof(node, storageClass, driver, shop)) },
    { weight: 7, arbitrary: deletion },
    { weight: 6, arbitrary: patches },
    { weight: 2, arbitrary: anything.map((object): Command => ({ do: 'strip', object })) },
    { weight: nodes + 1, arbitrary: facts },
    { weight: 12, arbitrary: time },
  );
  const first = fc.tuple(applied(shop), applied(high), applied(node), applied(node), applied(storageClass), applied(storageClass), applied(driver));
  return fc.tuple(first, fc.array(command, { minLength: 13, maxLength: 53, size: 'max' })).map(([begin, rest]) => [...begin, ...rest]);
}
