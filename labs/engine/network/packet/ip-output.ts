import { keyHash } from '../../key-hash.ts';
import type { Tracked } from './conntrack.ts';
import type { Leg, LostReason } from './hops.ts';
import { resolve, sendFrame } from './link.ts';
import { fragmentsOf, isIcmpError, type Frame, type Packet } from './packet.ts';
import { isLocal, routeTo, type RouteDecision } from './routing.ts';
import { peerOf, trackedAsError, type Buffer, type IcmpError, type Place, type Run } from './run.ts';
import { visit } from './visit-hook.ts';
import { recordFrame, tellLost, tellRoute } from './tells.ts';
import { deviceOf, type Device, type Vxlan } from './topology.ts';

/** Bytes that VXLAN adds: outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14. */
const vxlanBytes = 50;
/** An ICMP error carries as much of the packet as fits into this (RFC 1812). */
const icmpErrorBytesMax = 576;
const defaultTtl = 64;

interface SendOptions {
  readonly tracked?: Tracked | undefined;
  readonly isQuiet?: boolean | undefined;
  readonly leg?: Leg;
  /** The packet of a tunnel: recordings show no POSTROUTING for it. */
  readonly isTunnel?: boolean;
}

/** Sends a packet that a program, the kernel or a tunnel of this namespace made. Models ip_local_out with ip_route_me_harder. */
export function sendLocal(run: Run, place: Place, made: Packet, options: SendOptions = {}): 'sent' | 'unreachable' | 'too long' {
  const route = routeTo(place.namespace, made.destination);
  const out = outName(route);
  const mtuBytes = deviceOf(place.namespace, out)?.mtuBytes ?? loopbackMtuBytes;
  const isTooLong = made.lengthBytes > mtuBytes;
  // A datagram that is too long is cut up by its own machine (IP_PMTUDISC_WANT, __ip_make_skb); ping forbids that.
  const packet = isTooLong && made.protocol === 'udp' ? { ...made, doNotFragment: false } : made;
  const buffer: Buffer = {
    packet,
    mark: 0,
    leg: options.leg ?? 'there',
    isLocallyGenerated: true,
    ...(options.tracked && { tracked: options.tracked }),
    ...(options.isQuiet && { isQuiet: true }),
    ...(route.kind === 'local' && { beganOnLoopback: true }),
  };
  tellRoute(run, place, buffer, { for: 'output', route });
  if (route.kind === 'none') {
    tellLost(run, place, buffer, { reason: 'no route' });
    return 'unreachable';
  }
  if (packet.doNotFragment && isTooLong) {
    tellLost(run, place, buffer, { reason: 'too big', device: out });
    return 'too long';
  }
  const passed = visit(run, place, buffer, { hook: 'OUTPUT', out });
  if (!passed) return 'sent';
  const isTurned = passed.packet.destination !== packet.destination;
  const turned = isTurned ? routeTo(place.namespace, passed.packet.destination) : route;
  if (isTurned) tellRoute(run, place, passed, { for: 'output', route: turned });
  outputPacket(run, place, passed, { route: turned, isTunnel: options.isTunnel === true });
  return 'sent';
}

/** lo can carry 65536 bytes at once. */
const loopbackMtuBytes = 65_536;

const outName = (route: RouteDecision): string => (route.kind === 'unicast' ? route.device : 'lo');

interface Leaving {
  readonly route: RouteDecision;
  /** The device it came in through, for packets that are passed on. */
  readonly in?: string;
  readonly isTunnel?: boolean;
}

/** Sends a packet on its route: POSTROUTING, pieces if it is too long, the next machine's MAC. Models ip_output and ip_finish_output. */
export function outputPacket(run: Run, place: Place, buffer: Buffer, { route, in: input, isTunnel = false }: Leaving): void {
  if (route.kind === 'none') {
    tellLost(run, place, buffer, { reason: 'no route' });
    return;
  }
  const out = outName(route);
  const passed = visit(run, place, buffer, { hook: 'POSTROUTING', out, ...(isTunnel && { isTunnel }), ...(input !== undefined && { in: input }) });
  if (!passed) return;
  const device = deviceOf(place.namespace, out);
  if (!device || route.kind === 'local') {
    run.queue.push(() => {
      run.receiveLoopback(place, passed);
    });
    return;
  }
  const mtuBytes = Math.min(device.mtuBytes, passed.largestPieceBytes ?? device.mtuBytes);
  for (const packet of fragmentsOf(passed.packet, mtuBytes)) transmit(run, place, device, { ...passed, packet }, route.nextHop);
}

function transmit(run: Run, place: Place, device: Device, buffer: Buffer, nextHop: string): void {
  const frameTo = (destinationMac: string) => ({
    sourceMac: device.mac,
    destinationMac,
    packet: buffer.packet,
    leg: buffer.leg,
    ...(buffer.isQuiet && { isQuiet: true as const }),
  });
  const lose = (reason: LostReason) => {
    tellLost(run, place, buffer, { reason, device: device.name });
  };
  if (device.kind === 'vxlan') {
    const mac = device.vxlan.neighbours[nextHop];
    if (mac === undefined) {
      lose('no neighbour');
      return;
    }
    recordFrame(run, place, device, 'out', frameTo(mac));
    const reason = encapsulate(run, place, device.vxlan, frameTo(mac));
    if (reason) lose(reason);
    return;
  }
  resolve(run, place, device, nextHop, (mac) => {
    if (mac === undefined) {
      const isAway = place.namespace.role === 'host' && !buffer.isLocallyGenerated;
      lose(isAway ? 'left the cluster' : device.kind === 'veth' && !peerOf(run, device) ? 'no cable' : 'no neighbour');
      run.sendError(place, buffer, { type: 'host-unreachable' });
    } else {
      sendFrame(run, place, device, frameTo(mac));
    }
  });
}

/** Wraps a frame into UDP and sends that; says what kept it from that. Models vxlan_xmit_one. */
function encapsulate(run: Run, place: Place, vxlan: Vxlan, frame: Frame & { readonly isQuiet?: true; readonly leg: Leg }): LostReason | undefined {
  const remote = vxlan.forwarding[frame.destinationMac];
  if (remote === undefined) return 'no neighbour';
  if (tunnelsAround(frame.packet) >= tunnelsMax) return 'tunnel loop';
  const sourcePort = tunnelPort(frame.packet);
  if (!frame.isQuiet) run.randomPorts.push(sourcePort);
  const outer: Packet = {
    protocol: 'udp',
    source: vxlan.local,
    destination: remote,
    sourcePort,
    destinationPort: vxlan.port,
    ttl: defaultTtl,
    lengthBytes: frame.packet.lengthBytes + vxlanBytes,
    doNotFragment: false,
    inner: { vni: vxlan.vni, frame },
  };
  sendLocal(run, place, outer, { isTunnel: true, isQuiet: frame.isQuiet, leg: frame.leg });
  return undefined;
}

/** A tunnel that leads into itself ends here; the kernel gives up at a similar depth (XMIT_RECURSION_LIMIT). */
const tunnelsMax = 8;

function tunnelsAround({ inner }: Packet): number {
  return inner ? 1 + tunnelsAround(inner.frame.packet) : 0;
}

/** A port that is the same for all packets of one conversation, so that they take one way. Sockets have a hash of their own; for the rest both directions are alike. */
function tunnelPort({ protocol, source, destination, sourcePort, destinationPort, icmp }: Packet): number {
  const ends = protocol === 'icmp' && !icmp?.about ? [source, destination].sort() : [`${source}:${sourcePort ?? 0}`, `${destination}:${destinationPort ?? 0}`];
  return 32_768 + (keyHash(`vxlan ${protocol} ${ends.join(' ')}`) % 28_232);
}

/** Tells where a packet came from that it got no further. Models icmp_send and nf_send_reset. */
export function sendError(run: Run, place: Place, buffer: Buffer, error: IcmpError): void {
  const { packet } = buffer;
  const isPiece = packet.fragment !== undefined && packet.fragment.offsetBytes > 0;
  if (isIcmpError(packet) || isPiece) return;
  const isToSelf = isLocal(place.namespace, packet.destination);
  const back = routeTo(place.namespace, packet.source);
  const source = isToSelf || back.kind === 'none' ? packet.destination : back.kind === 'local' ? packet.source : back.source;
  const tracked = trackedAsError(buffer);
  const options = { ...(tracked && { tracked }), isQuiet: buffer.isQuiet, leg: 'error' as const };
  if (error.type === 'tcp-reset') {
    // Like an error it belongs to the conversation, so that it is translated back (nf_ct_attach).
    if (packet.protocol === 'tcp' && packet.flags?.includes('RST') !== true) sendLocal(run, place, resetOf(packet), options);
    return;
  }
  const { fragment, ...whole } = packet;
  const about: Packet = fragment ? { ...whole, lengthBytes: packet.lengthBytes } : packet;
  const answer: Packet = {
    protocol: 'icmp',
    source,
    destination: packet.source,
    ttl: defaultTtl,
    lengthBytes: Math.min(icmpErrorBytesMax, packet.lengthBytes + 28),
    doNotFragment: false,
    icmp: { type: error.type, about, ...(error.mtuBytes !== undefined && { mtuBytes: error.mtuBytes }) },
  };
  sendLocal(run, place, answer, options);
}

/** The reset that answers a segment nobody waits for (RFC 9293, 3.5.2). */
export function resetOf({ source, destination, sourcePort = 0, destinationPort = 0, flags }: Packet): Packet {
  return {
    protocol: 'tcp',
    source: destination,
    destination: source,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
    ttl: defaultTtl,
    lengthBytes: 40,
    doNotFragment: true,
    flags: flags === 'SYN' ? 'ACK+RST' : 'RST',
  };
}
