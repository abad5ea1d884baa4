import type { PodObject } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import { createCluster, type Cluster, type ClusterEngine } from '../loop/cluster.ts';
import type { Controller } from '../loop/controller.ts';
import type { JsonObject } from '../patch/json.ts';
import { createScheduler } from './scheduler.ts';
import { schedulerPlugins } from './scheduler-plugins.ts';
import { verdictTable, type VerdictTable } from './verdict-table.ts';

/** For tests: a node with 4 cpu, 8Gi and 110 pods, and its own name as a label. */
export function testNode(name: string, { labels = {}, spec = {}, status = {}, allocatable = {} }: TestNode = {}): JsonObject {
  const amounts = { cpu: '4', memory: '8Gi', pods: '110', ...allocatable };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec,
    status: { allocatable: amounts, ...status },
  };
}

interface TestNode {
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** For tests: a pod with one container. */
export function testPod(name: string, { requests = {}, labels = {}, ports, ...spec }: TestPod = {}, metadata: JsonObject = {}): JsonObject {
  const container = { name: 'c', image: 'nginx', resources: { requests }, ...(ports !== undefined && { ports }) };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels, ...metadata }, spec: { containers: [container], ...spec } };
}

type TestPod = {
  readonly requests?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly JsonObject[];
} & JsonObject;

/** For tests: a cluster of the scheduler, other controllers and some objects, run until nothing happens. */
export function scheduled(objects: readonly JsonObject[], controllers: readonly Controller[] = []): TestCluster {
  const engine = createCluster({ controllers: [createScheduler({ plugins: schedulerPlugins }), ...controllers] });
  return created({ engine, cluster: engine.start({ seed: 'test' }) }, objects);
}

export interface TestCluster {
  readonly engine: ClusterEngine;
  readonly cluster: Cluster;
}

/** For tests: more objects at the same moment, then run until nothing happens. */
export function created({ engine, cluster }: TestCluster, objects: readonly JsonObject[]): TestCluster {
  const before = objects.reduce((current, object) => engine.request(current, { verb: 'create', object }, { text: 'create' }).cluster, cluster);
  return { engine, cluster: engine.run(before, { stepsMax: 1000 }).cluster };
}

/** For tests: a change of an object, then run until nothing happens. */
export function changed({ engine, cluster }: TestCluster, path: string, patch: JsonObject | 'delete'): TestCluster {
  const [kind = '', name = ''] = path.split('/');
  const key = { apiVersion: 'v1', kind, name, ...(kind !== 'Node' && kind !== 'PersistentVolume' && { namespace: 'default' }) };
  const request = patch === 'delete' ? ({ verb: 'delete', key } as const) : ({ verb: 'patch', key, patchType: 'merge', patch } as const);
  return { engine, cluster: engine.run(engine.request(cluster, request, { text: 'change' }).cluster, { stepsMax: 1000 }).cluster };
}

/** For tests: a pod of the namespace `default`. Throws if there is none. */
export function podOf({ cluster }: TestCluster, name: string): PodObject {
  const pod = getKind(cluster.store, 'Pod', name, 'default');
  if (pod === undefined) throw new Error(`there is no pod ${name}`);
  return pod;
}

/** For tests: the node of a pod, or what FailedScheduling says of it. */
export function outcomeOf(test: TestCluster, name: string): string | undefined {
  const { spec, status } = podOf(test, name);
  return spec.nodeName ?? status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
}

/** For tests: the decision for a pod that is not there yet, in a cluster of objects that is at rest. */
export function decided(objects: readonly JsonObject[], pod: JsonObject): VerdictTable {
  const { engine, cluster } = scheduled(objects);
  const { answer } = engine.request(cluster, { verb: 'create', object: pod }, { text: 'create' });
  if (!answer.ok) throw new Error(answer.error.message);
  return verdictTable(cluster.store, answer.object as PodObject, { plugins: schedulerPlugins });
}

/** For tests: the weighted points of a plugin, by node. */
export function pointsOf({ nodes }: VerdictTable, plugin: string): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries(nodes.map(({ node, scores }) => [node, scores?.plugins[plugin]?.weighted]));
}

/** For tests: why each node is out, or `passed`. */
export function reasonsOf({ nodes }: VerdictTable): Readonly<Record<string, string>> {
  return Object.fromEntries(nodes.map(({ node, verdict, rejection }) => [node, rejection?.reasons.join(', ') ?? verdict]));
}
