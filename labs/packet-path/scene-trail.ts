import type { LostReason } from '../engine/network/packet/hops.ts';
import { lanHome, placeId, type PlaceKind, type Station } from './scene-places.ts';
import { hopsOf, shownSteps, type KeptHop, type Leg, type Outlook, type State } from './state.ts';
import { machineOf, placeOfHop } from './way.ts';

/** A move from one place of the picture to the next. */
export interface Move {
  readonly leg: Leg;
  readonly from: string;
  readonly to: string;
}

/** Where the packet has been, as far as that is known. */
export interface Trail {
  readonly moves: readonly Move[];
  /** Where the packet is now; undefined: nothing was sent yet. */
  readonly at: string | undefined;
  readonly leg: Leg;
  readonly losses: readonly { readonly at: string; readonly reason: LostReason }[];
  /** The last step at each place, as a position among the steps. */
  readonly stepAt: Readonly<Record<string, number>>;
}

const stations: Readonly<Record<string, Station>> = { PREROUTING: 'pre', INPUT: 'in', FORWARD: 'fwd', OUTPUT: 'out', POSTROUTING: 'post' };

/** The place of a machine itself: pods and machines outside are one place each. */
function homePlace({ titles, machines }: Outlook, machine: string, inNode: PlaceKind): string | undefined {
  const kind = titles[machine]?.kind;
  if (kind === 'node') return placeId(machine, inNode);
  // A switch behind the router is nothing to see: the packet is still at the router.
  if (machines[machine]?.role === 'switch') return machine === lanHome ? placeId(lanHome, 'lan') : undefined;
  return placeId(machine, kind === 'pod' ? 'pod' : 'host');
}

function placeOfDevice(outlook: Outlook, where: string): string | undefined {
  const machine = machineOf(where);
  const name = where.slice(machine.length + 1);
  const device = outlook.machines[machine]?.devices.find((each) => each.name === name);
  const isPort = device?.kind === 'bridge' || (device?.kind === 'veth' && device.bridge !== undefined);
  const kind = isPort ? 'bridge' : device?.kind === 'vxlan' ? 'tunnel' : device?.kind === 'loopback' ? 'self' : 'card';
  return homePlace(outlook, machine, kind);
}

/** Ends that a packet comes to at a device, not in a station. */
const atDevice: ReadonlySet<LostReason> = new Set(['hairpin off', 'no neighbour', 'no cable']);

/** Where a hop happens; undefined: where the packet is already. */
function placeOf(outlook: Outlook, hop: KeptHop, at: string | undefined): string | undefined {
  switch (hop.type) {
    case 'arp':
      return undefined;
    case 'packet': {
      const place = placeOfDevice(outlook, hop.where);
      // Rules that work inside the bridge are drawn behind it: the frame is handed up there.
      return hop.dir === 'in' && at === placeId(placeOfHop(hop), 'pre') && place === placeId(placeOfHop(hop), 'bridge') ? undefined : place;
    }
    case 'netfilter':
    case 'ipvs':
      return homePlace(outlook, hop.where, stations[hop.hook] ?? 'self');
    case 'route':
      return hop.for === 'output' ? undefined : homePlace(outlook, hop.where, 'route');
    case 'arrived':
      return homePlace(outlook, hop.where, 'self');
    case 'lost':
      if (hop.device !== undefined && atDevice.has(hop.reason)) return placeOfDevice(outlook, `${hop.where}/${hop.device}`);
      return at !== undefined && machineOfPlace(at) === hop.where ? undefined : homePlace(outlook, hop.where, 'route');
  }
}

/** Stations that the kernel sends every packet through, also where nothing came of it and so nothing was written down. */
const between: Readonly<Record<string, readonly Station[]>> = {
  'bridge route': ['pre'],
  'card route': ['pre'],
  'route self': ['in'],
  'route post': ['fwd'],
  'route bridge': ['fwd', 'post'],
  'route card': ['fwd', 'post'],
  'fwd bridge': ['post'],
  'fwd card': ['post'],
  'fwd tunnel': ['post'],
  'out bridge': ['post'],
  'out card': ['post'],
  'self post': ['out'],
  'self card': ['out', 'post'],
  'tunnel post': ['out'],
  'tunnel card': ['out', 'post'],
};

/** The places from one to the next, with those that go without saying. */
function stretch(from: string, to: string): readonly string[] {
  const [machine, kind] = from.split(' ');
  const [other, next] = to.split(' ');
  if (machine === undefined || machine !== other) return [from, to];
  return [from, ...(between[`${kind ?? ''} ${next ?? ''}`] ?? []).map((station) => placeId(machine, station)), to];
}

const movesOver = (places: readonly string[], leg: Leg): readonly Move[] => places.slice(1).map((to, index) => ({ leg, from: places[index] ?? to, to }));

function machineOfPlace(id: string): string {
  return id.split(' ', 1)[0] ?? id;
}

/** A frame that leaves a machine in which the packet is not: another piece of it, or a copy. No line leads there. */
const isElsewhere = (hop: KeptHop, at: string): boolean =>
  hop.type === 'packet' && hop.dir === 'out' && placeOfHop(hop) !== machineOfPlace(at) && placeOfHop(hop) !== lanHome;

/** The way of the packet over the places of the picture, in the steps that have happened. */
export function trailOf(state: State): Trail {
  const { outlook, sending } = state;
  const moves: Move[] = [];
  const losses: { at: string; reason: LostReason }[] = [];
  const stepAt: Record<string, number> = {};
  let leg: Leg = 'there';
  let at: string | undefined;
  for (const [index, step] of shownSteps(state).entries()) {
    leg = step.leg;
    if (step.kind === 'call' && step.where !== '') at = homePlace(outlook, step.where, 'self');
    for (const hop of hopsOf(sending, step)) {
      const to = placeOf(outlook, hop, at);
      if (to !== undefined && to !== at) {
        if (at !== undefined && !isElsewhere(hop, at))
          moves.push(...movesOver(hop.type === 'lost' && hop.reason === 'hairpin off' ? [at, to] : stretch(at, to), 'leg' in hop ? hop.leg : leg));
        at = to;
      }
      if (hop.type === 'lost' && at !== undefined) losses.push({ at, reason: hop.reason });
    }
    if (at !== undefined) stepAt[at] = index;
  }
  return { moves, at, leg, losses, stepAt };
}
