import { describe, expect, test } from 'vitest';
import type { StoredObject } from '../store/stored-object.ts';
import { deploymentController } from './deployment-controller.ts';
import { garbageCollector } from './garbage-collector.ts';
import { namespaceController } from './namespace-controller.ts';
import { replicaSetController } from './replica-set-controller.ts';
import { Play, workload } from './testing.ts';

const tree = (play: Play): readonly string[] =>
  ['Deployment', 'ReplicaSet', 'Pod', 'ConfigMap'].flatMap((kind) =>
    play
      .list(kind === 'Pod' || kind === 'ConfigMap' ? 'v1' : 'apps/v1', kind)
      .map(({ metadata: { deletionTimestamp, finalizers = [], ownerReferences = [] } }) => {
        const words = [kind, ...(deletionTimestamp === undefined ? [] : ['terminating']), ...finalizers, ...(ownerReferences.length > 0 ? ['owned'] : [])];
        return words.join(' ');
      }),
  );

function deployed(): Play {
  const play = new Play({ controllers: [deploymentController, replicaSetController, garbageCollector] });
  play.create(workload('Deployment', 2));
  play.run(1000);
  play.ready();
  play.run(1000);
  return play;
}

/** The states of recorded deletions (workloads.json, garbage) of v1.36. */
describe('a Deployment is deleted', () => {
  test('in the background: it goes at once, its ReplicaSet next, its pods last', () => {
    const play = deployed();
    play.delete('apps/v1', 'Deployment', 'web', { propagationPolicy: 'Background' });
    expect(tree(play)).toEqual(['ReplicaSet owned', 'Pod owned', 'Pod owned']);
    play.run(60);
    expect(tree(play)).toEqual(['Pod owned', 'Pod owned']);
    play.run(1000);
    expect(tree(play)).toEqual([]);
  });

  test('in the foreground: all are marked, pods go first, it goes last', () => {
    const play = deployed();
    play.delete('apps/v1', 'Deployment', 'web', { propagationPolicy: 'Foreground' });
    // Pods of a node have a grace period; these are on none, so the wait is for the garbage collector alone.
    expect(tree(play)).toEqual(['Deployment terminating foregroundDeletion', 'ReplicaSet owned', 'Pod owned', 'Pod owned']);
    play.run(60);
    expect(tree(play)).toEqual(['Deployment terminating foregroundDeletion', 'ReplicaSet terminating foregroundDeletion owned', 'Pod owned', 'Pod owned']);
    play.run(1000);
    expect(tree(play)).toEqual([]);
    const gone = play.log.filter((line) => line.includes('garbage-collector')).map((line) => line.replace(/^\d+ \S+ /u, ''));
    expect(gone.at(-1)).toBe('removes finalizer foregroundDeletion from deployments.apps web');
  });

  test('leaving orphans: the ReplicaSet loses its owner, the pods keep theirs', () => {
    const play = deployed();
    play.delete('apps/v1', 'Deployment', 'web', { propagationPolicy: 'Orphan' });
    play.run(1000);
    expect(tree(play)).toEqual(['ReplicaSet', 'Pod owned', 'Pod owned']);
    play.create(workload('Deployment', 2));
    play.run(1000);
    expect(tree(play)).toEqual(['Deployment', 'ReplicaSet owned', 'Pod owned', 'Pod owned']);
    expect(play.list('apps/v1', 'ReplicaSet')).toHaveLength(1);
  });
});

describe('owners by reference', () => {
  const owner = (play: Play, name: string): StoredObject['metadata'] | undefined => play.get('v1', 'ConfigMap', name)?.metadata;
  const child = (name: string, owners: readonly { readonly name: string; readonly uid: string }[]) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ownerReferences: owners.map((each) => ({ apiVersion: 'v1', kind: 'ConfigMap', ...each })) },
  });

  test('an object with two owners stays while one of them does, and forgets the other', () => {
    const play = new Play({ controllers: [garbageCollector] });
    for (const name of ['owner-a', 'owner-b']) play.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    const both = ['owner-a', 'owner-b'].map((name) => ({ name, uid: owner(play, name)?.uid ?? '' }));
    play.create(child('child', both));
    play.delete('v1', 'ConfigMap', 'owner-a');
    play.run(1000);
    expect(owner(play, 'child')?.ownerReferences?.map(({ name }) => name)).toEqual(['owner-b']);
    play.delete('v1', 'ConfigMap', 'owner-b');
    play.run(1000);
    expect(owner(play, 'child')).toBeUndefined();
  });

  test.each([
    ['that never was', { name: 'nobody', uid: 'x' }],
    ['of the same name but another uid', { name: 'owner-a', uid: 'another' }],
  ])('an object with an owner %s is collected', (_, reference) => {
    const play = new Play({ controllers: [garbageCollector] });
    play.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owner-a' } });
    play.create(child('child', [reference]));
    play.run(1000);
    expect(owner(play, 'child')).toBeUndefined();
  });
});

describe('a namespace is deleted', () => {
  const filled = (): Play => {
    const play = new Play({ controllers: [namespaceController, garbageCollector] });
    play.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' }, spec: { finalizers: ['kubernetes'] } });
    play.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', namespace: 'shop', finalizers: ['example.com/hold'] } });
    play.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain', namespace: 'shop' } });
    play.delete('v1', 'Namespace', 'shop');
    return play;
  };
  const conditions = (play: Play): Readonly<Record<string, string>> => {
    const { conditions: all = [] } = (play.get('v1', 'Namespace', 'shop')?.status ?? {}) as {
      readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    };
    return Object.fromEntries(all.map(({ type, message }) => [type, message]));
  };

  test('it is Terminating at once, and nothing happens for five seconds', () => {
    const play = filled();
    play.run(4000);
    expect(play.get('v1', 'Namespace', 'shop')?.status).toEqual({ phase: 'Terminating' });
    expect(play.list('v1', 'ConfigMap')).toHaveLength(2);
  });

  test('a finalizer holds it up, and its conditions say which one', () => {
    const play = filled();
    play.run(20_000);
    expect(conditions(play)).toMatchObject({
      NamespaceContentRemaining: 'Some resources are remaining: configmaps. has 1 resource instances',
      NamespaceFinalizersRemaining: 'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
      NamespaceDeletionContentFailure: 'All content successfully deleted, may be waiting on finalization',
    });
    expect(play.list('v1', 'ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['held']);
    play.request({ verb: 'unfinalize', key: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'held' }, finalizer: 'example.com/hold' });
    play.run(10_000);
    expect(play.get('v1', 'Namespace', 'shop')).toBeUndefined();
  });
});
