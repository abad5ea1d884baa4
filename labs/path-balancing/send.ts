import { keyHash } from '../engine/key-hash.ts';
import type { NetworkNamespace } from '../engine/network/packet/topology.ts';
import { proxyInputs } from './cluster.ts';
import { connect, type Arrival, type NodeMemory } from './connect.ts';
import { leastConnection, loadOf, realServers, roundRobin, withClosed } from './ipvs.ts';
import { namespacesOf, openingOf, roadsOf, type World, type Ipvs, type OpenConnection, type Roads } from './world.ts';
import { portOf, type Backend, type Point, type Sent, type Tally } from './state.ts';

/** An entry of a UDP flow with answers is dropped after so long without a packet (nf_conntrack_udp_timeout_stream). */
const udpIdleMs = 120_000;
const recentMax = 30;
/** About ten points for each power of ten; further ones are left out. */
const pointsPerDecade = 10;

/** Copies of what a batch changes, and what it looks up again and again. */
interface Work {
  readonly state: World;
  readonly roads: Roads;
  readonly namespaces: readonly NetworkNamespace[];
  readonly servers: readonly (readonly string[])[];
  readonly podAt: ReadonlyMap<string, Backend>;
  readonly memories: readonly NodeMemory[];
  readonly ipvs: Ipvs[];
  readonly open: (OpenConnection | null)[];
  readonly lastPods: string[];
  readonly requests: Record<string, number>;
  readonly connections: Record<string, number>;
  readonly choices: Record<string, Record<string, number>>;
  readonly tally: { refused: number; dropped: number; switches: number };
  readonly recent: Sent[];
  readonly points: Point[];
  readonly isUdp: boolean;
  readonly affinityMs: number;
  sent: number;
  opened: number;
  clockMs: number;
  chosen: number;
}

const affinitySecondsDefault = 10_800;

function begin(state: World): Work {
  const { input, tally } = state;
  const inputs = proxyInputs(state);
  const { sessionAffinity, sessionAffinityConfig } = input.service.spec;
  const affinitySeconds = sessionAffinity === 'ClientIP' ? (sessionAffinityConfig?.clientIP?.timeoutSeconds ?? affinitySecondsDefault) : 0;
  const choices = Object.fromEntries(Object.entries(tally.choices).map(([node, byPod]) => [node, { ...byPod }]));
  return {
    state,
    roads: roadsOf(state),
    namespaces: namespacesOf(state, inputs),
    servers: inputs.map((each) => realServers(each, input.traffic.from)),
    podAt: new Map(state.pods.map((pod) => [pod.address, pod])),
    memories: inputs.map(({ node }) => Object.fromEntries(Object.entries(state.affinity[node.name] ?? {}).map(([list, seen]) => [list, { ...seen }]))),
    ipvs: inputs.map(({ node }) => state.ipvs[node.name] ?? { last: '', closed: {} }),
    open: [...state.open],
    lastPods: [...state.lastPods],
    requests: { ...tally.requests },
    connections: { ...tally.connections },
    choices,
    tally: { refused: tally.refused, dropped: tally.dropped, switches: tally.switches },
    recent: [...state.recent],
    points: [...state.points],
    isUdp: portOf(state).isUdp,
    // xt_recent still counts an entry that is exactly so old, a set of nftables does not.
    affinityMs: affinitySeconds === 0 ? 0 : affinitySeconds * 1000 + (state.proxy === 'iptables' ? 1 : 0),
    sent: state.sent,
    opened: state.opened,
    clockMs: state.clockMs,
    chosen: Object.values(choices).reduce((sum, byPod) => Object.values(byPod).reduce((all, count) => all + count, sum), 0),
  };
}

/** The node’s rules choose; chance is made from the seed, the connection’s number and the draw’s. */
function throughRules(work: Work, node: number, client: number): Arrival {
  const { state, namespaces, memories, affinityMs, clockMs, opened } = work;
  const namespace = namespaces[node];
  if (!namespace) return throughIpvs(work, node, client);
  let draws = 0;
  const draw = (share: number): boolean => keyHash(`${state.seed} ${opened} ${draws++}`) / 0x1_0000_0000 < share;
  const { opening } = openingOf(work.roads, client, opened);
  return connect(namespace, opening, { memory: memories[node] ?? {}, affinityMs, nowMs: clockMs, draw });
}

/** The list under which IPVS’s persistence templates are kept. */
const persistence = 'ipvs';

function throughIpvs(work: Work, node: number, client: number): Arrival {
  const { state, servers: all, ipvs, affinityMs, clockMs, open } = work;
  const servers = all[node] ?? [];
  const own = ipvs[node] ?? { last: '', closed: {} };
  const { source } = openingOf(work.roads, client, work.opened).opening;
  const memory = work.memories[node] ?? {};
  // A template is a list for each server: the client stands in one of them.
  const known = affinityMs > 0 ? servers.find((server) => clockMs - (memory[`${persistence} ${server}`]?.[source] ?? -Infinity) < affinityMs) : undefined;
  const nodeName = state.input.cluster.nodes[node]?.name;
  const activeAt = (server: string): number => open.filter((each) => each?.node === nodeName && work.podAt.get(server)?.name === each?.pod).length;
  const chosen =
    known ?? (state.proxy === 'ipvs rr' ? roundRobin(servers, own.last) : leastConnection(servers, (server) => loadOf(activeAt(server), own, server, clockMs)));
  if (chosen === undefined) return { kind: 'refused' };
  if (known === undefined) ipvs[node] = { ...own, last: chosen };
  if (affinityMs > 0) (memory[`${persistence} ${chosen}`] ??= {})[source] = clockMs;
  return { kind: 'pod', address: chosen, isRemembered: known !== undefined };
}

/** One request: over the connection of its slot, or over a new one. */
function sendOne(work: Work): void {
  const { state, open, requests, recent, tally } = work;
  const { clients, connectionsPerClient, requestsPerConnection, msBetweenRequests } = state.input.traffic;
  const client = work.sent % clients;
  const slot = client * connectionsPerClient + (Math.floor(work.sent / clients) % connectionsPerClient);
  work.sent += 1;
  work.clockMs += msBetweenRequests;
  const before = open[slot] ?? null;
  const isAlive = before !== null && !(work.isUdp && work.clockMs - before.lastMs > udpIdleMs);
  const now = isAlive ? { how: 'open' as const, connection: { ...before, used: before.used + 1, lastMs: work.clockMs } } : openNew(work, client);
  if (now.connection === null) {
    open[slot] = null;
    tally[now.how] += 1;
    remember(recent, { pod: '', how: now.how });
    return;
  }
  const { pod, node, used } = now.connection;
  requests[pod] = (requests[pod] ?? 0) + 1;
  remember(recent, { pod: pod.slice(pod.lastIndexOf('-') + 1), how: now.how });
  const isDone = requestsPerConnection !== null && used >= requestsPerConnection;
  open[slot] = isDone ? null : now.connection;
  if (isDone) close(work, pod, node);
}

type Opened =
  { readonly how: 'chosen' | 'remembered'; readonly connection: OpenConnection } | { readonly how: 'refused' | 'dropped'; readonly connection: null };

function openNew(work: Work, client: number): Opened {
  const { state, lastPods, connections, choices, tally } = work;
  const { node } = openingOf(work.roads, client, work.opened);
  const arrival = throughRules(work, node, client);
  work.opened += 1;
  if (arrival.kind !== 'pod') return { how: arrival.kind, connection: null };
  const nodeName = state.input.cluster.nodes[node]?.name ?? '';
  const pod = work.podAt.get(arrival.address)?.name ?? arrival.address;
  connections[pod] = (connections[pod] ?? 0) + 1;
  if (!arrival.isRemembered) {
    const byPod = (choices[nodeName] ??= {});
    byPod[pod] = (byPod[pod] ?? 0) + 1;
    work.chosen += 1;
  }
  if (lastPods[client] !== '' && lastPods[client] !== pod) tally.switches += 1;
  lastPods[client] = pod;
  return { how: arrival.isRemembered ? 'remembered' : 'chosen', connection: { pod, node: nodeName, used: 1, lastMs: work.clockMs } };
}

function close(work: Work, pod: string, node: string): void {
  if (work.state.proxy !== 'ipvs lc') return;
  const index = work.state.input.cluster.nodes.findIndex(({ name }) => name === node);
  const address = work.state.pods.find(({ name }) => name === pod)?.address;
  const own = work.ipvs[index];
  if (own && address !== undefined) work.ipvs[index] = withClosed(own, address, work.clockMs);
}

function remember(recent: Sent[], sent: Sent): void {
  recent.push(sent);
  if (recent.length > recentMax) recent.shift();
}

/** Whether the chart has a point after so many requests: every one at first, later ones ever farther apart. */
function isPoint(at: number): boolean {
  return Math.floor(Math.log10(at) * pointsPerDecade) > Math.floor(Math.log10(Math.max(1, at - 1)) * pointsPerDecade) || at === 1;
}

/** Sends so many requests, one after the other. */
export function sendRequests(state: World, count: number): World {
  const work = begin(state);
  for (let left = count; left > 0; left -= 1) {
    sendOne(work);
    const at = work.sent - state.tally.after;
    if (isPoint(at) || left === 1)
      work.points.push({ sent: work.sent, choices: work.chosen, requests: state.pods.map(({ name }) => work.requests[name] ?? 0) });
  }
  const byNode = <Value>(values: readonly Value[]): Readonly<Record<string, Value>> =>
    Object.fromEntries(values.map((value, index) => [state.input.cluster.nodes[index]?.name ?? '', value]));
  const tally: Tally = { ...state.tally, ...work.tally, requests: work.requests, connections: work.connections, choices: work.choices };
  const { sent, opened, clockMs, open, lastPods, recent, points } = work;
  return { ...state, sent, opened, clockMs, open, lastPods, recent, points, tally, affinity: byNode(work.memories), ipvs: byNode(work.ipvs) };
}
