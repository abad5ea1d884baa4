import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import { isReady, isTerminating, keyOf, type ClusterNode, type PlacedPod } from './input.ts';
import type { Situation, ServiceField } from './situation.ts';

/** The Service that is drawn. */
export function shownService(state: Situation): ProxiedService | undefined {
  return serviceOf(state, state.shown);
}

export function serviceOf({ cluster }: Pick<Situation, 'cluster'>, key: string): ProxiedService | undefined {
  return cluster.services.find((service) => keyOf(service) === key);
}

/** The node of this name; the first one if there is none. */
export function nodeNamed({ input }: Pick<Situation, 'input'>, name: string): ClusterNode {
  const { nodes } = input.settings;
  return nodes.find((node) => node.name === name) ?? nodes[0] ?? { name, address: '' };
}

/** What a Service says of a field; the API server's default where it says nothing. */
export function fieldOf({ spec }: ProxiedService, field: ServiceField): string {
  if (field === 'type') return spec.type ?? 'ClusterIP';
  return spec[field] ?? (field === 'sessionAffinity' ? 'None' : 'Cluster');
}

/** What a Service says of trafficDistribution; the reader has checked it. */
export function distributionOf({ spec }: ProxiedService): string | undefined {
  const found: unknown = Object.entries(spec).find(([field]) => field === 'trafficDistribution')?.[1];
  return typeof found === 'string' ? found : undefined;
}

/** The pod that has an address (`address:port`). */
export function podAt({ cluster }: Pick<Situation, 'cluster'>, endpoint: string): PlacedPod | undefined {
  const address = endpoint.slice(0, endpoint.lastIndexOf(':'));
  return cluster.pods.find(({ pod }) => pod.status?.podIP === address);
}

/** Whether a slice written by hand lists the address. */
export function isByHand({ cluster }: Pick<Situation, 'cluster'>, endpoint: string): boolean {
  const address = endpoint.slice(0, endpoint.lastIndexOf(':'));
  return cluster.slices.some(({ endpoints }) => endpoints.some(({ addresses }) => addresses.includes(address)));
}

/** Pods that a Service selects. */
export function selectedPods({ cluster }: Pick<Situation, 'cluster'>, service: ProxiedService): readonly PlacedPod[] {
  const { selector = {} } = service.spec;
  const wanted = Object.entries(selector);
  if (wanted.length === 0) return [];
  const namespace = service.metadata.namespace ?? 'default';
  return cluster.pods.filter(
    ({ pod }) => (pod.metadata.namespace ?? 'default') === namespace && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value),
  );
}

/** Pods that no Service selects: the clients of these labs. */
export function clientPods({ cluster }: Pick<Situation, 'cluster'>): readonly PlacedPod[] {
  const servers = new Set(cluster.services.flatMap((service) => selectedPods({ cluster }, service)));
  return cluster.pods.filter((pod) => !servers.has(pod));
}

/** Pods that can be acted on and are drawn; more of them can only be edited. */
const podsMax = 12;

/** Those of the shown Service first, then clients, then pods of other Services. */
export function podsAtHand(state: Situation): readonly PlacedPod[] {
  const service = shownService(state);
  const all = [...(service === undefined ? [] : selectedPods(state, service)), ...clientPods(state), ...state.cluster.pods];
  return [...new Set(all)].slice(0, podsMax);
}

/** What the EndpointSlice says of a pod, in words. */
export function conditionOf({ pod }: PlacedPod): string {
  if (isTerminating(pod)) return isReady(pod) ? 'terminating, still serving' : 'terminating';
  return isReady(pod) ? 'ready' : 'not ready';
}
