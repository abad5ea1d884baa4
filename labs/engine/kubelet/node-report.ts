import type { Condition, NodeObject } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import { nothing, type PlannedStep, type Reconciliation, type View } from '../loop/controller.ts';
import { podsOnNode } from '../nodes/pods-on-node.ts';
import { isObject, without } from '../patch/json.ts';
import { timestampOf } from '../store/timestamp.ts';
import { nodeMemory, withNode } from './kubelet-memory.ts';
import { conditionOf, isRunning, podStatus, reportedContainers, waiting, withCondition } from './pod-status.ts';

/** Whether a node's kubelet works: it has power, and the kubelet was not stopped. */
export function isNodeUp({ world }: View, node: string): boolean {
  return world[`power/${node}`] !== 'off' && world[`kubelet/${node}`] !== 'stopped';
}

/** A node's own address. */
export function nodeAddress({ status }: NodeObject): string | undefined {
  const { addresses = [] } = (status ?? {}) as { readonly addresses?: readonly { readonly type?: string; readonly address?: string }[] };
  return addresses.find(({ type }) => type === 'InternalIP')?.address;
}

/** What a healthy kubelet says of its node. Models pkg/kubelet/nodestatus/setters.go. */
const healthy: readonly Condition[] = [
  { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/**
 * Reports a node whose kubelet works: conditions that nobody set, or that the node lifecycle controller made Unknown. After a loss of power the
 * containers of its pods are gone and start again. Heartbeats are not written one by one.
 */
export function reportNode(view: View, name: string): Reconciliation {
  const node = getKind(view.store, 'Node', name);
  if (node === undefined) return nothing;
  const memory = nodeMemory(view, name);
  if (!isNodeUp(view, name)) {
    const isOff = view.world[`power/${name}`] === 'off';
    return isOff && memory.wasOff !== true ? { steps: [], memory: withNode(view, name, { ...memory, wasOff: true }) } : nothing;
  }
  const at = timestampOf(view.store.startUnixMs + view.nowMs);
  const held = node.status?.conditions ?? [];
  const news = healthy.filter(({ type }) => {
    const status = conditionOf(held, type)?.status;
    return status === undefined || status === 'Unknown';
  });
  const steps: PlannedStep[] = [];
  if (news.length > 0) {
    const conditions = news.reduce((all, condition) => withCondition(all, condition, at), held);
    const write = { verb: 'update', object: { ...node, status: { ...node.status, conditions } }, subresource: 'status' } as const;
    steps.push({ write, text: `reports node ${name} as ready`, tone: 'good' });
    const ready = conditionOf(held, 'Ready');
    if (ready !== undefined) steps.push({ about: node, type: 'Normal', reason: 'NodeReady', message: `Node ${name} status is now: NodeReady` });
  }
  if (memory.wasOff !== true) return { steps };
  // Images stay on the disk; what was under way is forgotten.
  return { steps: [...steps, ...restarted(view, name, at)], memory: withNode(view, name, { images: memory.images, addresses: memory.addresses, pods: {} }) };
}

function restarted({ store }: View, name: string, at: string): readonly PlannedStep[] {
  return podsOnNode(store, name).flatMap((pod): readonly PlannedStep[] => {
    const containers = reportedContainers(pod, false);
    if (!containers.some(isRunning)) return [];
    const again = (statuses: typeof containers, specs: typeof pod.spec.containers): typeof containers =>
      statuses.map((status, index) => {
        const container = specs[index];
        if (container === undefined || !isRunning(status)) return status;
        const startedAt = isObject(status.state.running) ? (status.state.running.startedAt ?? at) : at;
        const ended = { terminated: { exitCode: 255, reason: 'Unknown', startedAt, finishedAt: at } };
        return { ...waiting(container, { reason: 'ContainerCreating' }, status), restartCount: status.restartCount + 1, lastState: ended };
      });
    const initContainers = again(reportedContainers(pod, true), pod.spec.initContainers ?? []);
    const fresh = { ...pod, status: without(pod.status ?? {}, 'podIP', 'podIPs') };
    const status = podStatus(fresh, { containers: again(containers, pod.spec.containers), initContainers, hasSandbox: false }, at);
    const text = `finds the containers of pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} gone`;
    return [
      { write: { verb: 'update', object: { ...pod, status }, subresource: 'status' }, text, because: 'the node was without power', tone: 'bad' },
      { about: pod, type: 'Normal', reason: 'SandboxChanged', message: 'Pod sandbox changed, it will be killed and re-created.' },
    ];
  });
}
