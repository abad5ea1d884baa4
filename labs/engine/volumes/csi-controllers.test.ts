import { describe, expect, test } from 'vitest';
import { accessAtMount } from './access-at-mount.ts';
import { claimNamed, classNamed, exampleStorage, nodeNamed, podNamed, volumeNamed, type ExampleStorage } from './example-storage.ts';
import { createCsiControllers, createVolumeControllers } from './volume-controllers.ts';
import type { CsiDriverSetup } from './csi-driver.ts';

const disk: CsiDriverSetup = { name: 'disk.example.com', topologyKey: 'zone' };
const spec = { storageClassName: 'disk' };
const minuteMs = 60_000;

function storageWith(driver: CsiDriverSetup = disk, fields = {}): ExampleStorage {
  const storage = exampleStorage([...createVolumeControllers(), ...createCsiControllers([driver])]);
  storage.create(nodeNamed('n1', { zone: 'a' }), nodeNamed('n2', { zone: 'b' }), classNamed('disk', driver.name, fields));
  return storage;
}

const told = (storage: ExampleStorage, claim = 'c') => storage.events(`PersistentVolumeClaim/${claim}`);
const volumeOf = (storage: ExampleStorage, claim = 'c') => storage.volume(storage.claim(claim)!.spec.volumeName ?? '');

describe('the provisioner of a driver', () => {
  test('makes a volume for a claim, and deletes it with the claim', () => {
    const storage = storageWith();
    storage.create(claimNamed('c', { spec }));
    storage.pass(minuteMs);
    const volume = volumeOf(storage)!;
    expect(volume.spec).toMatchObject({ capacity: { storage: '5Gi' }, csi: { driver: disk.name }, persistentVolumeReclaimPolicy: 'Delete' });
    expect(volume.metadata.finalizers).toEqual(['external-provisioner.volume.kubernetes.io/finalizer', 'kubernetes.io/pv-protection']);
    expect(told(storage).map((each) => each.split(':')[0])).toEqual(['ExternalProvisioning', 'Provisioning', 'ProvisioningSucceeded']);
    storage.remove('PersistentVolumeClaim/c');
    storage.pass(minuteMs);
    expect(storage.volume(volume.metadata.name)).toBeUndefined();
  });

  test('makes it in the zone of the chosen node, or in an allowed one', () => {
    const zones = (storage: ExampleStorage) => volumeOf(storage)!.spec.nodeAffinity!.required!.nodeSelectorTerms[0]!.matchExpressions![0]!.values;
    const waits = storageWith(disk, { volumeBindingMode: 'WaitForFirstConsumer' });
    waits.create(claimNamed('c', { spec }));
    waits.pass(minuteMs);
    expect(waits.claim('c')!.status!.phase).toBe('Pending');
    waits.patch('PersistentVolumeClaim/c', { metadata: { annotations: { 'volume.kubernetes.io/selected-node': 'n2' } } });
    waits.pass(minuteMs);
    expect(zones(waits)).toEqual(['b']);
    const allowed = storageWith(disk, { allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['q'] }] }] });
    allowed.create(claimNamed('c', { spec }));
    allowed.pass(minuteMs);
    expect(zones(allowed)).toEqual(['q']);
  });

  test.each<[string, string | null, object, string]>([
    ['refuses as a fact says', 'refuses: quota exceeded', {}, 'ProvisioningFailed: failed to provision volume with StorageClass "disk": quota exceeded'],
    [
      'refuses selectors',
      null,
      { selector: { matchLabels: { a: 'b' } } },
      'ProvisioningFailed: failed to provision volume with StorageClass "disk": claim Selector is not supported',
    ],
    [
      'refuses modes that it does not know',
      null,
      { accessModes: ['ReadWriteMany'] },
      'ProvisioningFailed: failed to provision volume with StorageClass "disk": rpc error: code = InvalidArgument desc = Volume capabilities MULTI_NODE_MULTI_WRITER not supported. Only AccessModes[ReadWriteOnce, ReadWriteOncePod] supported.',
    ],
  ])('%s', (_, fact, extra, message) => {
    const storage = storageWith();
    storage.fact(`provisioner/${disk.name}`, fact);
    storage.create(claimNamed('c', { spec: { ...spec, ...extra } }));
    storage.pass(minuteMs);
    expect(told(storage).at(-1)).toBe(message);
  });

  test('goes on when it is there again', () => {
    const storage = storageWith();
    storage.fact(`provisioner/${disk.name}`, 'down');
    storage.create(claimNamed('c', { spec }));
    storage.pass(minuteMs);
    expect(storage.claim('c')!.status!.phase).toBe('Pending');
    storage.fact(`provisioner/${disk.name}`, null);
    storage.pass(minuteMs);
    expect(storage.claim('c')!.status!.phase).toBe('Bound');
  });
});

describe('growing', () => {
  test('a claim grows where a pod runs; without one the file system waits for it', () => {
    const storage = storageWith();
    storage.create(claimNamed('c', { spec }));
    storage.pass(minuteMs);
    storage.patch('PersistentVolumeClaim/c', { spec: { resources: { requests: { storage: '8Gi' } } } });
    storage.pass(minuteMs);
    expect(volumeOf(storage)!.spec.capacity.storage).toBe('8Gi');
    expect(storage.claim('c')!.status).toMatchObject({ capacity: { storage: '5Gi' }, conditions: [{ type: 'FileSystemResizePending' }] });
    storage.create(podNamed('p', ['c'], 'n1'));
    storage.patch('Pod/p', { status: { phase: 'Running' } }, 'status');
    storage.pass(minuteMs);
    expect(storage.claim('c')!.status).toEqual({ phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '8Gi' } });
    expect(told(storage)).toContain('ExternalExpanding: waiting for an external controller to expand this PVC');
  });

  test('a driver that cannot leaves it waiting', () => {
    const storage = storageWith({ ...disk, canGrow: false });
    storage.create(claimNamed('c', { spec }));
    storage.pass(minuteMs);
    storage.patch('PersistentVolumeClaim/c', { spec: { resources: { requests: { storage: '8Gi' } } } });
    storage.pass(minuteMs);
    expect(volumeOf(storage)!.spec.capacity.storage).toBe('5Gi');
  });
});

describe('an ephemeral volume', () => {
  test('gets a claim that the pod owns', () => {
    const storage = storageWith();
    const template = {
      metadata: { labels: { a: 'b' } },
      spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } }, ...spec },
    };
    storage.create({ ...podNamed('p', []), spec: { containers: [], volumes: [{ name: 'e', ephemeral: { volumeClaimTemplate: template } }] } });
    storage.pass(minuteMs);
    expect(storage.claim('p-e')).toMatchObject({ metadata: { labels: { a: 'b' }, ownerReferences: [{ kind: 'Pod', name: 'p' }] }, status: { phase: 'Bound' } });
  });
});

describe('what access modes come to', () => {
  const nfs = { nfs: { server: 'files', path: '/' } };
  const csi = { csi: { driver: disk.name, volumeHandle: 'v' } };
  test.each<[string, string[], object, string, boolean, string]>([
    ['ReadWriteOnce: two pods on one node share it', ['ReadWriteOnce'], csi, 'n1', true, 'attach-detach-controller'],
    ['ReadWriteOnce: another node does not get it', ['ReadWriteOnce'], csi, 'n2', false, 'attach-detach-controller'],
    ['ReadWriteOnce on NFS: nobody counts nodes', ['ReadWriteOnce'], nfs, 'n2', true, 'nobody'],
    ['ReadWriteMany: another node gets it', ['ReadWriteMany'], csi, 'n2', true, 'attach-detach-controller'],
    ['ReadWriteOncePod: not even a pod on the same node', ['ReadWriteOncePod'], csi, 'n1', false, 'scheduler'],
  ])('%s', (_, modes, source, node, allowed, enforcedBy) => {
    const storage = storageWith();
    storage.create(volumeNamed('v', { modes, spec: { ...source } }), claimNamed('c', { modes }), podNamed('first', ['c'], 'n1'), podNamed('p', ['c']));
    storage.pass(minuteMs);
    const verdict = accessAtMount(storage.now().store, storage.claim('c')!, { pod: storage.pod('p')!, node });
    expect(verdict).toMatchObject({ allowed, enforcedBy, blockedBy: allowed ? [] : ['default/first'] });
    expect(storage.node('n1')!.metadata.name).toBe('n1');
  });
});
