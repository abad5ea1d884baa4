import { endpointsMap } from '../engine/network/kube-proxy/endpoints-map.ts';
import type { ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import { serviceMap } from '../engine/network/kube-proxy/service-map.ts';
import { usableEndpoints } from '../engine/network/kube-proxy/usable-endpoints.ts';
import type { Ipvs } from './world.ts';

/** A closed TCP connection stays in IPVS's table for the two minutes of TIME_WAIT, as an inactive one. */
const inactiveSeconds = 120;
/** How many inactive connections weigh as much as an active one (ip_vs_dest_conn_overhead). */
const activeWeight = 256;

/** Real servers of the Service on one node, in the order in which kube-proxy adds them. */
export function realServers(input: ProxyInput, from: 'pods' | 'internet'): readonly string[] {
  const [entry] = serviceMap(input);
  if (!entry) return [];
  const [key, port] = entry;
  const { cluster, local } = usableEndpoints(endpointsMap(input).get(key) ?? [], port, input.node);
  const isLocal = from === 'pods' ? port.isInternalLocal : port.isExternalLocal;
  return (isLocal ? local : cluster).map(({ address }) => address);
}

/** Round robin: the server behind the one that was served last. Models net/netfilter/ipvs/ip_vs_rr.c with equal weights. */
export function roundRobin(servers: readonly string[], last: string): string | undefined {
  return servers[(servers.indexOf(last) + 1) % Math.max(1, servers.length)];
}

/** Least connection: the first server with the smallest load. Models net/netfilter/ipvs/ip_vs_lc.c. */
export function leastConnection(servers: readonly string[], loadOf: (server: string) => number): string | undefined {
  let least: { readonly server: string; readonly load: number } | undefined;
  for (const server of servers) {
    const load = loadOf(server);
    if (!least || load < least.load) least = { server, load };
  }
  return least?.server;
}

/** What `lc` compares: active connections count 256-fold. */
export function loadOf(active: number, { closed }: Ipvs, server: string, nowMs: number): number {
  const since = Math.floor(nowMs / 1000) - inactiveSeconds;
  const inactive = (closed[server] ?? []).reduce((sum, [second, count]) => sum + (second > since ? count : 0), 0);
  return active * activeWeight + inactive;
}

/** The memory of a node after a connection to `server` was closed. */
export function withClosed(ipvs: Ipvs, server: string, nowMs: number): Ipvs {
  const now = Math.floor(nowMs / 1000);
  const kept = (ipvs.closed[server] ?? []).filter(([second]) => second > now - inactiveSeconds);
  const last = kept.at(-1);
  const closed = last?.[0] === now ? [...kept.slice(0, -1), [now, last[1] + 1] as const] : [...kept, [now, 1] as const];
  return { ...ipvs, closed: { ...ipvs.closed, [server]: closed } };
}
