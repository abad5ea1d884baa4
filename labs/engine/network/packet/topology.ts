import type { RuleSets } from './rule-sets.ts';

/** A network as it is before the packet: what is plugged in where, addresses, routes, rules. Plain data. */
export interface Topology {
  readonly namespaces: Readonly<Record<string, NetworkNamespace>>;
}

export interface NetworkNamespace {
  readonly role: 'pod' | 'node' | 'switch' | 'host';
  /** In the order in which they were made: a bridge floods the newest port first. */
  readonly devices: readonly Device[];
  readonly routes: readonly Route[];
  readonly sysctls: Sysctls;
  /** Absent: no rules and no connection tracking. */
  readonly rules?: RuleSets;
  readonly listeners: readonly Listener[];
  /** Addresses that a list of `-m recent`, or a set that packets fill, already holds. */
  readonly remembered?: Readonly<Record<string, readonly string[]>>;
}

export interface Sysctls {
  /** net.ipv4.ip_forward */
  readonly forwards: boolean;
  /** net.bridge.bridge-nf-call-iptables: rules also see packets that a bridge only passes on. */
  readonly filtersBridged: boolean;
  /** net.ipv4.conf.all.route_localnet: 127.0.0.0/8 may come and go over other devices than lo. */
  readonly routesLocalnet: boolean;
}

export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

export interface InterfaceAddress {
  readonly address: string;
  readonly prefixLength: number;
}

interface DeviceBase {
  readonly name: string;
  readonly mac: string;
  readonly mtuBytes: number;
  readonly addresses: readonly InterfaceAddress[];
}

export type Device =
  | (DeviceBase & { readonly kind: 'loopback' | 'bridge' | 'dummy' })
  /** One end of a cable; `bridge` makes it a port, which with `hairpin` also sends back to where a frame came from. */
  | (DeviceBase & { readonly kind: 'veth'; readonly peer: DeviceName; readonly bridge?: string; readonly hairpin?: boolean })
  | (DeviceBase & { readonly kind: 'vxlan'; readonly vxlan: Vxlan });

export interface DeviceName {
  readonly namespace: string;
  readonly device: string;
}

export interface Vxlan {
  readonly vni: number;
  readonly local: string;
  readonly port: number;
  /** Permanent neighbours: address to MAC. */
  readonly neighbours: Readonly<Record<string, string>>;
  /** MAC to the address of the machine behind which it is. */
  readonly forwarding: Readonly<Record<string, string>>;
}

export interface Route {
  /** A block, `0.0.0.0/0` for the default route. */
  readonly to: string;
  readonly via?: string;
  readonly device: string;
  readonly source?: string;
}

/** A device of a namespace by name. */
export function deviceOf(namespace: NetworkNamespace, name: string): Device | undefined {
  return namespace.devices.find((device) => device.name === name);
}
