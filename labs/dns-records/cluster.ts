import type { Pod } from '../engine/api/types.ts';
import type { ServerContext } from '../engine/network/cluster-dns/backend.ts';
import { clusterDns, serverContext, type ClusterDns } from '../engine/network/cluster-dns/cluster-dns.ts';
import { records, type ListedRecord } from '../engine/network/cluster-dns/records.ts';
import { kubeadmSettings, type ClusterDnsSettings } from '../engine/network/cluster-dns/settings.ts';
import { decideEndpoints, type EndpointDecision } from '../engine/network/endpoint-slices.ts';
import { statefulSetPods } from '../engine/network/stateful-set-pods.ts';
import { keyOf, type Cluster, type ClusterPod, type Corefile } from './input.ts';

/** The server with everything that follows from objects and Corefile. */
export interface World {
  readonly context: ServerContext;
  readonly server: ClusterDns;
  readonly listed: readonly ListedRecord[];
  readonly recordsAt: (name: string) => readonly ListedRecord[];
  /** What the EndpointSlice controller decided, by Service. */
  readonly decisions: ReadonlyMap<string, EndpointDecision>;
}

// Both are never changed in place, so what was computed for them stays true.
const worlds = new WeakMap<Cluster, WeakMap<Corefile, World>>();

function settingsOf(corefile: Corefile): ClusterDnsSettings {
  const { clusterDomain: zone, pods, ttlSeconds, endpointPodNames: usePodNames, ignoreEmptyService, internet: upstream } = corefile;
  return { ...kubeadmSettings, zone, pods, ttlSeconds, usePodNames, ignoreEmptyService, upstream };
}

/** What the cluster DNS makes of the objects. Computed once for each pair. */
export function worldOf({ cluster, corefile }: { readonly cluster: Cluster; readonly corefile: Corefile }): World {
  const ofCluster = worlds.get(cluster) ?? new WeakMap<Corefile, World>();
  worlds.set(cluster, ofCluster);
  const known = ofCluster.get(corefile);
  if (known !== undefined) return known;
  const pods = cluster.pods.map(({ pod }) => pod);
  const decisions = new Map(cluster.services.map((service) => [keyOf(service), decideEndpoints(service, pods)]));
  const endpointSlices = [...[...decisions.values()].flatMap(({ slices }) => slices), ...cluster.slices];
  const view = { namespaces: cluster.namespaces.map((name) => ({ metadata: { name } })), services: cluster.services, endpointSlices, pods };
  const settings = settingsOf(corefile);
  const listed = records(view, settings);
  const byName = new Map<string, ListedRecord[]>();
  for (const record of listed) byName.set(record.name, [...(byName.get(record.name) ?? []), record]);
  const recordsAt = (name: string): readonly ListedRecord[] => byName.get(name.toLowerCase()) ?? [];
  const world = { context: serverContext(view, settings), server: clusterDns(view, settings), listed, recordsAt, decisions };
  ofCluster.set(corefile, world);
  return world;
}

/** The main address of a pod; empty: it has none yet. */
export function addressOf({ status }: Pod): string {
  return status?.podIP ?? status?.podIPs?.[0]?.ip ?? '';
}

function withReadiness(pod: Pod, ready: boolean): Pod {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'Ready');
  return { ...pod, status: { ...pod.status, conditions: [...others, { type: 'Ready', status: ready ? 'True' : 'False' }] } };
}

/** The cluster in which the pod is ready, or not. */
export function setReadiness(cluster: Cluster, key: string, ready: boolean): Cluster {
  return { ...cluster, pods: cluster.pods.map((each) => (keyOf(each.pod) === key ? { ...each, pod: withReadiness(each.pod, ready) } : each)) };
}

/** Address of a pod made after the start; those of the texts begin at 10.244.1.6. */
export const birthAddress = (birth: number): string => `10.244.${200 + Math.floor(birth / 250)}.${(birth % 250) + 1}`;

/**
 * The cluster in which a StatefulSet has so many members: the highest ordinals go first, new members get addresses never used before.
 * // Models pkg/controller/statefulset, at the end of its scaling
 */
export function scale(cluster: Cluster, key: string, replicas: number, births: number): { readonly cluster: Cluster; readonly births: number } {
  const set = cluster.sets.find((each) => keyOf(each) === key);
  if (set === undefined) return { cluster, births };
  const owner = `StatefulSet ${key}`;
  const there = new Set(cluster.pods.map(({ pod }) => keyOf(pod)));
  let born = births;
  const scaled = { ...set, spec: { ...set.spec, replicas } };
  const wanted = statefulSetPods(scaled, (name) => {
    if (there.has(`${set.metadata.namespace ?? 'default'}/${name}`)) return { isReady: true };
    born += 1;
    return { address: birthAddress(born), isReady: true };
  });
  const keys = new Set(wanted.map(keyOf));
  const stays = cluster.pods.filter(({ pod, owner: by }) => by !== owner || keys.has(keyOf(pod)));
  const made = wanted.filter((pod) => !there.has(keyOf(pod))).map((pod): ClusterPod => ({ pod, owner }));
  return { cluster: { ...cluster, sets: cluster.sets.map((each) => (each === set ? scaled : each)), pods: [...stays, ...made] }, births: born };
}
