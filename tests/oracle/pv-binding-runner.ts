import type { PersistentVolume, PersistentVolumeClaim, PodObject } from '../../labs/engine/api/cluster-kinds.ts';
import { isKind, versionOf } from '../../labs/engine/api/kinds.ts';
import { podGracePeriodSeconds } from '../../labs/engine/api/pod-deletion.ts';
import { createCluster, type Answer, type Cluster } from '../../labs/engine/loop/cluster.ts';
import type { Planned } from '../../labs/engine/loop/controller.ts';
import { isObject, type Json, type JsonObject } from '../../labs/engine/patch/json.ts';
import { allAdmission, allKinds } from '../../labs/engine/review/all.ts';
import { requestDecoder } from '../../labs/kit/cluster-lab/decode-request.ts';
import { allTables } from '../../labs/reading/all-tables.ts';
import { createReview } from '../../labs/engine/review/review.ts';
import { getObject, listObjects, type Store } from '../../labs/engine/store/store.ts';
import { schedulerPlugins } from '../../labs/engine/scheduler/scheduler-plugins.ts';
import { createScheduler } from '../../labs/engine/scheduler/scheduler.ts';
import { createVolumeControllers } from '../../labs/engine/volumes/volume-controllers.ts';
import type { RecordedError, RecordedEvent, RecordedScenario, RecordedState, RecordedStep } from './pv-binding-recording.ts';
import { recorderKubelet } from './recorder-kubelet.ts';

/** The recorder looked once nothing had changed for so long. */
const quietMs = 2600;
const stepsMax = 20_000;

const controllers = [
  // As the recorder's controller manager was started.
  ...createVolumeControllers({ resyncMs: 1000, hostPathProvisioning: true, recyclerPods: true }),
  createScheduler({ plugins: schedulerPlugins }),
  recorderKubelet,
];
const engine = createCluster({ controllers, review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables) }) });

interface Played {
  readonly error?: RecordedError;
  readonly state: RecordedState;
}

/** What the engine makes of a scenario, step by step, in the shape of the recording. */
export function playScenario({ nodes, steps }: RecordedScenario): readonly Played[] {
  let cluster = engine.start({ seed: 'recorded' });
  for (const namespace of namespacesOf(steps))
    cluster = requested(cluster, created({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })).cluster;
  for (const node of nodes) cluster = requested(cluster, created(nodeOf(node))).cluster;
  cluster = settled(cluster);
  const played: Played[] = [];
  /** Names of claims by uid, also of those that are gone. */
  const claims = new Map<string, string>();
  const seen = new Set<string>();
  for (const step of steps) {
    const done = acted(cluster, step);
    cluster = settled(done.cluster);
    for (const { metadata } of listObjects(cluster.store, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' })) claims.set(metadata.uid, metadata.name);
    const state = { ...stateOf(cluster.store), newEvents: newEvents(cluster.store, seen) };
    played.push(withNamesForUids({ ...(done.error !== undefined && { error: done.error }), state }, claims));
  }
  return played;
}

function namespacesOf(steps: readonly RecordedStep[]): readonly string[] {
  const named = steps.flatMap(({ objects = [] }) => objects).map(({ metadata }) => (isObject(metadata) ? metadata.namespace : undefined));
  return [...new Set(['default', 'kube-system', ...named.filter((name) => typeof name === 'string')])];
}

/** The recorder's nodes: kept alive, 4 cpu, 8Gi, 110 pods. */
function nodeOf(node: string | JsonObject): JsonObject {
  const { name, labels = {}, ready = 'True', ...rest } = typeof node === 'string' ? { name: node } : (node as { name: string } & JsonObject);
  const capacity = { cpu: '4', memory: '8Gi', pods: '110' };
  const metadata = { name, labels: { 'kubernetes.io/hostname': name, ...(isObject(labels) ? labels : {}) } };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata,
    spec: isObject(rest.spec) ? rest.spec : {},
    status: { capacity, allocatable: capacity, conditions: [{ type: 'Ready', status: ready }] },
  };
}

const created = (object: JsonObject): Planned => ({ verb: 'create', object });

function requested(cluster: Cluster, request: Planned): { readonly cluster: Cluster; readonly answer: Answer } {
  return engine.request(cluster, request, { text: request.verb });
}

/** Runs until nothing changes any more for a while: a retry that is due later comes too late for this look. */
function settled(start: Cluster): Cluster {
  let cluster = start;
  let changedMs = start.clockMs;
  for (let steps = 0; steps < stepsMax; steps += 1) {
    const nextMs = engine.nextAtMs(cluster);
    if (nextMs === undefined || nextMs > changedMs + quietMs) break;
    const { revision } = cluster.store;
    cluster = engine.step(cluster);
    if (cluster.store.revision > revision) changedMs = cluster.clockMs;
  }
  return engine.run(cluster, { untilMs: Math.max(cluster.clockMs, changedMs + quietMs), stepsMax }).cluster;
}

function acted(start: Cluster, step: RecordedStep): { readonly cluster: Cluster; readonly error?: RecordedError } {
  let cluster = start;
  let error: RecordedError | undefined;
  for (const request of requestsOf(start.store, step)) {
    const done = requested(cluster, request);
    cluster = done.cluster;
    if (!done.answer.ok) {
      const { code, reason, message } = done.answer.error;
      error ??= { code, reason, message };
    }
  }
  return { cluster, ...(error !== undefined && { error }) };
}

function requestsOf(store: Store, { action, objects = [], object, patch, node, nodes = [] }: RecordedStep): readonly Planned[] {
  if (action === 'wait') return [];
  if (action.startsWith('add node'))
    return [...(node === undefined ? [] : [node]), ...nodes, ...objects].map((each) =>
      created(isObject(each as Json) && 'kind' in (each as JsonObject) ? (each as JsonObject) : nodeOf(each)),
    );
  if (action === 'create' || action === 'apply') return objects.map(created);
  if (object === undefined) throw new Error(`the action ${action} cannot be played`);
  const [kind = '', ...path] = object.split('/');
  const [name = '', namespace = 'default'] = path.toReversed();
  const key = { apiVersion: versionOf(kind) ?? 'v1', kind, namespace, name };
  if (action === 'patch') return [{ verb: 'patch', key, patchType: 'merge', patch: patch ?? {} }];
  if (action !== 'delete') throw new Error(`the action ${action} cannot be played`);
  const pod = getObject(store, key);
  return [{ verb: 'delete', key, ...(pod !== undefined && isKind(pod, 'Pod') && { gracePeriodSeconds: podGracePeriodSeconds(pod) }) }];
}

function stateOf(store: Store): RecordedState {
  const listed = (kind: string, show: (object: never) => Json): Readonly<Record<string, Json>> | undefined => {
    const objects = listObjects(store, { apiVersion: 'v1', kind });
    return objects.length === 0 ? undefined : Object.fromEntries(objects.map((object) => [object.metadata.name, show(object as never)]));
  };
  const [pv, pvc, pod] = [listed('PersistentVolume', shownVolume), listed('PersistentVolumeClaim', shownClaim), listed('Pod', shownPod)];
  return { ...(pv && { pv }), ...(pvc && { pvc }), ...(pod && { pod }) };
}

function shownVolume({ spec, status, metadata }: PersistentVolume): Json {
  const { claimRef } = spec;
  return {
    phase: status?.phase ?? null,
    capacity: spec.capacity.storage,
    accessModes: spec.accessModes,
    storageClassName: spec.storageClassName ?? '',
    reclaimPolicy: spec.persistentVolumeReclaimPolicy,
    volumeMode: spec.volumeMode,
    ...(claimRef && { claimRef: { namespace: claimRef.namespace ?? null, name: claimRef.name, uid: (claimRef.uid ?? '') === '' ? 'unset' : 'set' } }),
    annotations: metadata.annotations ?? {},
    finalizers: metadata.finalizers ?? [],
    ...(metadata.deletionTimestamp !== undefined && { terminating: true }),
    ...(status?.reason !== undefined && { reason: status.reason }),
    ...(status?.message !== undefined && { message: status.message }),
  };
}

function shownClaim({ spec, status, metadata }: PersistentVolumeClaim): Json {
  return {
    phase: status?.phase ?? null,
    volumeName: spec.volumeName ?? null,
    storageClassName: spec.storageClassName ?? null,
    statusCapacity: status?.capacity?.storage ?? null,
    statusAccessModes: status?.accessModes ?? null,
    volumeMode: spec.volumeMode,
    annotations: metadata.annotations ?? {},
    finalizers: metadata.finalizers ?? [],
    ...(metadata.deletionTimestamp !== undefined && { terminating: true }),
  };
}

function shownPod({ spec, status, metadata }: PodObject): Json {
  const scheduled = (status?.conditions ?? []).find(({ type }) => type === 'PodScheduled');
  return {
    phase: status?.phase ?? null,
    nodeName: spec.nodeName ?? null,
    ...(scheduled && {
      PodScheduled: {
        status: scheduled.status,
        ...(scheduled.reason !== undefined && { reason: scheduled.reason }),
        ...(scheduled.message !== undefined && { message: scheduled.message }),
      },
    }),
    ...(metadata.deletionTimestamp !== undefined && { terminating: true }),
  };
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function newEvents(store: Store, seen: Set<string>): readonly RecordedEvent[] {
  const events = listObjects(store, { apiVersion: 'v1', kind: 'Event' }).filter(({ metadata }) => !seen.has(metadata.name));
  for (const { metadata } of events) seen.add(metadata.name);
  return events.map(({ involvedObject, type, reason, message }) => {
    const { kind, name } = involvedObject as { readonly kind: string; readonly name: string };
    return { object: `${kind}/${name}`, type: text(type), reason: text(reason), message: text(message) };
  });
}

function withNamesForUids<Value>(value: Value, claims: ReadonlyMap<string, string>): Value {
  let text = JSON.stringify(value);
  for (const [uid, name] of claims) text = text.replaceAll(uid, `<uid:${name}>`);
  return JSON.parse(text) as Value;
}
