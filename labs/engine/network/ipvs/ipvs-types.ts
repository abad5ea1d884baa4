import type { TransportProtocol } from '../kube-proxy/iptables-types.ts';
import type { RuleTables } from '../packet/rules.ts';

/**
 * What kube-proxy sets up on a node in ipvs mode. Nothing of this folder was compared with a recording: it is written from the sources of kube-proxy and of
 * the kernel. Models pkg/proxy/ipvs of Kubernetes and net/netfilter/ipvs of Linux.
 */
export interface IpvsRules {
  /** In the order of the Services' names; one for each address and port that leads to a Service. */
  readonly virtualServers: readonly VirtualServer[];
  /** What stands on the device kube-ipvs0, so that packets to it are for the machine itself: the addresses of Services, but none that another device has. */
  readonly dummyAddresses: readonly string[];
  /** All sets that kube-proxy makes, by name; most are empty. */
  readonly sets: Readonly<Record<string, AddressSet>>;
  readonly iptables: RuleTables;
}

/** An address and port that the kernel serves by passing connections on. */
export interface VirtualServer {
  readonly address: string;
  readonly port: number;
  readonly protocol: TransportProtocol;
  readonly scheduler: 'rr';
  /** How long a client keeps its destination; absent: it does not. */
  readonly persistentSeconds?: number;
  /** In the order in which round robin takes them. The real order is random: kube-proxy adds them from a Go map. */
  readonly destinations: readonly Destination[];
}

export interface Destination {
  readonly address: string;
  readonly port: number;
  /** 0: no new connections; those that are open stay. */
  readonly weight: 0 | 1;
}

export type AddressSetType = 'hash:ip' | 'hash:ip,port' | 'hash:ip,port,ip' | 'hash:ip,port,net' | 'bitmap:port';

/** A set of ipset. */
export interface AddressSet {
  readonly type: AddressSetType;
  /** As ipset writes them: `10.96.0.1,tcp:443`, `10.244.1.5,tcp:8080,10.244.1.5`, `30080`. */
  readonly entries: readonly string[];
}

/** The name of a virtual server: `10.96.0.1:443/TCP`. Models VirtualServer.String of pkg/proxy/ipvs/util. */
export function virtualServerText({ address, port, protocol }: Pick<VirtualServer, 'address' | 'port' | 'protocol'>): string {
  return `${hostPort(address, port)}/${protocol.toUpperCase()}`;
}

/** `address:port`, with brackets for IPv6. Models Go's net.JoinHostPort. */
export function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
