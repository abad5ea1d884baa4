import type { Balanced } from '../ipvs/balance.ts';
import type { ConnectionState, Direction, ShownConntrack } from './conntrack.ts';
import { endpointText, type ArpFrame, type Frame, type IcmpType, type Packet, type Protocol } from './packet.ts';
import type { HookName, TracedRule, TriedRule } from './rules.ts';
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
  readonly icmp?: IcmpType;
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

/** `there`: the direction of the request; `back`: of its answer; `error`: an ICMP error or a reset that something on the way caused. */
export type Leg = 'there' | 'back' | 'error';

/** What happened on the way, in order: a frame on an interface, a question for a MAC, a visit of rules, a choice of a route, an end. */
export type Hop = PacketHop | ArpHop | NetfilterHop | IpvsHop | RouteHop | LostHop | ArrivedHop;

export type PacketHop = { readonly type: 'packet'; readonly leg: Leg } & Seen & ShownFrame;

export interface ArpHop extends Seen {
  readonly type: 'arp';
  readonly smac: string;
  readonly dmac: string;
  readonly arp: string;
  readonly times?: number;
}

/** A visit of a hook in which something was tried, found out, changed or remembered. Only told with `tells` are the fields from `tried` on. */
export interface NetfilterHop {
  readonly type: 'netfilter';
  readonly leg: Leg;
  readonly where: string;
  readonly hook: HookName;
  readonly in: string | null;
  readonly out: string | null;
  readonly locallyGenerated?: true;
  /** What matched, as the kernel's own trace shows it. Empty: no rule was asked or none matched. */
  readonly rules: readonly TracedRule[];
  /** Which packet it was. */
  readonly packet: ShownPacket;
  /** The packet was first meant for the machine itself (device lo). */
  readonly beganOnLoopback?: true;
  /** The outer packet of a tunnel on its way out. */
  readonly isTunnel?: true;
  /** Every rule that was looked at, of all tables of the hook, in order. */
  readonly tried?: readonly TriedRule[];
  /** The packet as it went on; absent: it was dropped or rejected. */
  readonly after?: ShownPacket;
  readonly verdict?: 'accept' | 'drop' | 'reject';
  readonly tracking?: Tracking;
}

/** What a virtual server did with a packet; it comes behind the visit of the hook at which that happened. */
export interface IpvsHop {
  readonly type: 'ipvs';
  readonly leg: Leg;
  readonly where: string;
  readonly hook: HookName;
  /** `10.96.0.1:443/TCP`. */
  readonly virtualServer: string;
  readonly scheduler: string;
  /** The destination of the connection, `address:port`; absent: there is none. */
  readonly chose?: string;
  /** Why that destination: whose `turn` it was, the client's `persistence`, a `connection` that is known; or what is only translated. */
  readonly because: Balanced['because'];
  readonly packet: ShownPacket;
  /** Absent: nobody takes the connection, and the machine refuses it. */
  readonly after?: ShownPacket;
}

/** What connection tracking knew about a packet at a visit. */
export interface Tracking {
  readonly state: ConnectionState;
  readonly direction: Direction;
  /** The conversation as it was after the visit; absent: the packet belongs to none. */
  readonly entry?: ShownConntrack;
  /** This visit began the conversation: nothing in the table fitted. */
  readonly isNew: boolean;
  /** This visit entered the conversation into the table: its first packet got through. */
  readonly isEntered: boolean;
}

/** A choice of a route. `tried`: the routes that were compared, longest prefix first, the last one being the one that was taken. */
export interface RouteHop {
  readonly type: 'route';
  readonly leg: Leg;
  readonly where: string;
  /** `output`: a packet that was made here; `forward`: one to pass on; `input`: one for the machine itself. */
  readonly for: 'output' | 'forward' | 'input';
  readonly destination: string;
  readonly tried: readonly TriedRoute[];
  readonly decision: { readonly kind: 'local' | 'unicast' | 'none'; readonly device?: string; readonly nextHop?: string; readonly source?: string };
}

export interface TriedRoute {
  readonly to: string;
  readonly via?: string;
  readonly device: string;
  readonly matched: boolean;
}

/** Why a packet ends without arriving. */
export type LostReason =
  | 'no route'
  | 'rule dropped'
  | 'rule rejected'
  /** A virtual server has nobody to send a connection to. */
  | 'no destination'
  /** The policy of a chain. */
  | 'policy dropped'
  /** A rule dropped it because connection tracking could not place it. */
  | 'invalid conntrack'
  /** A bridge does not send a frame back through the port that it came from. */
  | 'hairpin off'
  | 'ttl exceeded'
  /** Longer than the next network takes, and not to be fragmented. */
  | 'too big'
  /** Nobody has the address of the next machine. */
  | 'no neighbour'
  /** No program listens on the port. */
  | 'nobody listens'
  /** An answer, reset or error that belongs to nothing that the program asked for. */
  | 'not expected'
  /** The device is not plugged in. */
  | 'no cable'
  /** It came to a machine that is no node, and from there on nobody has the address. */
  | 'left the cluster'
  /** The machine is no router: ip_forward is off. */
  | 'not forwarding'
  /** The frame is for a MAC that the device does not have. */
  | 'not for this machine'
  /** From outside with an address that only the machine itself may use. */
  | 'martian'
  /** A tunnel that leads into itself. */
  | 'tunnel loop';

export interface LostHop {
  readonly type: 'lost';
  readonly leg: Leg;
  readonly where: string;
  readonly device?: string;
  readonly reason: LostReason;
  readonly packet: ShownPacket;
}

/** A program got the packet. `server`: the one that listens; `client`: the one that asked; `kernel`: the machine itself, which answers echoes. */
export interface ArrivedHop {
  readonly type: 'arrived';
  readonly leg: Leg;
  readonly where: string;
  readonly packet: ShownPacket;
  readonly program: 'server' | 'client' | 'kernel';
}

/** A frame that a bridge only passes on: seen on the bridge's own device by whoever listens promiscuously, as tcpdump does. */
export interface OverheardFrame {
  readonly where: string;
  /** How many hops came before it. */
  readonly hop: number;
  readonly frame: ShownFrame | Omit<ArpHop, 'type' | keyof Seen>;
}

/** What became of a request. `conntrack` is by machine. */
export interface FollowedPacket {
  readonly result: { readonly outcome: string; readonly afterMs?: number; readonly reply?: string; readonly clientSocket?: string };
  readonly hops: readonly Hop[];
  readonly conntrack: Readonly<Record<string, readonly ShownConntrack[]>>;
  /** Addresses in lists of `-m recent` and in sets that packets fill, by machine and list, after the request: `remembered` of the next topology. */
  readonly remembered: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Ports that are chance in the real thing. */
  readonly randomPorts: readonly number[];
  /** Empty without `tells`. */
  readonly overheard: readonly OverheardFrame[];
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
  if (device.kind === 'dummy') return 'addresses of Services';
  return device.kind === 'veth' && device.bridge !== undefined ? `bridge port of pod ${device.peer.namespace}` : "the node's network card";
}
