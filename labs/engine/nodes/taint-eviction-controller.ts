import type { NodeObject, PodObject, Taint } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { podGracePeriodSeconds } from '../api/pod-deletion.ts';
import { tolerates } from '../api/taints.ts';
import { withCondition } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View } from '../loop/controller.ts';
import { sameJson, without, type JsonObject } from '../patch/json.ts';
import { keyOf } from '../store/stored-object.ts';
import { timestampOf } from '../store/timestamp.ts';
import { podsOnNode } from './pods-on-node.ts';

/** Evictions that are to come, by pod. */
type Memory = Readonly<Record<string, JsonObject & { readonly startMs: number; readonly dueMs: number }>>;

const evicting = (node: NodeObject | undefined): readonly Taint[] => (node?.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
const keyOfPod = ({ metadata: { namespace = 'default', name } }: PodObject): string => `${namespace}/${name}`;

/**
 * Deletes pods that do not tolerate a taint of effect NoExecute on their node: at once, or after the least `tolerationSeconds` of what tolerates it.
 * Models pkg/controller/tainteviction.
 */
export const taintEvictionController: Controller = {
  name: 'taint-eviction-controller',
  watches: ['Node', 'Pod'],
  delayMs: 10,
  enqueue: ({ object, before, type }, { store, memory }) => {
    if (isKind(object, 'Node')) {
      const old = before !== undefined && isKind(before, 'Node') ? before : undefined;
      if (type === 'DELETED' || sameJson(evicting(object), evicting(old))) return [];
      return podsOnNode(store, object.metadata.name).map((pod) => ({ key: keyOfPod(pod) }));
    }
    if (!isKind(object, 'Pod')) return [];
    const key = keyOfPod(object);
    if (type === 'DELETED') return (memory as Memory | null)?.[key] === undefined ? [] : [{ key }];
    if (
      before !== undefined &&
      isKind(before, 'Pod') &&
      before.spec.nodeName === object.spec.nodeName &&
      sameJson(before.spec.tolerations, object.spec.tolerations)
    )
      return [];
    return evicting(getKind(store, 'Node', object.spec.nodeName ?? '')).length > 0 ? [{ key }] : [];
  },
  reconcile: (key, view) => {
    const memory = (view.memory ?? {}) as Memory;
    const [namespace = '', name = ''] = key.split('/');
    const pod = getKind(view.store, 'Pod', name, namespace);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined)
      return memory[key] === undefined ? nothing : { steps: [], memory: without(memory, key) };
    const waitMs = tolerationMs(evicting(getKind(view.store, 'Node', pod.spec.nodeName ?? '')), pod);
    return waitMs === 'forever' ? calledOff(memory, key, pod) : planned(view, { memory, key, pod, waitMs });
  },
};

/** How long a pod may stay under taints. Models GetMatchingTolerations and getMinTolerationTime: without `tolerationSeconds` for ever. */
function tolerationMs(taints: readonly Taint[], { spec: { tolerations = [] } }: PodObject): number | 'forever' {
  if (taints.length === 0) return 'forever';
  const used = taints.map((taint) => tolerations.filter((toleration) => tolerates(toleration as Parameters<typeof tolerates>[0], taint)));
  if (used.some((matching) => matching.length === 0)) return 0;
  const seconds = used.flat().flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  return seconds.length === 0 ? 'forever' : Math.max(0, Math.min(...seconds)) * 1000;
}

function calledOff(memory: Memory, key: string, pod: PodObject): Reconciliation {
  if (memory[key] === undefined) return nothing;
  const message = `Cancelling deletion of Pod ${key}`;
  return { steps: [{ about: pod, type: 'Normal', reason: 'TaintManagerEviction', message }], memory: without(memory, key) };
}

interface Planning {
  readonly memory: Memory;
  readonly key: string;
  readonly pod: PodObject;
  readonly waitMs: number;
}

function planned({ store, nowMs }: View, { memory, key, pod, waitMs }: Planning): Reconciliation {
  const before = memory[key];
  // A pod that waits already does not wait longer, but the time counts from the first taint.
  const startMs = before?.startMs ?? nowMs;
  const dueMs = waitMs === 0 ? nowMs : before === undefined ? startMs + waitMs : Math.min(before.dueMs, startMs + waitMs);
  if (dueMs > nowMs) return { steps: [], memory: { ...memory, [key]: { startMs, dueMs } }, requeueAfterMs: dueMs - nowMs };
  return { steps: eviction(pod, key, timestampOf(store.startUnixMs + nowMs)), ...(before !== undefined && { memory: without(memory, key) }) };
}

function eviction(pod: PodObject, key: string, at: string): readonly PlannedStep[] {
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  } as const;
  const status = { ...pod.status, conditions: withCondition(pod.status?.conditions ?? [], target, at) };
  return [
    { about: pod, type: 'Normal', reason: 'TaintManagerEviction', message: `Marking for deletion Pod ${key}` },
    { write: { verb: 'update', object: { ...pod, status }, subresource: 'status' }, text: `marks pod ${key} as disrupted`, tone: 'bad' },
    {
      write: { verb: 'delete', key: keyOf(pod), gracePeriodSeconds: podGracePeriodSeconds(pod) },
      text: `deletes pod ${key}`,
      because: `it does not tolerate (any longer) a taint of node ${pod.spec.nodeName ?? ''}`,
      tone: 'bad',
    },
  ];
}
