import type { EndpointSlice, Pod } from '../engine/api/types.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';

/** How kube-proxy writes rules on Linux; ipvs is deprecated and not shown. */
export const modes = ['iptables', 'nftables'] as const;
export type Mode = (typeof modes)[number];

export interface ClusterNode {
  readonly name: string;
  readonly address: string;
}

/** Services that stand for the rest of a large cluster: all alike, each with as many ready endpoints on other nodes. */
export interface Crowd {
  readonly services: number;
  readonly endpoints: number;
}

export const crowdMax: Crowd = { services: 2000, endpoints: 20 };

/** What the text about kube-proxy says. */
export interface Settings {
  readonly mode: Mode;
  /** Whose rules are shown. */
  readonly node: string;
  readonly clusterCidr: string;
  readonly nodes: readonly ClusterNode[];
  readonly stopped: readonly string[];
  readonly crowd: Crowd;
}

/** A pod, and the Deployment that made it; absent: it was written down. */
export interface PlacedPod {
  readonly pod: Pod;
  readonly owner?: string;
}

export interface Replicated {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly replicas: number;
  /** Pods made so far: each gets a name of its own. */
  readonly made: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Pod['spec'];
}

/** The objects as the API server holds them. The controller's EndpointSlices follow from them. */
export interface Cluster {
  readonly services: readonly ProxiedService[];
  /** Slices that nobody but the learner looks after. */
  readonly slices: readonly EndpointSlice[];
  readonly pods: readonly PlacedPod[];
  readonly deployments: readonly Replicated[];
}

export interface Input {
  readonly objectsText: string;
  readonly cluster: Cluster;
  readonly settings: Settings;
  /** What the stopped kube-proxies saw last; absent: the same. */
  readonly before?: Cluster;
}

/** Replicas that a Deployment can be scaled to here. */
export const replicasMax = 8;

/** `namespace/name` of an object. */
export function keyOf({ metadata }: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}

/** The condition Ready of a pod is True. */
export function isReady({ status }: Pod): boolean {
  return (status?.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True');
}

export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}
