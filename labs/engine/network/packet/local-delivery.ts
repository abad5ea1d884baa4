import { sendLocal, resetOf } from './ip-output.ts';
import type { Packet } from './packet.ts';
import { reassembled, type Buffer, type Carried, type Place, type Run } from './run.ts';
import { visit } from './visit-hook.ts';
import { routeTo } from './routing.ts';
import { tellArrived, tellLost } from './tells.ts';
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
    if (tunnel) unwrap(tunnel, { ...packet.inner.frame, leg: whole.leg, ...(whole.isQuiet && { isQuiet: true }) });
    else tellLost(run, place, whole, { reason: 'nobody listens' });
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
  const mtuBytes = route.kind === 'local' ? 65_535 : ((route.kind === 'unicast' ? deviceOf(namespace, route.device)?.mtuBytes : undefined) ?? 1500);
  return Math.min(mtuBytes, 65_535) - 40;
}

function takeSegment(run: Run, place: Place, buffer: Buffer): void {
  const { packet, isQuiet } = buffer;
  const { flags } = packet;
  const refuse = (reason: 'nobody listens' | 'not expected') => {
    tellLost(run, place, buffer, { reason });
    sendLocal(run, place, resetOf(packet), { isQuiet, leg: 'error' });
  };
  if (flags === 'SYN') {
    if (!isListening(place.namespace, packet)) {
      refuse('nobody listens');
      return;
    }
    tellArrived(run, place, buffer, 'server');
    run.answered.push({ backend: place.name, request: packet });
    const mssBytes = mssTo(place.namespace, packet.source);
    sendLocal(run, place, answerTo(packet, { lengthBytes: 60, doNotFragment: true, flags: 'SYN+ACK', mssBytes }), { isQuiet, leg: 'back' });
  } else if (flags === 'SYN+ACK') {
    if (!isForClient(run, place, packet)) {
      refuse('not expected');
      return;
    }
    tellArrived(run, place, buffer, 'client');
    run.reports.push({ kind: 'answer', packet });
    // The rest of the conversation is not shown; its first packet makes both sides sure of it.
    sendLocal(run, place, answerTo(packet, { lengthBytes: 52, doNotFragment: true, flags: 'ACK' }), { isQuiet: true });
  } else if (flags?.includes('RST')) {
    takeReset(run, place, buffer);
  }
}

/** A reset ends what it belongs to: the client's attempt, or the half-open conversation of a server. */
function takeReset(run: Run, place: Place, buffer: Buffer): void {
  const { packet } = buffer;
  if (isForClient(run, place, packet)) {
    tellArrived(run, place, buffer, 'client');
    run.reports.push({ kind: 'refused' });
  } else if (isListening(place.namespace, packet)) {
    tellArrived(run, place, buffer, 'server');
  } else {
    tellLost(run, place, buffer, { reason: 'not expected' });
  }
}

function takeDatagram(run: Run, place: Place, buffer: Buffer): void {
  const { packet, isQuiet } = buffer;
  if (isForClient(run, place, packet)) {
    tellArrived(run, place, buffer, 'client');
    run.reports.push({ kind: 'answer', packet });
  } else if (isListening(place.namespace, packet)) {
    tellArrived(run, place, buffer, 'server');
    run.answered.push({ backend: place.name, request: packet });
    sendLocal(run, place, answerTo(packet, { lengthBytes: packet.lengthBytes + 1, doNotFragment: true }), { isQuiet, leg: 'back' });
  } else {
    const isAnswer = run.client?.place === place.name && run.client.packet.sourcePort === packet.destinationPort;
    tellLost(run, place, buffer, { reason: isAnswer ? 'not expected' : 'nobody listens' });
    run.sendError(place, buffer, { type: 'port-unreachable' });
  }
}

function takeIcmp(run: Run, place: Place, buffer: Buffer): void {
  const { packet, isQuiet } = buffer;
  const { icmp } = packet;
  if (icmp?.type === 'echo-request') {
    tellArrived(run, place, buffer, 'kernel');
    const answer = answerTo(packet, { lengthBytes: packet.lengthBytes, doNotFragment: false, icmp: { ...icmp, type: 'echo-reply' } });
    sendLocal(run, place, answer, { isQuiet, leg: 'back' });
  } else if (icmp?.type === 'echo-reply' ? isForClient(run, place, packet) : isErrorForClient(run, place, packet)) {
    tellArrived(run, place, buffer, 'client');
    run.reports.push({ kind: icmp?.type === 'echo-reply' ? 'answer' : 'icmp', packet });
  } else {
    tellLost(run, place, buffer, { reason: 'not expected' });
  }
}

function isErrorForClient(run: Run, place: Place, { icmp }: Packet): boolean {
  return icmp?.about !== undefined && isForClient(run, place, answerTo(icmp.about, { lengthBytes: 0, doNotFragment: false }));
}
