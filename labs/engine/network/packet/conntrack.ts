import { isIcmpError, type Packet, type Protocol } from './packet.ts';

/** Both ends of a conversation as one direction sees them. Ports are 0 for ICMP: one ping is one conversation here. */
export interface Tuple {
  readonly protocol: Protocol;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

export type Direction = 'original' | 'reply';

/** One conversation that a namespace knows. Changed in place while packets pass; `followPacket` owns it. */
export interface ConntrackEntry {
  readonly original: Tuple;
  /** What answers look like when they come in; NAT changes this. */
  reply: Tuple;
  /** Entered into the table: only once the first packet got through. */
  isConfirmed: boolean;
  hasReply: boolean;
  isAssured: boolean;
  tcpState?: 'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'CLOSE';
  /** Whether source and destination have been decided, by a rule or by there being none. */
  sourceDone: boolean;
  destinationDone: boolean;
  hasSourceNat: boolean;
  hasDestinationNat: boolean;
}

export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';

/** What connection tracking found out about a packet; it stays with the packet inside a namespace. */
export interface Tracked {
  readonly state: ConnectionState;
  readonly direction: Direction;
  readonly entry?: ConntrackEntry;
}

export function tupleOf({ protocol, source, sourcePort = 0, destination, destinationPort = 0 }: Packet): Tuple {
  return { protocol, source, sourcePort, destination, destinationPort };
}

/** The same conversation seen from the other side. */
export function inverted({ protocol, source, sourcePort, destination, destinationPort }: Tuple): Tuple {
  return { protocol, source: destination, sourcePort: destinationPort, destination: source, destinationPort: sourcePort };
}

function isSame(one: Tuple, other: Tuple): boolean {
  return (
    one.protocol === other.protocol &&
    one.source === other.source &&
    one.destination === other.destination &&
    one.sourcePort === other.sourcePort &&
    one.destinationPort === other.destinationPort
  );
}

function find(table: readonly ConntrackEntry[], tuple: Tuple): { readonly entry: ConntrackEntry; readonly direction: Direction } | undefined {
  for (const entry of table) {
    if (isSame(entry.original, tuple)) return { entry, direction: 'original' };
    if (isSame(entry.reply, tuple)) return { entry, direction: 'reply' };
  }
  return undefined;
}

/** Looks a packet up, or begins a conversation that is not yet entered. Models nf_conntrack_in with its parts for TCP, UDP and ICMP. */
export function track(table: ConntrackEntry[], packet: Packet): Tracked {
  if (isIcmpError(packet)) return trackError(table, packet);
  const found = find(table, tupleOf(packet));
  if (!found) return begin(packet);
  const { entry, direction } = found;
  if (direction === 'reply') entry.hasReply = true;
  if (packet.protocol === 'tcp') advance(table, entry, direction, packet);
  return { entry, direction, state: entry.hasReply ? 'ESTABLISHED' : 'NEW' };
}

/** An error is found by the answer to the packet that it tells of, as that packet looked here when it left. Models nf_conntrack_inet_error. */
function trackError(table: readonly ConntrackEntry[], { icmp }: Packet): Tracked {
  const found = icmp?.about && find(table, inverted(tupleOf(icmp.about)));
  return found ? { ...found, state: 'RELATED' } : { state: 'INVALID', direction: 'original' };
}

/** How an error about a packet is tracked: as part of its conversation, in the other direction. */
export function relatedTo({ entry, direction }: Tracked): Tracked {
  if (!entry) return { state: 'INVALID', direction: 'original' };
  return { state: 'RELATED', direction: direction === 'original' ? 'reply' : 'original', entry };
}

function begin(packet: Packet): Tracked {
  const { protocol, flags, icmp } = packet;
  // An answer without a question begins nothing.
  if ((protocol === 'tcp' && flags !== 'SYN' && flags !== 'ACK') || icmp?.type === 'echo-reply') return { state: 'INVALID', direction: 'original' };
  const original = tupleOf(packet);
  const entry: ConntrackEntry = {
    original,
    reply: inverted(original),
    isConfirmed: false,
    hasReply: false,
    isAssured: false,
    sourceDone: false,
    destinationDone: false,
    hasSourceNat: false,
    hasDestinationNat: false,
    ...(protocol === 'tcp' && { tcpState: flags === 'ACK' ? 'ESTABLISHED' : 'SYN_SENT' }),
  };
  return { entry, direction: 'original', state: 'NEW' };
}

/** The states of a TCP conversation that the first packets reach. Models nf_conntrack_tcp_packet. */
function advance(table: ConntrackEntry[], entry: ConntrackEntry, direction: Direction, { flags }: Packet): void {
  if (flags === 'RST' || flags === 'ACK+RST') {
    // Refused at once: such a conversation is forgotten.
    if (direction === 'reply' && entry.tcpState === 'SYN_SENT') table.splice(table.indexOf(entry), table.includes(entry) ? 1 : 0);
    entry.tcpState = 'CLOSE';
  } else if (flags === 'SYN+ACK' && direction === 'reply') {
    entry.tcpState = 'SYN_RECV';
  } else if (flags === 'ACK' && entry.tcpState === 'SYN_RECV') {
    entry.tcpState = 'ESTABLISHED';
    entry.isAssured = true;
  }
}

/** Enters a conversation whose first packet got through, and says whether it did; an error about that packet, or an answer, enters nothing. Models __nf_conntrack_confirm. */
export function confirm(table: ConntrackEntry[], { entry, direction }: Tracked): boolean {
  if (!entry || entry.isConfirmed || direction === 'reply') return false;
  entry.isConfirmed = true;
  table.push(entry);
  return true;
}

/** An entry as it is shown: `replyExpected` is what answers look like on this machine. */
export interface ShownConntrack {
  readonly proto: Protocol;
  readonly state: string | null;
  readonly original: string;
  readonly replyExpected: string;
  readonly flags?: readonly string[];
}

export function shownConntrack({ original, reply, tcpState, hasReply, isAssured }: ConntrackEntry): ShownConntrack {
  const flags = [...(hasReply ? [] : ['UNREPLIED']), ...(isAssured ? ['ASSURED'] : [])];
  return {
    proto: original.protocol,
    state: tcpState ?? null,
    original: tupleText(original),
    replyExpected: tupleText(reply),
    ...(flags.length > 0 && { flags }),
  };
}

function tupleText({ protocol, source, sourcePort, destination, destinationPort }: Tuple): string {
  return protocol === 'icmp' ? `${source} -> ${destination}` : `${source}:${sourcePort} -> ${destination}:${destinationPort}`;
}

/** `DNAT` and `SNAT` ask what happened to the conversation, the others how the packet fits in. */
export function connectionIs({ state, entry }: Tracked, asked: string): boolean {
  if (asked === 'DNAT') return entry?.hasDestinationNat ?? false;
  if (asked === 'SNAT') return entry?.hasSourceNat ?? false;
  return state === asked;
}
