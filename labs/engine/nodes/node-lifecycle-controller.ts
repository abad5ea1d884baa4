import type { NodeObject, Taint } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { isNodeUp } from '../kubelet/node-report.ts';
import { conditionOf, isPodReady, withCondition } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View } from '../loop/controller.ts';
import { without, type JsonObject } from '../patch/json.ts';
import { timestampOf } from '../store/timestamp.ts';
import { evictionPace, nextLookAtMs, noticedAtMs, zoneOf } from './node-health.ts';
import { evictionTaint, withConditionTaints, withEvictionTaint } from './node-taints.ts';
import { podsOnNode } from './pods-on-node.ts';

const readiness = ({ status }: NodeObject): string | undefined => conditionOf(status?.conditions, 'Ready')?.status;

interface Memory extends JsonObject {
  /** Nodes that were announced. */
  readonly known: readonly string[];
  /** Since when a node is silent. */
  readonly silentMs: Readonly<Record<string, number>>;
  /** Since when a node is not ready. */
  readonly unreadyMs: Readonly<Record<string, number>>;
  /** When the last node of a zone was marked for eviction. */
  readonly taintedMs: Readonly<Record<string, number>>;
}

const empty: Memory = { known: [], silentMs: {}, unreadyMs: {}, taintedMs: {} };
const source = 'node-controller';

/**
 * Watches over nodes: one that falls silent becomes Unknown, its pods unready, and it gets the taints that keep pods away and evict those on it. It also
 * turns conditions and `unschedulable` into taints. Models pkg/controller/nodelifecycle. Not modelled: the 60 s of a node that never reported.
 */
export const nodeLifecycleController: Controller = {
  name: 'node-lifecycle-controller',
  watches: ['Node', 'Pod'],
  delayMs: 10,
  enqueue: ({ object, before, type }, { store }) => {
    if (isKind(object, 'Node')) {
      // Whether a lost node is marked for eviction depends on how many others there are, and whether they are ready.
      const isNews = type !== 'MODIFIED' || (before !== undefined && isKind(before, 'Node') && readiness(before) !== readiness(object));
      const lost = isNews ? listKind(store, 'Node').filter((node) => evictionTaint(node) !== undefined) : [];
      return [object, ...lost].map(({ metadata }) => ({ key: metadata.name }));
    }
    // A pod that is bound to a node that was lost meanwhile cannot be ready.
    if (!isKind(object, 'Pod') || before === undefined || !isKind(before, 'Pod') || before.spec.nodeName === object.spec.nodeName) return [];
    const node = getKind(store, 'Node', object.spec.nodeName ?? '');
    return node !== undefined && evictionTaint(node) !== undefined ? [{ key: node.metadata.name }] : [];
  },
  notice: (fact) => {
    const [, node] = /^(?:kubelet|power)\/(.+)$/u.exec(fact) ?? [];
    return node === undefined ? [] : [{ key: node, afterMs: 0 }];
  },
  reconcile: (name, view) => {
    const memory = (view.memory ?? empty) as Memory;
    const node = getKind(view.store, 'Node', name);
    return node === undefined ? forgotten(memory, name) : watched(view, node, memory);
  },
};

function forgotten(memory: Memory, name: string): Reconciliation {
  if (!memory.known.includes(name)) return nothing;
  const known = memory.known.filter((each) => each !== name);
  return { steps: [], memory: { ...memory, known, silentMs: without(memory.silentMs, name), unreadyMs: without(memory.unreadyMs, name) } };
}

function watched(view: View, node: NodeObject, old: Memory): Reconciliation {
  const { name } = node.metadata;
  const { nowMs } = view;
  const steps: PlannedStep[] = [];
  let memory = old;
  if (!memory.known.includes(name)) {
    memory = { ...memory, known: [...memory.known, name] };
    steps.push({ about: node, source, type: 'Normal', reason: 'RegisteredNode', message: `Node ${name} event: Registered Node ${name} in Controller` });
  }
  const isUp = isNodeUp(view, name);
  const isKnownSilent = memory.silentMs[name] !== undefined;
  if (isUp && isKnownSilent) memory = { ...memory, silentMs: without(memory.silentMs, name) as Memory['silentMs'] };
  if (!isUp && !isKnownSilent) memory = { ...memory, silentMs: { ...memory.silentMs, [name]: nowMs } };
  const isUnknown = conditionOf(node.status?.conditions, 'Ready')?.status === 'Unknown';
  const noticedMs = isUp || isUnknown ? undefined : noticedAtMs(view.store, name, memory.silentMs[name] ?? nowMs);
  const waits = noticedMs !== undefined && nowMs < noticedMs;
  if (noticedMs !== undefined && !waits) {
    steps.push(...lost(view, node));
    // Its taints follow: the one that keeps pods away at once, the one that evicts at the next look.
    return { steps, memory };
  }
  const tainting = tainted(view, node, memory);
  steps.push(...tainting.steps, ...(isUp || !isUnknown ? [] : unreadyPods(view, node)));
  const dueMs = Math.min(noticedMs ?? Number.POSITIVE_INFINITY, tainting.dueMs ?? Number.POSITIVE_INFINITY);
  return { steps, memory: tainting.memory, ...(Number.isFinite(dueMs) && { requeueAfterMs: dueMs - nowMs }) };
}

/** What happens when a node has been silent for too long. */
function lost({ store, nowMs }: View, node: NodeObject): readonly PlannedStep[] {
  const { name, creationTimestamp } = node.metadata;
  const at = timestampOf(store.startUnixMs + nowMs);
  const held = node.status?.conditions ?? [];
  const conditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].reduce((all, type) => {
    const old = conditionOf(all, type);
    const never = { reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.', lastHeartbeatTime: creationTimestamp };
    const stopped = { reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };
    return old?.status === 'Unknown' ? all : withCondition(all, { ...old, type, status: 'Unknown', ...(old === undefined ? never : stopped) }, at);
  }, held);
  const wasReady = conditionOf(held, 'Ready')?.status === 'True';
  const write = { verb: 'update', object: { ...node, status: { ...node.status, conditions } }, subresource: 'status' } as const;
  return [
    { write, text: `declares node ${name} unknown`, because: 'its kubelet was not heard of for 50 seconds', tone: 'bad' },
    ...(wasReady ? [{ about: node, source, type: 'Normal' as const, reason: 'NodeNotReady', message: `Node ${name} status is now: NodeNotReady` }] : []),
  ];
}

interface Tainting {
  readonly steps: readonly PlannedStep[];
  readonly memory: Memory;
  readonly dueMs?: number;
}

/** Writes the taints that follow from what a node is now. */
function tainted(view: View, node: NodeObject, memory: Memory): Tainting {
  const { store, nowMs } = view;
  const { name } = node.metadata;
  const at = timestampOf(store.startUnixMs + nowMs);
  const byCondition = withConditionTaints(node, at);
  const key = evictionTaint(node);
  const zone = zoneOf(node);
  const pace = key === undefined ? undefined : evictionPace(store, zone);
  const marked = (wanted: string | undefined) => withEvictionTaint(byCondition, wanted, at);
  const isMarked = marked(undefined) !== byCondition;
  const since = key === undefined ? without(memory.unreadyMs, name) : { ...memory.unreadyMs, [name]: memory.unreadyMs[name] ?? nowMs };
  const kept: Memory = { ...memory, unreadyMs: since as Memory['unreadyMs'] };
  if (pace === undefined || pace.isCalledOff || isMarked) return { steps: written(node, marked(pace?.isCalledOff === true ? undefined : key)), memory: kept };
  if (pace.everyMs === undefined) return { steps: written(node, byCondition), memory: kept };
  const turnMs = memory.taintedMs[zone] === undefined ? 0 : memory.taintedMs[zone] + pace.everyMs;
  const dueMs = Math.max(turnMs, nextLookAtMs(kept.unreadyMs[name] ?? nowMs));
  if (nowMs < dueMs) return { steps: written(node, byCondition), memory: kept, dueMs };
  return { steps: written(node, marked(key)), memory: { ...kept, taintedMs: { ...kept.taintedMs, [zone]: nowMs } } };
}

function written(node: NodeObject, taints: readonly Taint[]): readonly PlannedStep[] {
  const { taints: old = [] } = node.spec ?? {};
  if (taints.length === old.length && taints.every((taint) => old.includes(taint))) return [];
  const added = taints.filter((taint) => !old.includes(taint)).map(({ key, effect }) => `${key}:${effect}`);
  const removed = old.filter((taint) => !taints.includes(taint)).map(({ key, effect }) => `${key}:${effect}`);
  const words = [
    ...(added.length > 0 ? [`adds taint ${added.join(', ')} to`] : []),
    ...(removed.length > 0 ? [`removes taint ${removed.join(', ')} from`] : []),
  ];
  const write = { verb: 'update', object: { ...node, spec: { ...node.spec, taints } } } as const;
  return [{ write, text: `${words.join(' and ')} node ${node.metadata.name}`, ...(added.length > 0 && { tone: 'bad' as const }) }];
}

/** Reports the pods of a silent node as not ready. Models pkg/controller/util/node MarkPodsNotReady. */
function unreadyPods({ store, nowMs }: View, { metadata: { name } }: NodeObject): readonly PlannedStep[] {
  const at = timestampOf(store.startUnixMs + nowMs);
  return podsOnNode(store, name)
    .filter(isPodReady)
    .flatMap((pod): readonly PlannedStep[] => {
      const { conditions = [] } = pod.status ?? {};
      const status = { ...pod.status, conditions: withCondition(conditions, { ...conditionOf(conditions, 'Ready'), type: 'Ready', status: 'False' }, at) };
      const text = `reports pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} as not ready`;
      return [
        { write: { verb: 'update', object: { ...pod, status }, subresource: 'status' }, text, because: `nothing is heard of node ${name}`, tone: 'bad' },
        { about: pod, source, type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' },
      ];
    });
}
