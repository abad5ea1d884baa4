import { describe, expect, test } from 'vitest';
import { getKind } from '../api/kinds.ts';
import { changed, outcomeOf, podOf, scheduled, testNode, testPod } from './testing.ts';

describe('volumes', () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c' } };
  const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem', storageClassName: 'late' };
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'late' },
    provisioner: 'example.com/disk',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  const user = testPod('p', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }] });

  test('a chosen pod waits for the volume, holds its place, and gives up after ten minutes', () => {
    const objects = [testNode('n1', { allocatable: { pods: '1' } }), storageClass, { ...claim, spec: claimSpec }, user];
    const { engine, cluster } = scheduled([]);
    const asked = objects.reduce((current, object) => engine.request(current, { verb: 'create', object }, { text: 'create' }).cluster, cluster);
    const waiting = { engine, cluster: engine.run(asked, { untilMs: 1000, stepsMax: 100 }).cluster };
    expect(getKind(waiting.cluster.store, 'PersistentVolumeClaim', 'c', 'default')?.metadata.annotations).toEqual({
      'volume.kubernetes.io/selected-node': 'n1',
    });
    expect(podOf(waiting, 'p').spec.nodeName).toBeUndefined();
    const second = engine.request(waiting.cluster, { verb: 'create', object: testPod('q') }, { text: 'create' }).cluster;
    const both = { engine, cluster: engine.run(second, { untilMs: 2000, stepsMax: 100 }).cluster };
    expect(outcomeOf(both, 'q')).toMatch(/1 Too many pods/u);
    const late = { engine, cluster: engine.run(both.cluster, { untilMs: 600_500, stepsMax: 100 }).cluster };
    expect(outcomeOf(late, 'p')).toBe('running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded');
    const bound = { metadata: { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } }, spec: { volumeName: 'pv' } };
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, volumeMode: 'Filesystem' },
    };
    const made = engine.request(waiting.cluster, { verb: 'create', object: volume }, { text: 'create' }).cluster;
    expect(outcomeOf(changed({ engine, cluster: made }, 'PersistentVolumeClaim/c', bound), 'p')).toBe('n1');
  });

  test('a ReadWriteOncePod claim serves one pod', () => {
    const once = {
      ...claim,
      metadata: { name: 'c', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
      spec: { ...claimSpec, accessModes: ['ReadWriteOncePod'], volumeName: 'pv' },
    };
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: { accessModes: ['ReadWriteOncePod'], capacity: { storage: '1Gi' }, volumeMode: 'Filesystem' },
    };
    const other = { ...user, metadata: { name: 'q' } };
    const both = scheduled([testNode('n1'), testNode('n2'), volume, once, user, other]);
    expect(outcomeOf(both, 'p')).toMatch(/^n[12]$/u);
    expect(outcomeOf(both, 'q')).toMatch(
      /^0\/2 nodes are available: 2 node\(s\) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod\./u,
    );
    expect(outcomeOf(changed(both, 'Pod/p', 'delete'), 'q')).toMatch(/^n[12]$/u);
  });

  test.each([
    ['a zone that the node does not have', { labels: { 'topology.kubernetes.io/zone': 'b' } }, {}, 'node(s) had no available volume zone'],
    ['one volume too many for its driver', {}, { csi: { driver: 'd', volumeHandle: 'h' } }, 'node(s) exceed max volume count'],
  ])('%s', (_, metadata, source, reason) => {
    const csiNode = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
      metadata: { name: 'n1' },
      spec: { drivers: [{ name: 'd', nodeID: 'n1', allocatable: { count: 0 } }] },
    };
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv', ...metadata },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, volumeMode: 'Filesystem', ...source },
    };
    const bound = { ...claim, metadata: { name: 'c', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } }, spec: { ...claimSpec, volumeName: 'pv' } };
    const node = testNode('n1', { labels: { 'topology.kubernetes.io/zone': 'a' } });
    expect(outcomeOf(scheduled([node, csiNode, volume, bound, user]), 'p')).toContain(`0/1 nodes are available: 1 ${reason}.`);
  });
});
