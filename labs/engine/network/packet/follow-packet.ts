import { sendOn } from '../ipvs/send-on.ts';
import { chanceOf } from './chance.ts';
import { shownConntrack } from './conntrack.ts';
import type { FollowedPacket } from './hops.ts';
import { receiveFrame, receiveLoopback } from './ip-input.ts';
import { sendError, sendLocal } from './ip-output.ts';
import { mssTo } from './local-delivery.ts';
import { endpointText, type IcmpType, type Packet } from './packet.ts';
import { isLocal, routeTo } from './routing.ts';
import { placeOf, type FollowOptions, type Place, type Run } from './run.ts';
import type { Topology } from './topology.ts';

/** What a program in a namespace does. */
export type PacketRequest = { readonly from: string; readonly to: string } & (
  | { readonly kind: 'tcp'; readonly port: number }
  /** One datagram; `dataBytes` defaults to 40. */
  | { readonly kind: 'udp'; readonly port: number; readonly dataBytes?: number }
  /** One echo; `dataBytes` defaults to 56. */
  | { readonly kind: 'ping'; readonly ttl?: number; readonly dataBytes?: number; readonly mayFragment?: boolean }
);

/** Frames that one request may cause: the longest recorded path has 90 hops. */
const stepsMax = 2000;
/** Three questions, a second apart, and a little. */
const neighbourFailureMs = 3100;

/**
 * Follows the first packet of a request to where it ends, and the answer back: every frame on every interface, every visit of rules, and what
 * connection tracking holds at the end. Never throws; a namespace that does not exist gives no hops.
 */
export function followPacket(topology: Topology, request: PacketRequest, options: FollowOptions = {}): FollowedPacket {
  const run: Run = {
    topology,
    options,
    chooses: chanceOf(options),
    hops: [],
    overheard: [],
    queue: [],
    waiting: [],
    memories: new Map(),
    neighbours: new Map(),
    pieces: new Map(),
    randomPorts: [],
    reports: [],
    answered: [],
    sendError: (place, buffer, error) => {
      sendError(run, place, buffer, error);
    },
    sendOn: (place, buffer, before) => {
      sendOn(run, place, buffer, before);
    },
    receiveFrame: (place, device, frame) => {
      receiveFrame(run, place, device, frame);
    },
    receiveLoopback: (place, buffer) => {
      receiveLoopback(run, place, buffer);
    },
  };
  const place = placeOf(run, request.from);
  if (!place) return finished(run, request, { isCutOff: false, sent: 'unreachable' });
  const packet = firstPacket(place, request, options);
  run.client = { place: place.name, packet };
  const sent = sendLocal(run, place, packet);
  const isCutOff = !settle(run);
  return finished(run, request, { isCutOff, sent, packet });
}

/** Lets everything happen; whoever still waits for a MAC then is told that there is none. */
function settle(run: Run): boolean {
  for (let step = 0; step < stepsMax; step += 1) {
    const next = run.queue.shift();
    if (next) next();
    else if (run.waiting.length === 0) return true;
    else run.waiting.shift()?.then(undefined);
  }
  return false;
}

function firstPacket({ namespace }: Place, request: PacketRequest, { clientPort = 40_003 }: FollowOptions): Packet {
  const route = routeTo(namespace, request.to);
  // Without a route a program gets no further than connect(): the packet is never made.
  const source = route.kind === 'local' ? request.to : route.kind === 'unicast' ? route.source : '0.0.0.0';
  const base = { source, destination: request.to, ttl: 64, doNotFragment: true };
  switch (request.kind) {
    case 'tcp':
      return {
        ...base,
        protocol: 'tcp',
        sourcePort: clientPort,
        destinationPort: request.port,
        lengthBytes: 60,
        flags: 'SYN',
        mssBytes: mssTo(namespace, request.to),
      };
    case 'udp':
      return { ...base, protocol: 'udp', sourcePort: clientPort, destinationPort: request.port, lengthBytes: 28 + (request.dataBytes ?? 40) };
    case 'ping':
      return {
        ...base,
        protocol: 'icmp',
        ttl: request.ttl ?? 64,
        lengthBytes: 28 + (request.dataBytes ?? 56),
        doNotFragment: request.mayFragment !== true,
        icmp: { type: 'echo-request', sequence: 1 },
      };
  }
}

interface Ending {
  readonly isCutOff: boolean;
  readonly sent: ReturnType<typeof sendLocal>;
  readonly packet?: Packet;
}

function finished(run: Run, request: PacketRequest, { isCutOff, sent, packet }: Ending): FollowedPacket {
  const conntrack = [...run.memories].flatMap(([name, { table }]) => (table.length > 0 ? [[name, table.map((entry) => shownConntrack(entry))] as const] : []));
  const result = request.kind === 'ping' ? pingResult(run, request, sent) : connectionResult(run, request, sent, packet);
  return {
    result,
    hops: run.hops,
    conntrack: Object.fromEntries(conntrack),
    remembered: rememberedBy(run),
    randomPorts: [...new Set(run.randomPorts)],
    overheard: run.overheard,
    isCutOff,
  };
}

/** What lists and sets hold now, also on machines that no packet passed. */
function rememberedBy({ topology, memories }: Run): FollowedPacket['remembered'] {
  const all = Object.entries(topology.namespaces).flatMap(([name, { remembered = {} }]) => {
    const now = memories.get(name)?.remembered;
    const lists = now ? Object.fromEntries([...now].map(([list, addresses]) => [list, [...addresses]])) : remembered;
    return Object.keys(lists).length > 0 ? [[name, lists] as const] : [];
  });
  return Object.fromEntries(all);
}

function connectionResult(run: Run, request: PacketRequest, sent: Ending['sent'], packet: Packet | undefined): FollowedPacket['result'] {
  const [report] = run.reports;
  if (sent !== 'sent') return { outcome: sent === 'too long' ? 'EMSGSIZE' : 'ENETUNREACH', afterMs: 0 };
  if (report?.kind === 'refused') return { outcome: 'ECONNREFUSED', afterMs: 0 };
  if (report?.kind === 'icmp') return icmpResult(report.packet);
  if (report?.kind !== 'answer') return { outcome: 'timeout (no answer within 0.8 s)' };
  const served = run.answered.at(0);
  const { source = '', sourcePort, destination = '', destinationPort, lengthBytes = 0 } = served?.request ?? {};
  const sees = `backend=${served?.backend ?? ''} sees=${endpointText(source, sourcePort)}`;
  const clientSocket = endpointText(packet?.source ?? '', packet?.sourcePort);
  return request.kind === 'udp'
    ? { outcome: 'answered', reply: `${sees} len=${lengthBytes - 28}`, clientSocket }
    : { outcome: 'connected', reply: `${sees} at=${endpointText(destination, destinationPort)}`, clientSocket };
}

/** What connect() says after an ICMP error. */
function icmpResult({ icmp }: Packet): FollowedPacket['result'] {
  if (icmp?.type === 'port-unreachable' || icmp?.type === 'protocol-unreachable') return { outcome: 'ECONNREFUSED', afterMs: 0 };
  if (icmp?.type === 'net-unreachable') return { outcome: 'ENETUNREACH', afterMs: 0 };
  if (icmp?.type === 'host-unreachable' || icmp?.type === 'ttl-exceeded') return { outcome: 'EHOSTUNREACH', afterMs: neighbourFailureMs };
  return { outcome: icmp?.type === 'frag-needed' ? 'EMSGSIZE' : 'EHOSTUNREACH', afterMs: 0 };
}

const pingWords: Readonly<Partial<Record<IcmpType, string>>> = {
  'ttl-exceeded': 'Time to live exceeded',
  'host-unreachable': 'Destination Host Unreachable',
  'net-unreachable': 'Destination Net Unreachable',
  'port-unreachable': 'Destination Port Unreachable',
  'protocol-unreachable': 'Destination Protocol Unreachable',
  'admin-prohibited': 'Packet filtered',
};

/** The lines of ping that matter. Models iputils. */
function pingResult(run: Run, request: PacketRequest, sent: Ending['sent']): FollowedPacket['result'] {
  const [report] = run.reports;
  if (sent === 'unreachable') return { outcome: 'connect: Network is unreachable' };
  const failed = '1 packets transmitted, 0 received, +1 errors, 100% packet loss';
  if (sent === 'too long') return { outcome: `ping: local error: message too long, mtu=${mtuBytes(run, request)}; ${failed}` };
  if (report?.kind === 'answer') {
    const { source, ttl, lengthBytes } = report.packet;
    return { outcome: `${lengthBytes - 20} bytes from ${source}: icmp_seq=1 ttl=${ttl} ; 1 packets transmitted, 1 received, 0% packet loss` };
  }
  if (report?.kind !== 'icmp') return { outcome: '1 packets transmitted, 0 received, 100% packet loss' };
  const { source, icmp } = report.packet;
  const words = icmp?.type === 'frag-needed' ? `Frag needed and DF set (mtu = ${icmp.mtuBytes ?? 0})` : (pingWords[icmp?.type ?? 'host-unreachable'] ?? '');
  return { outcome: `From ${source} icmp_seq=1 ${words}; ${failed}` };
}

function mtuBytes(run: Run, { from, to }: PacketRequest): number {
  const place = placeOf(run, from);
  const route = place && routeTo(place.namespace, to);
  if (!place || route?.kind !== 'unicast' || isLocal(place.namespace, to)) return 0;
  return place.namespace.devices.find(({ name }) => name === route.device)?.mtuBytes ?? 0;
}
