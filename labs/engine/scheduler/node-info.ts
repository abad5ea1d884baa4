import type { NodeObject, PodObject } from '../api/cluster-kinds.ts';
import { listKind, getKind } from '../api/kinds.ts';
import type { Store } from '../store/store.ts';
import type { SortedChunks } from '../store/sorted-chunks.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { amountsOf, combined, podRequests, type Amounts } from './pod-requests.ts';

/** A node with what stands on it. */
export interface NodeInfo {
  readonly name: string;
  readonly node: NodeObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly allocatable: Amounts;
  /** By namespace and name; ended pods do not count, those being deleted do. */
  readonly pods: readonly PodObject[];
  /** The same pods in lists that stay the very same while none of theirs changes: what is counted in one can be remembered with it. */
  readonly parts: readonly (readonly PodObject[])[];
  /** Those of the pods that have affinity or anti-affinity to other pods. */
  readonly carriers: readonly PodObject[];
  /** Sum of what the pods ask for. */
  readonly requested: Amounts;
  /** Sum of what counts when nodes are compared. */
  readonly scored: { readonly cpu: number; readonly memory: number };
}

/** All nodes at one moment. Models pkg/scheduler/backend/cache. */
export interface Snapshot {
  /** By name. */
  readonly infos: readonly NodeInfo[];
  readonly byName: ReadonlyMap<string, NodeInfo>;
  /** Pods that are to run on a node once other pods have gone. */
  readonly nominated: readonly PodObject[];
}

/** What one chunk of the store's pods adds to a node. */
type Load = Pick<NodeInfo, 'requested' | 'scored'> & { readonly pods: PodObject[]; readonly carriers: PodObject[] };

interface ChunkLoads {
  readonly byNode: ReadonlyMap<string, Load>;
  readonly nominated: readonly PodObject[];
}

type Chunk = SortedChunks<StoredObject>[number];

const knownLoads = new WeakMap<Chunk, ChunkLoads>();
const knownAllocatable = new WeakMap<NodeObject, Amounts>();
const nothingAssumed: ReadonlyMap<string, string> = new Map();

const hasEnded = ({ status }: PodObject): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';
const sum = (one: number, other: number): number => one + other;
const emptyLoad = (): Load => ({ pods: [], carriers: [], requested: {}, scored: { cpu: 0, memory: 0 } });

/** `namespace/name` of a pod. */
export function podKey({ metadata: { namespace = 'default', name } }: PodObject): string {
  return `${namespace}/${name}`;
}

/** The priority of a pod. */
export function priorityOf({ spec: { priority = 0 } }: PodObject): number {
  return priority;
}

function added(load: Load, pod: PodObject): Load {
  const { requests, scored } = podRequests(pod);
  const { affinity } = pod.spec;
  load.pods.push(pod);
  if (affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined) load.carriers.push(pod);
  return {
    ...load,
    requested: combined(load.requested, requests, sum),
    scored: { cpu: load.scored.cpu + scored.cpu, memory: load.scored.memory + scored.memory },
  };
}

/** The chunk is immutable, so what it adds up to is remembered with it. */
function loadsOf(chunk: Chunk): ChunkLoads {
  const held = knownLoads.get(chunk);
  if (held !== undefined) return held;
  const byNode = new Map<string, Load>();
  const nominated: PodObject[] = [];
  for (const { value } of chunk) {
    const pod = value as PodObject;
    const { nodeName = '' } = pod.spec;
    if (nodeName !== '' && !hasEnded(pod)) byNode.set(nodeName, added(byNode.get(nodeName) ?? emptyLoad(), pod));
    else if (nodeName === '' && (pod.status?.nominatedNodeName ?? '') !== '') nominated.push(pod);
  }
  const loads = { byNode, nominated };
  knownLoads.set(chunk, loads);
  return loads;
}

function allocatableOf(node: NodeObject): Amounts {
  const held = knownAllocatable.get(node) ?? amountsOf(node.status?.allocatable ?? node.status?.capacity);
  knownAllocatable.set(node, held);
  return held;
}

/** The node with these pods in place of its own. */
export function withPods(info: NodeInfo, pods: readonly PodObject[]): NodeInfo {
  const load = pods.reduce(added, emptyLoad());
  return { ...info, ...load, parts: [load.pods] };
}

/** The snapshot with another state of one node. */
export function withNode(snapshot: Snapshot, changed: NodeInfo): Snapshot {
  const infos = snapshot.infos.map((info) => (info.name === changed.name ? changed : info));
  return { ...snapshot, infos, byName: new Map([...snapshot.byName, [changed.name, changed]]) };
}

/** All nodes with their pods. `assumed` names the node of pods that are as good as bound there, by `namespace/name`. */
export function snapshotOf(store: Store, assumed: ReadonlyMap<string, string> = nothingAssumed): Snapshot {
  const loads = (store.objects.pods ?? []).map(loadsOf);
  const infos = listKind(store, 'Node').map((node): NodeInfo => {
    const { name, labels = {} } = node.metadata;
    const parts = loads.flatMap(({ byNode }) => byNode.get(name) ?? []);
    const cpu = parts.reduce((total, { scored }) => total + scored.cpu, 0);
    const memory = parts.reduce((total, { scored }) => total + scored.memory, 0);
    const requested: Record<string, number> = {};
    for (const part of parts) {
      for (const resource in part.requested) requested[resource] = (requested[resource] ?? 0) + (part.requested[resource] ?? 0);
    }
    return {
      ...{ name, node, labels, allocatable: allocatableOf(node), requested, scored: { cpu, memory } },
      pods: parts.flatMap(({ pods }) => pods),
      parts: parts.map(({ pods }) => pods),
      carriers: parts.flatMap(({ carriers }) => carriers),
    };
  });
  const snapshot = { infos, byName: new Map(infos.map((info) => [info.name, info])), nominated: loads.flatMap(({ nominated }) => nominated) };
  return assumed.size === 0 ? snapshot : withAssumed(store, snapshot, assumed);
}

function withAssumed(store: Store, snapshot: Snapshot, assumed: ReadonlyMap<string, string>): Snapshot {
  let current = snapshot;
  for (const [key, node] of assumed) {
    const [namespace = '', name = ''] = key.split('/');
    const pod = getKind(store, 'Pod', name, namespace);
    const info = current.byName.get(node);
    if (pod !== undefined && info !== undefined && (pod.spec.nodeName ?? '') === '') current = withNode(current, withPods(info, [...info.pods, pod]));
  }
  return current;
}
