import type { Layout } from './scene-layout.ts';
import { lanHome, placeId, type NodeFrame, type Place, type PlaceKind } from './scene-places.ts';

export type Point = readonly [x: number, y: number];

const centre = ({ x, y, w, h }: Place): Point => [x + w / 2, y + h / 2];
const isBar = ({ kind }: Place): boolean => kind === 'bridge' || kind === 'card' || kind === 'lan';

/** A line that goes sideways only in one place: at `x`. A bar is met wherever the line comes to it. */
function over(x: number, from: Place, to: Place): readonly Point[] {
  const [[fromX, fromY], [toX, toY]] = [centre(from), centre(to)];
  return [...(isBar(from) || fromX === x ? [] : [[fromX, fromY] as const]), [x, fromY], [x, toY], ...(isBar(to) || toX === x ? [] : [[toX, toY] as const])];
}

/** First to the height of the other, then across to it; for things beside each other this is one line. */
function around(from: Place, to: Place): readonly Point[] {
  const [start, end] = [centre(from), centre(to)];
  return start[0] === end[0] || start[1] === end[1] ? [start, end] : [start, [start[0], end[1]], end];
}

type Channel = 'leftX' | 'midX' | 'outX' | 'rightX';

/** Pairs of places in a node between which a line has to go round something, with where it goes; `sideX` keeps lines apart that share a channel. */
const channels: Readonly<Record<string, readonly [Channel, number]>> = {
  'card pre': ['leftX', 0],
  'card post': ['rightX', 0],
  'out post': ['outX', 0],
  'post tunnel': ['midX', 7],
  'pre tunnel': ['midX', -7],
};
/** Pairs that see each other round one corner or straight. */
const near: ReadonlySet<string> = new Set(['in self', 'in tunnel', 'out self', 'out tunnel', 'pre route', 'fwd route', 'fwd post', 'in route', 'post pre']);

const pairOf = (one: PlaceKind, other: PlaceKind): string => [one, other].toSorted().join(' ');

function insideNode(frame: NodeFrame, from: Place, to: Place): readonly Point[] {
  const pair = pairOf(from.kind, to.kind);
  if (from.kind === 'pod' || to.kind === 'pod') return podLine(frame, from, to);
  const [channel, sideX] = channels[pair] ?? ['midX', 0];
  if (pair in channels) return over(frame[channel] + sideX, from, to);
  // The corner of a line lies beside the device, over or under the station.
  if (near.has(pair)) return from.kind === 'self' || from.kind === 'tunnel' ? around(to, from).toReversed() : around(from, to);
  if (isBar(from)) return over(centre(to)[0], from, to);
  if (isBar(to)) return over(centre(from)[0], from, to);
  return over(frame.midX, from, to);
}

/** A pod that others stand in front of has its cable beside them. */
function podLine({ x, w }: NodeFrame, from: Place, to: Place): readonly Point[] {
  const [pod, other] = from.kind === 'pod' ? [from, to] : [to, from];
  const [podX, podY] = centre(pod);
  const [, otherY] = centre(other);
  const isInFront = Math.abs(podY - otherY) < pod.h * 1.5;
  const aside = podX < x + w / 2 ? x + 5 : x + w - 5;
  const line: readonly Point[] = isInFront
    ? [
        [podX, podY],
        [podX, otherY],
      ]
    : [
        [podX, podY],
        [aside, podY],
        [aside, otherY],
      ];
  return pod === from ? line : line.toReversed();
}

function toLan({ frames }: Layout, lan: Place, place: Place): readonly Point[] {
  const [x, y] = centre(place);
  const [, lanY] = centre(lan);
  const frame = frames.find(({ machine }) => machine === place.machine);
  if (frame) {
    const { cableX } = frame;
    const cable: readonly Point[] = [
      [cableX, y],
      [cableX, lanY],
    ];
    return cableX < frame.x ? [[place.x + 8, y], ...cable] : cable;
  }
  return [
    [x, y],
    [x < lan.x ? lan.x : lan.x + lan.w, lanY],
  ];
}

/** The line from one place to another; it runs under the boxes that stand on it. */
export function lineBetween(layout: Layout, from: Place, to: Place): readonly Point[] {
  if (to.kind === 'lan') return toLan(layout, to, from);
  if (from.kind === 'lan') return toLan(layout, from, to).toReversed();
  const frame = layout.frames.find(({ machine }) => machine === from.home && machine === to.home);
  if (frame) return insideNode(frame, from, to);
  return around(from, to);
}

/** What a packet may pass one after the other in a node. */
const pairs = 'bridge pre,bridge post,card pre,card post,pre route,route fwd,fwd post,route in,in self,self out,in tunnel,tunnel out,out post'
  .split(',')
  .map((pair) => pair.split(' '));

/** Cables and the kernel’s order of stations: what there is whether a packet comes or not. */
export function plainLines(layout: Layout): readonly (readonly Point[])[] {
  const lines: (readonly Point[])[] = [];
  const join = (one = '', other = ''): void => {
    const [from, to] = [layout.places.get(one), layout.places.get(other)];
    if (from && to) lines.push(lineBetween(layout, from, to));
  };
  const lan = placeId(lanHome, 'lan');
  for (const { machine } of layout.frames) {
    for (const pair of pairs) join(...pair.map((kind) => `${machine} ${kind}`));
    join(placeId(machine, 'card'), lan);
  }
  const hosts = [...layout.places.values()].filter(({ kind }) => kind === 'host');
  const router = hosts.find(({ on }) => on === 'router');
  for (const place of layout.places.values()) {
    if (place.kind === 'pod') join(place.id, placeId(place.home, 'bridge'));
    if (place.kind === 'host' && place !== router) join(place.id, place.on === 'internet' ? (router?.id ?? lan) : lan);
  }
  if (router) join(router.id, lan);
  return lines;
}
