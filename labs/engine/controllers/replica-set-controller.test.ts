import { describe, expect, test } from 'vitest';
import { podFromTemplate } from './workload-pods.ts';
import { rankVictims } from './rank-victims.ts';
import { replicaSetController } from './replica-set-controller.ts';
import { Play, workload } from './testing.ts';
import type { PodObject } from '../api/cluster-kinds.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { badRequest, type StatusError } from '../store/status-error.ts';

const statusOf = (play: Play): unknown => play.get('apps/v1', 'ReplicaSet', 'web')?.status;

describe('a ReplicaSet', () => {
  test('makes the pods it asks for, says so, and reports them once they are ready', () => {
    const play = new Play({ controllers: [replicaSetController] });
    play.create(workload('ReplicaSet', 3));
    play.run(100);
    expect(play.pods).toHaveLength(3);
    expect(play.pods[0]?.metadata.ownerReferences).toMatchObject([{ kind: 'ReplicaSet', name: 'web', controller: true, blockOwnerDeletion: true }]);
    expect(play.events.toSorted()).toEqual(play.pods.map(({ metadata }) => `SuccessfulCreate: Created pod: ${metadata.name}`).toSorted());
    expect(statusOf(play)).toEqual({ replicas: 3, fullyLabeledReplicas: 3, terminatingReplicas: 0, observedGeneration: 1 });
    play.ready(2);
    play.run(100);
    expect(statusOf(play)).toMatchObject({ replicas: 3, readyReplicas: 2, availableReplicas: 2 });
  });

  test('replaces a deleted pod at once, and counts the old one as terminating', () => {
    const play = new Play({ controllers: [replicaSetController] });
    play.create(workload('ReplicaSet', 2));
    play.run(100);
    const [first] = play.pods;
    play.request({ verb: 'delete', key: { apiVersion: 'v1', kind: 'Pod', name: first?.metadata.name ?? '' }, gracePeriodSeconds: 30 });
    play.run(50);
    expect(play.pods).toHaveLength(3);
    expect(statusOf(play)).toMatchObject({ replicas: 2, terminatingReplicas: 1 });
    play.run(200);
    expect(play.pods).toHaveLength(2);
    expect(statusOf(play)).toMatchObject({ replicas: 2, terminatingReplicas: 0 });
  });

  test('adopts a pod that matches and nobody controls, and lets one go whose labels change', () => {
    const play = new Play({ controllers: [replicaSetController] });
    play.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stray', labels: { app: 'web' } }, spec: { containers: [] } });
    play.create(workload('ReplicaSet', 2));
    play.run(100);
    expect(play.pods.map(({ metadata }) => metadata.ownerReferences?.[0]?.name)).toEqual(['web', 'web']);
    play.request({
      verb: 'patch',
      key: { apiVersion: 'v1', kind: 'Pod', name: 'stray' },
      patchType: 'merge',
      patch: { metadata: { labels: { app: 'other' } } },
    });
    play.run(100);
    expect(play.get('v1', 'Pod', 'stray')?.metadata.ownerReferences ?? []).toEqual([]);
    expect(play.pods).toHaveLength(3);
  });

  test('available means ready for minReadySeconds', () => {
    const play = new Play({ controllers: [replicaSetController] });
    play.create(workload('ReplicaSet', 1, { minReadySeconds: 10 }));
    play.run(100);
    play.ready();
    play.run(5000);
    expect(statusOf(play)).toEqual({ replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, terminatingReplicas: 0, observedGeneration: 1 });
    play.run(6000);
    expect(statusOf(play)).toMatchObject({ availableReplicas: 1 });
  });
});

describe('creations that the API server refuses', () => {
  const refusal: StatusError = { ...badRequest('exceeded quota: pods'), code: 403, reason: 'Forbidden' };
  const quota = (podsMax: number) =>
    new Play({
      controllers: [replicaSetController],
      review: (store) => (object, old) => {
        const held = store.objects.pods?.flat().length ?? 0;
        return object.kind === 'Pod' && old === undefined && held >= podsMax ? { ok: false, error: refusal } : { ok: true, object };
      },
    });

  test('slow start: 1, 2, 4 …; the batch that fails is finished, the next not begun', () => {
    const play = quota(2);
    play.create(workload('ReplicaSet', 10));
    play.run(12);
    // 1 + 1 of 2 succeed; the other one of the batch fails, and the batch of 4 is left.
    expect(play.pods).toHaveLength(2);
    expect(play.events.filter((event) => event.startsWith('FailedCreate'))).toEqual(['FailedCreate: Error creating: exceeded quota: pods']);
    expect(statusOf(play)).toMatchObject({ conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota: pods' }] });
  });

  test('many pods that are all refused are not tried without end at one moment', () => {
    const play = quota(0);
    play.create(workload('ReplicaSet', 1000));
    play.run(60_000);
    expect(play.cluster.clockMs).toBe(60_000);
    expect(play.pods).toHaveLength(0);
    expect(Number(play.list('v1', 'Event')[0]?.count)).toBeLessThan(20);
  });

  test('more than a hundred pods are made in parts, at the same time', () => {
    const play = new Play({ controllers: [replicaSetController] });
    play.create(workload('ReplicaSet', 1000));
    play.run(30);
    expect(play.pods).toHaveLength(1000);
    expect(new Set(play.log.filter((line) => line.endsWith('creates a pod')).map((line) => line.split(' ')[0]))).toEqual(new Set(['10']));
  });

  test('it tries again less and less often, and goes on when it can', () => {
    const play = quota(1);
    play.create(workload('ReplicaSet', 2));
    play.run(60_000);
    const failed = play.list('v1', 'Event').find(({ reason }) => reason === 'FailedCreate');
    // 5 ms doubled until a minute is over: 13 tries or one more.
    expect(Number(failed?.count)).toBeGreaterThanOrEqual(12);
    expect(Number(failed?.count)).toBeLessThanOrEqual(15);
    play.request({ verb: 'patch', key: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' }, patchType: 'merge', patch: { spec: { replicas: 1 } } });
    play.run(100);
    expect(statusOf(play)).toEqual({ replicas: 1, fullyLabeledReplicas: 1, terminatingReplicas: 0, observedGeneration: 2 });
  });
});

describe('who is given up first', () => {
  const nowMs = Date.UTC(2026, 0, 1, 1);
  const pod = (
    name: string,
    {
      node = 'n1',
      phase = 'Running',
      ready = true,
      cost,
      restarts = 0,
      readyAt = '2026-01-01T00:30:00Z',
    }: { node?: string; phase?: string; ready?: boolean; cost?: string; restarts?: number; readyAt?: string } = {},
  ): PodObject =>
    ({
      ...podFromTemplate({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web', uid: 'u' } } as unknown as StoredObject, {
        spec: { containers: [] },
      }),
      metadata: {
        name,
        uid: name,
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...(cost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
      },
      spec: { nodeName: node, containers: [] },
      status: {
        phase,
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: readyAt }],
        containerStatuses: [{ restartCount: restarts }],
      },
    }) as unknown as PodObject;
  const cases: readonly (readonly [rule: string, victim: PodObject, others: readonly PodObject[]])[] = [
    ['a pod on no node before one on a node', pod('z', { node: '', ready: false }), [pod('a', { ready: false })]],
    ['a pending pod before a running one', pod('z', { phase: 'Pending', ready: false }), [pod('a', { ready: false })]],
    ['an unready pod before a ready one', pod('z', { ready: false }), [pod('a')]],
    ['the lower deletion cost', pod('z', { cost: '-5' }), [pod('a'), pod('b', { cost: '3' })]],
    ['the one with most neighbours of its kind', pod('z', { node: 'n2' }), [pod('a'), pod('y', { node: 'n2' })]],
    ['the one ready for a much shorter time', pod('z', { readyAt: '2026-01-01T00:59:00Z' }), [pod('a')]],
    ['the one that restarted more often', pod('z', { restarts: 2 }), [pod('a')]],
    ['of equal ones the lower uid', pod('a'), [pod('b'), pod('c')]],
  ];
  test.each(cases)('%s', (_, victim, others) => {
    const pods = [...others, victim];
    const [first] = rankVictims(pods, pods, nowMs);
    const chosen = victim.metadata.name === 'z' && victim.spec.nodeName === 'n2' ? ['y', 'z'] : [victim.metadata.name];
    expect(chosen).toContain(first?.metadata.name);
  });
});
