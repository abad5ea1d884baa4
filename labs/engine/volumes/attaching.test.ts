import { describe, expect, test } from 'vitest';
import { listKind } from '../api/kinds.ts';
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

const volumeOf = (storage: ExampleStorage, claim = 'c') => storage.volume(storage.claim(claim)!.spec.volumeName ?? '');
const attachedTo = (storage: ExampleStorage) =>
  listKind(storage.now().store, 'VolumeAttachment')
    .filter(({ status }) => status?.attached === true)
    .map(({ spec: { nodeName } }) => nodeName);

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
    storage.pass(10 * minuteMs);
    expect(attachedTo(storage)).toEqual(['n1']);
    storage.remove('Pod/old');
    storage.create(podNamed('new', ['c'], 'n2'));
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

  const givenVolume = (modes: string[], driver = disk) => {
    const storage = storageWith(driver);
    storage.create(volumeNamed('v', { modes, spec: { csi: { driver: disk.name, volumeHandle: 'h' } } }), claimNamed('c', { modes }));
    storage.pass(minuteMs);
    return storage;
  };
  const asked = (storage: ExampleStorage) => listKind(storage.now().store, 'VolumeAttachment').map(({ spec: { nodeName } }) => nodeName);
  const elsewhere = 'FailedAttachVolume: Multi-Attach error for volume "v" Volume is already used by pod(s) a';

  test.each([['ReadWriteOnce'], ['ReadWriteOncePod']])(
    '%s, and two nodes need it at one moment: one is asked for, the other hears why once it is there',
    (mode) => {
      const storage = givenVolume([mode]);
      storage.create(podNamed('a', ['c'], 'n1'), podNamed('b', ['c'], 'n2'));
      storage.pass(1000);
      expect(asked(storage)).toEqual(['n1']);
      expect(storage.events('Pod/b')).toEqual([]);
      storage.pass(minuteMs);
      expect(attachedTo(storage)).toEqual(['n1']);
      expect(storage.events('Pod/b')).toEqual([elsewhere]);
      // It is said once, whoever holds it later.
      storage.create(podNamed('a2', ['c'], 'n1'));
      storage.remove('Pod/a');
      storage.pass(minuteMs);
      expect(storage.events('Pod/b')).toEqual([elsewhere]);
      storage.remove('Pod/a2');
      storage.pass(500);
      expect(asked(storage)).toEqual(['n1']);
      storage.pass(minuteMs);
      expect(attachedTo(storage)).toEqual(['n2']);
      expect(storage.events('Pod/b')).toHaveLength(2);
    },
  );

  test('ReadWriteMany is asked for on all nodes at once', () => {
    const storage = givenVolume(['ReadWriteMany'], { ...disk, accessModes: ['ReadWriteMany'] });
    storage.create(podNamed('a', ['c'], 'n1'), podNamed('b', ['c'], 'n2'));
    storage.pass(1000);
    expect(asked(storage).toSorted()).toEqual(['n1', 'n2']);
    storage.pass(minuteMs);
    expect(attachedTo(storage).toSorted()).toEqual(['n1', 'n2']);
  });

  test('a pod that goes while its disk comes: the disk comes, and is taken away after that', () => {
    const storage = givenVolume(['ReadWriteOnce']);
    storage.create(podNamed('a', ['c'], 'n1'));
    storage.pass(500);
    storage.remove('Pod/a');
    storage.pass(500);
    expect(asked(storage)).toEqual(['n1']);
    storage.pass(minuteMs);
    expect(asked(storage)).toEqual([]);
  });

  test('modes that the driver cannot do: it is asked, refuses, and is asked again when they change', () => {
    const storage = givenVolume(['ReadWriteMany']);
    storage.create(podNamed('a', ['c'], 'n1'));
    storage.pass(minuteMs);
    const refusal = 'rpc error: code = InvalidArgument desc = Volume capability not supported';
    const [attachment] = listKind(storage.now().store, 'VolumeAttachment');
    expect(attachment).toMatchObject({
      metadata: { finalizers: ['external-attacher/disk-example-com'] },
      status: { attached: false, attachError: { message: refusal } },
    });
    expect(storage.events('Pod/a')).toEqual([`FailedAttachVolume: AttachVolume.Attach failed for volume "v" : ${refusal}`]);
    storage.patch('PersistentVolume/v', { spec: { accessModes: ['ReadWriteOnce'] } });
    storage.pass(minuteMs);
    expect(attachedTo(storage)).toEqual(['n1']);
    expect(listKind(storage.now().store, 'VolumeAttachment')[0]!.status).toEqual({ attached: true });
  });

  test('modes that CSI cannot express: the driver is not asked', () => {
    const storage = givenVolume(['ReadWriteOnce', 'ReadOnlyMany']);
    storage.create(podNamed('a', ['c'], 'n1'));
    storage.pass(minuteMs);
    expect(storage.events('Pod/a').at(-1)).toMatch(/: CSI does not support ReadOnlyMany and ReadWriteOnce on the same PersistentVolume$/u);
    expect(listKind(storage.now().store, 'VolumeAttachment')[0]!.metadata.finalizers ?? []).toEqual([]);
  });

  test('one disk behind two volumes: the driver gives it to one node, and to the other when the first lets go', () => {
    const storage = givenVolume(['ReadWriteOnce']);
    storage.create(volumeNamed('w', { spec: { csi: { driver: disk.name, volumeHandle: 'h' } } }), claimNamed('d'));
    storage.pass(minuteMs);
    storage.create(podNamed('a', ['c'], 'n1'));
    storage.pass(minuteMs);
    storage.create(podNamed('b', ['d'], 'n2'));
    storage.pass(minuteMs);
    expect(storage.events('Pod/b')).toEqual([
      'FailedAttachVolume: AttachVolume.Attach failed for volume "w" : rpc error: code = FailedPrecondition desc = volume h is published to node n1',
    ]);
    storage.remove('Pod/a');
    storage.pass(minuteMs);
    expect(attachedTo(storage)).toEqual(['n2']);
  });

  test('an attempt that failed lets another node try', () => {
    const storage = givenVolume(['ReadWriteOnce']);
    storage.fact(`attacher/${disk.name}`, 'refuses: no free slot');
    storage.create(podNamed('a', ['c'], 'n1'), podNamed('b', ['c'], 'n2'));
    storage.pass(minuteMs);
    expect(asked(storage).toSorted()).toEqual(['n1', 'n2']);
    storage.fact(`attacher/${disk.name}`, null);
    storage.pass(minuteMs);
    expect(attachedTo(storage)).toHaveLength(1);
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
