import type { PodObject } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { nothing, type Change, type Controller, type PlannedStep, type Reconciliation, type View, type Work } from '../loop/controller.ts';
import { sameJson } from '../patch/json.ts';
import { timestampOf } from '../store/timestamp.ts';
import { podKey, priorityOf, snapshotOf } from './node-info.ts';
import type { SchedulerPlugin } from './plugin.ts';
import { bindSteps, preemptionSteps, statusWrite, withCondition } from './pod-steps.ts';
import {
  assumedPod,
  assumedPods,
  backOffEndMs,
  readMemory,
  waitingPods,
  withAssumed,
  withoutPod,
  withWaiting,
  writtenMemory,
  type AssumedPod,
  type SchedulingMemory,
} from './scheduling-memory.ts';
import { verdictTable, type Deciding, type VerdictTable } from './verdict-table.ts';

/** What a scheduler is made of. */
export interface SchedulerParts {
  /** In their order: the first that rejects a node is named. */
  readonly plugins: readonly SchedulerPlugin[];
  /** Pods ask for a scheduler by its name; `default-scheduler` if absent. */
  readonly name?: string;
  /** Decides between equal nodes instead of the seed; undefined leaves it to the seed. */
  readonly breakTie?: Deciding['breakTie'];
}

/** So long a chosen pod waits for its volumes. Models VolumeBindingArgs.BindTimeoutSeconds. */
const bindTimeoutMs = 600_000;
const gatedMessage = 'Scheduling is blocked due to non-empty scheduling gates';
/** Keys of pods that were bound, but do not say so yet. */
const boundPrefix = 'bound ';

/** Places in the queue: more important pods first, pods in their back-off after all others. Priorities go from -2^31 to this. */
const highestPriority = 2_000_001_000;
const backOffRank = 5_000_000_000;
const rankOf = (pod: PodObject, isBackingOff: boolean): number => Math.max(0, highestPriority - priorityOf(pod)) + (isBackingOff ? backOffRank : 0);

interface Scheduler extends SchedulerParts {
  readonly name: string;
  readonly byName: ReadonlyMap<string, SchedulerPlugin>;
}

/**
 * The scheduler: one pod after the other, by priority, then by arrival. What it decides is the verdict table. A pod without a node is tried again when a
 * change could help it; since v1.33 its back-off only puts it behind the other pods, for an idle scheduler does not wait (KEP 5142).
 * Models pkg/scheduler; not modelled: several profiles, extenders, pod groups, the retry every five minutes without a reason.
 */
export function createScheduler({ plugins, name = 'default-scheduler', breakTie }: SchedulerParts): Controller {
  const scheduler = { plugins, name, byName: new Map(plugins.map((plugin) => [plugin.name, plugin])), ...(breakTie !== undefined && { breakTie }) };
  return {
    name,
    watches: ['Pod', 'Node', 'PersistentVolumeClaim', 'PersistentVolume', 'StorageClass', 'CSINode', 'VolumeAttachment'],
    delayMs: 0,
    enqueue: (change, view) => [...ownWork(scheduler, change), ...wokenPods(scheduler, change, view), ...endedWaits(scheduler, change, view)],
    reconcile: (key, view) => (key.startsWith(boundPrefix) ? boundPod(key.slice(boundPrefix.length), view) : schedulePod(scheduler, key, view)),
  };
}

const isOurs = ({ name }: Scheduler, { spec }: PodObject): boolean => (spec.schedulerName ?? 'default-scheduler') === name;
const isUnassigned = ({ spec }: PodObject): boolean => (spec.nodeName ?? '') === '';

/** A pod is looked at when it is new, when it changed itself, and once more when it is gone or has a node, so that nothing is remembered of it. */
function ownWork(scheduler: Scheduler, { type, object, before }: Change): readonly Work[] {
  if (!isKind(object, 'Pod') || !isOurs(scheduler, object)) return [];
  const key = podKey(object);
  const old = before !== undefined && isKind(before, 'Pod') ? before : undefined;
  if (type === 'DELETED') return isUnassigned(object) ? [{ key }] : [];
  if (!isUnassigned(object)) {
    const isSaid = object.status?.conditions?.some((condition) => condition.type === 'PodScheduled' && condition.status === 'True') === true;
    const isPromised = (object.status?.nominatedNodeName ?? '') !== '';
    return old !== undefined && isUnassigned(old) && (!isSaid || isPromised) ? [{ key: `${boundPrefix}${key}` }] : [];
  }
  const isSame = old !== undefined && sameJson(old.spec, object.spec) && sameJson(old.metadata.labels, object.metadata.labels);
  return isSame ? [] : [{ key, rank: rankOf(object, false) }];
}

/** Waiting pods that a change could help, as the plugins that rejected them say. */
function wokenPods({ byName }: Scheduler, change: Change, { store, memory, nowMs }: View): readonly Work[] {
  const inTurn = waitingPods(readMemory(memory)).toSorted((one, other) => one.turn - other.turn);
  return inTurn.flatMap((waiting) => {
    const { key, rejectedBy } = waiting;
    const [namespace = '', name = ''] = key.split('/');
    const pod = getKind(store, 'Pod', name, namespace);
    if (pod === undefined || podKey(pod) === subjectPod(change)) return [];
    const helps = rejectedBy.length === 0 ? change.object.kind === 'Node' : rejectedBy.some((each) => byName.get(each)?.wakes?.(change, pod, store) === true);
    return helps ? [{ key, rank: rankOf(pod, nowMs < backOffEndMs(waiting)) }] : [];
  });
}

const subjectPod = ({ object }: Change): string | undefined => (isKind(object, 'Pod') ? podKey(object) : undefined);

function endedWaits({ plugins }: Scheduler, change: Change, { store, memory }: View): readonly Work[] {
  return assumedPods(readMemory(memory)).flatMap(({ key }) => {
    const [namespace = '', name = ''] = key.split('/');
    const pod = getKind(store, 'Pod', name, namespace);
    return pod === undefined || plugins.some(({ endsWait }) => endsWait?.(change, pod) === true) ? [{ key }] : [];
  });
}

/** Says of a bound pod that it is scheduled and on no node but its own, if the API server did not say it with the binding. */
function boundPod(key: string, { store, nowMs }: View): Reconciliation {
  const [namespace = '', name = ''] = key.split('/');
  const pod = getKind(store, 'Pod', name, namespace);
  if (pod === undefined || isUnassigned(pod)) return nothing;
  const conditions = withCondition(pod, { type: 'PodScheduled', status: 'True' }, timestampOf(store.startUnixMs + nowMs));
  const cleared = pod.status?.nominatedNodeName === undefined ? {} : { nominatedNodeName: null };
  return { steps: statusWrite(pod, { conditions, ...cleared }, { text: `completes the binding of pod ${key}` }) };
}

/** One cycle for one pod. Models schedule_one.go. */
function schedulePod(scheduler: Scheduler, key: string, view: View): Reconciliation {
  const { store } = view;
  const memory = readMemory(view.memory);
  const [namespace = '', name = ''] = key.split('/');
  const pod = getKind(store, 'Pod', name, namespace);
  if (pod === undefined || !isUnassigned(pod) || !isOurs(scheduler, pod) || pod.metadata.deletionTimestamp !== undefined) {
    return forgetting(memory, withoutPod(memory, key), []);
  }
  const gate = scheduler.plugins.find(({ gate: isGated }) => isGated?.(pod) !== undefined);
  if (gate !== undefined) return forgetting(memory, withoutPod(memory, key), gatedSteps(pod, view));
  const assumed = assumedPod(memory, key);
  if (assumed?.uid === pod.metadata.uid) return waitForBinding(scheduler, { pod, view, memory }, assumed);
  const table = schedulingDecision(scheduler, view, pod);
  return table.chosen === undefined ? unschedulable({ pod, view, memory }, table) : chosen(scheduler, { pod, view, memory }, { ...table, node: table.chosen });
}

/**
 * What the scheduler decides for a pod at this moment, or would decide if it were asked: with the places that it holds for other pods. `memory` is its own,
 * `cluster.memory['default-scheduler']`. Asking changes nothing.
 */
export function schedulingDecision({ plugins, breakTie }: SchedulerParts, { store, memory }: Pick<View, 'store' | 'memory'>, pod: PodObject): VerdictTable {
  const remembered = readMemory(memory);
  const assumed = new Map(assumedPods(remembered).map(({ key, node }) => [key, node]));
  return verdictTable(store, pod, { plugins, assumed, firstNode: remembered.firstNode, ...(breakTie !== undefined && { breakTie }) });
}

function forgetting(before: SchedulingMemory, memory: SchedulingMemory, steps: readonly PlannedStep[]): Reconciliation {
  return before === memory ? { steps } : { steps, memory: writtenMemory(memory) };
}

function gatedSteps(pod: PodObject, { store, nowMs }: View): readonly PlannedStep[] {
  const condition = { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: gatedMessage } as const;
  const isSaid = pod.status?.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === condition.reason) === true;
  const conditions = isSaid ? pod.status.conditions : withCondition(pod, condition, timestampOf(store.startUnixMs + nowMs));
  return statusWrite(pod, { conditions }, { text: `leaves pod ${podKey(pod)} alone`, because: 'it has scheduling gates' });
}

interface Attempt {
  readonly pod: PodObject;
  readonly view: View;
  readonly memory: SchedulingMemory;
}

const atOf = ({ store, nowMs }: View): string => timestampOf(store.startUnixMs + nowMs);

/** A node is chosen: the pod is bound at once, or once its volumes are. */
function chosen(
  { plugins }: Scheduler,
  { pod, view, memory }: Attempt,
  { node, because, nextNode }: { readonly node: string; readonly because: string; readonly nextNode: number },
): Reconciliation {
  const key = podKey(pod);
  const cycle = { store: view.store, pod, snapshot: snapshotOf(view.store) };
  const preBindings = plugins.flatMap(({ preBind }) => preBind?.(cycle, node, true) ?? []);
  const steps = preBindings.flatMap((each) => each.steps);
  const next = { ...withoutPod(memory, key), firstNode: nextNode };
  if (preBindings.every(({ isReady }) => isReady)) {
    const isSame = memory.firstNode === nextNode && withoutPod(memory, key) === memory;
    return { steps: [...steps, ...bindSteps(pod, node, { because, at: atOf(view) })], ...(!isSame && { memory: writtenMemory(next) }) };
  }
  const kept = withAssumed(next, { key, uid: pod.metadata.uid, node, sinceMs: view.nowMs });
  const note = { note: `chooses ${node} for pod ${key} and waits for its volumes`, about: pod, because };
  return { steps: [note, ...steps], memory: writtenMemory(kept), requeueAfterMs: bindTimeoutMs };
}

function waitForBinding({ plugins }: Scheduler, { pod, view, memory }: Attempt, { key, node, sinceMs }: AssumedPod): Reconciliation {
  const cycle = { store: view.store, pod, snapshot: snapshotOf(view.store) };
  const preBindings = plugins.flatMap((plugin) => {
    const preBinding = plugin.preBind?.(cycle, node, false);
    return preBinding === undefined ? [] : [{ plugin: plugin.name, ...preBinding }];
  });
  const waitedMs = view.nowMs - sinceMs;
  const late = waitedMs >= bindTimeoutMs ? 'binding volumes: context deadline exceeded' : undefined;
  const waiting = preBindings.filter(({ isReady }) => !isReady);
  const broken = waiting.map(({ plugin, failed = late }) => (failed === undefined ? undefined : `running PreBind plugin "${plugin}": ${failed}`));
  const message = broken.find((each) => each !== undefined);
  if (message !== undefined) {
    const next = withWaiting(memory, { key, uid: pod.metadata.uid, rejectedBy: waiting.map(({ plugin }) => plugin), failedAtMs: view.nowMs });
    return {
      steps: failureSteps(pod, view, { message, because: 'its volumes could not be bound', reason: 'SchedulerError' }),
      memory: writtenMemory(next),
      requeueAfterMs: 1000,
    };
  }
  if (waiting.length > 0) return { steps: [], requeueAfterMs: bindTimeoutMs - waitedMs };
  const steps = bindSteps(pod, node, { because: 'its volumes are bound', at: atOf(view) });
  return { steps, memory: writtenMemory(withoutPod(memory, key)) };
}

interface Failure {
  readonly message: string;
  /** In a few words, for the log. */
  readonly because: string;
  readonly reason: 'Unschedulable' | 'SchedulerError';
  /** Null takes a promise back; absent: as it was. */
  readonly nominatedNodeName?: string | null;
}

function failureSteps(pod: PodObject, view: View, { message, because, reason, nominatedNodeName }: Failure): readonly PlannedStep[] {
  const conditions = withCondition(pod, { type: 'PodScheduled', status: 'False', reason, message }, atOf(view));
  const nominated = nominatedNodeName === undefined ? {} : { nominatedNodeName };
  const promise = typeof nominatedNodeName === 'string' ? `, but makes room on ${nominatedNodeName}` : '';
  return [
    { about: pod, type: 'Warning', reason: 'FailedScheduling', message },
    ...statusWrite(pod, { conditions, ...nominated }, { text: `finds no node for pod ${podKey(pod)}${promise}`, because, tone: 'bad' }),
  ];
}

/** No node: says why, makes room if that helps, and waits for a change. */
function unschedulable(
  { pod, view, memory }: Attempt,
  { message = '', because, nomination, clearsNomination, rejectedBy, nextNode }: VerdictTable,
): Reconciliation {
  const key = podKey(pod);
  const nominatedNodeName = nomination?.node ?? (clearsNomination ? null : undefined);
  const failure = { message, because, reason: 'Unschedulable', ...(nominatedNodeName !== undefined && { nominatedNodeName }) } as const;
  const next = withWaiting({ ...memory, firstNode: nextNode }, { key, uid: pod.metadata.uid, rejectedBy, failedAtMs: view.nowMs });
  const room = nomination === undefined ? [] : preemptionSteps(pod, nomination, { snapshot: snapshotOf(view.store), at: atOf(view) });
  return { steps: [...failureSteps(pod, view, failure), ...room], memory: writtenMemory(next) };
}
