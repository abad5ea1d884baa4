import type { ChanceOptions, Chooses } from './chance.ts';
import { relatedTo, type ConntrackEntry, type Tracked } from './conntrack.ts';
import type { Hop, Leg, OverheardFrame } from './hops.ts';
import type { FilterMemory } from './netfilter.ts';
import { isComplete, type ArpFrame, type Frame, type IcmpType, type Packet } from './packet.ts';
import type { HookName } from './rules.ts';
import { deviceOf, type Device, type NetworkNamespace, type Topology } from './topology.ts';

/** What chance and caches are like. All of it can be left out. */
export interface FollowOptions extends ChanceOptions {
  /** Nobody knows a MAC yet: questions go out first. */
  readonly coldArp?: boolean;
  /** The port that the asking program gets. */
  readonly clientPort?: number;
  /** Whether the hops also say which rules and routes were tried, what connection tracking knew, and where packets ended (default true). */
  readonly tells?: boolean;
}

/** A packet inside a namespace, with what the kernel keeps beside it. */
export interface Buffer {
  readonly packet: Packet;
  readonly mark: number;
  readonly leg: Leg;
  readonly tracked?: Tracked;
  readonly isLocallyGenerated?: true;
  readonly beganOnLoopback?: true;
  /** Not shown: later packets of a conversation. */
  readonly isQuiet?: true;
  /** A virtual server gave it its destination. */
  readonly isBalanced?: true;
  /** The longest piece that the packet came in. */
  readonly largestPieceBytes?: number;
}

/** A frame on its way through one cable, with what outlives it. */
export type Carried = (Frame | ArpFrame) & { readonly isQuiet?: true; readonly leg?: Leg };

/** Somebody who waits for a MAC. */
export interface Waiting {
  readonly namespace: string;
  readonly device: string;
  readonly address: string;
  readonly then: (mac: string | undefined) => void;
}

/** What the asking program hears. */
export type Report = { readonly kind: 'answer'; readonly packet: Packet } | { readonly kind: 'refused' } | { readonly kind: 'icmp'; readonly packet: Packet };

/** The network while a request is followed. Changed in place by the functions of this folder; nothing of it leaves `followPacket`. */
export interface Run {
  readonly topology: Topology;
  readonly options: FollowOptions;
  readonly chooses: Chooses;
  readonly hops: Hop[];
  readonly overheard: OverheardFrame[];
  /** Frames that are on a cable: first in, first out. */
  readonly queue: (() => void)[];
  readonly waiting: Waiting[];
  readonly memories: Map<string, FilterMemory>;
  /** MACs that a namespace has learned, by `namespace device address`. */
  readonly neighbours: Map<string, string>;
  readonly pieces: Map<string, Packet[]>;
  readonly randomPorts: number[];
  /** What the asking program was told, first things first. */
  readonly reports: Report[];
  /** Who answered a request, and what it saw. */
  readonly answered: { backend: string; request: Packet }[];
  /** The program that asks, so that its answers are told from strays. */
  client?: { readonly place: string; readonly packet: Packet };
  /** Sends an ICMP error (or a TCP reset) to where a packet came from. */
  readonly sendError: (place: Place, buffer: Buffer, error: IcmpError) => void;
  /** Sends a packet to the destination that a virtual server chose; `before`: as it came. */
  readonly sendOn: (place: Place, buffer: Buffer, before: Packet) => void;
  /** Takes a frame that arrived at the end of a cable. */
  readonly receiveFrame: (place: Place, device: Device, frame: Carried) => void;
  /** Takes a packet that the machine sent to itself. */
  readonly receiveLoopback: (place: Place, buffer: Buffer) => void;
}

/** Where something happens: a namespace by name, with what it is. */
export interface Place {
  readonly name: string;
  readonly namespace: NetworkNamespace;
}

export type IcmpError = { readonly type: Exclude<IcmpType, 'echo-request' | 'echo-reply'>; readonly mtuBytes?: number } | { readonly type: 'tcp-reset' };

export function placeOf({ topology }: Run, name: string): Place | undefined {
  const namespace = topology.namespaces[name];
  return namespace && { name, namespace };
}

export function memoryOf(run: Run, { name, namespace }: Place): FilterMemory {
  const known = run.memories.get(name);
  if (known) return known;
  const remembered = new Map(Object.entries(namespace.remembered ?? {}).map(([list, addresses]) => [list, new Set(addresses)]));
  const memory: FilterMemory = { table: [] as ConntrackEntry[], remembered, balanced: [] };
  run.memories.set(name, memory);
  return memory;
}

export interface HookVisit {
  readonly hook: HookName;
  readonly in?: string;
  readonly out?: string;
  /** The outer packet of a tunnel leaves: the kernel's trace does not show that. */
  readonly isTunnel?: boolean;
}

/** The answer of a REJECT rule; names as iptables has them. */
export function errorOf(answer: string): IcmpError {
  switch (answer) {
    case 'tcp-reset':
      return { type: 'tcp-reset' };
    case 'icmp-net-unreachable':
      return { type: 'net-unreachable' };
    case 'icmp-host-unreachable':
      return { type: 'host-unreachable' };
    case 'icmp-proto-unreachable':
      return { type: 'protocol-unreachable' };
    case 'icmp-net-prohibited':
    case 'icmp-host-prohibited':
    case 'icmp-admin-prohibited':
      return { type: 'admin-prohibited' };
    default:
      return { type: 'port-unreachable' };
  }
}

/** How an error about a packet is tracked: with the packet's conversation, if it has one. */
export function trackedAsError({ tracked }: Buffer): Tracked | undefined {
  return tracked?.entry && relatedTo(tracked);
}

/** Puts pieces together; undefined: some are missing yet. Models nf_defrag_ipv4 and ip_defrag. */
export function reassembled(run: Run, place: Place, buffer: Buffer): Buffer | undefined {
  const { fragment, ...piece } = buffer.packet;
  if (!fragment) return buffer;
  const key = `${place.name} ${piece.source} ${piece.destination} ${piece.protocol} ${String(piece.sourcePort)} ${String(piece.destinationPort)} ${piece.icmp?.type ?? ''}`;
  const pieces = [...(run.pieces.get(key) ?? []), buffer.packet];
  run.pieces.set(key, pieces);
  if (!isComplete(pieces)) return undefined;
  run.pieces.delete(key);
  return {
    ...buffer,
    packet: { ...piece, lengthBytes: fragment.of.lengthBytes },
    largestPieceBytes: Math.max(...pieces.map(({ lengthBytes }) => lengthBytes)),
  };
}

/** The other end of a cable. */
export function peerOf(run: Run, device: Device): { readonly place: Place; readonly device: Device } | undefined {
  const place = device.kind === 'veth' ? placeOf(run, device.peer.namespace) : undefined;
  const peer = place && device.kind === 'veth' ? deviceOf(place.namespace, device.peer.device) : undefined;
  return place && peer && { place, device: peer };
}
