import { broadcastMac, fragmentsOf, type ArpMessage } from './packet.ts';
import { isLocal } from './routing.ts';
import { peerOf, type Buffer, type Carried, type Place, type Run } from './run.ts';
import { visit } from './visit-hook.ts';
import { recordFrame, tellLost } from './tells.ts';
import type { Device } from './topology.ts';

/** Sends a frame out of a device: into its cable, or from a bridge to the right ports. Models dev_queue_xmit and br_dev_xmit. */
export function sendFrame(run: Run, place: Place, device: Device, frame: Carried): void {
  recordFrame(run, place, device, 'out', frame);
  if (device.kind === 'bridge') {
    for (const port of portsFor(run, place, device, frame)) sendFrame(run, place, port, frame);
    return;
  }
  const peer = peerOf(run, device);
  if (peer)
    run.queue.push(() => {
      run.receiveFrame(peer.place, peer.device, frame);
    });
}

/** A frame's packet as it begins its way inside a namespace. */
export function carriedBuffer({ packet, isQuiet, leg = 'there' }: Exclude<Carried, { readonly arp: unknown }>): Buffer {
  return { packet, mark: 0, leg, ...(isQuiet && { isQuiet: true }) };
}

/** The ports of a bridge, the newest first: the order in which the kernel floods them. */
export function portsOf(place: Place, bridge: Device): readonly Device[] {
  return place.namespace.devices.filter((device) => device.kind === 'veth' && device.bridge === bridge.name).toReversed();
}

/** The ports that a frame leaves through: the one behind which its MAC lives, else all. */
function portsFor(run: Run, place: Place, bridge: Device, { destinationMac }: Carried): readonly Device[] {
  const ports = portsOf(place, bridge);
  const known = destinationMac === broadcastMac ? [] : ports.filter((port) => peerOf(run, port)?.device.mac === destinationMac);
  return known.length > 0 ? known : ports;
}

/** Passes a frame on from one port of a bridge to others; IPv4 goes through FORWARD and POSTROUTING if the machine says so. Models br_forward, br_netfilter. */
export function forwardFrame(run: Run, place: Place, from: { readonly bridge: Device; readonly port: Device }, frame: Carried, buffer?: Buffer): void {
  const { bridge, port } = from;
  const isAllowed = (to: Device) => to.name !== port.name || (port.kind === 'veth' && port.hairpin === true);
  const ports = portsFor(run, place, bridge, frame);
  if (ports.every((each) => !isAllowed(each)) && !('arp' in frame))
    tellLost(run, place, buffer ?? carriedBuffer(frame), { reason: 'hairpin off', device: port.name });
  for (const to of ports.filter((each) => isAllowed(each))) {
    if ('arp' in frame || !buffer || !place.namespace.sysctls.filtersBridged) {
      sendFrame(run, place, to, frame);
      continue;
    }
    const forwarded = visit(run, place, buffer, { hook: 'FORWARD', in: bridge.name, out: bridge.name });
    const sent = forwarded && visit(run, place, forwarded, { hook: 'POSTROUTING', out: bridge.name });
    if (!sent) continue;
    for (const packet of fragmentsOf(sent.packet, sent.largestPieceBytes ?? Number.POSITIVE_INFINITY)) sendFrame(run, place, to, { ...frame, packet });
  }
}

/** Finds the MAC of an address on a device's network, asking for it if nobody knows it. Models the neighbour table and ARP (RFC 826). */
export function resolve(run: Run, place: Place, device: Device, address: string, then: (mac: string | undefined) => void): void {
  const key = neighbourKey(place, device, address);
  const owner = onSegment(run, place, device).find((each) => each.addresses.includes(address));
  const known = run.neighbours.get(key) ?? (run.options.coldArp ? undefined : owner?.mac);
  if (known !== undefined) {
    then(known);
    return;
  }
  const isAsked = run.waiting.some((each) => each.namespace === place.name && each.device === device.name && each.address === address);
  run.waiting.push({ namespace: place.name, device: device.name, address, then });
  if (isAsked) return;
  const senderAddress = device.addresses[0]?.address ?? '0.0.0.0';
  const arp: ArpMessage = { asks: true, senderAddress, senderMac: device.mac, targetAddress: address, ...(!owner && { times: solicitationsMax }) };
  sendFrame(run, place, device, { sourceMac: device.mac, destinationMac: broadcastMac, arp });
}

/** net.ipv4.neigh.default.mcast_solicit: questions before the kernel gives up, one a second. */
const solicitationsMax = 3;

const neighbourKey = (place: Place, device: Device, address: string) => `${place.name} ${device.name} ${address}`;

interface Owner {
  readonly mac: string;
  readonly addresses: readonly string[];
}

/** All devices with addresses that a broadcast of this device reaches. */
function onSegment(run: Run, place: Place, device: Device, seen = new Set<string>()): readonly Owner[] {
  const key = `${place.name}/${device.name}`;
  if (seen.has(key)) return [];
  seen.add(key);
  const found: Owner[] = [];
  const here = (each: Device) => ({ mac: each.mac, addresses: each.addresses.map(({ address }) => address) });
  if (device.kind === 'bridge') {
    found.push(here(device), ...portsOf(place, device).flatMap((port) => onSegment(run, place, port, seen)));
  } else if (device.kind === 'veth') {
    const peer = peerOf(run, device);
    if (peer) found.push(...onSegment(run, peer.place, peer.device, seen));
    const bridge = device.bridge === undefined ? undefined : place.namespace.devices.find(({ name }) => name === device.bridge);
    found.push(...(bridge ? onSegment(run, place, bridge, seen) : [here(device)]));
  }
  return found;
}

/** Answers a question for an own address, and learns from questions and answers. */
export function receiveArp(run: Run, place: Place, device: Device, { destinationMac, arp }: Carried & { readonly arp: ArpMessage }): void {
  const isMine = isLocal(place.namespace, arp.targetAddress);
  if (!isMine || (destinationMac !== device.mac && destinationMac !== broadcastMac)) return;
  run.neighbours.set(neighbourKey(place, device, arp.senderAddress), arp.senderMac);
  if (arp.asks) {
    const answer: ArpMessage = { asks: false, senderAddress: arp.targetAddress, senderMac: device.mac, targetAddress: arp.senderAddress };
    sendFrame(run, place, device, { sourceMac: device.mac, destinationMac: arp.senderMac, arp: answer });
  }
  const ready = run.waiting.filter((each) => each.namespace === place.name && each.device === device.name && each.address === arp.senderAddress);
  for (const each of ready) run.waiting.splice(run.waiting.indexOf(each), 1);
  for (const each of ready) each.then(arp.senderMac);
}
