import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listKind } from '../api/kinds.ts';
import { claimNamed, classNamed, exampleStorage, nodeNamed, podNamed, volumeNamed, type ExampleStorage } from './example-storage.ts';
import { createCsiControllers, createVolumeControllers } from './volume-controllers.ts';

const name = fc.constantFrom('a', 'b', 'd');
const size = fc.constantFrom('1Gi', '5Gi', '9Gi');
const modes = fc.constantFrom(['ReadWriteOnce'], ['ReadWriteOnce'], ['ReadWriteOnce', 'ReadOnlyMany'], ['ReadWriteOnce', 'ReadWriteMany']);
const storageClassName = fc.constantFrom('', '', 'csi', 'slow');
const policy = fc.constantFrom('Retain', 'Delete', 'Recycle');
const own = fc.constantFrom({}, {}, { volumeName: 'a' }, { volumeName: 'b' });
const claimRef = fc.constantFrom({}, {}, { claimRef: { namespace: 'default', name: 'a' } }, { claimRef: { namespace: 'default', name: 'b', uid: 'gone' } });

/** What somebody does; what is impossible changes nothing. */
const act = fc.oneof(
  fc.tuple(name, size, modes, storageClassName, policy, claimRef).map(([volume, one, accessModes, named, reclaim, extra]) => (storage: ExampleStorage) => {
    const spec = { storageClassName: named, persistentVolumeReclaimPolicy: reclaim, ...extra };
    storage.create(volumeNamed(volume, { size: one, modes: accessModes, spec }));
  }),
  fc.tuple(name, size, modes, storageClassName, own).map(([claim, one, accessModes, named, extra]) => (storage: ExampleStorage) => {
    storage.create(claimNamed(claim, { size: one, modes: accessModes, spec: { storageClassName: named, ...extra } }));
  }),
  fc.tuple(name, name, fc.constantFrom('n1', 'n2', undefined)).map(([pod, claim, node]) => (storage: ExampleStorage) => {
    storage.create(podNamed(pod, [claim], node));
  }),
  fc
    .tuple(fc.constantFrom('PersistentVolume', 'PersistentVolumeClaim', 'Pod', 'StorageClass', 'Node'), fc.constantFrom('a', 'b', 'd', 'csi', 'n1'))
    .map(([kind, one]) => (storage: ExampleStorage) => {
      storage.remove(`${kind}/${one}`);
    }),
  fc
    .tuple(name, fc.constantFrom({ claimRef: null }, { persistentVolumeReclaimPolicy: 'Delete' }, { claimRef: { name: 'd', uid: 'x' } }))
    .map(([volume, spec]) => (storage: ExampleStorage) => {
      storage.patch(`PersistentVolume/${volume}`, { spec });
    }),
  name.map((claim) => (storage: ExampleStorage) => {
    storage.patch(`PersistentVolumeClaim/${claim}`, { metadata: { annotations: { 'volume.kubernetes.io/selected-node': 'n1' } } });
  }),
  name.map((volume) => (storage: ExampleStorage) => {
    storage.patch(`PersistentVolume/${volume}`, { metadata: { finalizers: null } });
  }),
  fc.tuple(fc.constantFrom('provisioner', 'attacher'), fc.constantFrom('down', 'refuses: no', null)).map(([part, fact]) => (storage: ExampleStorage) => {
    storage.fact(`${part}/csi.example.com`, fact);
  }),
  fc.constantFrom(5, 500, 20_000).map((ms) => (storage: ExampleStorage) => {
    storage.pass(ms);
  }),
);

test('whatever is done, each volume ends with one claim at most, both sides agree, and everything settles', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 8, maxLength: 24 }), (acts) => {
      const storage = exampleStorage([...createVolumeControllers(), ...createCsiControllers([{ name: 'csi.example.com' }])]);
      storage.create(
        nodeNamed('n1'),
        nodeNamed('n2'),
        classNamed('csi', 'csi.example.com'),
        classNamed('slow', 'csi.example.com', { volumeBindingMode: 'WaitForFirstConsumer' }),
      );
      for (const each of acts) {
        try {
          each(storage);
        } catch (error) {
          if (!/already exists|not found/u.test(String(error))) throw error;
        }
      }
      storage.pass(3_600_000);
      const { store } = storage.now();
      const claims = listKind(store, 'PersistentVolumeClaim');
      const bound = claims.filter(({ status }) => status?.phase === 'Bound');
      expect(new Set(bound.map(({ spec }) => spec.volumeName)).size).toBe(bound.length);
      for (const { metadata, spec } of bound) expect(storage.volume(spec.volumeName!)?.spec.claimRef?.uid).toBe(metadata.uid);
      for (const { metadata, spec, status } of listKind(store, 'PersistentVolume')) {
        const owner = claims.find(({ metadata: { uid } }) => uid === spec.claimRef?.uid);
        expect(status?.phase).not.toBe('Pending');
        if (status?.phase === 'Bound') expect(owner?.spec.volumeName).toBe(metadata.name);
        if (status?.phase === 'Available') expect(spec.claimRef?.uid ?? '').toBe('');
        if (status?.phase === 'Released') expect(owner).toBeUndefined();
      }
      storage.pass(3_600_000);
      expect(storage.now().store.revision).toBe(store.revision);
    }),
    { numRuns: 500 },
  );
});
