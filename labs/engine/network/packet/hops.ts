import type { ShownConntrack } from './conntrack.ts';
import { endpointText, type ArpFrame, type Frame, type Packet, type Protocol } from './packet.ts';
import type { HookName, TracedRule } from './rules.ts';
import type { Device, NetworkNamespace } from './topology.ts';

/** A packet as a capture prints it. Field names are those of the recordings. */
export interface ShownPacket {
  readonly src: string;
  readonly dst: string;
  readonly proto: Protocol;
  readonly ttl: number;
  readonly len: number;
  readonly flags?: string;
  readonly mss?: number;
  readonly icmp?: string;
  readonly mtu?: number;
  readonly seq?: number;
  readonly about?: {
    readonly src: string;
    readonly dst: string;
    readonly ttl: number;
    readonly proto: string;
    readonly sport?: number;
    readonly dport?: number;
  };
  readonly df?: true;
  readonly frag?: { readonly offset: number; readonly more: boolean };
  readonly encapsulation?: { readonly type: 'vxlan'; readonly vni: number; readonly inner: ShownFrame };
}

export interface ShownFrame extends ShownPacket {
  readonly smac: string;
  readonly dmac: string;
}

interface Seen {
  readonly where: string;
  readonly dir: 'in' | 'out';
  readonly role: string;
}

/** What happened on the way, in order: a frame on an interface, a visit of rules, a question for a MAC. */
export type Hop =
  | ({ readonly type: 'packet' } & Seen & ShownFrame)
  | ({ readonly type: 'arp' } & Seen & { readonly smac: string; readonly dmac: string; readonly arp: string; readonly times?: number })
  | NetfilterHop;

export interface NetfilterHop {
  readonly type: 'netfilter';
  readonly where: string;
  readonly hook: HookName;
  readonly in: string | null;
  readonly out: string | null;
  readonly locallyGenerated?: true;
  readonly rules: readonly TracedRule[];
  /** Which packet it was. */
  readonly packet: ShownPacket;
  /** The packet was first meant for the machine itself (device lo). */
  readonly beganOnLoopback?: true;
}

/** What became of a request. `conntrack` is by machine. */
export interface FollowedPacket {
  readonly result: { readonly outcome: string; readonly afterMs?: number; readonly reply?: string; readonly clientSocket?: string };
  readonly hops: readonly Hop[];
  readonly conntrack: Readonly<Record<string, readonly ShownConntrack[]>>;
  /** Ports that are chance in the real thing. */
  readonly randomPorts: readonly number[];
  /** The step limit was reached: the path is cut off. */
  readonly isCutOff: boolean;
}

export function shownPacket(packet: Packet): ShownPacket {
  const { source, destination, protocol, ttl, lengthBytes, flags, mssBytes, icmp, doNotFragment, fragment, inner } = packet;
  // Only the first piece has what stands behind the IP header.
  const isHead = fragment === undefined || fragment.offsetBytes === 0;
  const port = (value: number | undefined) => (isHead ? value : undefined);
  return {
    src: endpointText(source, port(packet.sourcePort)),
    dst: endpointText(destination, port(packet.destinationPort)),
    proto: protocol,
    ttl,
    len: lengthBytes,
    ...(flags !== undefined && { flags }),
    ...(mssBytes !== undefined && { mss: mssBytes }),
    ...(icmp && isHead && { icmp: icmp.type }),
    ...(icmp?.mtuBytes !== undefined && { mtu: icmp.mtuBytes }),
    ...(icmp?.sequence !== undefined && isHead && { seq: icmp.sequence }),
    ...(icmp?.about && { about: shownAbout(icmp.about) }),
    ...(doNotFragment && { df: true as const }),
    ...(fragment && { frag: { offset: fragment.offsetBytes, more: fragment.more } }),
    ...(inner && { encapsulation: { type: 'vxlan' as const, vni: inner.vni, inner: shownFrame(inner.frame) } }),
  };
}

function shownAbout({ source, destination, ttl, protocol, sourcePort, destinationPort }: Packet): NonNullable<ShownPacket['about']> {
  return {
    src: source,
    dst: destination,
    ttl,
    proto: protocol,
    ...(sourcePort !== undefined && { sport: sourcePort }),
    ...(destinationPort !== undefined && { dport: destinationPort }),
  };
}

export function shownFrame({ sourceMac, destinationMac, packet }: Frame): ShownFrame {
  return { smac: sourceMac, dmac: destinationMac, ...shownPacket(packet) };
}

export function shownArp({ sourceMac, destinationMac, arp }: ArpFrame): {
  readonly smac: string;
  readonly dmac: string;
  readonly arp: string;
  readonly times?: number;
} {
  const text = arp.asks ? `who has ${arp.targetAddress}? tell ${arp.senderAddress}` : `${arp.senderAddress} is at ${arp.senderMac}`;
  return { smac: sourceMac, dmac: destinationMac, arp: text, ...(arp.times !== undefined && { times: arp.times }) };
}

/** What a device is for, in a few words. */
export function roleOf({ role }: NetworkNamespace, device: Device): string {
  if (role === 'switch') return 'switch port';
  if (role === 'host') return '';
  if (role === 'pod') return "the pod's interface";
  if (device.kind === 'bridge') return 'bridge (gateway of the pods)';
  if (device.kind === 'vxlan') return 'VXLAN device';
  return device.kind === 'veth' && device.bridge !== undefined ? `bridge port of pod ${device.peer.namespace}` : "the node's network card";
}
