import { cidrHas, parseCidr } from '../kube-proxy/cidr.ts';
import { deviceOf, type Device, type NetworkNamespace, type Route } from './topology.ts';

/** Where a packet goes next. `gateway` is the address to ask for on the device: a router, or the destination itself. */
export type RouteDecision =
  | { readonly kind: 'local' }
  | { readonly kind: 'unicast'; readonly device: string; readonly nextHop: string; readonly source: string }
  | { readonly kind: 'none' };

/** Whether an address lies in a block written `address/prefix`. Rules ask this some 100 times for a packet, so that plain IPv4 is compared as numbers. */
export function isInBlock(address: string, block: string): boolean {
  const slash = block.indexOf('/');
  const [first, number] = [ipv4Number(block, slash), ipv4Number(address, address.length)];
  const prefix = Number(block.slice(slash + 1));
  if (first >= 0 && number >= 0 && prefix <= 32) return prefix === 0 || (first ^ number) >>> (32 - prefix) === 0;
  const cidr = parseCidr(block);
  return cidr !== undefined && cidrHas(cidr, address);
}

/** The number of a dotted address that ends before `end`; -1: it is written otherwise. */
function ipv4Number(text: string, end: number): number {
  let [number, part, digits, dots] = [0, 0, 0, 0];
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) {
      // A leading zero would make it octal.
      if (digits > 0 && part === 0) return -1;
      part = part * 10 + code - 48;
      digits += 1;
      if (part > 255) return -1;
    } else if (code === 46 && digits > 0) {
      number = number * 256 + part;
      [part, digits, dots] = [0, 0, dots + 1];
    } else return -1;
  }
  return dots === 3 && digits > 0 ? number * 256 + part : -1;
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
  const best = sortedRoutes(namespace).find(({ to }) => isInBlock(destination, to));
  const device = best && deviceOf(namespace, best.device);
  if (!device) return { kind: 'none' };
  const nextHop = best.via ?? destination;
  return { kind: 'unicast', device: device.name, nextHop, source: best.source ?? addressFor(device, nextHop) };
}

/** What `routeTo` compares with a destination, in order, up to what matches: an own address, or routes by falling length of their prefix. */
export function comparedRoutes(namespace: NetworkNamespace, destination: string): readonly { readonly route: Route; readonly isMatch: boolean }[] {
  if (isLoopback(destination)) return [{ route: { to: '127.0.0.0/8', device: 'lo' }, isMatch: true }];
  const own = namespace.devices.find(({ addresses }) => addresses.some(({ address }) => address === destination));
  if (own) return [{ route: { to: `${destination}/32`, device: own.name }, isMatch: true }];
  const routes = sortedRoutes(namespace);
  const index = routes.findIndex(({ to }) => isInBlock(destination, to));
  return routes.slice(0, index === -1 ? routes.length : index + 1).map((route, position) => ({ route, isMatch: position === index }));
}

/** Routes over devices that exist, the longest prefix first; namespaces do not change, so that each is sorted once. */
function sortedRoutes(namespace: NetworkNamespace): readonly Route[] {
  const known = sorted.get(namespace);
  if (known) return known;
  const routes = namespace.routes.filter(({ device }) => deviceOf(namespace, device)).toSorted((one, other) => prefixLength(other) - prefixLength(one));
  sorted.set(namespace, routes);
  return routes;
}

const sorted = new WeakMap<NetworkNamespace, readonly Route[]>();

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
