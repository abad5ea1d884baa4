import { cidrHas, parseCidr } from '../kube-proxy/cidr.ts';
import { deviceOf, type Device, type NetworkNamespace, type Route } from './topology.ts';

/** Where a packet goes next. `gateway` is the address to ask for on the device: a router, or the destination itself. */
export type RouteDecision =
  | { readonly kind: 'local' }
  | { readonly kind: 'unicast'; readonly device: string; readonly nextHop: string; readonly source: string }
  | { readonly kind: 'none' };

/** Whether an address lies in a block written `address/prefix`. */
export function isInBlock(address: string, block: string): boolean {
  const cidr = parseCidr(block);
  return cidr !== undefined && cidrHas(cidr, address);
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

/** Whether a packet to the address is for the namespace itself. */
export function isLocal(namespace: NetworkNamespace, address: string): boolean {
  return isLoopback(address) || namespace.devices.some((device) => device.addresses.some((each) => each.address === address));
}

/** Looks up the longest prefix that holds the destination. Models fib_lookup with the tables local and main. */
export function routeTo(namespace: NetworkNamespace, destination: string): RouteDecision {
  if (isLocal(namespace, destination)) return { kind: 'local' };
  const [best] = namespace.routes
    .filter(({ to, device }) => isInBlock(destination, to) && deviceOf(namespace, device))
    .toSorted((one, other) => prefixLength(other) - prefixLength(one));
  const device = best && deviceOf(namespace, best.device);
  if (!device) return { kind: 'none' };
  const nextHop = best.via ?? destination;
  return { kind: 'unicast', device: device.name, nextHop, source: best.source ?? addressFor(device, nextHop) };
}

function prefixLength({ to }: Route): number {
  return Number(to.split('/')[1] ?? 32);
}

/** The address that a device uses towards another: one of the same block, else its first. Models inet_select_addr. */
export function addressFor({ addresses }: Device, other: string): string {
  const near = addresses.find(({ address, prefixLength: length }) => isInBlock(other, `${address}/${length}`));
  return (near ?? addresses[0])?.address ?? '0.0.0.0';
}

/** The kind of an address as `-m addrtype` and nft’s `fib` tell it. */
export function addressType(namespace: NetworkNamespace, address: string): string {
  if (isLocal(namespace, address)) return 'LOCAL';
  if (address === '255.255.255.255') return 'BROADCAST';
  if (isInBlock(address, '224.0.0.0/4')) return 'MULTICAST';
  return routeTo(namespace, address).kind === 'none' ? 'UNREACHABLE' : 'UNICAST';
}
