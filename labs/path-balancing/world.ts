import type { ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import type { NetworkNamespace } from '../engine/network/packet/topology.ts';
import { nodeAddress, podRange, storedService } from './cluster.ts';
import { nodeNamespace, type Opening } from './connect.ts';
import type { Input, ProxyMode } from './input.ts';
import type { Backend, Tally, Sent, Point, Outlook, Counts } from './state.ts';

/** The part of a state that decides where connections go. */
export interface Deciding {
  readonly input: Input;
  readonly pods: readonly Backend[];
  readonly proxy: ProxyMode;
}

/** Ports that programs are given, as Linux does (net.ipv4.ip_local_port_range). */
const [firstPort, ports] = [32_768, 28_232];

/** Each node with its rules, in the order of the nodes; empty in ipvs mode, where rules do not choose. */
export function namespacesOf({ proxy }: Deciding, inputs: readonly ProxyInput[]): readonly NetworkNamespace[] {
  return proxy === 'iptables' || proxy === 'nftables' ? inputs.map((input, index) => nodeNamespace(input, proxy, `${podRange(index)}.1`)) : [];
}

/** Whether the health check of the Service succeeds on a node: with externalTrafficPolicy Local, where a ready pod runs; else everywhere. */
function isHealthy({ input, pods }: Deciding, node: string): boolean {
  return input.service.spec.externalTrafficPolicy !== 'Local' || pods.some((pod) => pod.node === node && pod.isReady);
}

/** Positions of the nodes where connections enter. With no healthy node a load balancer tries them all. */
export function entryNodes(deciding: Deciding): readonly number[] {
  const { cluster, traffic } = deciding.input;
  const all = cluster.nodes.map((_, index) => index);
  if (traffic.from === 'pods') {
    const chosen = all.filter((index) => traffic.nodes.includes(cluster.nodes[index]?.name ?? ''));
    return chosen.length > 0 ? chosen : all.slice(0, 1);
  }
  if (traffic.loadBalancer === 'all nodes') return all;
  const healthy = all.filter((index) => isHealthy(deciding, cluster.nodes[index]?.name ?? ''));
  return healthy.length > 0 ? healthy : all;
}

/** Address of a client: of a pod on a node of the callers, or of somebody on the internet. */
function clientAddress({ input }: Deciding, client: number, nodes: readonly number[]): string {
  if (input.traffic.from === 'internet') return `198.51.100.${String(client + 1)}`;
  const index = nodes[client % nodes.length] ?? 0;
  return `${podRange(index)}.${String(50 + Math.floor(client / nodes.length))}`;
}

/** All that the openings of one batch share. */
export interface Roads {
  readonly deciding: Deciding;
  /** Where connections enter. */
  readonly nodes: readonly number[];
  /** An opening at each node. */
  readonly openings: readonly Opening[];
}

export function roadsOf(deciding: Deciding): Roads {
  return { deciding, nodes: entryNodes(deciding), openings: deciding.input.cluster.nodes.map((_, index) => openingAt(deciding, index)) };
}

/** The first packet of connection `number`, and the position of the node where it enters. A load balancer takes its nodes in turn. */
export function openingOf({ deciding, nodes, openings }: Roads, client: number, number: number): { readonly node: number; readonly opening: Opening } {
  const isInternet = deciding.input.traffic.from === 'internet';
  const node = (isInternet ? nodes[number % nodes.length] : nodes[client % nodes.length]) ?? 0;
  const opening = openings[node] ?? openingAt(deciding, node);
  return { node, opening: { ...opening, source: clientAddress(deciding, client, nodes), sourcePort: firstPort + (number % ports) } };
}

/** A connection of the first client at a node: to the cluster IP from a pod there, to the node port from outside. */
export function openingAt({ input }: Pick<Deciding, 'input'>, node: number): Opening {
  const { clusterIP = '', ports: [port] = [] } = storedService(input.service).spec;
  const protocol = port?.protocol === 'UDP' ? 'udp' : 'tcp';
  return input.traffic.from === 'internet'
    ? { source: '198.51.100.1', sourcePort: firstPort, destination: nodeAddress(node), port: port?.nodePort ?? 0, protocol, device: 'eth0' }
    : { source: `${podRange(node)}.50`, sourcePort: firstPort, destination: clusterIP, port: port?.port ?? 0, protocol, device: 'cni0' };
}

/** An open connection or UDP socket, as the conntrack table of its node knows it. */
export interface OpenConnection {
  readonly pod: string;
  readonly node: string;
  /** Requests that it has carried. */
  readonly used: number;
  readonly lastMs: number;
}

/** What an IPVS node remembers of its own: the pod served last, and connections that were closed within the last two minutes, by pod and second. */
export interface Ipvs {
  readonly last: string;
  readonly closed: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}

/** The cluster and its clients with all that they remember: what the models work on. */
export interface World extends Deciding {
  readonly seed: number;
  /** Pods made so far, those that are gone included. */
  readonly podsMade: number;
  readonly isScaled: boolean;
  readonly clockMs: number;
  readonly sent: number;
  /** The run goes on up to so many requests. */
  readonly target: number;
  /** Connections opened so far: the number of the next one decides its luck. */
  readonly opened: number;
  /** By client and slot: `client * connectionsPerClient + slot`. */
  readonly open: readonly (OpenConnection | null)[];
  /** The pod of each client's last connection; empty: none yet. */
  readonly lastPods: readonly string[];
  /** When a client was last sent somewhere, by node, list of the rules, and address. */
  readonly affinity: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
  readonly ipvs: Readonly<Record<string, Ipvs>>;
  readonly tally: Tally;
  /** The last requests, oldest first. */
  readonly recent: readonly Sent[];
  readonly points: readonly Point[];
  readonly outlook: Outlook;
}
