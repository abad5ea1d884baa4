import { describe, expect, test } from 'vitest';
import { entriesAfter } from '../loop/cluster-log.ts';
import { claimNamed, classNamed, exampleStorage, nodeNamed, podNamed, volumeNamed } from './example-storage.ts';
import { createVolumeControllers } from './volume-controllers.ts';

const storageOf = (options = {}) => exampleStorage(createVolumeControllers(options));
const resyncMs = 15_000;

describe('binding', () => {
  test('a claim that comes after its volume is bound at once, one that came before at the next resync', () => {
    const storage = storageOf();
    storage.create(volumeNamed('a'), claimNamed('first'), claimNamed('second'));
    storage.pass(1000);
    expect(storage.claim('first')).toMatchObject({ spec: { volumeName: 'a' }, status: { phase: 'Bound', capacity: { storage: '10Gi' } } });
    storage.create(volumeNamed('b'));
    storage.pass(resyncMs - 3000);
    expect(storage.claim('second')!.status!.phase).toBe('Pending');
    storage.pass(3000);
    expect(storage.claim('second')).toMatchObject({ spec: { volumeName: 'b' }, status: { phase: 'Bound' } });
  });

  test('each write tells why, and a settled cluster stays as it is', () => {
    const storage = storageOf();
    storage.create(volumeNamed('a'), claimNamed('c'));
    storage.pass(1000);
    const log = entriesAfter(storage.now().log, 0);
    expect(log.find(({ text }) => text === 'binds volume a to claim default/c')).toMatchObject({
      by: 'persistentvolume-controller',
      because: 'it is the only volume that fits',
    });
    const { revision } = storage.now().store;
    storage.pass(10 * resyncMs);
    expect(storage.now().store.revision).toBe(revision);
  });

  test('a volume whose claim names another goes back to the others; a reserved one only forgets the uid', () => {
    const storage = storageOf();
    storage.create(volumeNamed('a'), claimNamed('c'));
    storage.pass(1000);
    const { uid } = storage.claim('c')!.metadata;
    const claimRef = { namespace: 'default', name: 'c', uid };
    storage.create(
      volumeNamed('b', { spec: { claimRef }, annotations: { 'pv.kubernetes.io/bound-by-controller': 'yes' } }),
      volumeNamed('d', { spec: { claimRef } }),
    );
    storage.pass(1000);
    expect(storage.volume('b')!.spec.claimRef).toBeUndefined();
    expect(storage.volume('d')!.spec.claimRef).toEqual({ namespace: 'default', name: 'c' });
    expect([storage.volume('b')!.status!.phase, storage.volume('d')!.status!.phase]).toEqual(['Available', 'Available']);
  });

  test('a bound volume that loses its reference gets it back, and one that is given away leaves its claim Lost', () => {
    const storage = storageOf();
    storage.create(volumeNamed('a'), claimNamed('c'));
    storage.pass(1000);
    storage.patch('PersistentVolume/a', { spec: { claimRef: null } });
    storage.pass(resyncMs);
    expect(storage.volume('a')).toMatchObject({ spec: { claimRef: { name: 'c' } }, status: { phase: 'Bound' } });
    storage.patch('PersistentVolume/a', { spec: { claimRef: { name: 'other', uid: 'x' } } });
    storage.pass(resyncMs);
    expect(storage.claim('c')!.status).toEqual({ phase: 'Lost' });
    expect(storage.events('PersistentVolumeClaim/c')).toContain('ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly');
  });

  test('what a claim that waits for a pod says changes with its pods', () => {
    const storage = storageOf();
    storage.create(
      classNamed('slow', 'csi.example.com', { volumeBindingMode: 'WaitForFirstConsumer' }),
      claimNamed('c', { spec: { storageClassName: 'slow' } }),
    );
    storage.pass(1000);
    storage.create(podNamed('p', ['c']), podNamed('q', ['c']));
    storage.pass(resyncMs);
    expect(storage.events('PersistentVolumeClaim/c')).toEqual([
      'WaitForFirstConsumer: waiting for first consumer to be created before binding',
      'WaitForPodScheduled: waiting for pods p,q to be scheduled',
    ]);
  });
});

describe('a default class that comes late', () => {
  test('is given to claims that name none, never to those with ""', () => {
    const storage = storageOf();
    storage.create(claimNamed('unset'), claimNamed('empty', { spec: { storageClassName: '' } }));
    storage.pass(1000);
    const marked = (name: string) => ({ metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } });
    storage.create(classNamed('z', 'csi.example.com', marked('z')), classNamed('a', 'csi.example.com', marked('a')));
    storage.pass(resyncMs);
    expect(storage.claim('unset')!.spec.storageClassName).toBe('a');
    expect(storage.claim('empty')!.spec.storageClassName).toBe('');
  });
});

describe('reclaiming', () => {
  const release = (spec: Record<string, string>, extra: Record<string, unknown> = {}) => {
    const storage = storageOf();
    storage.create(volumeNamed('a', { spec: { ...spec, ...(extra as object) } }), claimNamed('c'));
    storage.pass(1000);
    storage.remove('PersistentVolumeClaim/c');
    storage.pass(resyncMs);
    return storage;
  };

  test('Retain: the volume waits, and no claim of that name gets it until its reference is removed', () => {
    const storage = release({ persistentVolumeReclaimPolicy: 'Retain' });
    expect(storage.volume('a')!.status!.phase).toBe('Released');
    storage.create(claimNamed('c'));
    storage.pass(resyncMs);
    expect(storage.claim('c')!.status!.phase).toBe('Pending');
    storage.patch('PersistentVolume/a', { spec: { claimRef: null } });
    storage.pass(resyncMs);
    expect(storage.claim('c')!.status!.phase).toBe('Bound');
  });

  test('Delete: a directory below /tmp goes, another fails and says why, and Retain leaves it Failed', () => {
    expect(release({ persistentVolumeReclaimPolicy: 'Delete' }, { hostPath: { path: '/tmp/x' } }).volume('a')).toBeUndefined();
    const storage = release({ persistentVolumeReclaimPolicy: 'Delete' });
    const message = 'host_path deleter only supports /tmp/.+ but received provided /mnt/a';
    expect(storage.volume('a')!.status).toMatchObject({ phase: 'Failed', message });
    expect(storage.events('PersistentVolume/a')).toEqual([`VolumeFailedDelete: ${message}`]);
    storage.patch('PersistentVolume/a', { spec: { persistentVolumeReclaimPolicy: 'Retain' } });
    storage.pass(resyncMs);
    expect(storage.volume('a')!.status!.phase).toBe('Failed');
    storage.patch('PersistentVolume/a', { spec: { claimRef: null } });
    storage.pass(resyncMs);
    expect(storage.volume('a')!.status).toEqual({ phase: 'Available' });
  });

  test('Recycle: wiped and free again, or Failed where nothing can wipe it', () => {
    const storage = release({ persistentVolumeReclaimPolicy: 'Recycle' });
    expect(storage.volume('a')).toMatchObject({ status: { phase: 'Available' } });
    expect(storage.volume('a')!.spec.claimRef).toBeUndefined();
    expect(storage.events('PersistentVolume/a')).toEqual(['VolumeRecycled: Volume recycled']);
    const local = release({ persistentVolumeReclaimPolicy: 'Recycle' }, { local: { path: '/mnt/x' } });
    expect(local.volume('a')!.status!.phase).toBe('Failed');
  });

  test('Recycle by a pod: the volume is free once the pod has succeeded, Failed if it fails', () => {
    const ended = (phase: string) => {
      const storage = storageOf({ recyclerPods: true });
      storage.create(volumeNamed('a', { spec: { persistentVolumeReclaimPolicy: 'Recycle' } }), claimNamed('c'));
      storage.pass(1000);
      storage.remove('PersistentVolumeClaim/c');
      storage.pass(1000);
      expect(storage.volume('a')!.status!.phase).toBe('Released');
      expect(storage.pod('recycler-for-a')!.spec).toMatchObject({ activeDeadlineSeconds: 300, restartPolicy: 'Never' });
      storage.patch('Pod/recycler-for-a', { status: { phase } }, 'status');
      storage.pass(1000);
      // After a failure the next pod tries it again.
      expect(storage.pod('recycler-for-a') === undefined).toBe(phase === 'Succeeded');
      return storage.volume('a')!.status;
    };
    expect(ended('Succeeded')).toMatchObject({ phase: 'Available' });
    expect(ended('Failed')).toMatchObject({ phase: 'Failed', message: 'Recycle failed: failed to recycle volume: pod failed, pod.Status.Message unknown' });
  });

  test('a claim and a volume stay while they are used, and a pod that has ended still holds its claim', () => {
    const storage = storageOf();
    storage.create(nodeNamed('n1'), volumeNamed('a'), claimNamed('c'), podNamed('p', ['c'], 'n1'));
    storage.pass(1000);
    storage.patch('Pod/p', { status: { phase: 'Succeeded' } }, 'status');
    storage.remove('PersistentVolumeClaim/c');
    storage.remove('PersistentVolume/a');
    storage.pass(resyncMs);
    expect(storage.claim('c')!.metadata.deletionTimestamp).toBeDefined();
    storage.remove('Pod/p');
    storage.pass(resyncMs);
    expect([storage.claim('c'), storage.volume('a')]).toEqual([undefined, undefined]);
  });
});

describe('provisioning by the controller itself', () => {
  const claim = claimNamed('c', { spec: { storageClassName: 'hp' } });
  const told = (provisioner: string, fields = {}, options = {}) => {
    const storage = storageOf(options);
    storage.create(classNamed('hp', provisioner, fields), claim);
    storage.pass(1000);
    return storage.events('PersistentVolumeClaim/c').at(-1);
  };
  const hostPath = 'kubernetes.io/host-path';
  test.each<[string, string | undefined, string]>([
    [
      'is off by default',
      told(hostPath),
      'ProvisioningFailed: Failed to create provisioner: provisioning in volume plugin "kubernetes.io/host-path" is disabled',
    ],
    [
      'knows no mount options',
      told(hostPath, { mountOptions: ['ro', 'nolock'] }, { hostPathProvisioning: true }),
      'ProvisioningFailed: Mount options are not supported by the provisioner but StorageClass "hp" has mount options [ro nolock]',
    ],
    ['cannot provision with every plugin', told('kubernetes.io/nfs'), 'ProvisioningFailed: no provisionable volume plugin matched'],
    [
      'leaves plugins of old to their drivers',
      told('kubernetes.io/gce-pd'),
      "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'pd.csi.storage.gke.io' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
    ],
  ])('%s', (_, message, expected) => {
    expect(message).toBe(expected);
  });
});
