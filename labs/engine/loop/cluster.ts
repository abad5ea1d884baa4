import type { Json } from '../patch/json.ts';
import type { StatusError } from '../store/status-error.ts';
import { emptyStore, getObject, type Store, type WatchEvent } from '../store/store.ts';
import { keyOf, type StoredObject } from '../store/stored-object.ts';
import { write } from '../store/write.ts';
import type { Review } from '../store/requests.ts';
import { entryOf, lengthOf, withEntry, type ClusterEntry, type ClusterLog } from './cluster-log.ts';
import type { Controller, Planned, PlannedStep, View, Work } from './controller.ts';
import { recordEvent } from './event-recorder.ts';
import { emptyQueue, enqueued, firstOf, withoutFirst, type WorkItem, type WorkQueue } from './work-queue.ts';

/** A cluster at one moment: one immutable, plain value. */
export interface Cluster {
  readonly store: Store;
  /** The virtual clock, in whole milliseconds since the start. */
  readonly clockMs: number;
  readonly queue: WorkQueue;
  readonly log: ClusterLog;
  /** Facts of the world outside the API: a node without power, a broken driver. */
  readonly world: Readonly<Record<string, Json>>;
  /** What each controller keeps for itself. */
  readonly memory: Readonly<Record<string, Json>>;
}

/** What a cluster is made of. Only what a lab needs is named, so only that is loaded. */
export interface ClusterParts {
  /** Who acts, in the order in which they act when they are due at once. */
  readonly controllers: readonly Controller[];
  /** Admission, defaults and validation; absent: objects are stored as they come. Given the store, so that admission can look around. */
  readonly review?: (store: Store, nowMs: number) => Review;
}

/** Why a run stopped. */
export type Stop = 'settled' | 'time' | 'steps';

/** The answer of the API server to a request. */
export type Answer = { readonly ok: true; readonly object: StoredObject } | { readonly ok: false; readonly error: StatusError };

/** The functions that move a cluster on. All are pure; none throws. */
export interface ClusterEngine {
  readonly start: (options: { readonly seed: string; readonly startUnixMs?: number; readonly world?: Cluster['world'] }) => Cluster;
  /** A request of somebody outside (the learner, a manifest) at the cluster's present moment. A refused one is logged too. */
  readonly request: (
    cluster: Cluster,
    request: Planned,
    words: { readonly by?: 'start' | 'learner'; readonly text: string },
  ) => { readonly cluster: Cluster; readonly answer: Answer };
  /** A fact of the world changes; null: as it should be again. */
  readonly setWorld: (cluster: Cluster, fact: string, value: Json, text: string) => Cluster;
  /** When something happens next if nobody interferes; undefined: never. */
  readonly nextAtMs: (cluster: Cluster) => number | undefined;
  /** One controller looks at one key. The same cluster if nothing is to be done. */
  readonly step: (cluster: Cluster) => Cluster;
  /** Steps until nothing is left to do, until `untilMs` (the clock then stands there), or at most `stepsMax` times. */
  readonly run: (cluster: Cluster, limits: { readonly untilMs?: number; readonly stepsMax: number }) => { readonly cluster: Cluster; readonly stop: Stop };
}

/** A first retry waits so long, each further one twice as long. Models client-go util/workqueue DefaultTypedControllerRateLimiter. */
const retryFirstMs = 5;
const retryMaxMs = 1_000_000;

/** The engine of a cluster with these parts. */
export function createCluster({ controllers, review }: ClusterParts): ClusterEngine {
  const watchers = new Map<string, Controller[]>();
  const kinds = new Set(controllers.flatMap(({ watches }) => watches));
  for (const kind of kinds) {
    watchers.set(
      kind,
      controllers.filter(({ watches }) => watches.includes(kind) || watches.includes('*')),
    );
  }
  const engine: Machine = { controllers, watchers, reviewOf: review };
  return {
    start: ({ seed, startUnixMs, world = {} }) => ({
      store: emptyStore(startUnixMs === undefined ? { seed } : { seed, startUnixMs }),
      clockMs: 0,
      queue: emptyQueue,
      log: withEntry([], { atMs: 0, by: 'start', text: 'The cluster starts' }),
      world,
      memory: {},
    }),
    request: (cluster, request, words) => requested(engine, cluster, request, words),
    setWorld: (cluster, fact, value, text) => withFact(engine, cluster, { fact, value, text }),
    nextAtMs: ({ queue }) => firstOf(queue)?.dueMs,
    step: (cluster) => stepped(engine, cluster),
    run: (cluster, limits) => ran(engine, cluster, limits),
  };
}

interface Machine {
  readonly controllers: readonly Controller[];
  readonly watchers: ReadonlyMap<string, readonly Controller[]>;
  readonly reviewOf: ClusterParts['review'];
}

const asIs: Review = (object) => ({ ok: true, object });

function requested(
  engine: Machine,
  cluster: Cluster,
  request: Planned,
  { by = 'learner', text }: { readonly by?: 'start' | 'learner'; readonly text: string },
): { readonly cluster: Cluster; readonly answer: Answer } {
  const base = { atMs: cluster.clockMs, by, ...(by === 'start' && lengthOf(cluster.log) > 0 && { cause: 1 }) };
  const written = applied(engine, cluster, request);
  if (!written.ok) {
    const log = withEntry(cluster.log, { ...base, text: `${text}: refused`, because: written.error.message, tone: 'bad' });
    return { cluster: { ...cluster, log }, answer: written };
  }
  const { store, event, before, object } = written;
  const log = withEntry(cluster.log, { ...base, text, subject: subjectOf(object), revision: store.revision, ...(event !== null && { change: event.type }) });
  const changed = { ...cluster, store, log };
  return { cluster: event === null ? changed : announced(engine, changed, { event, before }), answer: { ok: true, object } };
}

/** A write with what was there before. */
function applied(engine: Machine, { store, clockMs }: Cluster, request: Planned) {
  const before = 'key' in request ? getObject(store, request.key) : undefined;
  const result = write(store, { ...request, atMs: clockMs }, engine.reviewOf?.(store, clockMs) ?? asIs);
  if (!result.ok) return result;
  return { ...result, before: before ?? (result.event?.type === 'ADDED' ? undefined : getObject(store, keyOf(result.object))) };
}

interface Announcement {
  readonly event: WatchEvent;
  readonly before: StoredObject | undefined;
}

/** Tells the controllers of a change; the last entry of the log is its cause. */
function announced(engine: Machine, cluster: Cluster, { event, before }: Announcement): Cluster {
  const change = before === undefined ? event : { ...event, before };
  let { queue } = cluster;
  for (const controller of engine.watchers.get(event.object.kind) ?? engine.watchers.get('*') ?? []) {
    for (const work of controller.enqueue(change, viewOf(cluster, controller))) queue = enqueued(queue, itemOf(engine, cluster, controller, work));
  }
  return { ...cluster, queue };
}

function withFact(engine: Machine, cluster: Cluster, { fact, value, text }: { readonly fact: string; readonly value: Json; readonly text: string }): Cluster {
  const others = Object.fromEntries(Object.entries(cluster.world).filter(([name]) => name !== fact));
  const log = withEntry(cluster.log, { atMs: cluster.clockMs, by: 'learner', text, subject: fact });
  const changed = { ...cluster, log, world: value === null ? others : { ...others, [fact]: value } };
  let { queue } = changed;
  for (const controller of engine.controllers) {
    for (const work of controller.notice?.(fact, viewOf(changed, controller)) ?? []) queue = enqueued(queue, itemOf(engine, changed, controller, work));
  }
  return { ...changed, queue };
}

function viewOf({ store, clockMs, world, memory }: Cluster, { name }: Controller): View {
  return { store, nowMs: clockMs, world, memory: memory[name] ?? null };
}

function itemOf(engine: Machine, { clockMs, log }: Cluster, controller: Controller, { key, afterMs, rank = 0 }: Work): WorkItem {
  const dueMs = clockMs + (afterMs ?? controller.delayMs);
  return { controller: controller.name, key, dueMs, rank: [engine.controllers.indexOf(controller), rank], cause: lengthOf(log), failures: 0 };
}

function stepped(engine: Machine, cluster: Cluster): Cluster {
  const item = firstOf(cluster.queue);
  if (item === undefined) return cluster;
  const due: Cluster = { ...cluster, queue: withoutFirst(cluster.queue), clockMs: Math.max(cluster.clockMs, item.dueMs) };
  const controller = engine.controllers.find(({ name }) => name === item.controller);
  if (controller === undefined) return due;
  const { steps, requeueAfterMs, memory } = controller.reconcile(item.key, viewOf(due, controller));
  const remembered = memory === undefined ? due : { ...due, memory: { ...due.memory, [controller.name]: memory } };
  const done = taken(engine, remembered, { controller, item, steps });
  if (done.failed) {
    const afterMs = Math.min(retryMaxMs, retryFirstMs * 2 ** item.failures);
    const again = { ...item, dueMs: done.cluster.clockMs + afterMs, failures: item.failures + 1 };
    return { ...done.cluster, queue: enqueued(done.cluster.queue, again) };
  }
  if (requeueAfterMs === undefined) return done.cluster;
  const again = { ...item, dueMs: done.cluster.clockMs + requeueAfterMs, failures: 0 };
  return { ...done.cluster, queue: enqueued(done.cluster.queue, again) };
}

interface Taking {
  readonly controller: Controller;
  readonly item: WorkItem;
  readonly steps: readonly PlannedStep[];
}

/** Takes the steps of a reconciliation in order. */
function taken(engine: Machine, start: Cluster, { controller, item, steps }: Taking): { readonly cluster: Cluster; readonly failed: boolean } {
  let cluster = start;
  for (const step of steps) {
    const base = { atMs: cluster.clockMs, by: controller.name, cause: item.cause };
    if ('note' in step) {
      const { note, about, because, tone } = step;
      const entry = {
        ...base,
        text: note,
        ...(about !== undefined && { subject: subjectOf(about) }),
        ...(because !== undefined && { because }),
        ...(tone !== undefined && { tone }),
      };
      cluster = { ...cluster, log: withEntry(cluster.log, entry) };
    } else if ('about' in step) {
      cluster = withKubernetesEvent(cluster, { ...step, source: step.source ?? controller.name }, base);
    } else {
      const { write: request, text, because, tone, refused, done } = step;
      const written = applied(engine, cluster, request);
      if (written.ok) {
        if (written.event === null) continue;
        const entry = {
          ...base,
          text,
          subject: subjectOf(written.object),
          revision: written.store.revision,
          change: written.event.type,
          ...(because !== undefined && { because }),
          ...(tone !== undefined && { tone }),
        };
        cluster = announced(engine, { ...cluster, store: written.store, log: withEntry(cluster.log, entry) }, written as Announcement);
        if (done !== undefined) {
          const more = taken(engine, cluster, { controller, item, steps: done(written.object) });
          if (more.failed) return more;
          ({ cluster } = more);
        }
      } else {
        if (refused === undefined) return { cluster: withRefusal(cluster, { ...base, text, because: written.error.message, tone: 'bad' }, item), failed: true };
        const rest = taken(engine, cluster, { controller, item, steps: refused(written.error) });
        return rest;
      }
    }
  }
  return { cluster, failed: false };
}

/** Logs a refusal once; the retries that end the same way are silent. */
function withRefusal(cluster: Cluster, entry: Omit<ClusterEntry, 'id'>, { failures }: WorkItem): Cluster {
  return failures > 0 ? cluster : { ...cluster, log: withEntry(cluster.log, entry) };
}

type Occurrence = Parameters<typeof recordEvent>[1];

/** Records an Event; only a new one is an entry of the log. */
function withKubernetesEvent(cluster: Cluster, event: Occurrence, base: { readonly atMs: number; readonly by: string; readonly cause: number }): Cluster {
  const { store, isNew } = recordEvent(cluster.store, event, cluster.clockMs);
  if (!isNew) return { ...cluster, store };
  const { type, reason, message, about, source } = event;
  const entry = {
    ...base,
    by: source,
    text: `${reason}: ${message}`,
    subject: subjectOf(about),
    event: { type, reason },
    ...(type === 'Warning' && { tone: 'bad' as const }),
  };
  return { ...cluster, store, log: withEntry(cluster.log, entry) };
}

function ran(
  engine: Machine,
  start: Cluster,
  { untilMs = Number.POSITIVE_INFINITY, stepsMax }: { readonly untilMs?: number; readonly stepsMax: number },
): { readonly cluster: Cluster; readonly stop: Stop } {
  let cluster = start;
  for (let steps = 0; ; steps += 1) {
    const dueMs = firstOf(cluster.queue)?.dueMs;
    if (dueMs === undefined || dueMs > untilMs) {
      if (Number.isFinite(untilMs)) cluster = { ...cluster, clockMs: Math.max(cluster.clockMs, untilMs) };
      return { cluster, stop: dueMs === undefined ? 'settled' : 'time' };
    }
    if (steps >= stepsMax) return { cluster, stop: 'steps' };
    cluster = stepped(engine, cluster);
  }
}

/** The name of an object in logs and explanations: `PersistentVolume/pv-a`, `Pod/default/web`. */
export function subjectOf({ kind, metadata: { namespace, name } }: StoredObject): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** The chain of causes of an entry, the entry first, the start or an act of the learner last. */
export function causesOf(log: ClusterLog, id: number): readonly ClusterEntry[] {
  const chain: ClusterEntry[] = [];
  for (let entry = entryOf(log, id); entry !== undefined; entry = entry.cause === undefined ? undefined : entryOf(log, entry.cause)) chain.push(entry);
  return chain;
}
