import type { IpvsHop, NetfilterHop, ShownFrame, ShownPacket } from '../engine/network/packet/hops.ts';
import type { ShownConntrack } from '../engine/network/packet/conntrack.ts';
import type { KeptHop, Sending, State, Step } from './state.ts';

/** The namespace of `namespace/device`; the names of pods’ namespaces have a stroke in them. */
export function machineOf(where: string): string {
  return where.slice(0, Math.max(0, where.lastIndexOf('/')));
}

/** Namespace in which a hop happens. */
export function placeOfHop(hop: KeptHop): string {
  return hop.type === 'packet' || hop.type === 'arp' ? machineOf(hop.where) : hop.where;
}

/** The packet as a step finds it and as it leaves it; `after` is absent where it ends. */
export interface Passage {
  readonly before?: ShownPacket;
  readonly after?: ShownPacket;
  /** The frame around it, where the step shows one. */
  readonly frame?: ShownFrame;
  /** Mark of the packet behind the step's rules. */
  readonly mark?: number;
}

function packetIn(hop: KeptHop | undefined): ShownPacket | undefined {
  if (hop?.type === 'packet') return hop;
  if (hop?.type === 'netfilter' || hop?.type === 'ipvs') return hop.after ?? hop.packet;
  return hop?.type === 'lost' || hop?.type === 'arrived' ? hop.packet : undefined;
}

/** The packet as it was last seen before a hop. */
function seenBefore(sending: Sending, index: number): ShownPacket | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const packet = packetIn(sending.followed.hops[at]);
    if (sending.steps.some(({ kind, to }) => kind === 'wrap' && to === at + 1)) return wrappedFrom(sending, at) ?? packet;
    if (packet) return packet;
  }
  return undefined;
}

/** What carries a packet that went into a tunnel at a hop: it is seen for the first time behind it. */
function wrappedFrom(sending: Sending, index: number): ShownPacket | undefined {
  const next = seenFrom(sending, index + 1);
  return next?.encapsulation ? next : undefined;
}

function seenFrom({ followed: { hops } }: Sending, index: number): ShownPacket | undefined {
  for (const hop of hops.slice(index)) {
    const packet = hop.type === 'netfilter' || hop.type === 'ipvs' ? hop.packet : packetIn(hop);
    if (packet) return packet;
  }
  return undefined;
}

const isFrame = (hop: KeptHop): hop is KeptHop & ShownFrame => hop.type === 'packet';

/** The visit of rules that a step tells. */
export function visitOf(sending: Sending, step: Step): NetfilterHop | undefined {
  return sending.followed.hops.slice(step.from, step.to).find((hop) => hop.type === 'netfilter');
}

/** What a virtual server of ipvs mode did in a step. */
export function balancedIn(sending: Sending, step: Step): IpvsHop | undefined {
  return sending.followed.hops.slice(step.from, step.to).find((hop) => hop.type === 'ipvs');
}

/** Rule marks last as long as the packet stays in its machine. */
function markAfter(visit: NetfilterHop | undefined): number | undefined {
  return visit?.tried?.findLast(({ mark }) => mark !== undefined)?.mark?.after;
}

/** What a step did to the packet. */
export function passageOf(sending: Sending, index: number): Passage {
  const step = sending.steps[index];
  if (!step) return {};
  if (step.kind === 'call') {
    const first = seenFrom(sending, 0);
    return first ? { after: first } : {};
  }
  const hops = sending.followed.hops.slice(step.from, step.to);
  const own = hops.find((hop) => packetIn(hop) !== undefined);
  const isFirst = sending.steps[index - 1]?.leg !== step.leg || sending.steps[index - 1]?.kind === 'arrived';
  const earlier = isFirst ? undefined : seenBefore(sending, step.from);
  const visit = visitOf(sending, step);
  const before = visit?.packet ?? earlier ?? packetIn(own) ?? seenFrom(sending, step.from);
  const frame = hops.findLast(isFrame);
  const mark = markAfter(visit);
  return {
    ...(before && { before }),
    ...afterOf(sending, step, visit, before),
    ...(frame && { frame }),
    ...(mark !== undefined && mark !== 0 && { mark }),
  };
}

function afterOf(sending: Sending, step: Step, visit: NetfilterHop | undefined, before: ShownPacket | undefined): Pick<Passage, 'after'> {
  if (step.kind === 'lost') return {};
  const balanced = balancedIn(sending, step);
  const worked = balanced ?? visit;
  if (worked) return worked.after ? { after: worked.after } : {};
  // The outer packet appears behind the device that wraps.
  const after = step.kind === 'wrap' ? seenFrom(sending, step.to) : packetIn(sending.followed.hops.slice(step.from, step.to).findLast((hop) => packetIn(hop)));
  const left = after ?? before;
  return left ? { after: left } : {};
}

/** The last passage of the steps that have happened: where the packet is now. */
export function currentPassage({ sending }: State): Passage {
  return passageOf(sending, sending.shown - 1);
}

/** Hops that have happened. */
export function shownHops({ sending }: State): readonly KeptHop[] {
  return sending.followed.hops.slice(0, sending.steps[sending.shown - 1]?.to ?? 0);
}

/** What connection tracking of each machine holds by now, oldest first. */
export function conntrackNow(state: State): readonly { readonly machine: string; readonly entry: ShownConntrack }[] {
  const entries = new Map<string, { readonly machine: string; readonly entry: ShownConntrack; readonly isEntered: boolean }>();
  for (const hop of shownHops(state)) {
    const entry = hop.type === 'netfilter' ? hop.tracking?.entry : undefined;
    if (hop.type !== 'netfilter' || !entry) continue;
    const key = `${hop.where} ${entry.proto} ${entry.original}`;
    entries.set(key, { machine: hop.where, entry, isEntered: hop.tracking?.isEntered === true || entries.get(key)?.isEntered === true });
  }
  return [...entries.values()].filter(({ isEntered }) => isEntered).map(({ machine, entry }) => ({ machine, entry }));
}

/** The way has led over a machine of this kind, in the steps that have happened. */
export function haveVisited(state: State, kind: 'router' | 'lan' | 'node' | 'host'): readonly string[] {
  return [...new Set(shownHops(state).map(placeOfHop))].filter((machine) => state.outlook.titles[machine]?.kind === kind);
}

/** Devices on which the packet has been seen by now, in the order in which it came by. */
export function devicesSeen(state: State): readonly string[] {
  return [...new Set(shownHops(state).flatMap((hop) => (hop.type === 'packet' || hop.type === 'arp' ? [hop.where] : [])))];
}

/** The device and its machine, as the command line on a real cluster would name them. */
export function deviceName(where: string): { readonly machine: string; readonly device: string } {
  const machine = machineOf(where);
  return { machine, device: where.slice(machine.length + 1) };
}
