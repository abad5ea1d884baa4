import type { Balanced } from '../ipvs/balance.ts';
import { shownConntrack } from './conntrack.ts';
import { roleOf, shownArp, shownFrame, shownPacket, type ArrivedHop, type LostReason, type NetfilterHop, type RouteHop, type TriedRoute } from './hops.ts';
import type { HookOutcome } from './netfilter.ts';
import type { Packet } from './packet.ts';
import { comparedRoutes, type RouteDecision } from './routing.ts';
import type { Buffer, Carried, HookVisit, Place, Run } from './run.ts';
import type { Device } from './topology.ts';

/** Whether what happens to a packet is written down: later packets of a conversation are not shown. */
const isTold = (run: Run, { isQuiet }: Pick<Buffer, 'isQuiet'>): boolean => run.options.tells !== false && !isQuiet;

/** Writes down a frame on an interface. */
export function recordFrame(run: Run, place: Place, device: Device, dir: 'in' | 'out', frame: Carried): void {
  if (frame.isQuiet) return;
  const seen = { where: `${place.name}/${device.name}`, dir, role: roleOf(place.namespace, device) };
  run.hops.push('arp' in frame ? { type: 'arp', ...seen, ...shownArp(frame) } : { type: 'packet', leg: frame.leg ?? 'there', ...seen, ...shownFrame(frame) });
}

/** Writes down a frame that a bridge only passes on, for those who listen on the bridge's own device. */
export function tellOverheard(run: Run, place: Place, bridge: Device, frame: Carried): void {
  if (!isTold(run, frame)) return;
  const shown = 'arp' in frame ? shownArp(frame) : shownFrame(frame);
  run.overheard.push({ where: `${place.name}/${bridge.name}`, hop: run.hops.length, frame: shown });
}

/** Writes down a visit of rules, if anything came of it. */
export function recordVisit(run: Run, place: Place, buffer: Buffer, visited: { readonly visit: HookVisit; readonly outcome: HookOutcome }): void {
  const { visit, outcome } = visited;
  if (buffer.isQuiet || (visit.isTunnel && !isTold(run, buffer))) return;
  const isEventful = outcome.rules.length > 0 || (isTold(run, buffer) && hasNews(buffer, outcome));
  if (!isEventful) return;
  const { hook } = visit;
  const { balanced } = outcome;
  run.hops.push({
    type: 'netfilter',
    leg: buffer.leg,
    where: place.name,
    hook,
    in: visit.in ?? null,
    out: visit.out ?? null,
    ...(buffer.isLocallyGenerated && (hook === 'OUTPUT' || hook === 'POSTROUTING') && { locallyGenerated: true }),
    rules: outcome.rules,
    packet: shownPacket(buffer.packet),
    ...(buffer.beganOnLoopback && { beganOnLoopback: true }),
    ...(visit.isTunnel && { isTunnel: true }),
    ...(isTold(run, buffer) && toldOf(outcome)),
  });
  if (balanced) tellBalanced(run, place, buffer, { hook, balanced });
  if (outcome.verdict !== 'accept' && outcome.verdict !== 'send on') tellLost(run, place, { ...buffer, packet: outcome.packet }, { reason: reasonOf(outcome) });
}

/** Writes down what a virtual server did. */
function tellBalanced(run: Run, { name }: Place, buffer: Buffer, { hook, balanced }: { readonly hook: HookVisit['hook']; readonly balanced: Balanced }): void {
  if (!isTold(run, buffer)) return;
  const { verdict, virtualServer, scheduler, chose, because, before, packet } = balanced;
  const after = verdict === 'refuse' ? {} : { after: shownPacket(packet) };
  const choice = chose === undefined ? {} : { chose };
  run.hops.push({ type: 'ipvs', leg: buffer.leg, where: name, hook, virtualServer, scheduler, ...choice, because, packet: shownPacket(before), ...after });
}

/** Something was looked at, looked up, changed or entered. */
function hasNews({ packet, tracked }: Buffer, outcome: HookOutcome): boolean {
  return !tracked || (outcome.tried ?? []).length > 0 || outcome.isEntered || outcome.packet !== packet;
}

function toldOf({ verdict, packet, balanced, tried, tracked, isNew, isEntered }: HookOutcome): Pick<NetfilterHop, 'tried' | 'after' | 'verdict' | 'tracking'> {
  const { state, direction, entry } = tracked;
  return {
    tried: tried ?? [],
    // What a virtual server changes is told with it.
    ...((verdict === 'accept' || balanced) && { after: shownPacket(balanced?.before ?? packet) }),
    verdict: balanced || verdict === 'send on' ? 'accept' : typeof verdict === 'object' ? 'reject' : verdict,
    tracking: { state, direction, ...(entry && { entry: shownConntrack(entry) }), isNew, isEntered },
  };
}

function reasonOf({ verdict, rules, tracked, balanced }: HookOutcome): LostReason {
  if (balanced) return 'no destination';
  const last = rules.at(-1);
  if (typeof verdict === 'object') return 'rule rejected';
  if (last?.verdict.startsWith('POLICY')) return 'policy dropped';
  return tracked.state === 'INVALID' && last?.rule?.includes('INVALID') ? 'invalid conntrack' : 'rule dropped';
}

/** Writes down that a packet ends here. */
export function tellLost(run: Run, { name }: Place, buffer: Buffer, { reason, device }: { readonly reason: LostReason; readonly device?: string }): void {
  if (!isTold(run, buffer)) return;
  run.hops.push({ type: 'lost', leg: buffer.leg, where: name, ...(device !== undefined && { device }), reason, packet: shownPacket(buffer.packet) });
}

/** Writes down that a program, or the kernel in its place, got a packet. */
export function tellArrived(run: Run, { name }: Place, buffer: Buffer, program: ArrivedHop['program']): void {
  if (isTold(run, buffer)) run.hops.push({ type: 'arrived', leg: buffer.leg, where: name, packet: shownPacket(buffer.packet), program });
}

/** Writes down a choice of a route. */
export function tellRoute(run: Run, place: Place, buffer: Buffer, choice: { readonly for: RouteHop['for']; readonly route: RouteDecision }): void {
  if (!isTold(run, buffer)) return;
  const { destination } = buffer.packet;
  run.hops.push({
    type: 'route',
    leg: buffer.leg,
    where: place.name,
    for: choice.for,
    destination,
    tried: triedRoutes(place, destination),
    decision: choice.route,
  });
}

/** The table of own addresses is asked first; an address of the machine itself ends the search. */
function triedRoutes({ namespace }: Place, destination: Packet['destination']): readonly TriedRoute[] {
  return comparedRoutes(namespace, destination).map(({ route: { to, via, device }, isMatch }) => ({
    to,
    ...(via !== undefined && { via }),
    device,
    matched: isMatch,
  }));
}
