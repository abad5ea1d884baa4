import type { Device, NetworkNamespace, Route, Topology, Vxlan } from '../../labs/engine/network/packet/topology.ts';
import { parseIptablesSave } from '../../labs/engine/network/packet/parse-iptables-save.ts';
import { parseNftRuleset } from './packet-nft-ruleset.ts';
import type { RuleTables } from '../../labs/engine/network/packet/rules.ts';
import type { RuleSets } from '../../labs/engine/network/packet/rule-sets.ts';

/** What stands in the file beside the flows. */
export interface RecordedNetwork {
  readonly topology: Readonly<Record<string, readonly string[]>>;
  readonly iptablesSave: Readonly<Record<string, readonly string[]>>;
  readonly nftRuleset: Readonly<Record<string, readonly string[]>>;
  readonly vxlan: Readonly<Record<string, readonly string[]>>;
}

/** What a case changes in the network. Only the title of a recorded flow names these. */
export interface NetworkChanges {
  readonly mode: string;
  readonly hasBridgeNetfilter: boolean;
  readonly hasHairpin: boolean;
  readonly routes: readonly (Route & { readonly namespace: string })[];
  readonly listeners: readonly { readonly namespace: string; readonly protocol: 'tcp' | 'udp'; readonly port: number }[];
  /** Namespace, then list of `-m recent`, then addresses. */
  readonly remembered: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Builds the network from the texts of `ip`, iptables-save and nft. */
export function topologyOf(recorded: RecordedNetwork, changes: NetworkChanges): Topology {
  const names = Object.keys(recorded.topology);
  const read = Object.fromEntries(names.map((name) => [name, readNamespace(recorded.topology[name] ?? [])]));
  const isVxlan = changes.mode.startsWith('vxlan');
  const namespaces = names.map((name) => {
    const { devices, routes } = read[name]!;
    const tunnel = isVxlan ? recorded.vxlan[name] : undefined;
    const isNode = name in recorded.iptablesSave;
    const bridge = devices.find((device) => !device.isCable && device.name !== 'lo' && device.mac !== '');
    // The pods’ network has the tunnel’s MTU, unless the mode is the mistake of leaving it at 1500.
    const isPodSide = (device: ReadDevice) => device.name === bridge?.name || device.name.startsWith('veth-');
    const isPod = devices.some(
      (device) => device.isCable && names.some((other) => other in recorded.iptablesSave && read[other]!.devices.some((each) => each.name === `veth-${name}`)),
    );
    const podMtu = isVxlan && !changes.mode.includes('pod1500') ? 1450 : 1500;
    const role = isNode ? 'node' : isPod ? 'pod' : bridge ? 'switch' : 'host';
    const made = devices.map((device): Device => {
      const mtuBytes = device.name === 'lo' ? 65_536 : (isNode && isPodSide(device)) || isPod ? podMtu : 1500;
      const base = { name: device.name, mac: device.mac, mtuBytes, addresses: device.addresses };
      if (device.name === 'lo') return { ...base, kind: 'loopback' };
      if (!device.isCable) return { ...base, kind: 'bridge' };
      const isPort = bridge !== undefined && device.addresses.length === 0;
      return { ...base, kind: 'veth', peer: peerOf(name, device, read), ...(isPort && { bridge: bridge.name, hairpin: isNode && changes.hasHairpin }) };
    });
    const namespace: NetworkNamespace = {
      role,
      devices: tunnel ? [...made, vxlanDevice(tunnel, recorded.vxlan)] : made,
      routes: [...(tunnel ? readRoutes(tunnel) : routes), ...changes.routes.filter((route) => route.namespace === name)],
      sysctls: { forwards: isNode || routesFor(devices), filtersBridged: isNode && changes.hasBridgeNetfilter, routesLocalnet: isNode },
      ...(isNode && { rules: rulesOf(recorded, name, changes.mode) }),
      listeners: changes.listeners.filter((listener) => listener.namespace === name),
      ...(changes.remembered[name] && { remembered: changes.remembered[name] }),
    };
    return [name, namespace] as const;
  });
  return { namespaces: Object.fromEntries(namespaces) };
}

/** A machine with two networks passes packets on. */
function routesFor(devices: readonly ReadDevice[]): boolean {
  return devices.filter(({ isCable, addresses }) => isCable && addresses.length > 0).length > 1;
}

/** kube-proxy’s rules of the mode; in nftables mode the pod network’s own rules stay in iptables. */
function rulesOf({ iptablesSave, nftRuleset }: RecordedNetwork, name: string, mode: string): RuleSets {
  const lines = iptablesSave[name] ?? [];
  if (!mode.endsWith('nftables')) return { iptables: parseIptablesSave(lines.join('\n')) };
  const own = parseIptablesSave(lines.filter((line) => !line.includes('KUBE-')).join('\n'));
  return { iptables: withoutEmptyChains(own), nftables: parseNftRuleset((nftRuleset[name] ?? []).join('\n')) };
}

/** iptables makes a chain when a rule is put into it. */
function withoutEmptyChains(tables: RuleTables): RuleTables {
  return Object.fromEntries(
    Object.entries(tables).map(([table, chains]) => [table, Object.fromEntries(Object.entries(chains).filter(([, { rules }]) => rules.length > 0))]),
  );
}

interface ReadDevice {
  readonly name: string;
  readonly isCable: boolean;
  readonly mac: string;
  readonly addresses: readonly { readonly address: string; readonly prefixLength: number }[];
}

/** `ip -brief address`, `ip route`, `ip -brief link`, with empty lines between. */
function readNamespace(lines: readonly string[]): { readonly devices: readonly ReadDevice[]; readonly routes: readonly Route[] } {
  const macs = new Map(
    lines.flatMap((line) =>
      /^(\S+)\s+\S+\s+((?:[\da-f]{2}:){5}[\da-f]{2})/u.exec(line)?.slice(1, 3)
        ? [[/^[^\s@]+/u.exec(line)![0], /((?:[\da-f]{2}:){5}[\da-f]{2})/u.exec(line)![1]!] as const]
        : [],
    ),
  );
  const devices = lines.flatMap((line): readonly ReadDevice[] => {
    const [, name, cable, rest] = /^([^\s@]+)(@\S+)?\s+(?:UP|UNKNOWN|DOWN)\s*((?:\d+\.\S+\s*)*)$/u.exec(line) ?? [];
    if (name === undefined) return [];
    const addresses = (rest ?? '').split(/\s+/u).flatMap((text) => {
      const [address = '', prefix] = text.split('/');
      return prefix === undefined ? [] : [{ address, prefixLength: Number(prefix) }];
    });
    return [{ name, isCable: cable !== undefined, mac: macs.get(name) ?? '', addresses }];
  });
  return { devices, routes: readRoutes(lines) };
}

function readRoutes(lines: readonly string[]): readonly Route[] {
  return lines.flatMap((line): readonly Route[] => {
    const [, to, via, device, source] = /^(default|\d\S+\/\d+)(?: via (\S+))? dev (\S+)(?:.* src (\S+))?/u.exec(line) ?? [];
    if (to === undefined || device === undefined) return [];
    return [{ to: to === 'default' ? '0.0.0.0/0' : to, device, ...(via !== undefined && { via }), ...(source !== undefined && { source }) }];
  });
}

/** A cable end named after a namespace leads to it; two machines with a cable of their own have the ends that are left. */
function peerOf(
  name: string,
  device: ReadDevice,
  all: Readonly<Record<string, { readonly devices: readonly ReadDevice[] }>>,
): { readonly namespace: string; readonly device: string } {
  const named = device.name.replace(/^veth-/u, '');
  const end = (namespace: string) => ({ namespace, device: 'eth0' });
  if (named in all) return end(named);
  for (const [other, { devices }] of Object.entries(all)) {
    const port = devices.find((each) => each.name === name || each.name === `veth-${name}`);
    if (port && device.name === 'eth0') return { namespace: other, device: port.name };
  }
  const left = Object.entries(all)
    .filter(([other]) => other !== name)
    .flatMap(([other, { devices }]) =>
      devices.filter((each) => each.isCable && isUnnamed(other, each, all)).map((each) => ({ namespace: other, device: each.name })),
    );
  return left[0] ?? { namespace: '', device: '' };
}

function isUnnamed(name: string, device: ReadDevice, all: Readonly<Record<string, { readonly devices: readonly ReadDevice[] }>>): boolean {
  if (device.name.replace(/^veth-/u, '') in all) return false;
  return !Object.values(all).some(({ devices }) => devices.some((each) => each.name === name || each.name === `veth-${name}`)) || device.name !== 'eth0';
}

/** `ip -details link`, routes, neighbours and forwarding entries. The device has the address under which the other machines know its MAC. */
function vxlanDevice(lines: readonly string[], all: Readonly<Record<string, readonly string[]>>): Device {
  const text = lines.join('\n');
  const part = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
  const mac = part(/link\/ether (\S+)/u);
  const pairs = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, one = '', other = '']) => [one, other] as const);
  const neighbours = /(\d\S*) lladdr (\S+) PERMANENT/gu;
  const address = Object.values(all)
    .flatMap((other) => pairs(other.join('\n'), neighbours))
    .find(([, known]) => known === mac)?.[0];
  const vxlan: Vxlan = {
    vni: Number(part(/vxlan id (\d+)/u)),
    local: part(/ local (\S+)/u),
    port: Number(part(/dstport (\d+)/u)),
    neighbours: Object.fromEntries(pairs(text, neighbours)),
    forwarding: Object.fromEntries(pairs(text, /(\S+) dst (\S+) self/gu)),
  };
  return {
    kind: 'vxlan',
    name: part(/^\d+: ([^:@]+)[:@]/u),
    mac,
    mtuBytes: Number(part(/ mtu (\d+)/u)),
    addresses: address === undefined ? [] : [{ address, prefixLength: 32 }],
    vxlan,
  };
}
