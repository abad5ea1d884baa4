import { carriedBuffer, forwardFrame, receiveArp, resolve } from './link.ts';
import { deliver } from './local-delivery.ts';
import { outputPacket } from './ip-output.ts';
import { broadcastMac } from './packet.ts';
import type { LostReason } from './hops.ts';
import { isLocal, isLoopback, routeTo, type RouteDecision } from './routing.ts';
import { reassembled, type Buffer, type Carried, type IcmpError, type Place, type Run } from './run.ts';
import { visit } from './visit-hook.ts';
import { recordFrame, tellLost, tellOverheard, tellRoute } from './tells.ts';
import { deviceOf, type Device } from './topology.ts';

type IpFrame = Exclude<Carried, { readonly arp: unknown }>;

/** Takes a frame that arrived at a device. Models netif_receive_skb. */
export function receiveFrame(run: Run, place: Place, device: Device, frame: Carried): void {
  recordFrame(run, place, device, 'in', frame);
  const bridge = device.kind === 'veth' && device.bridge !== undefined ? deviceOf(place.namespace, device.bridge) : undefined;
  if (!bridge) {
    takeFrame(run, place, device, frame);
  } else if ('arp' in frame || !place.namespace.sysctls.filtersBridged) {
    switchFrame(run, place, { bridge, port: device }, frame);
  } else {
    filterBridged(run, place, { bridge, port: device }, frame);
  }
}

interface Ingress {
  readonly bridge: Device;
  readonly port: Device;
}

/** The bridge decides: up to the machine, on to a port, or both. Models br_handle_frame_finish. */
function switchFrame(run: Run, place: Place, ingress: Ingress, frame: Carried, buffer?: Buffer): void {
  const isUp = frame.destinationMac === ingress.bridge.mac;
  if (!isUp) {
    if (frame.destinationMac !== broadcastMac) tellOverheard(run, place, ingress.bridge, frame);
    forwardFrame(run, place, ingress, frame, buffer);
  }
  if (isUp || frame.destinationMac === broadcastMac) {
    recordFrame(run, place, ingress.bridge, 'in', frame);
    takeFrame(run, place, ingress.bridge, frame, buffer);
  }
}

/**
 * The bridge shows its packets to PREROUTING as if they were routed. A destination that NAT changed leads either to another port of the same bridge
 * (the frame is bridged on, with its own source MAC) or up to the machine. Models br_nf_pre_routing.
 */
function filterBridged(run: Run, place: Place, ingress: Ingress, frame: IpFrame): void {
  const { bridge } = ingress;
  const whole = reassembled(run, place, carriedBuffer(frame));
  const passed = whole && visit(run, place, whole, { hook: 'PREROUTING', in: bridge.name });
  if (!passed) return;
  const changed: IpFrame = { ...frame, packet: passed.packet };
  if (passed.packet.destination === whole.packet.destination) {
    switchFrame(run, place, ingress, changed, passed);
    return;
  }
  const route = routeTo(place.namespace, passed.packet.destination);
  if (route.kind !== 'unicast' || route.device !== bridge.name) {
    // Up to the machine, which tells of the choice when it takes the packet.
    switchFrame(run, place, ingress, { ...changed, destinationMac: bridge.mac }, passed);
    return;
  }
  tellRoute(run, place, passed, { for: 'forward', route });
  let isAsked = true;
  resolve(run, place, bridge, route.nextHop, (mac) => {
    if (mac === undefined) {
      tellLost(run, place, passed, { reason: 'no neighbour', device: bridge.name });
      // An error goes out only for frames that were for the machine (icmp_send looks at pkt_type).
      if (frame.destinationMac === bridge.mac) run.sendError(place, passed, { type: 'host-unreachable' });
      return;
    }
    // A MAC that had to be asked for first sends the frame through the bridge's own device.
    if (!isAsked) recordFrame(run, place, bridge, 'out', { ...changed, sourceMac: bridge.mac, destinationMac: mac });
    switchFrame(run, place, ingress, { ...changed, destinationMac: mac }, passed);
  });
  isAsked = false;
}

/** The machine takes a frame that is for it. `buffer`: the packet has been through PREROUTING on a bridge. */
function takeFrame(run: Run, place: Place, device: Device, frame: Carried, buffer?: Buffer): void {
  if ('arp' in frame) receiveArp(run, place, device, frame);
  else if (frame.destinationMac === device.mac) receivePacket(run, place, device, buffer ?? carriedBuffer(frame), buffer !== undefined);
  else if (frame.destinationMac !== broadcastMac) tellLost(run, place, carriedBuffer(frame), { reason: 'not for this machine', device: device.name });
}

/** Takes a packet that the machine sent to itself. */
export function receiveLoopback(run: Run, place: Place, buffer: Buffer): void {
  const { packet, mark, leg, tracked, beganOnLoopback, isQuiet } = buffer;
  const received: Buffer = { packet, mark, leg, ...(tracked && { tracked }), ...(beganOnLoopback && { beganOnLoopback }), ...(isQuiet && { isQuiet }) };
  receiveFrom(run, place, 'lo', received);
}

function receivePacket(run: Run, place: Place, device: Device, buffer: Buffer, isFiltered: boolean): void {
  if (isFiltered) {
    routeIn(run, place, device.name, buffer);
    return;
  }
  receiveFrom(run, place, device.name, buffer);
}

function receiveFrom(run: Run, place: Place, input: string, buffer: Buffer): void {
  const whole = place.namespace.rules ? reassembled(run, place, buffer) : buffer;
  const passed = whole && visit(run, place, whole, { hook: 'PREROUTING', in: input });
  if (passed) routeIn(run, place, input, passed);
}

/** For the machine itself, or to be passed on. Models ip_route_input and ip_forward. */
function routeIn(run: Run, place: Place, input: string, buffer: Buffer): void {
  const { namespace } = place;
  const { packet } = buffer;
  const isFromOutside = input !== 'lo';
  // Martians: nobody else may use the machine's own or loopback addresses.
  const isLoopbackAllowed = !isFromOutside || namespace.sysctls.routesLocalnet;
  const isMartian =
    ((isLoopback(packet.source) || isLoopback(packet.destination)) && !isLoopbackAllowed) ||
    (isFromOutside && !isLoopback(packet.source) && isLocal(namespace, packet.source));
  if (isMartian) {
    tellLost(run, place, buffer, { reason: 'martian', device: input });
    return;
  }
  const route = routeTo(namespace, packet.destination);
  tellRoute(run, place, buffer, { for: route.kind === 'local' ? 'input' : 'forward', route });
  if (route.kind === 'local') {
    deliver(run, place, input, buffer, (device, frame) => {
      recordFrame(run, place, device, 'in', frame);
      takeFrame(run, place, device, frame);
    });
  } else if (namespace.sysctls.forwards) {
    forward(run, place, buffer, { input, route });
  } else {
    tellLost(run, place, buffer, { reason: namespace.role === 'host' ? 'left the cluster' : 'not forwarding', device: input });
  }
}

interface Passing {
  readonly input: string;
  readonly route: Exclude<RouteDecision, { readonly kind: 'local' }>;
}

/** Passes a packet on, or says why not. Models ip_forward, and ip_error where there is no route. */
function forward(run: Run, place: Place, buffer: Buffer, { input, route }: Passing): void {
  const { packet } = buffer;
  const refuse = (reason: LostReason, error: IcmpError) => {
    tellLost(run, place, buffer, { reason, device: route.kind === 'unicast' ? route.device : input });
    run.sendError(place, buffer, error);
  };
  if (route.kind === 'none') {
    refuse(place.namespace.role === 'host' ? 'left the cluster' : 'no route', { type: 'net-unreachable' });
    return;
  }
  if (packet.ttl <= 1) {
    refuse('ttl exceeded', { type: 'ttl-exceeded' });
    return;
  }
  const mtuBytes = deviceOf(place.namespace, route.device)?.mtuBytes ?? Number.POSITIVE_INFINITY;
  if (packet.doNotFragment && packet.lengthBytes > mtuBytes) {
    refuse('too big', { type: 'frag-needed', mtuBytes });
    return;
  }
  const older: Buffer = { ...buffer, packet: { ...packet, ttl: packet.ttl - 1 } };
  const forwarded = visit(run, place, older, { hook: 'FORWARD', in: input, out: route.device });
  if (forwarded) outputPacket(run, place, forwarded, { route, in: input });
}
