import { curveOf, totalOf, type Point, type State } from './state.ts';
import { fairBand } from './statistics.ts';

/** The chart is drawn in these units and stretched to its place. */
export const chartSize = { width: 400, height: 160 } as const;

/** What the chart shows: a line for each pod, and around each fair share what chance does. */
export interface Chart {
  /** The number of requests at the right edge. */
  readonly to: number;
  /** The share at the upper edge. */
  readonly top: number;
  readonly lines: readonly { readonly pod: string; readonly path: string }[];
  /** Outlines of the funnels, one for each fair share that occurs. */
  readonly funnels: readonly string[];
  readonly fair: readonly number[];
}

/** The share of a pod on each node, as a key: pods with equal ones share a funnel. */
function chancesKey({ outlook }: State, pod: string): string {
  return Object.keys(outlook.chances)
    .map((node) => (outlook.chances[node]?.[pod] ?? 0).toFixed(4))
    .join(' ');
}

/** Free choices by node in proportion to what was counted by the end. */
function strataAt(state: State, choices: number, pod: string): Parameters<typeof fairBand>[0] {
  const all = Object.values(state.tally.choices).reduce((sum, byPod) => sum + totalOf(byPod), 0);
  return Object.entries(state.tally.choices).map(([node, byPod]) => ({
    draws: all === 0 ? 0 : Math.round((choices * totalOf(byPod)) / all),
    chance: state.outlook.chances[node]?.[pod] ?? 0,
  }));
}

/** Shares against requests, on a scale where each step to the right is ten times as many. Undefined: fewer than two moments to join. */
export function chartOf(state: State): Chart | undefined {
  const { pods } = state;
  const curve = curveOf(state).map((point) => ({ ...point, at: point.sent - state.tally.after }));
  const to = curve.at(-1)?.at ?? 0;
  if (to < 2) return undefined;
  const { width, height } = chartSize;
  const shareOf = (point: Point & { readonly at: number }, index: number): number => (point.requests[index] ?? 0) / point.at;
  // The first moments swing from 0 to all; the chart need not follow them over its edge.
  const settled = curve.filter(({ at }) => at >= Math.min(10, to));
  const largest = Math.max(...settled.flatMap((point) => pods.map((_, index) => shareOf(point, index))), ...pods.map(({ name }) => fairShare(state, name)));
  const top = Math.min(1, Math.max(0.5, Math.ceil(largest * 10 + 0.5) / 10));
  const x = (at: number): number => Math.round((width * Math.log10(at)) / Math.log10(to));
  const y = (share: number): number => Math.round(height * (1 - Math.min(share, top) / top));
  const groups = new Map(pods.filter(({ name }) => fairShare(state, name) > 0).map(({ name }) => [chancesKey(state, name), name]));
  return {
    to,
    top,
    lines: pods.map(({ name }, index) => ({ pod: name, path: curve.map((point) => `${String(x(point.at))} ${String(y(shareOf(point, index)))}`).join('L') })),
    funnels: [...groups.values()].map((pod) => {
      const bands = curve.map((point) => ({ at: point.at, ...fairBand(strataAt(state, point.choices, pod)) }));
      const upper = bands.map(({ at, high }) => `${String(x(at))} ${String(y(high))}`);
      const lower = bands.map(({ at, low }) => `${String(x(at))} ${String(y(low))}`);
      return [...upper, ...lower.toReversed()].join('L');
    }),
    fair: [...groups.values()].map((pod) => y(fairShare(state, pod))),
  };
}

/** The share of all free choices so far that the rules give a pod. */
function fairShare(state: State, pod: string): number {
  const choices = Object.values(state.tally.choices).reduce((sum, byPod) => sum + totalOf(byPod), 0);
  return strataAt(state, choices, pod).reduce((sum, { draws, chance }) => sum + draws * chance, 0) / Math.max(1, choices);
}
