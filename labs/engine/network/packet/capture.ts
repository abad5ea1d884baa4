import type { ArpHop, FollowedPacket, ShownFrame, ShownPacket } from './hops.ts';
import { broadcastMac } from './packet.ts';

export interface CaptureOptions {
  /** As with `-e`: MACs, type and length of each frame stand first. */
  readonly ethernet?: boolean;
}

type ShownArp = Pick<ArpHop, 'smac' | 'dmac' | 'arp' | 'times'>;

interface Captured {
  readonly device: string;
  readonly direction: 'in' | 'out';
  /** The device is a port of a bridge: what comes in there is never for its own MAC. */
  readonly isPort: boolean;
  readonly frame: ShownFrame | ShownArp;
}

/**
 * What `tcpdump -n -i DEVICE` prints in a machine while a request is followed, without time stamps, one text for each frame; `where` is
 * `namespace/device`. What a tunnel carries stands on a second line of the same text. On a bridge's own device the frames that it only passes on are
 * seen too, as tcpdump listens promiscuously there; on `any` they are not, and each line names its device and direction.
 * Left out is what is not modelled: sequence and acknowledgement numbers, windows, TCP options but the MSS, the identifier of an echo, and the number that
 * tcpdump takes for the port of a rejected one. Datagrams
 * to port 53 are shown as any others. Models tcpdump 4.99 (print-ether.c, print-ip.c, print-tcp.c, print-udp.c, print-icmp.c, print-otv.c, print-arp.c).
 */
export function captured(followed: FollowedPacket, where: string, { ethernet = false }: CaptureOptions = {}): readonly string[] {
  const slash = where.lastIndexOf('/');
  const [namespace, device] = [where.slice(0, slash), where.slice(slash + 1)];
  const isAny = device === 'any';
  const seen = framesOf(followed, namespace, isAny ? undefined : device);
  const wholes = seen.map(({ frame }) => frame);
  return seen.flatMap((each) => {
    const times = 'arp' in each.frame ? (each.frame.times ?? 1) : 1;
    const text = isAny ? anyText(each, wholes, ethernet) : frameText(each.frame, wholes, ethernet);
    return Array.from({ length: times }, () => text);
  });
}

function framesOf({ hops, overheard }: FollowedPacket, namespace: string, device: string | undefined): readonly Captured[] {
  const own = hops.flatMap((hop, index): readonly (Captured & { readonly at: number })[] => {
    if (hop.type !== 'packet' && hop.type !== 'arp') return [];
    const [name, on] = splitWhere(hop.where);
    return name === namespace && (device ?? on) === on
      ? [{ device: on, direction: hop.dir, isPort: /^(?:bridge|switch) port/u.test(hop.role), frame: hop, at: index }]
      : [];
  });
  const passing = overheard.flatMap(({ where, hop, frame }) =>
    device !== undefined && where === `${namespace}/${device}` ? [{ device, direction: 'in' as const, isPort: false, frame, at: hop - 0.5 }] : [],
  );
  return [...own, ...passing].toSorted((one, other) => one.at - other.at);
}

function splitWhere(where: string): readonly [string, string] {
  const slash = where.lastIndexOf('/');
  return [where.slice(0, slash), where.slice(slash + 1)];
}

/** Bytes of an Ethernet header, and of what stands in its place on `any` (LINUX_SLL2). */
const ethernetBytes = 14;
const cookedBytes = 20;
/** An ARP message for IPv4 over Ethernet. */
const arpBytes = 28;

function anyText(seen: Captured, all: readonly Captured['frame'][], ethernet: boolean): string {
  const { device, frame } = seen;
  const start = `${device.padEnd(5)} ${packetType(seen).padEnd(3)} `;
  return `${start}${ethernet ? `${frame.smac} ${typeText(frame, cookedBytes)}${bodyText(frame, all, ethernet)}` : frameText(frame, all, false)}`;
}

/** For whom a frame is, as the kernel tells it to a capture on `any`: `P` is somebody else. */
function packetType({ direction, isPort, frame }: Captured): string {
  if (direction === 'out') return 'Out';
  if (frame.dmac === broadcastMac) return 'B';
  return isPort ? 'P' : 'In';
}

function frameText(frame: Captured['frame'], all: readonly Captured['frame'][], ethernet: boolean): string {
  const start = ethernet ? `${frame.smac} > ${frame.dmac}, ${typeText(frame, ethernetBytes)}` : 'arp' in frame ? 'ARP, ' : 'IP ';
  return `${start}${bodyText(frame, all, ethernet)}`;
}

function typeText(frame: Captured['frame'], headerBytes: number): string {
  return 'arp' in frame ? `ethertype ARP (0x0806), length ${arpBytes + headerBytes}: ` : `ethertype IPv4 (0x0800), length ${frame.len + headerBytes}: `;
}

function bodyText(frame: Captured['frame'], all: readonly Captured['frame'][], ethernet: boolean): string {
  return 'arp' in frame ? arpText(frame.arp) : packetText(frame, all, ethernet);
}

function arpText(arp: string): string {
  const [, target = '', asker = ''] = /^who has (\S+)\? tell (\S+)$/u.exec(arp) ?? [];
  const text = target === '' ? `Reply ${arp.replace(' is at ', ' is-at ')}` : `Request who-has ${target} tell ${asker}`;
  return `${text}, length ${arpBytes}`;
}

const ipHeaderBytes = 20;
const udpHeaderBytes = 8;
const protocolNumbers = { icmp: 1, tcp: 6, udp: 17 };
/** tcpdump takes the port for what IANA gave it to, which is not VXLAN for the one that Linux uses by default. */
const otvPort = '8472';
const vxlanPort = '4789';

function packetText(packet: ShownPacket, all: readonly Captured['frame'][], ethernet: boolean): string {
  const { src, dst, proto, frag, encapsulation } = packet;
  const ends = `${dotted(src)} > ${dotted(dst)}:`;
  if (frag && frag.offset > 0) return `${ends} ip-proto-${protocolNumbers[proto]}`;
  if (proto === 'icmp') return `${ends} ${icmpText(packet)}`;
  if (proto === 'tcp') return `${ends} ${tcpText(packet)}`;
  const port = dst.slice(dst.indexOf(':') + 1);
  if (encapsulation && (port === otvPort || port === vxlanPort)) {
    const { vni, inner } = encapsulation;
    const header = port === otvPort ? `OTV, flags [I] (0x08), overlay 0, instance ${vni}` : `VXLAN, flags [I] (0x08), vni ${vni}`;
    return `${ends} ${header}\n${frameText(inner, [], ethernet)}`;
  }
  return `${ends} UDP, length ${wholeDataBytes(packet, all) - udpHeaderBytes}`;
}

/** Address and port joined by a dot. */
const dotted = (end: string): string => end.replace(':', '.');

const flagLetters: Readonly<Record<string, string>> = { SYN: 'S', 'SYN+ACK': 'S.', ACK: '.', RST: 'R', 'ACK+RST': 'R.' };

/** The packets of a handshake carry no data. */
function tcpText({ flags = '', mss }: ShownPacket): string {
  return `Flags [${flagLetters[flags] ?? 'none'}], ${mss === undefined ? '' : `options [mss ${mss}], `}length 0`;
}

/** What a datagram carries as its header says it: of a first piece that is the length of all pieces, which the last one shows. */
function wholeDataBytes({ src, dst, proto, len, frag }: ShownPacket, all: readonly Captured['frame'][]): number {
  const address = (end: string) => end.split(':')[0];
  const pieces = frag
    ? all.flatMap((each) =>
        'arp' in each || each.proto !== proto || address(each.src) !== address(src) || address(each.dst) !== address(dst) || !each.frag ? [] : [each],
      )
    : [];
  return Math.max(len, ...pieces.map((piece) => piece.len + (piece.frag?.offset ?? 0))) - ipHeaderBytes;
}

function icmpText({ icmp, seq, mtu, about, len }: ShownPacket): string {
  const length = `length ${len - ipHeaderBytes}`;
  if (icmp === 'echo-request' || icmp === 'echo-reply') return `ICMP ${icmp.replace('-', ' ')}, seq ${seq ?? 0}, ${length}`;
  const destination = about?.dst ?? '';
  return `ICMP ${errorText({ icmp, mtu, destination, protocol: about?.proto ?? '', port: about?.dport })}, ${length}`;
}

interface ToldError {
  readonly icmp: ShownPacket['icmp'];
  readonly mtu: number | undefined;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number | undefined;
}

function errorText({ icmp, mtu, destination, protocol, port }: ToldError): string {
  switch (icmp) {
    case 'ttl-exceeded':
      return 'time exceeded in-transit';
    case 'frag-needed':
      return `${destination} unreachable - need to frag${mtu === undefined ? '' : ` (mtu ${mtu})`}`;
    case 'net-unreachable':
      return `net ${destination} unreachable`;
    case 'admin-prohibited':
      return `host ${destination} unreachable - admin prohibited`;
    case 'port-unreachable':
      return port === undefined ? `${destination} protocol 1 port unreachable` : `${destination} ${protocol} port ${port} unreachable`;
    case 'protocol-unreachable':
      return `${destination} protocol ${protocolNumbers[protocol as keyof typeof protocolNumbers]} unreachable`;
    case 'host-unreachable':
    case 'echo-request':
    case 'echo-reply':
    case undefined:
      return `host ${destination} unreachable`;
  }
}
