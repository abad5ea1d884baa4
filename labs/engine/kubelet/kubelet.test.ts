import { describe, expect, test } from 'vitest';
import { Play } from '../controllers/testing.ts';
import type { Json, JsonObject } from '../patch/json.ts';
import { kubelet } from './kubelet.ts';
import { durationText, imageReference, pullPolicy } from './pod-images.ts';

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: { podCIDR: '10.244.0.0/24' } };

function started(world: Readonly<Record<string, Json>> = {}): Play {
  const play = new Play({ controllers: [kubelet] }, { hasKubelet: true, world });
  play.create(node);
  return play;
}

function podWith(claimName: string, more: JsonObject = {}): JsonObject {
  const containers = [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 'data', mountPath: '/data' }], ...more }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { nodeName: 'n1', containers, volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] },
  };
}

/** A bound pair of claim and volume. */
function addClaim(play: Play, source: JsonObject, phase = 'Bound'): void {
  const spec = { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' };
  play.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { ...spec, resources: { requests: { storage: '1Gi' } }, volumeName: 'pv-a' },
  });
  const uid = play.get('v1', 'PersistentVolumeClaim', 'data')?.metadata.uid ?? '';
  play.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pv-a' },
    spec: { ...spec, capacity: { storage: '1Gi' }, claimRef: { name: 'data', namespace: 'default', uid }, ...source },
  });
  play.request({
    verb: 'patch',
    key: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'data' },
    patchType: 'merge',
    patch: { status: { phase } },
    subresource: 'status',
  });
}

const phase = (play: Play): string | undefined => play.pods[0]?.status?.phase;
const csi = { csi: { driver: 'disk.example.com', volumeHandle: 'vol-1' } };

describe('a pod waits for its volumes', () => {
  test('a claim that is not bound is an Event at each look, and nothing is started', () => {
    const play = started();
    addClaim(play, { hostPath: { path: '/srv' } }, 'Pending');
    play.create(podWith('data'));
    play.run(60_000);
    expect(phase(play)).toBe('Pending');
    expect(play.events).toEqual([
      'FailedMount: Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[data]: error processing PVC default/data: PVC is not bound',
    ]);
  });

  test('a claim that is not there says so', () => {
    const play = started();
    play.create(podWith('data'));
    play.run(1000);
    expect(play.events[0]).toContain('error processing PVC default/data: failed to fetch PVC from API server: persistentvolumeclaims "data" not found');
  });

  test('a CSI volume must be attached; the kubelet keeps quiet about it and goes on at once when it is', () => {
    const play = started();
    addClaim(play, csi);
    play.create(podWith('data'));
    play.run(300_000);
    expect([phase(play), play.events]).toEqual(['Pending', []]);
    const attachment = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: 'va' },
      spec: { attacher: 'disk.example.com', nodeName: 'n1', source: { persistentVolumeName: 'pv-a' } },
    };
    play.create(attachment);
    play.run(1000);
    expect(phase(play)).toBe('Pending');
    play.request({
      verb: 'patch',
      key: { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', name: 'va' },
      patchType: 'merge',
      patch: { status: { attached: true } },
      subresource: 'status',
    });
    play.run(5000);
    expect(phase(play)).toBe('Running');
  });

  test.each([
    ['a driver without attachment', csi, true],
    ['a host path', { hostPath: { path: '/srv' } }, false],
    ['a local volume', { local: { path: '/srv' } }, false],
    ['an NFS share', { nfs: { server: 'nfs', path: '/' } }, false],
  ])('%s needs no VolumeAttachment', (_, source, hasDriver) => {
    const play = started();
    if (hasDriver) play.create({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'disk.example.com' }, spec: { attachRequired: false } });
    addClaim(play, source);
    play.create(podWith('data'));
    play.run(5000);
    expect(phase(play)).toBe('Running');
  });

  test('a mount that fails is tried after 0.5 s, 1 s, 2 s and so on; it works once the cause is gone', () => {
    const play = started({ 'backend/pv-a': 'lost' });
    addClaim(play, { local: { path: '/mnt/disk' } });
    play.create(podWith('data'));
    play.run(20_000);
    const [event] = play.list('v1', 'Event');
    expect(event).toMatchObject({
      reason: 'FailedMount',
      message: 'MountVolume.NewMounter initialization failed for volume "pv-a" : path "/mnt/disk" does not exist',
      count: 6,
    });
    play.fact('backend/pv-a', null);
    play.run(20_000);
    expect(phase(play)).toBe('Running');
  });

  test('a block volume cannot be mounted as a directory', () => {
    const play = started();
    addClaim(play, { hostPath: { path: '/srv' }, volumeMode: 'Block' });
    play.create(podWith('data'));
    play.run(1000);
    expect(play.events[0]).toContain('volume data has volumeMode Block, but is specified in volumeMounts');
  });
});

describe('images', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx:latest', 'Always'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27', 'IfNotPresent'],
    ['team/app:1', 'docker.io/team/app:1', 'IfNotPresent'],
    ['ghcr.io/team/app', 'ghcr.io/team/app:latest', 'Always'],
    ['localhost:5000/app:2', 'localhost:5000/app:2', 'IfNotPresent'],
    ['registry:5000/app', 'registry:5000/app:latest', 'Always'],
    ['app@sha256:0123', 'docker.io/library/app@sha256:0123', 'IfNotPresent'],
  ])('%s', (image, reference, policy) => {
    expect([imageReference(image), pullPolicy({ name: 'c', image })]).toEqual([reference, policy]);
  });

  test.each([
    [339, '339ms'],
    [1204, '1.204s'],
    [2000, '2s'],
    [71_200, '1m11.2s'],
  ])('%d ms is %s', (durationMs, text) => {
    expect(durationText(durationMs)).toBe(text);
  });

  test('nodes pull one image at a time, and the second pod waits for the first', () => {
    const play = started();
    for (const name of ['a', 'b'])
      play.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'app:1' }] } });
    play.run(10_000);
    const pulled = play.events.filter((event) => event.startsWith('Pulled')).map((event) => /in (.+?) \((.+?) including waiting\)/u.exec(event)?.slice(1));
    expect(pulled).toHaveLength(2);
    const [first, second] = pulled.toSorted((one, other) => (one?.[0] ?? '').localeCompare(other?.[0] ?? ''));
    expect(first?.[0]).toBe(first?.[1]);
    expect(second).toEqual(['340ms', expect.stringMatching(/^[123]\.?\d*s$/u)]);
  });

  test('a missing image: the words of the registry, back-off, and recovery', () => {
    const play = started({ 'image/app:1': 'missing' });
    play.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'app:1' }] } });
    play.run(30_000);
    expect(play.events).toContain(
      'Failed: Failed to pull image "app:1": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/app:1": failed to resolve image: docker.io/library/app:1: not found',
    );
    expect(phase(play)).toBe('Pending');
    play.fact('image/app:1', null);
    play.run(60_000);
    expect(phase(play)).toBe('Running');
  });
});

test('the same seed gives the same cluster, byte for byte', () => {
  const state = (): string => {
    const play = started({ 'image/app:1': 'missing' });
    play.create(podWith('data'));
    play.run(100_000);
    return JSON.stringify(play.cluster);
  };
  expect(state()).toBe(state());
});

test('looking at a pod that needs nothing writes nothing', () => {
  const play = started();
  play.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'app:1' }] } });
  play.run(10_000);
  const { store } = play.cluster;
  const { steps } = kubelet.reconcile('default/p', { store, nowMs: play.cluster.clockMs, world: {}, memory: play.cluster.memory.kubelet ?? null });
  const status = steps.flatMap((step) => ('write' in step && step.write.verb === 'update' ? [(step.write.object as JsonObject).status] : []));
  expect(status).toEqual([play.pods[0]?.status]);
});
