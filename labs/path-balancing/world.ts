import type { ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import type { NetworkNamespace } from '../engine/network/packet/topology.ts';
import { nodeAddress, podRange, storedService } from './cluster.ts';
import { nodeNamespace, type Opening } from './connect.ts';
import type { Input, ProxyMode } from './input.ts';
import type { Backend } from './state.ts';

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
