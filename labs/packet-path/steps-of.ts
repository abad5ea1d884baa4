import type { FollowedPacket, Hop } from '../engine/network/packet/hops.ts';
import type { Leg, Machine, Step, StepKind } from './state.ts';
import { machineOf, placeOfHop } from './way.ts';

type Machines = Readonly<Record<string, Machine>>;

function deviceKind(machines: Machines, where: string): string | undefined {
  const name = where.slice(where.lastIndexOf('/') + 1);
  return machines[machineOf(where)]?.devices.find((device) => device.name === name)?.kind;
}

const legOf = (hop: Hop, before: Leg): Leg => ('leg' in hop ? hop.leg : before);

/** A pod finds the packet’s destination among its own addresses: nothing to tell beside the arrival. */
function isPlain(hop: Hop, machines: Machines): boolean {
  return hop.type === 'route' && hop.for === 'input' && machines[hop.where]?.role !== 'node';
}

/** A frame that is only handed up inside a machine, such as from a bridge’s port to the bridge itself. */
const isHandedUp = (hops: readonly Hop[]): boolean => hops.every((hop) => (hop.type === 'packet' || hop.type === 'arp') && hop.dir === 'in');

function kindOf(hop: Hop, machines: Machines): StepKind {
  switch (hop.type) {
    case 'packet':
    case 'arp':
      if (deviceKind(machines, hop.where) === 'vxlan') return hop.dir === 'out' ? 'wrap' : 'unwrap';
      return 'cable';
    case 'netfilter':
    case 'ipvs':
      return 'rules';
    case 'route':
    case 'lost':
    case 'arrived':
      return hop.type;
  }
}

/**
 * The way of a packet as a learner steps through it. A frame that leaves one device and comes in at the next is one step, over bridges and the switch as
 * well; each visit of rules, each routing decision, each wrapping and the end are one step. Every hop belongs to exactly one step.
 */
export function stepsOf({ hops }: Pick<FollowedPacket, 'hops'>, caller: string, machines: Machines): readonly Step[] {
  const steps: Step[] = [{ kind: 'call', leg: 'there', where: caller, from: 0, to: 0 }];
  let from = 0;
  let leg: Leg = 'there';
  while (from < hops.length) {
    const to = endOf(hops, from, machines);
    const last = hops[to - 1];
    if (!last) break;
    leg = legOf(last, leg);
    const kind = kindOf(last, machines);
    const first = hops[from] ?? last;
    const where = placeOfHop(kind === 'cable' ? first : last);
    steps.push({ kind, leg, where, ...(kind === 'cable' && { into: placeOfHop(last) }), from, to });
    from = to;
  }
  return steps;
}

/** The hop behind the last one of the step that begins at `from`. */
function endOf(hops: readonly Hop[], from: number, machines: Machines): number {
  let to = from;
  let hop = hops[to];
  // What is only handed up, and what says nothing by itself, is told with what comes next.
  while (hop && isPlain(hop, machines)) hop = hops[++to];
  // The virtual servers of ipvs mode work behind the rules of a hook, and are told with them.
  if (hop?.type === 'netfilter' && hops[to + 1]?.type === 'ipvs') return to + 2;
  if (!hop || kindOf(hop, machines) !== 'cable') return Math.min(to + 1, hops.length);
  const begin = to;
  while (hop && kindOf(hop, machines) === 'cable' && legOf(hop, 'there') === legOf(hops[begin] ?? hop, 'there')) hop = hops[++to];
  const isInside = isHandedUp(hops.slice(begin, to));
  return isInside && hop && (hop.type === 'route' || hop.type === 'netfilter' || hop.type === 'lost')
    ? to + (hop.type === 'netfilter' && hops[to + 1]?.type === 'ipvs' ? 2 : 1)
    : to;
}
