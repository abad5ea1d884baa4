import { describe, expect, test } from 'vitest';
import { listKind } from '../api/cluster-kinds.ts';
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
const attachedTo = (storage: ExampleStorage) =>
  listKind(storage.now().store, 'VolumeAttachment')
    .filter(({ status }) => status?.attached === true)
    .map(({ spec: { nodeName } }) => nodeName);

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

describe('attaching', () => {
  const twoNodes = () => {
    const storage = storageWith();
    storage.create(claimNamed('c', { spec }));
    storage.pass(minuteMs);
    storage.create(podNamed('old', ['c'], 'n1'));
    storage.pass(minuteMs);
    return storage;
  };
  const unready = { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } };

  test('a volume follows its pods: to a node, shared there, refused elsewhere, then moved', () => {
    const storage = twoNodes();
    const { name } = volumeOf(storage)!.metadata;
    expect(attachedTo(storage)).toEqual(['n1']);
    expect(storage.events('Pod/old')).toEqual([`SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "${name}" `]);
    storage.create(podNamed('beside', ['c'], 'n1'), podNamed('new', ['c'], 'n2'));
    storage.pass(minuteMs);
    expect(storage.events('Pod/beside')).toHaveLength(0);
    expect(storage.events('Pod/new')).toEqual([`FailedAttachVolume: Multi-Attach error for volume "${name}" Volume is already used by pod(s) beside, old`]);
    storage.remove('Pod/old');
    storage.remove('Pod/beside');
    storage.pass(minuteMs);
    expect(attachedTo(storage)).toEqual(['n2']);
    expect(storage.events('Pod/new').at(-1)).toMatch(/^SuccessfulAttachVolume/u);
  });

  test('a node that does not answer keeps the volume for 6 minutes after its pod is gone', () => {
    const storage = twoNodes();
    storage.patch('Node/n1', unready, 'status');
    storage.create(podNamed('new', ['c'], 'n2'));
    storage.pass(10 * minuteMs);
    expect(attachedTo(storage)).toEqual(['n1']);
    storage.remove('Pod/old');
    storage.pass(5.9 * minuteMs);
    expect(attachedTo(storage)).toEqual(['n1']);
    expect(storage.events('Pod/new').at(-1)).toMatch(/Volume is already exclusively attached to one node and can't be attached to another$/u);
    storage.pass(0.2 * minuteMs);
    expect(attachedTo(storage)).toEqual(['n2']);
  });

  test('the taint out-of-service takes it away at once', () => {
    const storage = twoNodes();
    storage.patch('Node/n1', unready, 'status');
    storage.remove('Pod/old');
    storage.create(podNamed('new', ['c'], 'n2'));
    storage.pass(minuteMs);
    storage.patch('Node/n1', { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] } });
    storage.pass(minuteMs);
    expect(attachedTo(storage)).toEqual(['n2']);
  });

  test('an attacher that refuses or is down is told to the pod', () => {
    const storage = storageWith();
    storage.create(claimNamed('c', { spec }));
    storage.pass(minuteMs);
    const volume = volumeOf(storage)!;
    storage.fact(`attacher/${disk.name}`, 'down');
    storage.create(podNamed('p', ['c'], 'n1'));
    storage.pass(3 * minuteMs);
    const failed = `FailedAttachVolume: AttachVolume.Attach failed for volume "${volume.metadata.name}" : `;
    expect(storage.events('Pod/p')).toEqual([
      `${failed}timed out waiting for external-attacher of disk.example.com CSI driver to attach volume ${volume.spec.csi!.volumeHandle}`,
    ]);
    storage.fact(`attacher/${disk.name}`, 'refuses: no free slot');
    storage.pass(minuteMs);
    expect(storage.events('Pod/p')).toContain(`${failed}no free slot`);
    storage.fact(`attacher/${disk.name}`, null);
    storage.pass(minuteMs);
    expect(attachedTo(storage)).toEqual(['n1']);
  });

  test('a volume is deleted only once it is detached', () => {
    const storage = twoNodes();
    const { name } = volumeOf(storage)!.metadata;
    storage.patch('Node/n1', unready, 'status');
    storage.remove('PersistentVolumeClaim/c');
    storage.remove('Pod/old');
    storage.pass(minuteMs);
    expect(storage.events(`PersistentVolume/${name}`)).toEqual([`VolumeFailedDelete: persistentvolume ${name} is still attached to node n1`]);
    storage.pass(6 * minuteMs);
    expect(storage.volume(name)).toBeUndefined();
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
