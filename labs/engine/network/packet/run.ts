import { keyHash } from '../../key-hash.ts';
import { relatedTo, type ConntrackEntry, type Tracked } from './conntrack.ts';
import { roleOf, shownArp, shownFrame, shownPacket, type Hop } from './hops.ts';
import { runHook, type FilterMemory } from './netfilter.ts';
import { isComplete, type ArpFrame, type Frame, type IcmpType, type Packet } from './packet.ts';
import type { HookName } from './rules.ts';
import { deviceOf, type Device, type NetworkNamespace, type Topology } from './topology.ts';

/** What chance and caches are like. All of it can be left out. */
export interface FollowOptions {
  /** Addresses on which choices by chance fall, if they can. Else the seed decides. */
  readonly backends?: readonly string[];
  readonly seed?: number;
  /** Nobody knows a MAC yet: questions go out first. */
  readonly coldArp?: boolean;
  /** The port that the asking program gets. */
  readonly clientPort?: number;
}

/** A packet inside a namespace, with what the kernel keeps beside it. */
export interface Buffer {
  readonly packet: Packet;
  readonly mark: number;
  readonly tracked?: Tracked;
  readonly isLocallyGenerated?: true;
  readonly beganOnLoopback?: true;
  /** Not shown: later packets of a conversation. */
  readonly isQuiet?: true;
  /** The longest piece that the packet came in. */
  readonly largestPieceBytes?: number;
}

/** A frame on its way through one cable, with what outlives it. */
export type Carried = (Frame | ArpFrame) & { readonly isQuiet?: true };

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
  readonly hops: Hop[];
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

/** Writes down a frame on an interface. */
export function recordFrame(run: Run, place: Place, device: Device, dir: 'in' | 'out', frame: Carried): void {
  if (frame.isQuiet) return;
  const seen = { where: `${place.name}/${device.name}`, dir, role: roleOf(place.namespace, device) };
  run.hops.push('arp' in frame ? { type: 'arp', ...seen, ...shownArp(frame) } : { type: 'packet', ...seen, ...shownFrame(frame) });
}

export function memoryOf(run: Run, { name, namespace }: Place): FilterMemory {
  const known = run.memories.get(name);
  if (known) return known;
  const remembered = new Map(Object.entries(namespace.remembered ?? {}).map(([list, addresses]) => [list, new Set(addresses)]));
  const memory: FilterMemory = { table: [] as ConntrackEntry[], remembered };
  run.memories.set(name, memory);
  return memory;
}

interface HookVisit {
  readonly hook: HookName;
  readonly in?: string;
  readonly out?: string;
  /** The kernel's trace does not show it. */
  readonly isUnseen?: boolean;
}

/** Sends a packet through the rules of a namespace; undefined: it got no further. */
export function visit(run: Run, place: Place, buffer: Buffer, { hook, in: input, out, isUnseen }: HookVisit): Buffer | undefined {
  if (!place.namespace.rules) return buffer;
  const { packet, mark, tracked } = buffer;
  const outcome = runHook({
    namespace: place.namespace,
    memory: memoryOf(run, place),
    hook,
    packet,
    mark,
    tracked,
    in: input,
    out,
    chooses: chooses(run.options),
  });
  run.randomPorts.push(...outcome.randomPorts);
  if (outcome.rules.length > 0 && !buffer.isQuiet && !isUnseen) {
    run.hops.push({
      type: 'netfilter',
      where: place.name,
      hook,
      in: input ?? null,
      out: out ?? null,
      ...(buffer.isLocallyGenerated && (hook === 'OUTPUT' || hook === 'POSTROUTING') && { locallyGenerated: true }),
      rules: outcome.rules,
      packet: shownPacket(packet),
      ...(buffer.beganOnLoopback && { beganOnLoopback: true }),
    });
  }
  const after: Buffer = { ...buffer, packet: outcome.packet, mark: outcome.mark, tracked: outcome.tracked };
  if (typeof outcome.verdict === 'object') run.sendError(place, after, errorOf(outcome.verdict.reject));
  return outcome.verdict === 'accept' ? after : undefined;
}

/** The answer of a REJECT rule; names as iptables has them. */
function errorOf(answer: string): IcmpError {
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

function chooses({ backends = [], seed = 0 }: FollowOptions): (key: string, targets: readonly string[], share: number) => boolean {
  return (key, targets, share) =>
    backends.length > 0 && targets.length > 0 ? targets.some((target) => backends.includes(target)) : keyHash(`${seed} ${key}`) / 0x1_0000_0000 < share;
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
