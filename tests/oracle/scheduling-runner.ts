import type { PodObject } from '../../labs/engine/api/cluster-kinds.ts';
import { isKind, listKind, getKind, versionOf } from '../../labs/engine/api/kinds.ts';
import { podGracePeriodSeconds } from '../../labs/engine/api/pod-deletion.ts';
import { createCluster, type Cluster, type ClusterEngine } from '../../labs/engine/loop/cluster.ts';
import { nothing, type Controller, type Planned, type View } from '../../labs/engine/loop/controller.ts';
import { nodeLifecycleController } from '../../labs/engine/nodes/node-lifecycle-controller.ts';
import { taintEvictionController } from '../../labs/engine/nodes/taint-eviction-controller.ts';
import { isObject, type Json, type JsonObject } from '../../labs/engine/patch/json.ts';
import { allAdmission, allKinds } from '../../labs/engine/review/all.ts';
import { requestDecoder } from '../../labs/kit/cluster-lab/decode-request.ts';
import { allTables } from '../../labs/reading/all-tables.ts';
import { createReview } from '../../labs/engine/review/review.ts';
import { createScheduler, schedulingDecision } from '../../labs/engine/scheduler/scheduler.ts';
import { schedulerPlugins } from '../../labs/engine/scheduler/scheduler-plugins.ts';
import type { VerdictTable } from '../../labs/engine/scheduler/verdict-table.ts';
import { getObject, listObjects, type Store } from '../../labs/engine/store/store.ts';
import type { RequestedObject } from '../../labs/engine/store/stored-object.ts';
import { volumeControllers } from '../../labs/engine/volumes/volume-controllers.ts';
import type { RecordedError, RecordedEvent, RecordedNode, RecordedScenario, RecordedStep } from './scheduling-recording.ts';
import { recorderKubelet } from './recorder-kubelet.ts';

/** The recorder waited until nothing changed for a while: 0.8 to 2.6 s. */
const stepMs = 2000;
const stepsMax = 20_000;

/** What the engine makes of one step, in the shape of the recording; events by their source. */
interface PlayedStep {
  readonly error?: RecordedError;
  readonly scores?: RecordedStep['scores'];
  readonly state: { readonly pods: Readonly<Record<string, Json>>; readonly newEvents?: EventsBySource };
}

/** By source, then as a text: the order and the number of equal ones do not matter. */
export type EventsBySource = Readonly<Record<string, Readonly<Record<string, true>>>>;

export function bySource(events: readonly RecordedEvent[]): EventsBySource | undefined {
  if (events.length === 0) return undefined;
  const sources = [...new Set(events.map(({ source }) => source))];
  const textOf = ({ object, type, reason, message }: RecordedEvent): string => `${object} ${type} ${reason}: ${message}`;
  return Object.fromEntries(
    sources.map((source) => [source, Object.fromEntries(events.filter((event) => event.source === source).map((event) => [textOf(event), true as const]))]),
  );
}

/** The recorder's kubelet lives on nodes that exist. */
const kubelet: Controller = {
  ...recorderKubelet,
  reconcile: (key, view) => (isOnMissingNode(key, view) ? nothing : recorderKubelet.reconcile(key, view)),
};

function isOnMissingNode(key: string, { store }: View): boolean {
  const pod = podOf(store, key);
  return pod !== undefined && pod.metadata.deletionTimestamp === undefined && getKind(store, 'Node', pod.spec.nodeName ?? '') === undefined;
}

function podOf(store: Store, key: string): PodObject | undefined {
  const [namespace = '', name = ''] = key.split('/');
  return getKind(store, 'Pod', name, namespace);
}

interface Played {
  readonly steps: readonly PlayedStep[];
  readonly tieBetweenBestNodes: boolean;
}

/** Plays a scenario. Where nodes are equal, it goes on with the recorded one. */
export function playScenario({ nodes, steps }: RecordedScenario): Played {
  const tables: VerdictTable[] = [];
  let step: RecordedStep | undefined;
  const parts = {
    plugins: schedulerPlugins,
    breakTie: ({ metadata: { name } }: PodObject, tied: readonly string[]): string | undefined => {
      const pod = step?.state.pods[name];
      return isObject(pod) ? tied.find((node) => node === pod.nodeName) : undefined;
    },
  };
  const scheduler = createScheduler(parts);
  const watched: Controller = {
    ...scheduler,
    reconcile: (key, view) => {
      const pod = podOf(view.store, key);
      if (pod !== undefined && (pod.spec.nodeName ?? '') === '') tables.push(schedulingDecision(parts, view, pod));
      return scheduler.reconcile(key, view);
    },
  };
  const controllers = [watched, ...volumeControllers, nodeLifecycleController, taintEvictionController, kubelet];
  const engine = createCluster({ controllers, review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables) }) });
  let cluster = begun(engine, nodes, steps);
  const seen = new Set(listObjects(cluster.store, events).map(({ metadata }) => metadata.name));
  const played = steps.map((each): PlayedStep => {
    step = each;
    const done = acted(engine, cluster, each);
    const from = tables.length;
    cluster = engine.run(done.cluster, { untilMs: done.cluster.clockMs + waitMs(each) + stepMs, stepsMax }).cluster;
    const scores = scoresOf(tables.slice(from));
    const newEvents = bySource(newEventsIn(cluster.store, seen));
    return {
      ...(done.error !== undefined && { error: done.error }),
      ...(scores !== undefined && { scores }),
      state: { pods: podsIn(cluster.store), ...(newEvents !== undefined && { newEvents }) },
    };
  });
  return { steps: played, tieBetweenBestNodes: tables.some(({ tied }) => tied.length > 1) };
}

const events = { apiVersion: 'v1', kind: 'Event' } as const;
const created = (object: JsonObject): Planned => ({ verb: 'create', object });

/** The namespaces that a scenario uses without making them. The API server's own are there anyway. */
function namespacesOf(steps: readonly RecordedStep[]): readonly string[] {
  const objects = steps.flatMap((step) => step.objects ?? []);
  const made = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => (isObject(metadata) ? metadata.name : undefined)));
  const used = objects.map(({ metadata }) => (isObject(metadata) ? metadata.namespace : undefined));
  return ['default', 'kube-system', 'kube-public', ...used.filter((name) => typeof name === 'string')].filter(
    (name, index, all) => !made.has(name) && all.indexOf(name) === index,
  );
}

/** A cluster with its namespaces and nodes, at rest. */
function begun(engine: ClusterEngine, nodes: RecordedScenario['nodes'], steps: readonly RecordedStep[]): Cluster {
  const namespaces = namespacesOf(steps);
  const objects: readonly JsonObject[] = [
    ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'kubernetes.io/metadata.name': name } } })),
    ...nodes.map(nodeObject),
  ];
  const cluster = objects.reduce(
    (before, object) => engine.request(before, created(object), { by: 'start', text: 'create' }).cluster,
    engine.start({ seed: 'recorded' }),
  );
  return engine.run(cluster, { untilMs: cluster.clockMs + stepMs, stepsMax }).cluster;
}

/** The recorder's nodes: kept alive, with 110 pods unless said otherwise. */
function nodeObject(recorded: string | RecordedNode): JsonObject {
  const { name, alloc = {}, labels = {}, taints, unsched, ready = 'True', images } = typeof recorded === 'string' ? { name: recorded } : recorded;
  const amounts = { cpu: '4', memory: '8Gi', pods: '110', ...alloc };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: { ...(taints !== undefined && { taints }), ...(unsched === true && { unschedulable: true }) },
    status: { capacity: amounts, allocatable: amounts, conditions: [{ type: 'Ready', status: ready }], ...(images !== undefined && { images }) },
  };
}

/** `wait 4s` is a step of its own. */
function waitMs({ action }: RecordedStep): number {
  const match = /^wait(?: (\d+(?:\.\d+)?)s)?$/u.exec(action);
  return match === null ? 0 : Number(match[1] ?? 0) * 1000;
}

function acted(engine: ClusterEngine, start: Cluster, step: RecordedStep): { readonly cluster: Cluster; readonly error?: RecordedError } {
  let cluster = start;
  let error: RecordedError | undefined;
  for (const request of requestsOf(start.store, step)) {
    const done = engine.request(cluster, request, { text: request.verb });
    cluster = done.cluster;
    if (!done.answer.ok) error ??= { code: done.answer.error.code, reason: done.answer.error.reason, message: done.answer.error.message };
  }
  return { cluster, ...(error !== undefined && { error }) };
}

function requestsOf(store: Store, step: RecordedStep): readonly Planned[] {
  const { action, objects = [], object, patch, node, nodes = [] } = step;
  const [verb = '', what = ''] = action.split(' ');
  const named = [...(node === undefined ? [] : [node]), ...nodes];
  if (verb === 'wait') return [];
  if (verb === 'add') return [...named.map((each) => created(nodeObject(each))), ...objects.map(created)];
  if (verb === 'create') return objects.map(created);
  if (verb === 'apply') return objects.map((each) => applied(store, each));
  const [first = what] = named.map((each) => (typeof each === 'string' ? each : each.name));
  const path = object ?? (what === 'node' || isCordon(verb) ? `Node/${first}` : undefined);
  if (path === undefined) throw new Error(`the action ${action} cannot be played`);
  const [kind = '', ...rest] = path.split('/');
  const [name = '', namespace = 'default'] = rest.toReversed();
  const key = { apiVersion: versionOf(kind) ?? 'v1', kind, name, ...(kind !== 'Node' && { namespace }) };
  if (isCordon(verb)) return [{ verb: 'patch', key, patchType: 'merge', patch: { spec: { unschedulable: verb === 'cordon' ? true : null } } }];
  if (verb === 'patch') return [{ verb: 'patch', key, patchType: 'merge', patch: patch ?? {}, ...(isStatusPatch(patch) && { subresource: 'status' }) }];
  if (verb !== 'delete') throw new Error(`the action ${action} cannot be played`);
  const deleted = getObject(store, key);
  return [{ verb: 'delete', key, ...(deleted !== undefined && isKind(deleted, 'Pod') && { gracePeriodSeconds: podGracePeriodSeconds(deleted) }) }];
}

const isCordon = (verb: string): boolean => verb === 'cordon' || verb === 'uncordon';
/** The status has its own address. */
const isStatusPatch = (patch: Json | undefined): boolean => isObject(patch) && Object.keys(patch).length === 1 && 'status' in patch;

/** A new object, or what it says of one that is there. */
function applied(store: Store, object: JsonObject): Planned {
  const { apiVersion, kind, metadata } = object as JsonObject & RequestedObject;
  const { name = '', namespace } = metadata;
  const key = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
  return getObject(store, key) === undefined ? created(object) : { verb: 'patch', key, patchType: 'merge', patch: object };
}

/** The points of the pods that were decided between several nodes. */
function scoresOf(tables: readonly VerdictTable[]): RecordedStep['scores'] | undefined {
  const scored = tables.filter(({ chosen, nodes }) => chosen !== undefined && nodes.some(({ scores }) => scores !== undefined));
  if (scored.length === 0) return undefined;
  return Object.fromEntries(
    scored.map(({ pod, nodes }) => [
      pod.split('/')[1] ?? '',
      Object.fromEntries(
        nodes.flatMap(({ node, scores }) => {
          if (scores === undefined) return [];
          const points = Object.entries(scores.plugins).map(([plugin, { weighted }]): readonly [string, number] => [plugin, weighted]);
          return [[node, { ...Object.fromEntries(points), TOTAL: scores.total }]];
        }),
      ),
    ]),
  );
}

function podsIn(store: Store): Readonly<Record<string, Json>> {
  return Object.fromEntries(listKind(store, 'Pod').map((pod) => [pod.metadata.name, shownPod(pod)]));
}

function shownPod({ spec, status, metadata }: PodObject): Json {
  const scheduled = (status?.conditions ?? []).find(({ type }) => type === 'PodScheduled');
  const shown = scheduled && {
    type: scheduled.type,
    status: scheduled.status,
    ...(scheduled.reason !== undefined && { reason: scheduled.reason }),
    ...(scheduled.message !== undefined && { message: scheduled.message }),
  };
  return {
    phase: status?.phase ?? 'Pending',
    nodeName: spec.nodeName ?? null,
    ...(shown && { conditions: [shown] }),
    ...(metadata.deletionTimestamp !== undefined && { terminating: true }),
  };
}

type ShownEvent = { readonly involvedObject: { readonly kind: string; readonly name: string }; readonly source: { readonly component: string } } & Omit<
  RecordedEvent,
  'source' | 'object'
> & { readonly metadata: { readonly name: string } };

function newEventsIn(store: Store, seen: Set<string>): readonly RecordedEvent[] {
  const uids = listObjects(store, { apiVersion: 'v1', kind: 'Pod' }).map(({ metadata }) => metadata.uid);
  const all = listObjects(store, events) as unknown as readonly ShownEvent[];
  const fresh = all.filter(({ metadata }) => !seen.has(metadata.name));
  for (const { metadata } of fresh) seen.add(metadata.name);
  return fresh.map(({ involvedObject, type, reason, message, source }) => ({
    object: `${involvedObject.kind}/${involvedObject.name}`,
    type,
    reason,
    message: uids.reduce((text, uid) => text.replaceAll(uid, '<uid>'), message),
    source: source.component,
  }));
}
