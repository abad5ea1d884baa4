import { iptablesRules } from '../engine/network/kube-proxy/iptables-rules.ts';
import { nftablesRules } from '../engine/network/kube-proxy/nftables-rules.ts';
import type { ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import { runHook } from '../engine/network/packet/netfilter.ts';
import type { Packet } from '../engine/network/packet/packet.ts';
import { ruleTablesOf } from '../engine/network/packet/rule-tables.ts';
import type { RuleSets } from '../engine/network/packet/rule-sets.ts';
import type { Device, NetworkNamespace } from '../engine/network/packet/topology.ts';
import type { Counts } from './state.ts';

/** The first packet of a connection, at the node where it enters the cluster. */
export interface Opening {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** The device that it comes in through. */
  readonly device: 'cni0' | 'eth0';
}

/** Where the rules sent it; `isRemembered`: not by a choice, but because this client was sent there before. */
export type Arrival = { readonly kind: 'pod'; readonly address: string; readonly isRemembered: boolean } | { readonly kind: 'refused' | 'dropped' };

/** When the lists of one node last saw each client, by list; changed in place while a batch is sent. */
export type NodeMemory = Record<string, Record<string, number>>;

/** What an opening needs beside itself: what the node remembers, how long, the time, and whether a choice that has this share falls. */
export interface Moment {
  readonly memory: NodeMemory;
  readonly affinityMs: number;
  readonly nowMs: number;
  readonly draw: (share: number) => boolean;
}

function device(name: string, address: string): Device {
  return { kind: 'bridge', name, mac: name, mtuBytes: 1500, addresses: [{ address, prefixLength: 24 }] };
}

/** A node as its rules see it: its own addresses, and what kube-proxy wrote there. */
export function nodeNamespace(input: ProxyInput, mode: 'iptables' | 'nftables', bridge: string): NetworkNamespace {
  const rules: RuleSets = mode === 'iptables' ? { iptables: ruleTablesOf(iptablesRules(input)) } : { nftables: [nftablesRules(input)] };
  return {
    role: 'node',
    devices: [device('cni0', bridge), device('eth0', input.node.addresses[0] ?? '')],
    routes: [],
    sysctls: { forwards: true, filtersBridged: true, routesLocalnet: false },
    rules,
    listeners: [],
  };
}

/** A list of `-m recent`, or a set with a timeout, as the rules ask it: an address counts for so long after it was entered last. */
class RecentList extends Set<string> {
  private readonly name: string;
  private readonly moment: Moment;
  private readonly heard: { isRemembered: boolean };

  constructor(name: string, moment: Moment, heard: { isRemembered: boolean }) {
    super();
    this.name = name;
    this.moment = moment;
    this.heard = heard;
  }

  override has(address: string): boolean {
    const at = this.moment.memory[this.name]?.[address];
    const isKnown = at !== undefined && this.moment.nowMs - at < this.moment.affinityMs;
    if (isKnown) this.heard.isRemembered = true;
    return isKnown;
  }

  override add(address: string): this {
    (this.moment.memory[this.name] ??= {})[address] = this.moment.nowMs;
    return this;
  }
}

/** All lists of a node. */
class RecentLists extends Map<string, Set<string>> {
  private readonly moment: Moment;
  readonly heard = { isRemembered: false };

  constructor(moment: Moment) {
    super();
    this.moment = moment;
  }

  override get(name: string): Set<string> {
    return new RecentList(name, this.moment, this.heard);
  }

  /** The rules hand back the list that they got: its entry is made already. */
  override set(): this {
    return this;
  }
}

/**
 * Sends the first packet of a connection through the rules of a node, as the kernel does: hook PREROUTING, and for what no rule rewrote the hook behind
 * it. Only the first packet sees these rules: later ones follow the entry that it left in the conntrack table (proven in connect.test.ts).
 */
export function connect(namespace: NetworkNamespace, opening: Opening, moment: Moment): Arrival {
  const remembered = new RecentLists(moment);
  // A connection is new to the conntrack table: no other has its source port.
  const memory = { table: [], remembered };
  const shared = { namespace, memory, in: opening.device, chooses: (_key: string, _targets: readonly string[], share: number) => moment.draw(share) };
  const first = runHook({ ...shared, hook: 'PREROUTING', packet: packetOf(opening), mark: 0, tracked: undefined, out: undefined });
  if (first.verdict !== 'accept') return { kind: first.verdict === 'drop' ? 'dropped' : 'refused' };
  const { destination } = first.packet;
  if (destination !== opening.destination) return { kind: 'pod', address: destination, isRemembered: remembered.heard.isRemembered };
  const isOwn = namespace.devices.some(({ addresses }) => addresses.some(({ address }) => address === destination));
  const hook = isOwn ? 'INPUT' : 'FORWARD';
  const next = runHook({ ...shared, hook, packet: first.packet, mark: first.mark, tracked: first.tracked, out: isOwn ? undefined : 'eth0' });
  // What gets through here finds no program (a reset), or leaves the cluster for an address that nobody has.
  if (next.verdict === 'accept') return { kind: isOwn ? 'refused' : 'dropped' };
  return { kind: next.verdict === 'drop' ? 'dropped' : 'refused' };
}

export function packetOf({ protocol, source, sourcePort, destination, port }: Opening): Packet {
  const shared = { source, sourcePort, destination, destinationPort: port, ttl: 64, doNotFragment: true } as const;
  return protocol === 'tcp' ? { ...shared, protocol, flags: 'SYN', lengthBytes: 60 } : { ...shared, protocol, lengthBytes: 40 };
}

/** More ways than this through one node's rules are not followed: 18 pods make 18. */
const waysMax = 64;

/** The probability of each address on a node, found by following every way that the draws of its rules can take. Affinity counts as empty. */
export function chancesOf(namespace: NetworkNamespace, opening: Opening): { readonly byAddress: Counts; readonly lost?: 'refused' | 'dropped' } {
  const byAddress: Record<string, number> = {};
  let lost: 'refused' | 'dropped' | undefined;
  const ways: (readonly boolean[])[] = [[]];
  for (let way = ways.pop(), left = waysMax; way !== undefined && left > 0; way = ways.pop(), left -= 1) {
    const forced = way;
    let [probability, draws] = [1, 0];
    const draw = (share: number): boolean => {
      const falls = forced[draws] ?? true;
      // Beyond the forced draws each one falls; the other half of the ways is followed later.
      if (draws >= forced.length && share < 1) ways.push([...forced, ...Array.from({ length: draws - forced.length }, () => true), false]);
      draws += 1;
      probability *= falls ? share : 1 - share;
      return falls;
    };
    const arrival = connect(namespace, opening, { memory: {}, affinityMs: 0, nowMs: 0, draw });
    if (arrival.kind === 'pod') byAddress[arrival.address] = (byAddress[arrival.address] ?? 0) + probability;
    else lost = arrival.kind;
  }
  return { byAddress, ...(lost !== undefined && { lost }) };
}
