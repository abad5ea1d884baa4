import type { ProxiedEndpoint } from '../kube-proxy/endpoints-map.ts';
import type { PortTraffic } from '../kube-proxy/port-traffic.ts';
import { hostPort, virtualServerText, type Destination, type VirtualServer } from './ipvs-types.ts';

/** A destination that left while TCP connections to it were open. */
export interface OpenConnection {
  /** `10.96.0.1:443/TCP`. */
  readonly virtualServer: string;
  /** `address:port`. */
  readonly destination: string;
}

interface Known {
  readonly traffic: readonly PortTraffic[];
  readonly nodeAddresses: readonly string[];
  readonly open: readonly OpenConnection[];
}

/** The virtual servers of a node. Models syncProxyRules, syncService and syncEndpoint of pkg/proxy/ipvs/proxier.go. */
export function virtualServers({ traffic, nodeAddresses, open }: Known): readonly VirtualServer[] {
  const servers = traffic.flatMap((each): readonly VirtualServer[] => {
    const { port } = each;
    const serverAt = (address: string, number: number, isLocalOnly: boolean): VirtualServer => {
      const server = { address, port: number, protocol: port.protocol };
      return {
        ...server,
        scheduler: 'rr',
        ...(port.affinitySeconds !== undefined && { persistentSeconds: port.affinitySeconds }),
        destinations: withDraining(destinationsOf(each, isLocalOnly), server, open),
      };
    };
    const { nodePort } = port;
    return [
      serverAt(port.clusterIP, port.port, port.isInternalLocal),
      ...[...port.externalIPs, ...port.loadBalancerIPs].map((address) => serverAt(address, port.port, port.isExternalLocal)),
      ...(nodePort === undefined ? [] : nodeAddresses.map((address) => serverAt(address, nodePort, port.isExternalLocal))),
    ];
  });
  return [...new Map(servers.map((server) => [virtualServerText(server), server])).values()];
}

/**
 * Where a virtual server sends to. A Local policy without an endpoint on this node falls back to the cluster's endpoints, so that the node's own pods may
 * still use the address; the answers to others come from a wrong address.
 */
function destinationsOf({ local, cluster }: PortTraffic, isLocalOnly: boolean): readonly Destination[] {
  const chosen: readonly ProxiedEndpoint[] = isLocalOnly && local.length > 0 ? local : cluster;
  return chosen.map(({ address, port }) => ({ address, port, weight: 1 }));
}

/** Destinations that are gone stay with weight 0 while connections to them are open, but only for TCP. Models pkg/proxy/ipvs/graceful_termination.go. */
function withDraining(
  destinations: readonly Destination[],
  server: Pick<VirtualServer, 'address' | 'port' | 'protocol'>,
  open: readonly OpenConnection[],
): readonly Destination[] {
  if (server.protocol !== 'tcp' || open.length === 0) return destinations;
  const name = virtualServerText(server);
  const known = new Set(destinations.map(({ address, port }) => hostPort(address, port)));
  const gone = [...new Set(open.filter(({ virtualServer }) => virtualServer === name).map(({ destination }) => destination))].filter(
    (text) => !known.has(text),
  );
  return [...destinations, ...gone.map((text): Destination => ({ ...endOf(text), weight: 0 }))];
}

function endOf(text: string): { readonly address: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replace(/^\[|\]$/gu, ''), port: Number(text.slice(colon + 1)) };
}

/** The addresses for kube-ipvs0: all that lead to Services but those that another device of the node has. */
export function dummyAddresses(traffic: readonly PortTraffic[], nodeAddresses: readonly string[]): readonly string[] {
  const external = traffic.flatMap(({ port }) => [...port.externalIPs, ...port.loadBalancerIPs]).filter((address) => !nodeAddresses.includes(address));
  return [...new Set([...traffic.map(({ port }) => port.clusterIP), ...external])];
}
