import { inverted, type ConntrackEntry, type Tracked, type Tuple } from './conntrack.ts';
import type { Packet } from './packet.ts';

/** Which end of a packet a hook may change. */
export type Manipulation = 'source' | 'destination';

/** Decides the new source or destination of a conversation. Models nf_nat_setup_info. */
export function setUpNat(entry: ConntrackEntry, manipulation: Manipulation, to: { readonly address: string; readonly port?: number } | undefined): void {
  if (manipulation === 'source') entry.sourceDone = true;
  else entry.destinationDone = true;
  if (!to) return;
  const seen = inverted(entry.reply);
  const changed: Tuple = withEnd(seen, manipulation, to.address, to.port ?? (manipulation === 'source' ? seen.sourcePort : seen.destinationPort));
  const isChange = JSON.stringify(changed) !== JSON.stringify(seen);
  entry.reply = inverted(changed);
  if (manipulation === 'source') entry.hasSourceNat ||= isChange;
  else entry.hasDestinationNat ||= isChange;
}

function withEnd(tuple: Tuple, end: Manipulation, address: string, port: number): Tuple {
  return end === 'source' ? { ...tuple, source: address, sourcePort: port } : { ...tuple, destination: address, destinationPort: port };
}

/** Whether a hook that changes this end has something to do for this direction: what one direction has at its source, the other has at its destination. */
function applies({ hasSourceNat, hasDestinationNat }: ConntrackEntry, manipulation: Manipulation, direction: Tracked['direction']): boolean {
  return (manipulation === 'source') === (direction === 'original') ? hasSourceNat : hasDestinationNat;
}

/** The packet with the addresses that its conversation has been given. Models nf_nat_packet and nf_nat_icmp_reply_translation. */
export function translated(packet: Packet, { entry, direction, state }: Tracked, manipulation: Manipulation): Packet {
  if (!entry || !applies(entry, manipulation, direction)) return packet;
  const other = direction === 'original' ? entry.reply : entry.original;
  const outside = withPacketEnd(packet, manipulation, inverted(other));
  if (state !== 'RELATED' || packet.icmp?.about === undefined) return outside;
  // The packet inside an error travelled the other way: its opposite end is changed back.
  const inside = withPacketEnd(packet.icmp.about, manipulation === 'source' ? 'destination' : 'source', other);
  return { ...outside, icmp: { ...packet.icmp, about: inside } };
}

function withPacketEnd(packet: Packet, end: Manipulation, target: Tuple): Packet {
  const hasPorts = packet.sourcePort !== undefined;
  return end === 'source'
    ? { ...packet, source: target.source, ...(hasPorts && { sourcePort: target.sourcePort }) }
    : { ...packet, destination: target.destination, ...(hasPorts && { destinationPort: target.destinationPort }) };
}
