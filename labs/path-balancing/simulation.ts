import type { Plain } from '../lab.ts';
import { firstBackends, newBackend, podsMadeMax } from './cluster.ts';
import type { Input } from './input.ts';
import { outlookOf } from './outlook.ts';
import { sendRequests } from './send.ts';
import { portOf, sentAsText, sentMax, type Backend, type Shown, type State, type Step, type Tally } from './state.ts';
import { nextStep } from './steps.ts';
import type { World } from './world.ts';

const emptyTally = (after: number): Tally => ({ after, requests: {}, connections: {}, choices: {}, refused: 0, dropped: 0, broken: 0, switches: 0 });

/** The world before the first request: rules are written, nobody has asked yet. */
export function newWorld(input: Input, seed: number): World {
  const { traffic, cluster } = input;
  const pods = firstBackends(input);
  const deciding = { input, pods, proxy: cluster.proxy };
  return {
    ...deciding,
    seed,
    podsMade: pods.length,
    isScaled: false,
    clockMs: 0,
    sent: 0,
    target: traffic.requests,
    opened: 0,
    open: Array.from({ length: traffic.clients * traffic.connectionsPerClient }, () => null),
    lastPods: Array.from({ length: traffic.clients }, () => ''),
    affinity: {},
    ipvs: {},
    tally: emptyTally(0),
    recent: [],
    points: [],
    outlook: outlookOf(deciding),
  };
}

/** The counts begin anew, and as many requests follow as at first. */
export function measured(world: World): World {
  const { sent, input } = world;
  return { ...world, target: Math.min(sentMax, sent + input.traffic.requests), tally: emptyTally(sent), recent: [], outlook: outlookOf(world) };
}

/** The pods of a node become so many: new ones are ready at once, the last ones go first. */
export function withPods(world: World, node: string, count: number): World {
  const own = world.pods.filter((pod) => pod.node === node);
  const gone = own.slice(count).map(({ name }) => name);
  const added: Backend[] = [];
  for (let number = own.length; number < count && world.podsMade + added.length < podsMadeMax; number += 1)
    added.push(newBackend(world.input, node, world.podsMade + added.length));
  const order = (pod: Backend): number => world.input.cluster.nodes.findIndex(({ name }) => name === pod.node);
  const pods = [...world.pods.filter(({ name }) => !gone.includes(name)), ...added].toSorted((one, other) => order(one) - order(other));
  return withoutConnectionsTo({ ...world, pods, podsMade: world.podsMade + added.length }, gone);
}

/** Connections to pods that are gone end; clients open new ones with their next requests. */
function withoutConnectionsTo(world: World, gone: readonly string[]): World {
  return { ...world, open: world.open.map((connection) => (connection && gone.includes(connection.pod) ? null : connection)) };
}

/** The last `count` pods of a node are not ready. */
export function withNotReady(world: World, node: string, count: number): World {
  const own = world.pods.filter((pod) => pod.node === node);
  const notReady = own.slice(own.length - count).map(({ name }) => name);
  const pods = world.pods.map((pod) => (pod.node === node ? { ...pod, isReady: !notReady.includes(pod.name) } : pod));
  // kube-proxy deletes entries of UDP flows to endpoints that do not serve any more; those of TCP stay (pkg/proxy/conntrack/cleanup.go).
  return portOf(world).isUdp ? withoutConnectionsTo({ ...world, pods }, notReady) : { ...world, pods };
}

/** The scaling that the text asks for; the run goes on to the same end. */
function scaledAsPlanned(world: World): World {
  const { target } = world;
  const scaled = world.input.cluster.nodes.reduce((all, { name, podsLater }) => (podsLater === null ? all : withPods(all, name, podsLater)), world);
  const next = measured({ ...scaled, isScaled: true });
  return { ...next, target: Math.max(target, next.sent), tally: { ...next.tally, broken: openCount(world) - openCount(scaled) } };
}

export function openCount({ open }: World): number {
  return open.reduce((sum, connection) => sum + (connection === null ? 0 : 1), 0);
}

function stepOf(world: World): { readonly kind: Step['kind']; readonly next: World } | undefined {
  const step = nextStep(world);
  if (step === undefined) return undefined;
  return step.kind === 'scale' ? { kind: 'scale', next: scaledAsPlanned(world) } : { kind: 'send', next: sendRequests(world, step.requests) };
}

/** What a learner sees of a world. */
function shownOf(world: World): Shown {
  const { pods, isScaled, clockMs, sent, tally, recent, outlook } = world;
  return { pods, isScaled, clockMs, sent, tally, recent: sentAsText(recent), openCount: openCount(world), outlook };
}

type Planned = Shown & Pick<State, 'ahead' | 'points' | 'origin' | 'input' | 'proxy'>;

/** A world and the run from here to its end, worked out. */
export function planned(world: World): Planned {
  const ahead: Step[] = [];
  let now = world;
  for (let step = stepOf(now); step !== undefined; step = stepOf(now)) {
    now = step.next;
    const { pods, isScaled, outlook, ...sent } = shownOf(now);
    ahead.push({ kind: step.kind, shown: { ...sent, ...(step.kind === 'scale' && { pods, isScaled, outlook }) } });
  }
  const { input, proxy, points, outlook, ...remembered } = world;
  // What the state holds anyway, or what follows from it, is not kept twice.
  const origin: Remembered = { ...remembered, pointsBefore: points.length };
  return { ...shownOf(world), outlook, input, proxy, ahead, points: now.points, origin: { world: origin as unknown as Plain } };
}

type Remembered = Omit<World, 'input' | 'proxy' | 'points' | 'outlook'> & { readonly pointsBefore: number };

/** The world at the moment that a state shows: worked out again from where its plan began. */
export function worldOf({ input, proxy, origin, points, sent, isScaled }: State): World {
  const { pointsBefore, ...remembered } = origin.world as unknown as Remembered;
  const deciding = { input, proxy, pods: remembered.pods };
  let now: World = { ...remembered, ...deciding, points: points.slice(0, pointsBefore), outlook: outlookOf(deciding) };
  while (now.sent < sent || now.isScaled !== isScaled) {
    const step = stepOf(now);
    if (step === undefined) break;
    now = step.next;
  }
  return now;
}
