/** What is on the wire, as far as a path depends on it. Models IPv4 (RFC 791), ICMP (RFC 792) and the parts of TCP and UDP that rules look at. */

export type Protocol = 'tcp' | 'udp' | 'icmp';

export type IcmpType =
  | 'echo-request'
  | 'echo-reply'
  | 'ttl-exceeded'
  | 'frag-needed'
  | 'net-unreachable'
  | 'host-unreachable'
  | 'port-unreachable'
  | 'protocol-unreachable'
  | 'admin-prohibited';

export type TcpFlags = 'SYN' | 'SYN+ACK' | 'ACK' | 'RST' | 'ACK+RST';

export interface Icmp {
  readonly type: IcmpType;
  /** Number of the question, for echoes. */
  readonly sequence?: number;
  /** What would have fitted, for `frag-needed`. */
  readonly mtuBytes?: number;
  /** The packet that an error tells of, as the teller saw it. */
  readonly about?: Packet;
}

export interface Packet {
  readonly protocol: Protocol;
  readonly source: string;
  readonly destination: string;
  /** Absent for ICMP. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly ttl: number;
  /** With the IP header. */
  readonly lengthBytes: number;
  readonly doNotFragment: boolean;
  readonly flags?: TcpFlags;
  readonly mssBytes?: number;
  readonly icmp?: Icmp;
  /** Set on a piece; `of` is what all pieces together are, `largestBytes` the length of the longest piece. */
  readonly fragment?: Fragment;
  /** What a VXLAN packet carries. */
  readonly inner?: { readonly vni: number; readonly frame: Frame };
}

export interface Fragment {
  readonly offsetBytes: number;
  readonly more: boolean;
  readonly of: Packet;
}

/** A packet between two network cards. */
export interface Frame {
  readonly sourceMac: string;
  readonly destinationMac: string;
  readonly packet: Packet;
}

export interface ArpFrame {
  readonly sourceMac: string;
  readonly destinationMac: string;
  readonly arp: ArpMessage;
}

export interface ArpMessage {
  readonly asks: boolean;
  readonly senderAddress: string;
  readonly senderMac: string;
  readonly targetAddress: string;
  /** How often it is sent when nobody answers. */
  readonly times?: number;
}

export const broadcastMac = 'ff:ff:ff:ff:ff:ff';

/** `address:port`, or the address alone where there are no ports. */
export function endpointText(address: string, port: number | undefined): string {
  return port === undefined ? address : `${address}:${port}`;
}

/** Whether an ICMP packet tells of another packet. */
export function isIcmpError({ icmp }: Packet): boolean {
  return icmp !== undefined && icmp.type !== 'echo-request' && icmp.type !== 'echo-reply';
}

/** Bytes of an IP header without options. */
const ipHeaderBytes = 20;

/** The pieces of a packet that fit into `mtuBytes` each; the data of all but the last are a multiple of 8 bytes. Models ip_do_fragment. */
export function fragmentsOf(packet: Packet, mtuBytes: number): readonly Packet[] {
  if (packet.lengthBytes <= mtuBytes) return [packet];
  const dataBytes = packet.lengthBytes - ipHeaderBytes;
  const pieceBytes = Math.max(8, Math.floor((mtuBytes - ipHeaderBytes) / 8) * 8);
  return Array.from({ length: Math.ceil(dataBytes / pieceBytes) }, (_, index) => {
    const offsetBytes = index * pieceBytes;
    const length = Math.min(pieceBytes, dataBytes - offsetBytes);
    return { ...packet, lengthBytes: ipHeaderBytes + length, fragment: { offsetBytes, more: offsetBytes + length < dataBytes, of: packet } };
  });
}

/** Whether pieces make up the whole packet. */
export function isComplete(pieces: readonly Packet[]): boolean {
  const data = pieces.reduce((sum, { lengthBytes }) => sum + lengthBytes - ipHeaderBytes, 0);
  const whole = pieces[0]?.fragment?.of;
  return whole !== undefined && data >= whole.lengthBytes - ipHeaderBytes;
}
