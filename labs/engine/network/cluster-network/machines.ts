import type { Device, DeviceName, InterfaceAddress, Listener, NetworkNamespace, Route, Sysctls } from '../packet/topology.ts';
import type { NetworkPod } from './cluster-network.ts';
import type { AddressBlock } from './address-block.ts';

/** A namespace of the topology with its name. */
export type NamedNamespace = readonly [name: string, namespace: NetworkNamespace];

export const defaultBlock = '0.0.0.0/0';

/** Whoever only sends and receives. */
export const quietSysctls: Sysctls = { forwards: false, filtersBridged: false, routesLocalnet: false };

/** The name of a pod’s namespace in the topology; no other namespace has a stroke in its name. With `hostNetwork` the pod has none. */
export function podId({ namespace, name }: Pick<NetworkPod, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Every namespace has one. */
export const loopback: Device = {
  kind: 'loopback',
  name: 'lo',
  mac: '00:00:00:00:00:00',
  mtuBytes: 65_536,
  addresses: [{ address: '127.0.0.1', prefixLength: 8 }],
};

interface Card {
  readonly mac: string;
  readonly mtuBytes: number;
  readonly peer: DeviceName;
  readonly name?: string;
  readonly address?: InterfaceAddress;
}

/** One end of a cable that is no port of a bridge. */
export function card({ name = 'eth0', address, ...rest }: Card): Device {
  return { kind: 'veth', name, ...rest, addresses: address ? [address] : [] };
}

/** What a machine has for an address of a block: the address with its prefix, and the route to its neighbours. */
export function onBlock({ text, prefixLength }: AddressBlock, address: string, device: string): { readonly address: InterfaceAddress; readonly route: Route } {
  return { address: { address, prefixLength }, route: { to: text, device, source: address } };
}

/** Listeners without those that stand there twice. */
export function uniqueListeners(listeners: readonly Listener[]): readonly Listener[] {
  return listeners.filter(({ protocol, port }, index) => listeners.findIndex((other) => other.protocol === protocol && other.port === port) === index);
}
