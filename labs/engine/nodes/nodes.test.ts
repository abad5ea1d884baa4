import { describe, expect, test } from 'vitest';
import type { NodeObject } from '../api/cluster-kinds.ts';
import { Play } from '../controllers/testing.ts';
import { kubelet } from '../kubelet/kubelet.ts';
import { conditionOf, isPodReady } from '../kubelet/pod-status.ts';
import { emptyStore } from '../store/store.ts';
import { nodeIpamController } from './node-ipam-controller.ts';
import { nodeLifecycleController } from './node-lifecycle-controller.ts';
import { noticedAtMs } from './node-health.ts';
import { podGarbageCollector } from './pod-garbage-collector.ts';
import { taintEvictionController } from './taint-eviction-controller.ts';

const forFiveMinutes = ['not-ready', 'unreachable'].map((key) => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

function started(nodes: number): Play {
  const play = new Play(
    { controllers: [nodeIpamController, nodeLifecycleController, taintEvictionController, podGarbageCollector, kubelet] },
    { hasKubelet: true },
  );
  for (let index = 1; index <= nodes; index += 1) play.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: `n${index}` } });
  play.run(1000);
  return play;
}

function addPod(play: Play, name: string, nodeName: string, tolerations: readonly (typeof forFiveMinutes)[number][] = forFiveMinutes): void {
  const containers = [{ name: 'app', image: 'app:1' }];
  play.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { nodeName, terminationGracePeriodSeconds: 30, tolerations, containers } });
}

const nodeOf = (play: Play, name: string): NodeObject => play.get('v1', 'Node', name) as NodeObject;
const taintsOf = (play: Play, name: string): readonly string[] =>
  (nodeOf(play, name).spec?.taints ?? []).map(({ key, effect }) => `${key.replace('node.kubernetes.io/', '')}:${effect}`);
const readiness = (play: Play, name: string): string | undefined => conditionOf(nodeOf(play, name).status?.conditions, 'Ready')?.status;

describe('a node falls silent', () => {
  test('it is noticed after 40 to 55 seconds, whenever it happens', () => {
    for (let silentMs = 0; silentMs < 40_000; silentMs += 777) {
      const waitMs = noticedAtMs(emptyStore({ seed: 's' }), `n${silentMs}`, silentMs) - silentMs;
      expect(waitMs).toBeGreaterThanOrEqual(40_000);
      expect(waitMs).toBeLessThanOrEqual(55_000);
    }
  });

  test.each(['kubelet/n1', 'power/n1'])('%s: Unknown, pods unready, two taints one after the other, eviction five minutes later', (fact) => {
    const play = started(2);
    addPod(play, 'app', 'n1');
    play.run(10_000);
    expect(play.pods.map(isPodReady)).toEqual([true]);
    play.fact(fact, fact.startsWith('power') ? 'off' : 'stopped');
    play.run(39_000);
    expect(readiness(play, 'n1')).toBe('True');
    play.run(22_000);
    expect(readiness(play, 'n1')).toBe('Unknown');
    expect(taintsOf(play, 'n1')).toEqual(['unreachable:NoSchedule', 'unreachable:NoExecute']);
    expect(play.pods.map(isPodReady)).toEqual([false]);
    expect(play.pods[0]?.status?.phase).toBe('Running');
    play.run(290_000);
    expect(play.pods[0]?.metadata.deletionTimestamp).toBeUndefined();
    play.run(20_000);
    expect(play.pods[0]?.metadata.deletionTimestamp).toBeDefined();
    expect(play.pods[0]?.status?.conditions).toContainEqual(expect.objectContaining({ type: 'DisruptionTarget', reason: 'DeletionByTaintManager' }));
    expect(play.events).toEqual(
      expect.arrayContaining([
        'NodeNotReady: Node n1 status is now: NodeNotReady',
        'NodeNotReady: Node is not ready',
        'TaintManagerEviction: Marking for deletion Pod default/app',
      ]),
    );
    // Nobody ends it: it stays Terminating until the node is back.
    play.run(3_600_000);
    expect(play.pods).toHaveLength(1);
    play.fact(fact, null);
    play.run(60_000);
    expect(play.pods).toHaveLength(0);
    expect(taintsOf(play, 'n1')).toEqual([]);
    expect(readiness(play, 'n1')).toBe('True');
  });

  test('it comes back before that: the eviction is called off and the pod is Ready again', () => {
    const play = started(2);
    addPod(play, 'app', 'n1');
    play.run(10_000);
    play.fact('kubelet/n1', 'stopped');
    play.run(120_000);
    play.fact('kubelet/n1', null);
    play.run(10_000);
    expect(play.events).toContain('TaintManagerEviction: Cancelling deletion of Pod default/app');
    expect(play.pods.map(isPodReady)).toEqual([true]);
    play.run(600_000);
    expect(play.pods[0]?.metadata.deletionTimestamp).toBeUndefined();
  });

  test('after a loss of power the containers start again, counted', () => {
    const play = started(2);
    addPod(play, 'app', 'n1');
    play.run(10_000);
    play.fact('power/n1', 'off');
    play.run(20_000);
    play.fact('power/n1', null);
    play.run(10_000);
    expect(play.pods[0]?.status?.containerStatuses).toMatchObject([{ restartCount: 1, ready: true, lastState: { terminated: { exitCode: 255 } } }]);
    expect(play.events).toContain('SandboxChanged: Pod sandbox changed, it will be killed and re-created.');
  });

  test('a pod without tolerations goes as soon as the taint comes', () => {
    const play = started(2);
    addPod(play, 'app', 'n1', []);
    play.run(10_000);
    play.fact('power/n1', 'off');
    play.run(70_000);
    expect(play.pods[0]?.metadata.deletionTimestamp).toBeDefined();
  });

  test('all nodes are silent: no pod is evicted, for it may be the control plane that is cut off', () => {
    const play = started(2);
    addPod(play, 'app', 'n1');
    play.run(10_000);
    for (const node of ['n1', 'n2']) play.fact(`power/${node}`, 'off');
    play.run(900_000);
    expect(readiness(play, 'n1')).toBe('Unknown');
    expect(taintsOf(play, 'n1')).toEqual(['unreachable:NoSchedule']);
    expect(play.pods[0]?.metadata.deletionTimestamp).toBeUndefined();
  });
});

describe('a node', () => {
  test('that is cordoned gets a taint, and loses it again', () => {
    const play = started(1);
    play.patch('v1', 'Node', 'n1', { spec: { unschedulable: true } });
    play.run(100);
    expect(taintsOf(play, 'n1')).toEqual(['unschedulable:NoSchedule']);
    play.patch('v1', 'Node', 'n1', { spec: { unschedulable: null } });
    play.run(100);
    expect(taintsOf(play, 'n1')).toEqual([]);
  });

  test('under pressure is tainted; other taints stay', () => {
    const play = started(1);
    play.patch('v1', 'Node', 'n1', { spec: { taints: [{ key: 'own', effect: 'NoSchedule' }] } });
    const patch = { status: { conditions: [{ type: 'MemoryPressure', status: 'True' }] } };
    play.request({ verb: 'patch', key: { apiVersion: 'v1', kind: 'Node', name: 'n1' }, patchType: 'strategic', patch, subresource: 'status' });
    play.run(100);
    expect(taintsOf(play, 'n1')).toEqual(['own:NoSchedule', 'memory-pressure:NoSchedule']);
  });

  test('that is deleted leaves pods that are collected after 40 seconds', () => {
    const play = started(2);
    addPod(play, 'app', 'n1');
    play.run(10_000);
    play.delete('v1', 'Node', 'n1');
    play.run(39_000);
    expect(play.pods).toHaveLength(1);
    play.run(2000);
    expect(play.pods).toHaveLength(0);
  });

  test('that is marked out of service keeps its deleted pods while it is Ready, and loses them once it is not', () => {
    const play = started(2);
    addPod(play, 'app', 'n1');
    play.run(10_000);
    play.fact('kubelet/n1', 'stopped');
    play.patch('v1', 'Node', 'n1', { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] } });
    play.run(39_000);
    expect(readiness(play, 'n1')).toBe('True');
    expect(play.pods.map(({ metadata }) => metadata.deletionTimestamp === undefined)).toEqual([false]);
    play.run(40_000);
    expect(readiness(play, 'n1')).toBe('Unknown');
    expect(play.pods).toHaveLength(0);
  });

  test('that is new gets its own range, and its pods addresses from it', () => {
    const play = started(2);
    for (const name of ['a', 'b']) addPod(play, name, 'n2');
    play.run(10_000);
    expect(nodeOf(play, 'n2').spec?.podCIDR).toBe('10.244.1.0/24');
    expect(play.pods.map(({ status }) => status?.podIP)).toEqual(['10.244.1.2', '10.244.1.3']);
  });
});
