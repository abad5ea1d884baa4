import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../patch/json.ts';
import { decided, pointsOf, reasonsOf, testNode, testPod } from './testing.ts';

const zone = 'topology.kubernetes.io/zone';
const hostname = 'kubernetes.io/hostname';
const mebibyte = 1024 * 1024;
const inZones = (...zones: readonly string[]): readonly JsonObject[] => zones.map((value, index) => testNode(`n${index + 1}`, { labels: { [zone]: value } }));
const onNode = (name: string, nodeName: string, more: Parameters<typeof testPod>[1] = {}): JsonObject => testPod(name, { nodeName, ...more });
const app = { labels: { app: 'a' } } as const;
const selectsApp = { labelSelector: { matchLabels: { app: 'a' } } } as const;
const preferredNode = (weight: number, key: string): JsonObject => ({ weight, preference: { matchExpressions: [{ key, operator: 'Exists' }] } });

describe('points', () => {
  test('fewer PreferNoSchedule taints are better, counted against the worst node', () => {
    const taint = (key: string): JsonObject => ({ key, effect: 'PreferNoSchedule' });
    const nodes = [testNode('n1'), testNode('n2', { spec: { taints: [taint('a')] } }), testNode('n3', { spec: { taints: [taint('a'), taint('b')] } })];
    expect(pointsOf(decided(nodes, testPod('p')), 'TaintToleration')).toEqual({ n1: 300, n2: 150, n3: 0 });
    const tolerant = testPod('p', { tolerations: [{ key: 'b', operator: 'Exists' }] });
    expect(pointsOf(decided(nodes, tolerant), 'TaintToleration')).toEqual({ n1: 300, n2: 0, n3: 0 });
  });

  test('preferred node affinity adds up weights, the best node gets 200', () => {
    const nodes = [testNode('n1', { labels: { x: '1', y: '1' } }), testNode('n2', { labels: { x: '1' } }), testNode('n3')];
    const nodeAffinity = { preferredDuringSchedulingIgnoredDuringExecution: [preferredNode(30, 'x'), preferredNode(60, 'y')] };
    expect(pointsOf(decided(nodes, testPod('p', { affinity: { nodeAffinity } })), 'NodeAffinity')).toEqual({ n1: 200, n2: 66, n3: 0 });
  });

  test('balance: 75 if nothing changes, more if the node becomes more even', () => {
    const nodes = [testNode('n1'), testNode('n2', { allocatable: { cpu: '8', memory: '16Gi' } })];
    const busy = onNode('b', 'n1', { requests: { cpu: '2' } });
    // n1: shares 0.5 and 0 become 0.5 and 0.25; n2: 0 and 0 become 0 and 0.125.
    const table = decided([...nodes, busy], testPod('p', { requests: { memory: '2Gi' } }));
    expect(pointsOf(table, 'NodeResourcesBalancedAllocation')).toEqual({ n1: 81, n2: 71 });
  });

  test('a pod without requests is not scored for balance, but counts 100m and 200Mi for free space', () => {
    const table = decided([testNode('n1'), testNode('n2', { allocatable: { cpu: '1', memory: '1000Mi' } })], testPod('p'));
    expect(pointsOf(table, 'NodeResourcesBalancedAllocation')).toEqual({ n1: undefined, n2: undefined });
    expect(pointsOf(table, 'NodeResourcesFit')).toEqual({ n1: 97, n2: 85 });
  });

  test('an image on the node counts by its size and by how many nodes have it; `:latest` may be left out', () => {
    const images = (sizeBytes: number): JsonObject => ({ images: [{ names: ['nginx:latest', 'other'], sizeBytes }] });
    const one = decided([testNode('n1', { status: images(1000 * mebibyte) }), testNode('n2')], testPod('p'));
    // Half of the nodes have it: 500 MiB count, of 23 to 1000.
    expect(pointsOf(one, 'ImageLocality')).toEqual({ n1: 48, n2: 0 });
    const both = decided([testNode('n1', { status: images(1000 * mebibyte) }), testNode('n2', { status: images(22 * mebibyte) })], testPod('p'));
    expect(pointsOf(both, 'ImageLocality')).toEqual({ n1: 100, n2: 0 });
  });

  test('ScheduleAnyway prefers the zone with fewer pods of the kind', () => {
    const spread = { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'ScheduleAnyway', ...selectsApp }] };
    const running = [onNode('a', 'n1', app), onNode('b', 'n1', app), onNode('c', 'n3', app)];
    const table = decided([...inZones('x', 'x', 'y'), testNode('n4'), ...running], testPod('p', { ...app, ...spread }));
    // Two zones weigh ln(4): 2 pods are 3 points, 1 pod is 1; a node without the label gets nothing.
    expect(pointsOf(table, 'PodTopologySpread')).toEqual({ n1: 66, n2: 66, n3: 200, n4: 0 });
  });

  test('without constraints of its own a pod is spread among the pods of its Service', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { selector: { app: 'a' } } };
    const table = decided([testNode('n1'), testNode('n2'), service, onNode('a', 'n1', app), onNode('x', 'n2')], testPod('p', app));
    // By node ln(4) a pod, plus maxSkew 3 - 1: 3 against 2 points.
    expect(pointsOf(table, 'PodTopologySpread')).toEqual({ n1: 132, n2: 200 });
    expect(pointsOf(decided([testNode('n1'), testNode('n2'), service], testPod('p')), 'PodTopologySpread')).toEqual({ n1: undefined, n2: undefined });
  });

  test('and among the pods of its ReplicaSet', () => {
    const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'r' }, spec: { selector: { matchLabels: { app: 'a' } } } };
    const owner = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u', controller: true }] };
    const table = decided([testNode('n1'), testNode('n2'), set, onNode('a', 'n1', app)], testPod('p', app, owner));
    expect(pointsOf(table, 'PodTopologySpread')).toEqual({ n1: 132, n2: 200 });
  });

  test('what running pods would like counts too: their required affinity for 1, their preferences by weight', () => {
    const likes = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...selectsApp, topologyKey: zone }] } };
    const term = { weight: 4, podAffinityTerm: { ...selectsApp, topologyKey: hostname } };
    const dislikes = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] } };
    const running = [onNode('a', 'n1', { affinity: likes }), onNode('b', 'n3', { affinity: dislikes })];
    expect(pointsOf(decided([...inZones('x', 'x', 'y'), ...running], testPod('p', app)), 'InterPodAffinity')).toEqual({ n1: 200, n2: 200, n3: 0 });
    expect(pointsOf(decided([...inZones('x', 'x', 'y'), ...running], testPod('p')), 'InterPodAffinity')).toEqual({
      n1: undefined,
      n2: undefined,
      n3: undefined,
    });
  });

  test('are not given where only one node passes', () => {
    const table = decided([testNode('n1'), testNode('n2', { spec: { unschedulable: true } })], testPod('p'));
    expect(table).toMatchObject({ chosen: 'n1', tied: [], because: 'no other node passes' });
    expect(pointsOf(table, 'NodeResourcesFit')).toEqual({ n1: undefined, n2: undefined });
  });
});

describe('reasons', () => {
  const term = { ...selectsApp, topologyKey: zone };
  const near = { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
  const far = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
  const constraint = { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule', ...selectsApp };
  const skewed = "node(s) didn't match pod topology spread constraints";
  const notNear = "node(s) didn't match pod affinity rules";
  const notFar = "node(s) didn't match pod anti-affinity rules";
  const onlyN2 = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n2'] }] };
  const required = (...nodeSelectorTerms: readonly JsonObject[]): JsonObject => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  });

  test.each([
    ['the first of pods that want to be together may go anywhere the label is', { ...app, ...near }, [], { n1: 'passed', n2: 'passed', n3: 'passed' }],
    ['a pod that is not what it wants to be near to finds nobody', near, [], { n1: notNear, n2: notNear, n3: notNear }],
    ['pods that want to be near others follow them into their zone', near, [onNode('a', 'n1', app)], { n1: 'passed', n2: 'passed', n3: notNear }],
    ['pods that want to be apart leave the whole zone', far, [onNode('a', 'n1', app)], { n1: notFar, n2: notFar, n3: 'passed' }],
    ['pods of other namespaces do not count', far, [{ ...onNode('a', 'n1', app), metadata: { name: 'a', namespace: 'other', ...app } }], 'all'],
    ['matchLabelKeys: only pods with the same value count', spreadWith({ matchLabelKeys: ['v'] }, { v: '2' }), [onNode('a', 'n1', app)], 'all'],
    ['maxSkew: the fuller zone is out', spreadWith({}), [onNode('a', 'n1', app)], { n1: skewed, n2: skewed, n3: 'passed' }],
    ['maxSkew 2 leaves room for one more', spreadWith({ maxSkew: 2 }), [onNode('a', 'n1', app)], 'all'],
    ['minDomains: with too few zones the least counts as 0', spreadWith({ minDomains: 3 }), [onNode('a', 'n1', app), onNode('b', 'n3', app)], 'none'],
    ['a node named by matchFields is the only one that is looked at', required(onlyN2), [], "node(s) didn't satisfy plugin(s) [NodeAffinity]"],
  ] as const)('%s', (_, pod, running, expected) => {
    const nodes = inZones('x', 'x', 'y');
    const all = { n1: 'passed', n2: 'passed', n3: 'passed' };
    const table = decided([...nodes, ...running], testPod('p', pod));
    if (expected === 'all') expect(reasonsOf(table)).toEqual(all);
    else if (expected === 'none') expect(reasonsOf(table)).toEqual({ n1: skewed, n2: skewed, n3: skewed });
    else if (typeof expected === 'string') expect(reasonsOf(table)).toEqual({ n1: expected, n2: 'passed', n3: expected });
    else expect(reasonsOf(table)).toEqual(expected);
  });

  function spreadWith(more: JsonObject, labels: Readonly<Record<string, string>> = {}): JsonObject {
    return { labels: { ...app.labels, ...labels }, topologySpreadConstraints: [{ ...constraint, ...more }] };
  }
});
