import type { LogEntry, Plain } from '../lab.ts';
import type { Input, ProxyMode } from './input.ts';

/** A pod behind the Service. */
export interface Backend {
  readonly name: string;
  /** One letter that stands for it in the picture. */
  readonly letter: string;
  readonly node: string;
  readonly address: string;
  readonly isReady: boolean;
}

/** What became of one request. `chosen`: a new connection, a new choice; `remembered`: a new connection, sent where the client was before; `open`: over a connection that exists. */
export type How = 'chosen' | 'remembered' | 'open' | 'refused' | 'dropped';

export interface Sent {
  /** Letter of the pod; empty if there was none. */
  readonly pod: string;
  readonly how: How;
}

const signs: Readonly<Record<How, string>> = { chosen: '+', remembered: '=', open: '-', refused: 'x', dropped: '!' };
const noPod = '.';

/** Requests in two characters each, so that a page carries many: the letter of the pod, a sign for the way. */
export function sentAsText(all: readonly Sent[]): string {
  return all.map(({ pod, how }) => `${pod === '' ? noPod : pod}${signs[how]}`).join('');
}

/** The last requests, oldest first. */
export function recentOf({ recent }: Pick<Shown, 'recent'>): readonly Sent[] {
  const hows = Object.keys(signs) as readonly How[];
  return Array.from({ length: recent.length / 2 }, (_, index): Sent => {
    const letter = recent.charAt(2 * index);
    return { pod: letter === noPod ? '' : letter, how: hows.find((how) => signs[how] === recent.charAt(2 * index + 1)) ?? 'open' };
  });
}

/** Counts by a name: of a pod, a node. */
export type Counts = Readonly<Record<string, number>>;

/** Counts since the last change of what decides. */
export interface Tally {
  /** Requests that had been sent before. */
  readonly after: number;
  readonly requests: Counts;
  readonly connections: Counts;
  /** Free choices, by node where the connection entered and pod. */
  readonly choices: Readonly<Record<string, Counts>>;
  readonly refused: number;
  readonly dropped: number;
  /** Open connections that ended because their pod went. */
  readonly broken: number;
  /** New connections of a client that went to another pod than its connection before. */
  readonly switches: number;
}

/** The counts at one moment, for the chart. */
export interface Point {
  /** Requests sent since the first one of the run. */
  readonly sent: number;
  /** Free choices since the last change. */
  readonly choices: number;
  /** Requests of each pod since the last change, in the order of the pods. */
  readonly requests: readonly number[];
}

/** What follows from the rules alone, without a single connection. */
export interface Outlook {
  /** The share of new connections that enter at each node; nodes that the load balancer leaves out have 0. */
  readonly entries: Counts;
  /** The probability of each pod on each node, worked out from the rules written there; what is missing to 1 is lost. */
  readonly chances: Readonly<Record<string, Counts>>;
  readonly lost: Readonly<Record<string, 'refused' | 'dropped'>>;
  /** The rules by which each node chooses, as they are written there, each with the part that it takes. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
  readonly clusterIP: string;
}

/** What a learner can see of one moment. */
export interface Shown {
  readonly pods: readonly Backend[];
  readonly isScaled: boolean;
  readonly clockMs: number;
  readonly sent: number;
  readonly tally: Tally;
  /** The last requests; `recentOf` reads them. */
  readonly recent: string;
  /** Connections and sockets that are open. */
  readonly openCount: number;
  readonly outlook: Outlook;
}

/** A step that lies ahead: what it changes. */
export interface Step {
  readonly kind: 'send' | 'scale';
  readonly shown: Partial<Shown>;
}

/** Where the steps ahead were worked out from: what the models need to work them out again. Only they look into `world`. */
export interface Origin {
  readonly world: Plain;
}

export interface State extends Shown {
  /** What the texts say, with what the learner's acts changed since. */
  readonly input: Input;
  readonly seed: number;
  readonly proxy: ProxyMode;
  /** Fields of the Service that an act patched, for the commands of a real cluster. */
  readonly patched: Readonly<Record<string, string>>;
  /** The run as it goes on if nobody acts: every step is worked out when it begins, so that it can be shown without the models. */
  readonly ahead: readonly Step[];
  /** The chart of the whole run; `curveOf` gives what has happened. */
  readonly points: readonly Point[];
  readonly origin: Origin;
  readonly entries: readonly LogEntry[];
}

export const patchable = {
  sessionAffinity: ['None', 'ClientIP'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  trafficDistribution: ['none', 'PreferSameZone', 'PreferSameNode'],
} as const;
export type PatchField = keyof typeof patchable;

/** What a field that is not written means. */
export const defaults: Readonly<Record<PatchField, string>> = {
  sessionAffinity: 'None',
  internalTrafficPolicy: 'Cluster',
  externalTrafficPolicy: 'Cluster',
  trafficDistribution: 'none',
};

/** Acts and requests that one history may hold; further ones are refused. */
const actsMax = 60;
export const sentMax = 60_000;

/** Whether another act fits into this history. */
export function takesActs({ entries, sent }: State): boolean {
  return entries.filter(({ by }) => by === 'learner').length < actsMax && sent < sentMax;
}

export type Action =
  /** The next batch of requests, or the scaling that the text asks for. */
  | { readonly type: 'advance' }
  | { readonly type: 'more'; readonly requests: number }
  | { readonly type: 'proxy'; readonly mode: ProxyMode }
  | { readonly type: 'patch'; readonly field: PatchField; readonly value: string }
  | { readonly type: 'scale'; readonly node: string; readonly pods: number }
  | { readonly type: 'not-ready'; readonly node: string; readonly pods: number }
  /** From now on a connection is closed after so many requests; 0: never. */
  | { readonly type: 'keep-alive'; readonly requests: number }
  /** So many clients ask from now on; those before them close their connections. */
  | { readonly type: 'clients'; readonly clients: number }
  /** All clients start again: their connections close. */
  | { readonly type: 'reconnect' }
  /** Nobody sends anything for three hours and a second. */
  | { readonly type: 'wait' };

/** Requests counted since the last change. */
export function counted({ sent, tally }: Pick<State, 'sent' | 'tally'>): number {
  return sent - tally.after;
}

/** Free choices counted since the last change. */
export function choicesOf({ tally }: Pick<State, 'tally'>): number {
  return Object.values(tally.choices).reduce((sum, byPod) => sum + totalOf(byPod), 0);
}

export function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function isFinished({ ahead }: Pick<State, 'ahead'>): boolean {
  return ahead.length === 0;
}

/** The points of the chart since the last change. */
export function curveOf({ points, sent, tally }: Pick<State, 'points' | 'sent' | 'tally'>): readonly Point[] {
  return points.filter((point) => point.sent > tally.after && point.sent <= sent);
}

/** Connections that the clients may hold open at once. */
export function slotsOf({ input: { traffic } }: Pick<State, 'input'>): number {
  return traffic.clients * traffic.connectionsPerClient;
}

export function portOf({ input }: Pick<State, 'input'>): { readonly port: number; readonly isUdp: boolean } {
  const [port] = input.service.spec.ports ?? [];
  return { port: port?.port ?? 80, isUdp: port?.protocol === 'UDP' };
}

/** `connection` or `socket`, as the protocol has it. */
export function connectionWord(state: Pick<State, 'input'>): 'connection' | 'socket' {
  return portOf(state).isUdp ? 'socket' : 'connection';
}
