import type { EndpointSlice, Pod } from '../engine/api/types.ts';
import { keyHash } from '../engine/key-hash.ts';
import { withHints } from '../engine/network/endpoint-hints.ts';
import { endpointSlicesFor } from '../engine/network/endpoint-slices.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import { isTerminating, keyOf, type Cluster, type ClusterNode, type Crowd, type Mode, type PlacedPod, type Replicated } from './input.ts';
import type { ServiceField, Seen } from './situation.ts';
import { distributionOf } from './traffic.ts';
import { without } from './without.ts';

/** Nodes have no zones here. */
function slicesOf({ services, slices, pods }: Cluster): readonly EndpointSlice[] {
  const all = pods.map(({ pod }) => pod);
  const made = services.flatMap((service) => endpointSlicesFor(service, all).map((slice) => withHints(slice, distributionOf(service), () => '')));
  return [...made, ...slices];
}

/** What kube-proxy is told of a cluster. */
export function seenOf(cluster: Cluster, mode: Mode, crowd: Crowd): Seen {
  return { mode, services: cluster.services, slices: slicesOf(cluster), crowd };
}

const nodePortFirst = 30_000;
const nodePorts = 2768;
/** Load balancers get addresses of a documentation range. */
const balancerAddress = (key: string): string => `203.0.113.${String(10 + (keyHash(key) % 200))}`;

function freeNodePort(key: string, taken: ReadonlySet<number>): number {
  const start = keyHash(key) % nodePorts;
  for (let step = 0; step < nodePorts; step += 1) {
    const port = nodePortFirst + ((start + step) % nodePorts);
    if (!taken.has(port)) return port;
  }
  return nodePortFirst;
}

/**
 * The Service with what the API server and a cloud would add to its type: node ports, the address of a load balancer. What another type had goes.
 * Models the allocators of pkg/registry/core/service, with a hash instead of chance.
 */
export function withType(service: ProxiedService, others: readonly ProxiedService[]): ProxiedService {
  const { type, ports = [] } = service.spec;
  const rest = without(service, 'status');
  if (type !== 'NodePort' && type !== 'LoadBalancer') {
    const spec = without(service.spec, 'externalTrafficPolicy', 'healthCheckNodePort');
    const isOut = (spec.externalIPs ?? []).length > 0;
    return { ...rest, spec: { ...(isOut ? service.spec : spec), ...(service.spec.ports && { ports: ports.map((port) => without(port, 'nodePort')) }) } };
  }
  const taken = new Set([...others.flatMap(({ spec }) => spec.ports ?? []), ...ports].flatMap(({ nodePort }) => nodePort ?? []));
  const named = ports.map((port) => {
    if ((port.nodePort ?? 0) !== 0) return port;
    const nodePort = freeNodePort(`${keyOf(service)}:${port.name ?? ''}`, taken);
    taken.add(nodePort);
    return { ...port, nodePort };
  });
  const status = type === 'LoadBalancer' ? (service.status ?? { loadBalancer: { ingress: [{ ip: balancerAddress(keyOf(service)) }] } }) : undefined;
  return { ...rest, spec: { ...service.spec, ports: named }, ...(status && { status }) };
}

/** The cluster with one field of a Service changed. */
export function changeService(cluster: Cluster, key: string, field: ServiceField, value: string): Cluster {
  const services = cluster.services.map((service) => {
    if (keyOf(service) !== key) return service;
    const changed = { ...service, spec: { ...service.spec, [field]: value } };
    return field === 'type'
      ? withType(
          changed,
          cluster.services.filter((each) => each !== service),
        )
      : changed;
  });
  return { ...cluster, services };
}

function changePod(cluster: Cluster, key: string, change: (pod: Pod) => Pod): Cluster {
  return { ...cluster, pods: cluster.pods.map((each) => (keyOf(each.pod) === key ? { ...each, pod: change(each.pod) } : each)) };
}

/** The pod's condition Ready, as the kubelet would write it. */
export function setReadiness(cluster: Cluster, key: string, ready: boolean): Cluster {
  return changePod(cluster, key, (pod) => {
    const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'Ready');
    return { ...pod, status: { ...pod.status, conditions: [...others, { type: 'Ready', status: ready ? 'True' : 'False' }] } };
  });
}

/** A pod that is asked to end: it still runs and answers. */
export function terminate(cluster: Cluster, key: string): Cluster {
  return changePod(cluster, key, (pod) => ({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }));
}

export function remove(cluster: Cluster, key: string): Cluster {
  return { ...cluster, pods: cluster.pods.filter(({ pod }) => keyOf(pod) !== key) };
}

/** An address of the node's block that no pod has: found from the pod's name, so that pods keep theirs when others come. */
function freeAddress(key: string, block: number, pods: readonly PlacedPod[]): string {
  const taken = new Set(pods.map(({ pod }) => pod.status?.podIP));
  const start = keyHash(key) % hostsMax;
  const candidates = Array.from({ length: hostsMax }, (_, step) => `10.244.${String(block)}.${String(hostFirst + ((start + step) % hostsMax))}`);
  return candidates.find((address) => !taken.has(address)) ?? candidates[0] ?? '';
}
// .1 is the node's bridge.
const hostFirst = 4;
const hostsMax = 90;

/** A pod in its place: on its node, with an address of the node's block, running and ready unless it says otherwise. */
export function placed(pod: Pod, pods: readonly PlacedPod[], nodes: readonly ClusterNode[]): Pod {
  const load = (name: string): number => pods.filter((each) => each.pod.spec.nodeName === name).length;
  const emptiest = nodes.toSorted((one, other) => load(one.name) - load(other.name))[0]?.name ?? '';
  const nodeName = pod.spec.nodeName ?? emptiest;
  const block = 1 + nodes.findIndex(({ name }) => name === nodeName);
  const podIP = pod.status?.podIP ?? freeAddress(keyOf(pod), block, pods);
  const status = { phase: 'Running' as const, conditions: [{ type: 'Ready', status: 'True' }], ...pod.status, podIP, podIPs: [{ ip: podIP }] };
  return { ...pod, spec: { ...pod.spec, nodeName }, status };
}

// The letters of generated names: no vowels and nothing that looks like one (k8s.io/apimachinery/pkg/util/rand).
const letters = 'bcdfghjklmnpqrstvwxz2456789';
const generated = (key: string, length: number): string =>
  Array.from({ length }, (_, index) => letters.charAt(keyHash(`${key} ${String(index)}`) % letters.length)).join('');

/**
 * The cluster in which a Deployment has so many pods: pods that are not ready go first, then the youngest; new ones go to the emptiest node.
 * Pods on their way out count no more. Models pkg/controller/replicaset, at the end of its scaling.
 */
export function scale(cluster: Cluster, key: string, replicas: number, nodes: readonly ClusterNode[]): Cluster {
  const deployment = cluster.deployments.find((each) => keyOf(each) === key);
  if (deployment === undefined) return cluster;
  const deployments = cluster.deployments.map((each) => (each === deployment ? { ...each, replicas } : each));
  const own = cluster.pods.filter(({ owner, pod }) => owner === key && !isTerminating(pod));
  if (own.length <= replicas) return filled({ ...cluster, deployments }, { ...deployment, replicas }, replicas - own.length, nodes);
  const ready = ({ pod }: PlacedPod): number => ((pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True') ? 1 : 0);
  const goes = own
    .map((each, index) => ({ each, index }))
    .toSorted((one, other) => ready(one.each) - ready(other.each) || other.index - one.index)
    .slice(0, own.length - replicas)
    .map(({ each }) => each);
  return { ...cluster, deployments, pods: cluster.pods.filter((each) => !goes.includes(each)) };
}

/** The cluster with so many pods of a Deployment more. */
export function filled(cluster: Cluster, deployment: Replicated, count: number, nodes: readonly ClusterNode[]): Cluster {
  const key = keyOf(deployment);
  const { name, namespace } = deployment.metadata;
  const pods = [...cluster.pods];
  for (let index = 0; index < count; index += 1) {
    const podName = `${name}-${generated(key, 9)}-${generated(`${key} ${String(deployment.made + index)}`, 5)}`;
    pods.push({ pod: placed({ metadata: { name: podName, namespace, labels: deployment.labels }, spec: deployment.spec }, pods, nodes), owner: key });
  }
  const made = { ...deployment, made: deployment.made + Math.max(0, count) };
  return { ...cluster, pods, deployments: cluster.deployments.map((each) => (keyOf(each) === key ? made : each)) };
}

/** By key what the one list has in common with the next, and what the learner did to it since. */
function merged<Item>(keyed: (item: Item) => string, was: readonly Item[], is: readonly Item[], current: readonly Item[]): readonly Item[] {
  const before = new Map(was.map((item) => [keyed(item), JSON.stringify(item)]));
  const now = new Map(current.map((item) => [keyed(item), item]));
  const written = new Set(is.map(keyed));
  const kept = is.flatMap((item) => (before.get(keyed(item)) === JSON.stringify(item) ? (now.get(keyed(item)) ?? []) : [item]));
  // What came by an act, such as scaling, stands in neither text.
  return [...kept, ...current.filter((item) => !written.has(keyed(item)) && !before.has(keyed(item)))];
}

/** The cluster after an edit of the texts: objects whose text is the same stay as the learner's acts left them. */
export function edited(was: Cluster, is: Cluster, current: Cluster): Cluster {
  const isSame = (one: Replicated): boolean => was.deployments.some((other) => JSON.stringify(other) === JSON.stringify(one));
  const stays = new Set(is.deployments.filter(isSame).map(keyOf));
  const owned = ({ owner = '' }: PlacedPod): boolean => stays.has(owner);
  const single = ({ owner }: PlacedPod): boolean => owner === undefined;
  const alone = merged(({ pod }) => keyOf(pod), was.pods.filter(single), is.pods.filter(single), current.pods.filter(single));
  const fresh = is.pods.filter((each) => !single(each) && !owned(each));
  return {
    services: merged(keyOf, was.services, is.services, current.services),
    slices: merged(keyOf, was.slices, is.slices, current.slices),
    deployments: merged(keyOf, was.deployments, is.deployments, current.deployments),
    pods: [...alone, ...current.pods.filter(owned), ...fresh],
  };
}
