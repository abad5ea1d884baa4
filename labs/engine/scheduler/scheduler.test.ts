import { describe, expect, test } from 'vitest';
import { causesOf } from '../loop/cluster.ts';
import { entriesAfter } from '../loop/cluster-log.ts';
import type { Controller } from '../loop/controller.ts';
import type { JsonObject } from '../patch/json.ts';
import { listObjects } from '../store/store.ts';
import { createScheduler } from './scheduler.ts';
import { schedulerPlugins } from './scheduler-plugins.ts';
import { changed, created, outcomeOf, podOf, scheduled, testNode, testPod, type TestCluster } from './testing.ts';

const cpu = (amount: string): JsonObject => ({ requests: { cpu: amount } });
const logOf = ({ cluster }: TestCluster): readonly string[] =>
  entriesAfter(cluster.log, 0).flatMap(({ by, text }) => (by === 'default-scheduler' ? [text] : []));
const notHelpful = 'no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
const noVictims = 'no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.';

describe('a pod with a node that will do', () => {
  const test1 = scheduled([testNode('n1'), testPod('p', cpu('1'))]);

  test('is bound, and says so', () => {
    expect(podOf(test1, 'p').spec.nodeName).toBe('n1');
    expect(podOf(test1, 'p').status?.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }]);
    expect(logOf(test1).slice(0, 2)).toEqual(['assigns pod default/p to n1', 'Scheduled: Successfully assigned default/p to n1']);
  });

  test('the entry names its cause', () => {
    const entry = entriesAfter(test1.cluster.log, 0).find(({ text }) => text.startsWith('assigns'));
    expect(causesOf(test1.cluster.log, entry!.id).at(-1)!.text).toBe('create');
  });

  test('equal nodes are drawn by seed and name: the same again, but not one node for all', () => {
    const objects = [testNode('n1'), testNode('n2'), testNode('n3'), ...[1, 2, 3, 4, 5, 6].map((index) => testPod(`p${index}`))];
    const nodesOf = (cluster: TestCluster) => [1, 2, 3, 4, 5, 6].map((index) => podOf(cluster, `p${index}`).spec.nodeName);
    expect(nodesOf(scheduled(objects))).toEqual(nodesOf(scheduled(objects)));
    expect(new Set(nodesOf(scheduled(objects))).size).toBe(3);
  });

  test.each([
    ['another scheduler', { schedulerName: 'mine' }],
    ['a node of its own', { nodeName: 'n9' }],
  ])('but with %s is left alone', (_, spec) => {
    expect(logOf(scheduled([testNode('n1'), testPod('p', spec)]))).toEqual([]);
  });
});

describe('a pod without a node', () => {
  test.each([
    ['no node at all', [], cpu('1'), 'no nodes available to schedule pods'],
    ['too little cpu', [testNode('n1')], cpu('5'), `0/1 nodes are available: 1 Insufficient cpu. ${notHelpful}`],
    [
      'several reasons of one node',
      [testNode('n1')],
      { requests: { cpu: '5', memory: '9Gi' } },
      `0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ${notHelpful}`,
    ],
    [
      'a missing claim',
      [testNode('n1')],
      { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }] },
      '0/1 nodes are available: persistentvolumeclaim "c" not found. not found',
    ],
  ])('%s', (_, nodes, spec, message) => {
    const cluster = scheduled([...nodes, testPod('p', spec)]);
    expect(outcomeOf(cluster, 'p')).toBe(message);
    expect(logOf(cluster)).toEqual([`FailedScheduling: ${message}`, 'finds no node for pod default/p']);
    expect(podOf(cluster, 'p').status?.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]);
  });

  test.each([
    ['a label that it needs is added', testNode('n1'), { nodeSelector: { disk: 'ssd' } }, { metadata: { labels: { disk: 'ssd' } } }],
    ['a taint is removed', testNode('n1', { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } }), {}, { spec: { taints: null } }],
    ['the node is uncordoned', testNode('n1', { spec: { unschedulable: true } }), {}, { spec: { unschedulable: null } }],
  ])('is bound once %s', (_, node, spec, patch) => {
    const waiting = scheduled([node, testPod('p', spec)]);
    expect(podOf(waiting, 'p').spec.nodeName).toBeUndefined();
    expect(podOf(changed(waiting, 'Node/n1', patch), 'p').spec.nodeName).toBe('n1');
  });

  test('is bound once a node comes, a larger one, or another pod goes', () => {
    const none = scheduled([testPod('p', cpu('3'))]);
    const small = created(none, [testNode('n1', { allocatable: { cpu: '1' } })]);
    expect(outcomeOf(small, 'p')).toMatch(/1 Insufficient cpu/u);
    expect(outcomeOf(created(small, [testNode('n2')]), 'p')).toBe('n2');
    const full = scheduled([testNode('n1'), testPod('a', { nodeName: 'n1', ...cpu('3') }), testPod('p', cpu('3'))]);
    expect(outcomeOf(full, 'p')).toBe(`0/1 nodes are available: 1 Insufficient cpu. ${noVictims}`);
    expect(outcomeOf(changed(full, 'Pod/a', 'delete'), 'p')).toBe('n1');
  });

  test('is not tried again for a change that cannot help', () => {
    const waiting = scheduled([testNode('n1'), testPod('p', cpu('5'))]);
    const labelled = changed(waiting, 'Node/n1', { metadata: { labels: { x: 'y' } } });
    expect(logOf(created(labelled, [testPod('other', { schedulerName: 'mine' })]))).toEqual(logOf(waiting));
  });

  test('keeps its turn: the more important first, then the one that waited longer', () => {
    const waiting = scheduled([testPod('b', cpu('1')), testPod('a', cpu('1')), testPod('c', { ...cpu('1'), priority: 5 })]);
    const after = created(waiting, [testNode('n1', { allocatable: { cpu: '2' } })]);
    expect(logOf(after).filter((text) => text.startsWith('assigns'))).toEqual(['assigns pod default/c to n1', 'assigns pod default/b to n1']);
    expect(outcomeOf(after, 'a')).toBe(`0/1 nodes are available: 1 Insufficient cpu. ${noVictims}`);
  });

  test('stands behind new pods during its back-off, and no longer after it', () => {
    const { engine, cluster } = scheduled([
      testNode('n1', { allocatable: { cpu: '1' } }),
      testPod('v', { nodeName: 'n1', priority: 9, ...cpu('1') }),
      testPod('old', { priority: 5, ...cpu('1') }),
    ]);
    const after = (waitMs: number): readonly string[] => {
      const later = engine.run(cluster, { untilMs: cluster.clockMs + waitMs, stepsMax: 10 }).cluster;
      const key = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'v' };
      const freed = engine.request(later, { verb: 'delete', key }, { text: 'delete' }).cluster;
      return logOf(created({ engine, cluster: freed }, [testPod('new', cpu('1'))])).filter((text) => text.startsWith('assigns'));
    };
    expect(after(999)).toEqual(['assigns pod default/new to n1']);
    expect(after(1000)).toEqual(['assigns pod default/old to n1']);
  });

  test('is forgotten when it is deleted', () => {
    const gone = changed(scheduled([testPod('p')]), 'Pod/p', 'delete');
    expect(gone.cluster.memory['default-scheduler']).toMatchObject({ waiting: [], assumed: [] });
  });
});

describe('scheduling gates', () => {
  test('keep a pod out until the last is gone', () => {
    const gated = scheduled([testNode('n1'), testPod('p', { schedulingGates: [{ name: 'a' }] })]);
    expect(podOf(gated, 'p').status?.conditions).toMatchObject([{ status: 'False', reason: 'SchedulingGated' }]);
    expect(logOf(gated)).toEqual(['leaves pod default/p alone']);
    expect(outcomeOf(changed(gated, 'Pod/p', { spec: { schedulingGates: null } }), 'p')).toBe('n1');
  });
});

/** Removes pods that are being deleted, after a second. */
const reaper: Controller = {
  name: 'reaper',
  watches: ['Pod'],
  delayMs: 1000,
  enqueue: ({ type, object }) => (type !== 'DELETED' && object.metadata.deletionTimestamp !== undefined ? [{ key: object.metadata.name }] : []),
  reconcile: (name) => ({
    steps: [{ write: { verb: 'delete', key: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name }, gracePeriodSeconds: 0 }, text: `removes ${name}` }],
  }),
};

describe('preemption', () => {
  const full = [testNode('n1', { allocatable: { cpu: '2' } }), testPod('v', { nodeName: 'n1', priority: 1, ...cpu('2') })];

  test('a more important pod waits for the place of its victim', () => {
    const { engine, cluster } = scheduled(full, [reaper]);
    const asked = engine.request(cluster, { verb: 'create', object: testPod('p', { priority: 2, ...cpu('1') }) }, { text: 'create' }).cluster;
    const waiting = { engine, cluster: engine.run(asked, { untilMs: asked.clockMs + 500, stepsMax: 100 }).cluster };
    expect(podOf(waiting, 'p').status).toMatchObject({ nominatedNodeName: 'n1' });
    expect(outcomeOf(waiting, 'p')).toBe('0/1 nodes are available: 1 Insufficient cpu.');
    expect(podOf(waiting, 'v').metadata.deletionGracePeriodSeconds).toBe(30);
    expect(podOf(waiting, 'v').status?.conditions).toMatchObject([{ type: 'DisruptionTarget', reason: 'PreemptionByScheduler' }]);
    const end = { engine, cluster: engine.run(waiting.cluster, { stepsMax: 100 }).cluster };
    expect(podOf(end, 'p').spec.nodeName).toBe('n1');
    expect(podOf(end, 'p').status?.nominatedNodeName).toBeUndefined();
    expect(logOf(end)).toContain(`Preempted: Preempted by pod ${podOf(end, 'p').metadata.uid} on node n1`);
  });

  test('the promised place is not given to a less important pod', () => {
    const { engine, cluster } = scheduled(full, [reaper]);
    const both = [testPod('p', { priority: 2, ...cpu('2') }), testPod('q', { priority: 1, ...cpu('2') })];
    const asked = both.reduce((current, object) => engine.request(current, { verb: 'create', object }, { text: 'create' }).cluster, cluster);
    const end = { engine, cluster: engine.run(asked, { stepsMax: 100 }).cluster };
    expect(outcomeOf(end, 'p')).toBe('n1');
    expect(outcomeOf(end, 'q')).toMatch(/1 Insufficient cpu/u);
  });

  test.each([
    ['equal priority', { priority: 1 }, noVictims],
    [
      'preemptionPolicy Never',
      { priority: 2, preemptionPolicy: 'Never' },
      'no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    ],
  ])('%s does not preempt', (_, spec, help) => {
    expect(outcomeOf(created(scheduled(full), [testPod('p', { ...spec, ...cpu('1') })]), 'p')).toBe(`0/1 nodes are available: 1 Insufficient cpu. ${help}`);
  });

  test('takes the least important pods, and a disrupted budget only if it must', () => {
    const three = ['a', 'b', 'c'].map((name, index) => testPod(name, { nodeName: 'n1', priority: index === 0 ? 2 : 1, ...cpu('1'), labels: { name } }));
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'keep-b' },
      spec: { selector: { matchLabels: { name: 'b' } } },
    };
    const end = created(scheduled([testNode('n1', { allocatable: { cpu: '3' } }), ...three, budget], [reaper]), [testPod('p', { priority: 9, ...cpu('1') })]);
    expect(listObjects(end.cluster.store, { apiVersion: 'v1', kind: 'Pod' }).map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'p']);
  });
});

test('looking again changes nothing', () => {
  const { cluster } = scheduled([testNode('n1'), testPod('a', cpu('1')), testPod('b', cpu('9'))]);
  const scheduler = createScheduler({ plugins: schedulerPlugins });
  const view = { store: cluster.store, nowMs: cluster.clockMs, world: {}, memory: cluster.memory[scheduler.name] ?? null };
  expect(scheduler.reconcile('default/a', view).steps).toEqual([]);
  expect(scheduler.reconcile('default/b', view).steps.filter((step) => 'write' in step)).toEqual([]);
});

test('with 100 nodes or more only some are looked at, and the search goes on where it stopped', () => {
  const nodes = Array.from({ length: 300 }, (_, index) => testNode(`n${String(index).padStart(3, '0')}`));
  const test1 = scheduled([...nodes, testPod('p')]);
  // 48 % of 300 nodes.
  expect(test1.cluster.memory['default-scheduler']).toMatchObject({ firstNode: 144 });
});

test('a thousand pods are placed in well under a second', () => {
  const nodes = Array.from({ length: 10 }, (_, index) => testNode(`n${index}`, { allocatable: { cpu: '64', pods: '200' } }));
  const { engine, cluster } = scheduled(nodes);
  const pods = Array.from({ length: 1000 }, (_, index) => testPod(`p${index}`, cpu('100m')));
  const asked = pods.reduce((current, object) => engine.request(current, { verb: 'create', object }, { text: 'create' }).cluster, cluster);
  const end = engine.run(asked, { stepsMax: 10_000 });
  expect(end.stop).toBe('settled');
  const perNode = nodes.map(
    (_, index) => listObjects(end.cluster.store, { apiVersion: 'v1', kind: 'Pod' }).filter(({ spec }) => (spec as JsonObject).nodeName === `n${index}`).length,
  );
  expect(Math.min(...perNode)).toBeGreaterThan(80);
});
