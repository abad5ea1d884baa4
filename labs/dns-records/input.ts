import type { EndpointSlice, Pod, Service, StatefulSet } from '../engine/api/types.ts';
import type { ClusterDnsSettings } from '../engine/network/cluster-dns/settings.ts';
import type { QueryType } from '../engine/network/resolver/types.ts';

/** Record types that can be asked for here. */
export const queryTypes = ['A', 'AAAA', 'SRV', 'CNAME', 'PTR', 'TXT', 'NS', 'SOA', 'ANY'] as const satisfies readonly QueryType[];

/** A name and a type, as they are sent to the server. */
export interface Query {
  /** Absolute: it ends in a dot. */
  readonly name: string;
  readonly type: QueryType;
  /** What the learner wrote. */
  readonly typed: string;
}

/** Longest name that may be asked for here; the DNS itself allows 253 characters, longer ones show what the server says. */
export const nameBytesMax = 300;

/** Members a StatefulSet can be scaled to here. */
export const replicasMax = 6;

/** A pod that is in the cluster, and what made it. */
export interface ClusterPod {
  readonly pod: Pod;
  /** `StatefulSet data/db`; absent: it was written down. */
  readonly owner?: string;
  /** Its address and condition are written down; else the lab gives both. */
  readonly isStatusWritten?: true;
}

/** The objects as the API server holds them. The controller’s EndpointSlices are computed from them. */
export interface Cluster {
  readonly namespaces: readonly string[];
  readonly services: readonly Service[];
  /** Slices that nobody but the learner looks after. */
  readonly slices: readonly EndpointSlice[];
  readonly pods: readonly ClusterPod[];
  readonly sets: readonly StatefulSet[];
}

/** What the Corefile says, as far as it can be chosen here. */
export interface Corefile {
  readonly clusterDomain: string;
  readonly pods: 'disabled' | 'insecure' | 'verified';
  readonly ttlSeconds: number;
  readonly endpointPodNames: boolean;
  readonly ignoreEmptyService: boolean;
  /** Names outside the cluster, as the resolvers behind `forward` know them. */
  readonly internet: ClusterDnsSettings['upstream'];
}

export interface Input {
  /** The objects as the learner wrote them, for a real cluster. */
  readonly clusterText: string;
  readonly cluster: Cluster;
  readonly corefile: Corefile;
  readonly guesses: readonly Query[];
}

/** What a state remembers of its texts; the objects themselves are in its cluster. */
export type Said = Omit<Input, 'cluster'>;

/** The input without the objects. */
export function said({ clusterText, corefile, guesses }: Input): Said {
  return { clusterText, corefile, guesses };
}

/** `namespace/name` of an object. */
export function keyOf({ metadata }: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}

/** The namespace of an object; `default` where none is written. */
export function namespaceOf({ metadata }: { readonly metadata: { readonly namespace?: string } }): string {
  return metadata.namespace ?? 'default';
}

/** The Services that every cluster has, so that nobody has to write them down. */
export function isAlwaysThere(service: Service): boolean {
  return ['default/kubernetes', 'kube-system/kube-dns'].includes(keyOf(service));
}

/** The condition Ready of a pod is True. */
export function isReady({ status }: Pod): boolean {
  return (status?.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True');
}
