import type { Cast, CastHost, CastNode } from './scene-cast.ts';
import { barHeight, buildNode, laneHeight, lanHome, placeId, podHeight, rowsOf, type Box, type Built, type NodeFrame, type Place } from './scene-places.ts';

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly NodeFrame[];
  readonly places: ReadonlyMap<string, Place>;
  /** Height at which the packet's label stands, by home. */
  readonly lanes: Readonly<Record<string, number>>;
  readonly service?: Box & { readonly node: CastNode };
}

/** `wide`: nodes side by side; `narrow`: one below the other, for phones. */
export type Form = 'wide' | 'narrow';

export const widths: Readonly<Record<Form, number>> = { wide: 720, narrow: 316 };
const edge = 2;
const boxGap = 12;

const boxWidths: Readonly<Record<Form, number>> = { wide: 132, narrow: 110 };

/** The LAN with what hangs on it in one row: a machine beside the nodes, then the bar, the router, and the internet behind it. */
function lanRow({ hosts }: Cast, form: Form, y: number): { readonly bar: Box; readonly places: readonly Place[] } {
  const [width, w] = [widths[form], boxWidths[form]];
  const first = (on: CastHost['on']): CastHost | undefined => {
    const all = hosts.filter((host) => host.on === on);
    return all.find(({ takesPart }) => takesPart) ?? all[0];
  };
  const [beside, router, internet] = [first('lan'), first('router'), first('internet')];
  // Three boxes leave no room for the bar on a phone.
  const right = form === 'narrow' && beside && !internet?.takesPart ? [] : [router, internet];
  const placeOf = (host: CastHost, x: number): Place => {
    const { machine, title, address, on } = host;
    return {
      id: placeId(machine, 'host'),
      kind: 'host',
      machine,
      home: lanHome,
      label: title,
      detail: address,
      on,
      subject: `machine:${machine}`,
      x,
      y,
      w,
      h: podHeight,
    };
  };
  const outside = right.flatMap((host) => host ?? []).map((host, index, all) => placeOf(host, width - edge - w - (all.length - 1 - index) * (w + boxGap)));
  const x = edge + (beside ? w + boxGap : 0);
  const bar = { x, y: y + (podHeight - barHeight) / 2, w: (outside[0] ? outside[0].x - boxGap : width - edge) - x, h: barHeight };
  const lan: Place = { id: placeId(lanHome, 'lan'), kind: 'lan', machine: lanHome, home: lanHome, label: 'LAN', subject: `machine:${lanHome}`, ...bar };
  return { bar, places: [...(beside ? [placeOf(beside, edge)] : []), lan, ...outside] };
}

/** A place for a cable that is over both. */
const between = (one: Box, other: Box): number => (Math.max(one.x, other.x) + Math.min(one.x + one.w, other.x + other.w)) / 2;

/**
 * Where everything stands. The same for a whole run: nothing moves but the packet. Above the LAN stand the first two nodes, on a phone only the caller’s;
 * below it the others, upside down, so that all network cards face the LAN.
 */
export function layoutOf(cast: Cast, form: Form): Layout {
  const isWide = form === 'wide';
  const width = widths[form];
  const callers = cast.nodes.filter(({ machine, pods }) => machine === cast.caller || pods.some((pod) => pod.machine === cast.caller));
  const upper = isWide ? cast.nodes.slice(0, 2) : callers;
  const lower = cast.nodes.filter((node) => !upper.includes(node));
  // Nodes that stand behind others have their cables beside these.
  const trunkWidth = !isWide && lower.length > 1 ? 14 : 0;
  const w = (isWide ? (width - 28) / 2 : width - trunkWidth) - 2 * edge;
  const row = (nodes: readonly CastNode[], y: number, isTurned: boolean): readonly Built[] =>
    nodes.map((node, index) => buildNode(node, rowsOf(nodes), { x: edge + trunkWidth + index * (width - w - 2 * edge), y, w, isTurned }));
  const bottomOf = (built: readonly Built[], y: number): number => Math.max(y, ...built.map(({ frame }) => frame.y + frame.h));
  const above = row(upper, edge, false);
  const laneY = bottomOf(above, 0) + 6;
  const lan = lanRow(cast, form, laneY + (cast.hosts.some(({ takesPart }) => takesPart) ? laneHeight + 10 : 14));
  const cabled = ({ frame, ...built }: Built): Built => ({ ...built, frame: { ...frame, cableX: between(frame, lan.bar) } });
  const nodes = above.map(cabled);
  let y = lan.bar.y + (podHeight + barHeight) / 2;
  while (nodes.length < cast.nodes.length) {
    const isNext = nodes.length === upper.length;
    const below = row(lower.slice(nodes.length - upper.length).slice(0, isWide ? 2 : 1), y + 20, true);
    nodes.push(...below.map((built) => (isNext ? cabled(built) : { ...built, frame: { ...built.frame, cableX: edge + 5 } })));
    y = bottomOf(below, y);
  }
  const places = [...nodes.flatMap((built) => built.places), ...lan.places];
  const node = cast.nodes.find(({ service }) => service !== undefined);
  const box = nodes.find(({ frame }) => frame.machine === node?.machine)?.service;
  return {
    width,
    height: y + edge,
    frames: nodes.map(({ frame }) => frame),
    places: new Map(places.map((place) => [place.id, place])),
    lanes: { [lanHome]: laneY, ...Object.fromEntries(nodes.map((built) => [built.frame.machine, built.laneY])) },
    ...(node && box && { service: { ...box, node } }),
  };
}
