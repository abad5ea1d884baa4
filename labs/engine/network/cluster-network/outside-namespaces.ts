import type { Device, NetworkNamespace, Route } from '../packet/topology.ts';
import { hostCidr } from '../kube-proxy/cidr.ts';
import { addressAt, addressBlock, addressNumber, hasHost, macFor, macOfNumber, overlaps, type AddressBlock } from './address-block.ts';
import type { OutsideHost } from './cluster-network.ts';
import { cableNames } from './device-names.ts';
import { card, defaultBlock, loopback, onBlock, quietSysctls, uniqueListeners, type NamedNamespace } from './machines.ts';
import { internetName, routerName, switchName, type NetworkPlan } from './network-plan.ts';
import { servicePorts } from './node-rules.ts';

/** Links of the internet carry this (RFC 894). */
const internetMtuBytes = 1500;
/** Blocks for examples (RFC 5737), one of which stands for the internet where no machine of it is named. */
const exampleBlocks: readonly string[] = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24'];
const bridgeName = 'br0';

/** All that is neither node nor pod: the switch, the machines at it, the router, and behind it the internet. */
export interface Outside {
  readonly namespaces: readonly NamedNamespace[];
  /** The ports of the switch by machine. */
  readonly ports: ReadonlyMap<string, string>;
}

export function outsideNamespaces(plan: NetworkPlan): Outside {
  const { lan, nodes, network } = plan;
  const hosts = network.outside.filter(({ on }) => on === 'lan');
  const router = { name: routerName, address: addressAt(lan, 1) };
  const members = [...nodes, ...hosts, router];
  const ports = cableNames(
    members.map(({ name }) => ({ id: name, name })),
    'port',
    [loopback.name, bridgeName],
  );
  const mtuBytes = network.settings.lanMtuBytes;
  const segment: Segment = { name: switchName, block: lan, mtuBytes, members, ports };
  const links = linksOf(plan);
  return {
    ports,
    namespaces: [
      [switchName, switchOf(segment)],
      ...hosts.map((host): NamedNamespace => [host.name, machine(host, segment, [{ to: defaultBlock, via: router.address, device: 'eth0' }])]),
      [routerName, routerOf(segment, router.address, links)],
      ...links.flatMap((link) => linkNamespaces(link, plan, links)),
    ],
  };
}

/** Machines that hear each other: through a switch, or two through one cable. */
interface Segment {
  /** The switch’s name. */
  readonly name: string;
  readonly block: AddressBlock;
  readonly mtuBytes: number;
  readonly members: readonly { readonly name: string; readonly address: string }[];
  readonly ports: ReadonlyMap<string, string>;
}

function switchOf({ name, block, mtuBytes, members, ports }: Segment): NetworkNamespace {
  const cables = members.map((member): Device => {
    const mac = macOfNumber('0e:00', (addressNumber(member.address) ?? 0) - block.first);
    const device = member.name === routerName && name !== switchName ? name : 'eth0';
    const peer = { namespace: member.name, device };
    return { kind: 'veth', name: ports.get(member.name) ?? '', mac, mtuBytes, addresses: [], peer, bridge: bridgeName, hairpin: false };
  });
  const bridge: Device = { kind: 'bridge', name: bridgeName, mac: macOfNumber('02:42', 1), mtuBytes, addresses: [] };
  return { role: 'switch', devices: [loopback, bridge, ...cables], routes: [], sysctls: quietSysctls, listeners: [] };
}

function machine({ name, address, listeners }: OutsideHost, segment: Segment, routes: readonly Route[]): NetworkNamespace {
  const own = onBlock(segment.block, address, 'eth0');
  const isAlone = segment.name !== switchName && segment.members.length === 2;
  const peer = isAlone ? { namespace: routerName, device: segment.name } : { namespace: segment.name, device: segment.ports.get(name) ?? '' };
  const eth0 = card({ mac: macFor('02:42', address), mtuBytes: segment.mtuBytes, address: own.address, peer });
  return { role: 'host', devices: [loopback, eth0], routes: [...routes, own.route], sysctls: quietSysctls, listeners: uniqueListeners(listeners) };
}

/** A block of the internet at a network card of the router. */
interface Link extends Segment {
  readonly routerAddress: string;
  readonly hosts: readonly OutsideHost[];
}

/** One link for each /24 that machines of the internet are in; where there is none, a nameless machine of the provider stands for it all. */
function linksOf({ lan, network: { outside, settings } }: NetworkPlan): readonly Link[] {
  const named = outside.filter(({ on }) => on === 'internet');
  const taken = [lan, addressBlock(settings.clusterCidr), addressBlock(settings.serviceCidr)];
  const isFree = (text: string): boolean => {
    const block = addressBlock(text);
    return block !== undefined && !taken.some((each) => each && overlaps(each, block));
  };
  const provider = addressBlock(exampleBlocks.find((text) => isFree(text)) ?? '');
  const hosts = named.length > 0 || !provider ? named : [{ name: internetName, address: addressAt(provider, 2), on: 'internet' as const, listeners: [] }];
  const texts = [...new Set(hosts.flatMap(({ address }) => addressBlock(`${address}/24`)?.text ?? []))];
  return texts.flatMap((text, index) => {
    const block = addressBlock(text);
    return block ? linkOf(block, `wan${index}`, hosts) : [];
  });
}

function linkOf(block: AddressBlock, name: string, all: readonly OutsideHost[]): Link {
  const hosts = all.filter(({ address }) => addressBlock(`${address}/24`)?.text === block.text);
  const used = hosts.map(({ address }) => addressNumber(address));
  // At most 12 machines are outside: among the first 13 addresses one is free.
  const places = Array.from({ length: hosts.length + 1 }, (_, index) => index + 1);
  const routerAddress = addressAt(block, places.find((place) => !used.includes(block.first + place)) ?? 1);
  const members = [...hosts, { name: routerName, address: routerAddress }];
  const ports = cableNames(
    members.map((member) => ({ id: member.name, name: member.name })),
    'port',
    [loopback.name, bridgeName],
  );
  return { name, block, mtuBytes: internetMtuBytes, members, ports, routerAddress, hosts };
}

/** The router knows its own blocks; all else is behind the first machine of the internet. It never masquerades: addresses of pods are strange to all. */
function routerOf(lan: Segment, address: string, links: readonly Link[]): NetworkNamespace {
  const own = onBlock(lan.block, address, 'eth0');
  const inner = card({
    mac: macFor('02:42', address),
    mtuBytes: lan.mtuBytes,
    address: own.address,
    peer: { namespace: lan.name, device: lan.ports.get(routerName) ?? '' },
  });
  const outer = links.map((link): { readonly device: Device; readonly route: Route } => {
    const { address: on, route } = onBlock(link.block, link.routerAddress, link.name);
    const [first] = link.hosts;
    const peer = isCable(link) ? { namespace: first?.name ?? '', device: 'eth0' } : { namespace: link.name, device: link.ports.get(routerName) ?? '' };
    return { device: card({ name: link.name, mac: macFor('02:42', link.routerAddress), mtuBytes: link.mtuBytes, address: on, peer }), route };
  });
  const [link] = links;
  const [gateway] = link?.hosts ?? [];
  return {
    role: 'host',
    devices: [loopback, inner, ...outer.map(({ device }) => device)],
    routes: [...(link && gateway ? [{ to: defaultBlock, via: gateway.address, device: link.name }] : []), own.route, ...outer.map(({ route }) => route)],
    sysctls: { ...quietSysctls, forwards: true },
    listeners: [],
  };
}

/** One machine needs no switch. */
function isCable({ hosts }: Link): boolean {
  return hosts.length === 1;
}

function linkNamespaces(link: Link, plan: NetworkPlan, links: readonly Link[]): readonly NamedNamespace[] {
  const others = links.filter((other) => other !== link).map(({ block }) => block);
  const known = [plan.lan, ...others];
  const isBehind = (address: string): boolean => ![...known, link.block].some((block) => hasHost(block, address));
  const blocks = [...known.map(({ text }) => text), ...publicAddresses(plan).filter(isBehind).map(hostCidr)];
  const routes = blocks.map((to): Route => ({ to, via: link.routerAddress, device: 'eth0' }));
  const hosts = link.hosts.map((host): NamedNamespace => [host.name, machine(host, link, routes)]);
  return isCable(link) ? hosts : [[link.name, switchOf(link)], ...hosts];
}

/**
 * Addresses by which Services are known on the internet. Its machines send what is for them to the router; that the router knows a node for them is up to
 * whoever announces them there (MetalLB, a cloud’s controller): a change `route added` on the router.
 */
function publicAddresses({ network }: NetworkPlan): readonly string[] {
  return [...new Set(servicePorts(network).flatMap(({ externalIPs, loadBalancerIPs }) => [...externalIPs, ...loadBalancerIPs]))];
}
