import type { NodeObject, PodObject } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { nothing, type Change, type Controller, type PlannedStep, type Reconciliation, type View, type Work } from '../loop/controller.ts';
import { podsOnNode } from '../nodes/pods-on-node.ts';
import { sameJson } from '../patch/json.ts';
import type { Store } from '../store/store.ts';
import { timestampOf } from '../store/timestamp.ts';
import { memoryOf, nodeMemory, withNode, withPod, type NodeMemory } from './kubelet-memory.ts';
import { imageReference } from './pod-images.ts';
import { podStages } from './pod-stages.ts';
import type { Looked, Looking } from './looking.ts';
import { conditionOf, isPodReady, podStatus, reportedContainers } from './pod-status.ts';
import { isNodeUp, nodeAddress, reportNode } from './node-report.ts';

/**
 * The kubelets of all nodes: they start the pods that are bound to their nodes, report what becomes of them, and end them. A table of stages says what a
 * look does (`podStages`). Facts of the world: `kubelet/<node>` stopped, `power/<node>` off, `image/<name>` missing or denied, `backend/<volume>` lost.
 * Models pkg/kubelet.
 */
export const kubelet: Controller = {
  name: 'kubelet',
  watches: ['Pod', 'Node', 'VolumeAttachment', 'CSIDriver'],
  delayMs: 100,
  enqueue: (change, view) => {
    const { object, type } = change;
    if (isKind(object, 'Pod')) return type === 'DELETED' ? worksOnGone(view, object) : worksOnPod(change, object);
    if (isKind(object, 'Node')) return type === 'ADDED' ? worksOnNode(view.store, object.metadata.name) : [];
    // Whether volumes of a driver must be attached at all may change as well.
    const nodes = isKind(object, 'VolumeAttachment') ? [object.spec.nodeName] : isKind(object, 'CSIDriver') ? Object.keys(memoryOf(view)) : [];
    return nodes.flatMap((node) =>
      Object.entries(memoryOf(view)[node]?.pods ?? {}).flatMap(([key, { waitsForAttachment }]) => (waitsForAttachment === true ? [{ key }] : [])),
    );
  },
  notice: (fact, { store }) => {
    const [, node] = /^(?:kubelet|power)\/(.+)$/u.exec(fact) ?? [];
    return node === undefined ? [] : worksOnNode(store, node);
  },
  reconcile: (key, view) => (key.startsWith('node/') ? reportNode(view, key.slice('node/'.length)) : lookedAt(key, view)),
};

const nodeKey = (node: string): string => `node/${node}`;
const keyOfPod = ({ metadata: { namespace = 'default', name } }: PodObject): string => `${namespace}/${name}`;

/** A kubelet that begins, or comes back, looks at its node and at all pods that are bound there. */
const worksOnNode = (store: Store, node: string): readonly Work[] => [
  { key: nodeKey(node) },
  ...podsOnNode(store, node).map((pod) => ({ key: keyOfPod(pod) })),
];

/** Whether the kubelet must look: the pod has come to the node, its deletion or its desired state changed, or somebody else reported it unready. */
function worksOnPod({ before }: Change, pod: PodObject): readonly Work[] {
  if ((pod.spec.nodeName ?? '') === '') return [];
  const works = [{ key: keyOfPod(pod) }];
  if (before === undefined || !isKind(before, 'Pod')) return works;
  const { deletionTimestamp } = pod.metadata;
  if (deletionTimestamp !== before.metadata.deletionTimestamp) return works;
  if (before.spec !== pod.spec && !sameJson(before.spec, pod.spec)) return works;
  const fell = isPodReady(before) && !isPodReady(pod);
  return fell && deletionTimestamp === undefined ? works : [];
}

/** A pod that somebody deleted by force is forgotten, if there is something to forget. */
function worksOnGone(view: View, pod: PodObject): readonly Work[] {
  const key = keyOfPod(pod);
  return memoryOf(view)[pod.spec.nodeName ?? '']?.pods[key] === undefined ? [] : [{ key }];
}

function forgotten(key: string, view: View): Reconciliation {
  const found = Object.entries(memoryOf(view)).find(([, { pods }]) => pods[key] !== undefined);
  return found === undefined ? nothing : { steps: [], memory: withNode(view, found[0], withPod(found[1], key, undefined)) };
}

function lookedAt(key: string, view: View): Reconciliation {
  const [namespace = '', name = ''] = key.split('/');
  const pod = getKind(view.store, 'Pod', name, namespace);
  if (pod === undefined) return forgotten(key, view);
  const nodeName = pod.spec.nodeName ?? '';
  const node = getKind(view.store, 'Node', nodeName);
  if (node === undefined || !isNodeUp(view, nodeName)) return nothing;
  const memory = nodeMemory(view, nodeName);
  const known = memory.pods[key];
  const kept = known !== undefined && known.uid !== pod.metadata.uid ? withPod(memory, key, undefined) : memory;
  const at = timestampOf(view.store.startUnixMs + view.nowMs);
  const looking: Looking = { view, pod, key, memory: kept, at, imagesOnNode: (reference) => (hasImage(node, reference) ? 0 : undefined) };
  const stage = podStages.find(({ applies }) => applies(looking));
  if (stage === undefined) return nothing;
  const looked = stage.look(looking);
  const left = withPod(looked.images === undefined ? kept : { ...kept, images: looked.images }, key, looked.pod);
  const { steps, addresses } = report(looking, looked, { node, text: looked.text ?? stage.text });
  const next = addresses === left.addresses ? left : { ...left, addresses };
  const { requeueAfterMs } = looked;
  return {
    steps: [...steps, ...(looked.steps ?? [])],
    ...(next !== memory && { memory: withNode(view, nodeName, next) }),
    ...(requeueAfterMs !== undefined && { requeueAfterMs }),
  };
}

const imagesOf = new WeakMap<NodeObject, ReadonlySet<string>>();

function hasImage(node: NodeObject, reference: string): boolean {
  let names = imagesOf.get(node);
  if (names === undefined) {
    names = new Set((node.status?.images ?? []).flatMap(({ names: held = [] }) => held.map((name) => imageReference(name))));
    imagesOf.set(node, names);
  }
  return names.has(reference);
}

interface Reporting {
  readonly node: NodeObject;
  readonly text: string;
}

/** The write of the status, if it says something new. */
function report(looking: Looking, looked: Looked, { node, text }: Reporting): { readonly steps: readonly PlannedStep[]; readonly addresses: number } {
  const { pod, at, key, memory } = looking;
  const { addresses } = memory;
  if (looked.isReportLeft === true) return { steps: [], addresses };
  const isReady = conditionOf(pod.status?.conditions, 'PodReadyToStartContainers')?.status === 'True';
  const hasSandbox = looked.hasSandbox ?? isReady;
  const hostIp = nodeAddress(node);
  const needsAddress = hasSandbox && pod.status?.podIP === undefined;
  const given = needsAddress && pod.spec.hostNetwork !== true ? podAddress(looking, node, memory) : { addresses, ip: hostIp };
  const podIp = needsAddress ? given.ip : undefined;
  const status = podStatus(
    pod,
    {
      containers: looked.containers ?? reportedContainers(pod, false),
      initContainers: looked.initContainers ?? reportedContainers(pod, true),
      hasSandbox,
      ...(podIp !== undefined && { podIp }),
      ...(hostIp !== undefined && { hostIp }),
      ...(looked.isEnding === true && { isEnding: true }),
    },
    at,
  );
  const write = { verb: 'update', object: { ...pod, status }, subresource: 'status' } as const;
  return {
    steps: [{ write, text: `${text} pod ${key} on ${node.metadata.name}`, ...(looked.tone !== undefined && { tone: looked.tone }) }],
    addresses: given.addresses,
  };
}

/** The next free address of the node's range, in turn. Models the CNI plugin host-local. */
function podAddress(
  { view: { store } }: Looking,
  { metadata: { name }, spec }: NodeObject,
  { addresses }: NodeMemory,
): { readonly ip: string; readonly addresses: number } {
  const range = spec?.podCIDR ?? '10.244.0.0/24';
  const prefix = range.slice(0, range.lastIndexOf('.') + 1);
  // 2 to 254: the first address is the bridge's, the last one the broadcast address.
  const ipAt = (count: number): string => `${prefix}${2 + (count % 253)}`;
  if (addresses < 253) return { ip: ipAt(addresses), addresses: addresses + 1 };
  const taken = new Set(podsOnNode(store, name).map(({ status }) => status?.podIP));
  let next = addresses;
  while (next < addresses + 253 && taken.has(ipAt(next))) next += 1;
  return { ip: ipAt(next), addresses: next + 1 };
}
