import { sendLocal, resetOf } from './ip-output.ts';
import type { Packet } from './packet.ts';
import { reassembled, visit, type Buffer, type Carried, type Place, type Run } from './run.ts';
import { routeTo } from './routing.ts';
import { deviceOf, type Device, type NetworkNamespace } from './topology.ts';

/** Gives a packet to the program, tunnel or kernel part that it is for. Models ip_local_deliver and what comes after it. */
export function deliver(run: Run, place: Place, input: string, buffer: Buffer, unwrap: (device: Device, frame: Carried) => void): void {
  const passed = visit(run, place, buffer, { hook: 'INPUT', in: input });
  const whole = passed && reassembled(run, place, passed);
  if (!whole) return;
  const { packet } = whole;
  if (packet.inner) {
    const tunnel = place.namespace.devices.find(
      (device) => device.kind === 'vxlan' && device.vxlan.port === packet.destinationPort && device.vxlan.vni === packet.inner?.vni,
    );
    if (tunnel) unwrap(tunnel, { ...packet.inner.frame, ...(whole.isQuiet && { isQuiet: true }) });
    return;
  }
  if (packet.protocol === 'tcp') takeSegment(run, place, whole);
  else if (packet.protocol === 'udp') takeDatagram(run, place, whole);
  else takeIcmp(run, place, whole);
}

const isListening = (namespace: NetworkNamespace, { protocol, destinationPort }: Packet) =>
  namespace.listeners.some((each) => each.protocol === protocol && each.port === destinationPort);

/** Whether a packet is the answer that the asking program waits for. */
function isForClient(run: Run, place: Place, packet: Packet): boolean {
  if (run.client?.place !== place.name) return false;
  const asked = run.client.packet;
  return (
    packet.protocol === asked.protocol &&
    packet.source === asked.destination &&
    packet.destination === asked.source &&
    packet.sourcePort === asked.destinationPort &&
    packet.destinationPort === asked.sourcePort
  );
}

/** Turns a packet round. */
export function answerTo(
  { source, destination, sourcePort, destinationPort, protocol }: Packet,
  rest: Pick<Packet, 'lengthBytes' | 'doNotFragment' | 'flags' | 'mssBytes' | 'icmp'>,
): Packet {
  return {
    protocol,
    source: destination,
    destination: source,
    ...(destinationPort !== undefined && { sourcePort: destinationPort }),
    ...(sourcePort !== undefined && { destinationPort: sourcePort }),
    ttl: 64,
    ...rest,
  };
}

/** The largest segment that fits through the device towards an address: its MTU less 40 bytes of headers; lo counts as 65535. */
export function mssTo(namespace: NetworkNamespace, destination: string): number {
  const route = routeTo(namespace, destination);
  const mtuBytes = route.kind === 'unicast' ? (deviceOf(namespace, route.device)?.mtuBytes ?? 1500) : 65_535;
  return Math.min(mtuBytes, 65_535) - 40;
}

function takeSegment(run: Run, place: Place, { packet, isQuiet }: Buffer): void {
  const { flags } = packet;
  if (flags === 'SYN' && isListening(place.namespace, packet)) {
    run.answered.push({ backend: place.name, request: packet });
    const mssBytes = mssTo(place.namespace, packet.source);
    sendLocal(run, place, answerTo(packet, { lengthBytes: 60, doNotFragment: true, flags: 'SYN+ACK', mssBytes }), { isQuiet });
  } else if (flags === 'SYN') {
    sendLocal(run, place, resetOf(packet), { isQuiet });
  } else if (flags === 'SYN+ACK') {
    if (isForClient(run, place, packet)) {
      run.reports.push({ kind: 'answer', packet });
      // The rest of the conversation is not shown; its first packet makes both sides sure of it.
      sendLocal(run, place, answerTo(packet, { lengthBytes: 52, doNotFragment: true, flags: 'ACK' }), { isQuiet: true });
    } else {
      sendLocal(run, place, resetOf(packet), { isQuiet });
    }
  } else if (flags?.includes('RST') && isForClient(run, place, packet)) {
    run.reports.push({ kind: 'refused' });
  }
}

function takeDatagram(run: Run, place: Place, buffer: Buffer): void {
  const { packet, isQuiet } = buffer;
  if (isForClient(run, place, packet)) {
    run.reports.push({ kind: 'answer', packet });
  } else if (isListening(place.namespace, packet)) {
    run.answered.push({ backend: place.name, request: packet });
    sendLocal(run, place, answerTo(packet, { lengthBytes: packet.lengthBytes + 1, doNotFragment: true }), { isQuiet });
  } else {
    run.sendError(place, buffer, { type: 'port-unreachable' });
  }
}

function takeIcmp(run: Run, place: Place, { packet, isQuiet }: Buffer): void {
  const { icmp } = packet;
  if (icmp?.type === 'echo-request') {
    sendLocal(run, place, answerTo(packet, { lengthBytes: packet.lengthBytes, doNotFragment: false, icmp: { ...icmp, type: 'echo-reply' } }), { isQuiet });
  } else if (icmp?.type === 'echo-reply') {
    if (isForClient(run, place, packet)) run.reports.push({ kind: 'answer', packet });
  } else if (icmp?.about && isForClient(run, place, answerTo(icmp.about, { lengthBytes: 0, doNotFragment: false }))) {
    run.reports.push({ kind: 'icmp', packet });
  }
}
