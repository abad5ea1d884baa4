import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../patch/json.ts';
import { claimNamed, classNamed, exampleStorage, nodeNamed, podNamed, volumeNamed } from './example-storage.ts';
import { claimsOfPod, volumesForPod } from './pod-volumes.ts';
import { createVolumeControllers } from './volume-controllers.ts';

const waiting = { volumeBindingMode: 'WaitForFirstConsumer' };
const local = classNamed('local', 'kubernetes.io/no-provisioner', waiting);
const spec = { storageClassName: 'local' };
const on = (node: string): JsonObject => ({
  nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } },
});

function storageWith(...objects: readonly JsonObject[]) {
  const storage = exampleStorage(createVolumeControllers());
  storage.create(nodeNamed('n1'), nodeNamed('n2'), ...objects);
  storage.pass(20_000);
  return storage;
}

function found(storage: ReturnType<typeof storageWith>, node: string) {
  const { reasons, bindings, toProvision } = volumesForPod(storage.now().store, storage.pod('p')!, storage.node(node)!);
  return {
    reasons,
    bindings: bindings.map(({ claim, volume }) => `${claim.metadata.name} -> ${volume.metadata.name}`),
    toProvision: toProvision.map(({ metadata }) => metadata.name),
  };
}

describe('before any node is looked at', () => {
  const pod = podNamed('p', ['c']);
  test.each<[string, JsonObject[], string]>([
    ['a claim is missing', [pod], 'persistentvolumeclaim "c" not found'],
    ['a claim should be bound already', [claimNamed('c'), pod], 'pod has unbound immediate PersistentVolumeClaims'],
    [
      'a claim names its volume, which is not there',
      [local, claimNamed('c', { spec: { ...spec, volumeName: 'a' } }), pod],
      'pod has unbound immediate PersistentVolumeClaims',
    ],
    [
      'an ephemeral volume has the claim of somebody else',
      [claimNamed('p-e'), { ...podNamed('p', []), spec: { containers: [], volumes: [{ name: 'e', ephemeral: { volumeClaimTemplate: { spec: {} } } }] } }],
      'PVC default/p-e was not created for pod default/p (pod is not owner)',
    ],
  ])('%s', (_, objects, reason) => {
    const storage = storageWith(...objects);
    expect(claimsOfPod(storage.now().store, storage.pod('p')!)).toEqual({ ok: false, reason });
  });

  test('a claim is Lost, a claim is being deleted', () => {
    const storage = storageWith(volumeNamed('a'), claimNamed('c'), podNamed('other', ['c'], 'n1'), pod);
    storage.remove('PersistentVolumeClaim/c');
    storage.pass(1000);
    const reason = () => {
      const claims = claimsOfPod(storage.now().store, storage.pod('p')!);
      return claims.ok ? '' : claims.reason;
    };
    expect(reason()).toBe('persistentvolumeclaim "c" is being deleted');
    storage.remove('PersistentVolume/a');
    storage.patch('PersistentVolume/a', { metadata: { finalizers: null } });
    storage.pass(1000);
    expect(reason()).toBe('persistentvolumeclaim "c" bound to non-existent persistentvolume "a"');
  });
});

describe('on a node', () => {
  test('a bound volume must be reachable', () => {
    const storage = storageWith(volumeNamed('a', { spec: on('n1') }), claimNamed('c'), podNamed('p', ['c']));
    expect(found(storage, 'n1').reasons).toEqual([]);
    expect(found(storage, 'n2').reasons).toEqual(["node(s) didn't match PersistentVolume's node affinity"]);
  });

  test('two claims of a pod take two volumes, the small claim the small one', () => {
    const volumes = ['a', 'b'].map((name, index) => volumeNamed(name, { size: `${(index + 1) * 10}Gi`, spec: { ...spec, ...on('n1') } }));
    const claims = [claimNamed('large', { size: '15Gi', spec }), claimNamed('small', { size: '5Gi', spec })];
    const storage = storageWith(local, ...volumes, ...claims, podNamed('p', ['large', 'small']));
    expect(found(storage, 'n1')).toEqual({ reasons: [], bindings: ['small -> a', 'large -> b'], toProvision: [] });
    expect(found(storage, 'n2').reasons).toEqual(["node(s) didn't find available persistent volumes to bind"]);
  });

  test('a volume is made if a class can, and where its topology allows', () => {
    const allowedTopologies = [{ matchLabelExpressions: [{ key: 'kubernetes.io/hostname', values: ['n2'] }] }];
    const storage = storageWith(
      classNamed('csi', 'csi.example.com', { ...waiting, allowedTopologies }),
      claimNamed('c', { spec: { storageClassName: 'csi' } }),
      podNamed('p', ['c']),
    );
    expect(found(storage, 'n2')).toEqual({ reasons: [], bindings: [], toProvision: ['c'] });
    expect(found(storage, 'n1').reasons).toEqual(["node(s) didn't find available persistent volumes to bind"]);
  });

  test('once a node was chosen for a claim the others are out', () => {
    const annotations = { 'volume.kubernetes.io/selected-node': 'n2' };
    const storage = storageWith(
      classNamed('csi', 'csi.example.com', waiting),
      claimNamed('c', { annotations, spec: { storageClassName: 'csi' } }),
      podNamed('p', ['c']),
    );
    expect(found(storage, 'n1').reasons).toEqual(["node(s) didn't find available persistent volumes to bind"]);
    expect(found(storage, 'n2').toProvision).toEqual(['c']);
  });
});
