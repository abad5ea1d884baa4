import type { CastHost, CastNode, CastPod } from './scene-cast.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Stations of a node, in the order in which the kernel sends a packet through them. */
export type Station = 'pre' | 'route' | 'fwd' | 'post' | 'in' | 'out';
export type PlaceKind = 'pod' | 'bridge' | 'card' | 'lan' | 'tunnel' | 'self' | 'host' | Station;

/** Something in the picture where a packet can be. */
export interface Place extends Box {
  readonly id: string;
  readonly kind: PlaceKind;
  /** Namespace of the topology. */
  readonly machine: string;
  /** Machine whose frame it stands in; of what stands in none `lan`. */
  readonly home: string;
  readonly label: string;
  readonly detail?: string;
  /** What can be asked about it; stations are asked about what happened at them. */
  readonly subject?: string;
  /** Of a pod that is not simply there. */
  readonly is?: CastPod['is'];
  /** Of a machine that is no node. */
  readonly on?: CastHost['on'];
}

/** The frame of a node, and where lines may run in it. */
export interface NodeFrame extends Box {
  readonly machine: string;
  readonly more: number;
  /** Its network card is at the top, where its title stands. */
  readonly isTurned: boolean;
  readonly leftX: number;
  readonly midX: number;
  readonly outX: number;
  readonly rightX: number;
  /** Where its cable goes to the LAN; beside the frames above it where they are in the way. */
  readonly cableX: number;
}

export const tagHeight = 46;

const titleHeight = 28;
export const podHeight = 44;
export const barHeight = 24;
export const laneHeight = tagHeight + 8;
const rowHeight = 30;
const gap = 14;
export const lanHome = 'lan';

export function placeId(machine: string, kind: PlaceKind): string {
  return kind === 'pod' || kind === 'host' ? machine : `${machine} ${kind}`;
}

/** What the nodes of one row have, so that equal things stand at equal heights. */
interface Rows {
  readonly pods: number;
  readonly hasLocal: boolean;
  readonly hasBoth: boolean;
  readonly hasService: boolean;
}

export function rowsOf(nodes: readonly CastNode[]): Rows {
  return {
    pods: Math.max(1, ...nodes.map(({ pods }) => Math.ceil(pods.length / 2))),
    hasLocal: nodes.some(({ hasLocal }) => hasLocal),
    hasBoth: nodes.some(({ tunnel, self }) => tunnel !== undefined && self !== undefined),
    hasService: nodes.some(({ service }) => service !== undefined),
  };
}

const stationNames: Readonly<Record<Station, string>> = {
  pre: 'PREROUTING',
  route: 'routing',
  fwd: 'FORWARD',
  post: 'POSTROUTING',
  in: 'INPUT',
  out: 'OUTPUT',
};

export interface Built {
  readonly frame: NodeFrame;
  readonly places: readonly Place[];
  readonly laneY: number;
  readonly service?: Box;
}

/** Heights of the parts of a node, from its title down to its network card. */
function heightsOf({ pods, hasLocal, hasBoth, hasService }: Rows) {
  const bridge = titleHeight + pods * (podHeight + 6) + 8;
  const lane = bridge + barHeight;
  const first = lane + laneHeight;
  const second = first + rowHeight + gap;
  const local = second + rowHeight + gap;
  const self = hasLocal && hasBoth ? local + rowHeight + gap : local;
  const service = hasLocal ? self + rowHeight + gap : local;
  const card = hasService ? service + tagHeight + gap : service;
  return { bridge, lane, first, second, local, self, service, card, all: card + barHeight };
}

/** A part of a node, seen from the corner of its frame. */
interface Part {
  readonly kind: PlaceKind;
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly high?: number;
  /** Of pods, which are machines themselves. */
  readonly pod?: CastPod;
  readonly detail?: string;
  readonly subject?: string;
}

const [leftWidth, rightWidth, inWidth, outWidth] = [104, 114, 60, 74];
/** Left of the first column of stations, and right of the last: room for two lines. */
const [leftEdge, rightEdge] = [24, 34];
const podGap = 10;

function partsOf(node: CastNode, heights: ReturnType<typeof heightsOf>, w: number): readonly Part[] {
  const { machine, bridge, tunnel, self } = node;
  const podWidth = (w - 24 - podGap) / 2;
  const station = (kind: Station, top: number, width: number, isRight: boolean): Part => ({
    kind,
    label: stationNames[kind],
    left: isRight ? w - rightEdge - width : leftEdge,
    top,
    width,
  });
  const device = (kind: PlaceKind, name: string, part: Pick<Part, 'left' | 'top' | 'width' | 'high' | 'detail'>): Part => ({
    kind,
    label: name,
    subject: `device:${machine}/${name}`,
    ...part,
  });
  const left = leftEdge + inWidth + 12;
  const middle = { left, width: w - rightEdge - outWidth - 12 - left };
  return [
    ...node.pods.map((pod, index): Part => {
      const [column, row] = [index % 2, Math.floor(index / 2)];
      const spot = { left: 12 + column * (podWidth + podGap), top: heights.bridge - 8 - (row + 1) * (podHeight + 6), width: podWidth, high: podHeight };
      return { kind: 'pod', label: pod.title, pod, detail: pod.address, subject: `pod:${pod.machine}`, ...spot };
    }),
    device('bridge', bridge.name, { left: 6, top: heights.bridge, width: w - 12, high: barHeight, detail: bridge.address }),
    station('pre', heights.first, leftWidth, false),
    station('post', heights.first, rightWidth, true),
    station('route', heights.second, leftWidth, false),
    station('fwd', heights.second, rightWidth, true),
    ...(node.hasLocal ? [station('in', heights.local, inWidth, false), station('out', heights.local, outWidth, true)] : []),
    ...(tunnel === undefined ? [] : [device('tunnel', tunnel, { ...middle, top: heights.local })]),
    ...(self === undefined
      ? []
      : [{ kind: 'self' as const, label: self, subject: `node:${machine}`, ...middle, top: tunnel === undefined ? heights.local : heights.self }]),
    device('card', node.card, { left: 6, top: heights.card, width: w - 12, high: barHeight, detail: node.address }),
  ];
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  /** The network card is at the top, the pods are at the bottom. */
  readonly isTurned: boolean;
}

/** Draws one node into a frame. */
export function buildNode(node: CastNode, rows: Rows, { x, y, w, isTurned }: Spot): Built {
  const heights = heightsOf(rows);
  const at = (top: number, high: number): number => y + (isTurned ? titleHeight + heights.all - top - high : top);
  const places = partsOf(node, heights, w).map(({ kind, label, left, top, width, high = rowHeight, pod, detail, subject }): Place => {
    const machine = pod?.machine ?? node.machine;
    return {
      id: placeId(machine, kind),
      kind,
      machine,
      home: node.machine,
      label,
      x: x + left,
      y: at(top, high),
      w: width,
      h: high,
      ...(detail !== undefined && { detail }),
      ...(pod && { is: pod.is }),
      ...(subject !== undefined && { subject }),
    };
  });
  const frame: NodeFrame = {
    machine: node.machine,
    more: node.more,
    isTurned,
    x,
    y,
    w,
    h: heights.all + 6,
    leftX: x + leftEdge / 2,
    midX: x + (leftEdge + leftWidth + w - rightEdge - rightWidth) / 2,
    outX: x + w - rightEdge + 9,
    rightX: x + w - rightEdge + 19,
    cableX: x + w / 2,
  };
  const serviceWidth = Math.min(210, w - 60);
  const service = node.service && { x: x + (w - serviceWidth) / 2, y: at(heights.service, tagHeight), w: serviceWidth, h: tagHeight };
  return { frame, places, laneY: at(heights.lane, laneHeight) + 4, ...(service && { service }) };
}
