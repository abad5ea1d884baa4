import { calledService, isOnDevice } from './names.ts';
import { castOf } from './scene-cast.ts';
import { layoutOf, widths, type Form, type Layout } from './scene-layout.ts';
import { placeId, tagHeight, type Box, type NodeFrame, type Place } from './scene-places.ts';
import { lineBetween, plainLines, type Point } from './scene-lines.ts';
import { trailOf, type Trail } from './scene-trail.ts';
import type { Leg, State } from './state.ts';
import { labelOf, type TagLine } from './scene-label.ts';
import { lostLabels } from './words.ts';

interface Way {
  readonly line: string;
  readonly heads: string;
}

/** What is drawn in one form. Lengths are in units of the view box, which is a pixel where there is room. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly NodeFrame[];
  readonly places: readonly Place[];
  /** Cables and the order of stations. */
  readonly plain: string;
  /** The way of the packet, and the arrowheads on it. */
  readonly ways: Readonly<Record<Leg, Way>>;
  readonly service?: Box & { readonly title: string; readonly address: string; readonly subject: string; readonly link?: string };
  /** Where the packet is; absent before it is sent. */
  readonly packet?: { readonly place: string; readonly x: number; readonly y: number; readonly isBack: boolean };
  readonly tag?: Box & { readonly lines: readonly TagLine[] };
  readonly losses: readonly (Box & { readonly word: string })[];
  /** Step last taken at a place. */
  readonly stepAt: Trail['stepAt'];
}

/** Lines of one way lie beside those of another. */
const asides: Readonly<Record<Leg, number>> = { there: -5, back: 4, error: 8 };

/** One path of many lines: what is drawn already is left out, and a line that begins where the pen is goes on from there. */
function pathOf(lines: readonly (readonly Point[])[], aside = 0): string {
  const drawn = new Set<string>();
  let [path, pen] = ['', ''];
  for (const line of lines) {
    const name = line.join(' ');
    if (drawn.has(name)) continue;
    drawn.add(name);
    let before: Point | undefined;
    for (const point of line) {
      const [x, y] = [Math.round(point[0] + aside), Math.round(point[1] + aside)];
      const begin = `M${x} ${y}`;
      if (before) path += point[0] === before[0] ? `V${y}` : point[1] === before[1] ? `H${x}` : `L${x} ${y}`;
      else if (begin !== pen) path += begin;
      pen = begin;
      before = point;
    }
  }
  return path;
}

/** From the middle of one box to that of the next: only the middle of such a line is seen. */
const shortMax = 70;

/** An arrowhead on the longest stretch, not quite in its middle: there the one of the way back would meet it. */
function headOf(points: readonly Point[], aside: number): string {
  let [head, lengthMax] = ['', 0];
  for (const [index, [toX, toY]] of points.entries()) {
    const [fromX, fromY] = points[index - 1] ?? [toX, toY];
    const length = Math.hypot(toX - fromX, toY - fromY);
    if (length <= lengthMax) continue;
    lengthMax = length;
    const share = length > shortMax ? 0.4 : 0.5;
    const [alongX, alongY] = [(toX - fromX) / length, (toY - fromY) / length];
    const numbers = [
      fromX + alongX * (length * share + 5) + aside,
      fromY + alongY * (length * share + 5) + aside,
      4 * alongY - 8 * alongX,
      4 * alongX - 8 * alongY,
      -8 * alongY,
      -8 * alongX,
    ].map(Math.round);
    head = `M${numbers.slice(0, 2).join(' ')}l${numbers.slice(2).join(' ')}z`;
  }
  return head;
}

function wayOf(layout: Layout, { moves }: Trail, leg: Leg): Way {
  const lines = moves.flatMap((move) => {
    const [from, to] = [layout.places.get(move.from), layout.places.get(move.to)];
    return move.leg === leg && from && to ? [lineBetween(layout, from, to)] : [];
  });
  const heads = new Set(lines.map((line) => headOf(line, asides[leg])));
  return { line: pathOf(lines, asides[leg]), heads: [...heads].join('') };
}

const isBar = ({ kind }: Place): boolean => kind === 'bridge' || kind === 'card' || kind === 'lan';

/** The sign of the packet stands beside what it is at, on a bar at its begin; between INPUT and OUTPUT there is only room over what it is at. */
function packetAt(place: Place, isBack: boolean): NonNullable<Scene['packet']> {
  const isInside = place.kind === 'tunnel' || place.kind === 'self';
  const aside = isBar(place) || isInside ? 16 : place.kind === 'pod' ? 2 : -8;
  return { place: place.id, x: place.x + aside, y: place.y + (isInside ? 0 : place.h / 2), isBack };
}

const tagWidth = 240;
const clamped = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/** Where the packet’s label stands: in the lane of its machine, on the side that leaves the line to its place free; of a bar, the line from `before`. */
function tagBox(layout: Layout, place: Place, before: Place | undefined): Box {
  const frame = layout.frames.find(({ machine }) => machine === place.home) ?? { x: 0, w: layout.width };
  const beside = isBar(place) && before?.home === place.home ? before : place;
  const w = Math.min(tagWidth, frame.w - 8);
  // What stands outside has its label at itself.
  const isLeft = beside.x + beside.w / 2 <= frame.x + frame.w / 2;
  const wanted = place.home === 'lan' ? place.x + (place.w - w) / 2 : isLeft ? Number.POSITIVE_INFINITY : 0;
  return { x: clamped(wanted, frame.x + 4, frame.x + frame.w - 4 - w), y: layout.lanes[place.home] ?? 0, w, h: tagHeight };
}

function lossesOf(layout: Layout, { losses }: Trail): Scene['losses'] {
  return losses.flatMap(({ at, reason }) => {
    const place = layout.places.get(at);
    if (!place) return [];
    const word = lostLabels[reason];
    const [w, h] = [30 + word.length * 7.6, 24];
    if (isBar(place)) return [{ x: place.x + place.w - w, y: place.y, w, h, word }];
    // Under the place, but between a pod and its bridge, and over a machine outside.
    const isAbove = place.kind === 'host' || (place.kind === 'pod' && (layout.places.get(placeId(place.home, 'bridge'))?.y ?? 0) < place.y);
    return [{ x: clamped(place.x + (place.w - w) / 2, 2, layout.width - w - 2), y: isAbove ? place.y - 17 : place.y + place.h - 6, w, h, word }];
  });
}

/** From the station whose rule rewrote to the Service that the rule is for. */
function linkOf(station: Place, { midX }: NodeFrame, { x, y, w, h }: Box): string {
  const middle = y + h / 2;
  if (station.kind === 'pre') return `M${station.x + station.w} ${station.y + station.h - 6}H${midX}V${middle}`;
  return `M${station.x + station.w / 2} ${station.y}V${middle}H${x + w / 2}`;
}

function serviceOf(layout: Layout, shownHops: number): Pick<Scene, 'service'> {
  const { service: box } = layout;
  if (!box?.node.service) return {};
  const { node, ...where } = box;
  const { title, address, subject, at = shownHops, hook } = box.node.service;
  const station = layout.places.get(placeId(node.machine, hook === 'OUTPUT' ? 'out' : hook === 'INPUT' ? 'in' : 'pre'));
  const frame = layout.frames.find(({ machine }) => machine === node.machine);
  return { service: { ...where, title, address, subject, ...(at < shownHops && station && frame && { link: linkOf(station, frame, box) }) } };
}

/** Lays the picture out: who is drawn follows from the call, where the packet has been from the steps that have happened. */
export function sceneOf(state: State, form: Form): Scene {
  const cast = castOf(state, form === 'wide' ? 2 : 1);
  const layout = layoutOf(cast, form);
  const trail = trailOf(state);
  const place = trail.at === undefined ? undefined : layout.places.get(trail.at);
  const lines = labelOf(state);
  return {
    width: widths[form],
    height: layout.height,
    frames: layout.frames,
    places: [...layout.places.values()],
    plain: pathOf(plainLines(layout)),
    ways: { there: wayOf(layout, trail, 'there'), back: wayOf(layout, trail, 'back'), error: wayOf(layout, trail, 'error') },
    ...serviceOf(layout, state.sending.steps[state.sending.shown - 1]?.to ?? 0),
    ...(place && { packet: packetAt(place, trail.leg !== 'there') }),
    ...(place && lines.length > 0 && { tag: { ...tagBox(layout, place, layout.places.get(trail.moves.at(-1)?.from ?? '')), lines } }),
    losses: lossesOf(layout, trail),
    stepAt: trail.stepAt,
  };
}

/** What the picture cannot show about the Service of the call; undefined: none is called. */
export function serviceNote(state: State): string | undefined {
  if (!calledService(state)) return undefined;
  const { outlook, sending } = state;
  const { toAddress, call } = sending.resolved;
  const isNode = outlook.network.nodes.some(({ address }) => address === toAddress);
  const nowhere = isNode
    ? `nothing listens on port ${call.port}`
    : isOnDevice(outlook, toAddress)
      ? `${toAddress} is on a device of every node, but no program has it`
      : `no network card has ${toAddress}`;
  return `The Service is drawn dashed because it is nowhere: ${nowhere}. It exists only as a rule on every node.`;
}
