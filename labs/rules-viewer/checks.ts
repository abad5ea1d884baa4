import type { Check } from '../lab.ts';
import { isReady, isTerminating, keyOf } from './input.ts';
import type { Route } from './routes.ts';
import { waysTo, type State } from './state.ts';
import { runsOn, seenOn } from './situation.ts';
import { clientPods, isByHand, podAt } from './traffic.ts';
import { count, fraction, listed } from './words.ts';

const nodesOf = ({ input }: State): readonly string[] => input.settings.nodes.map(({ name }) => name);

interface OnNode {
  readonly node: string;
  readonly name: string;
  readonly route: Route;
}

/** Every port of every Service on these nodes, with the way of a pod's connections. */
function inside({ outlook }: State, nodes?: readonly string[]): readonly OnNode[] {
  return outlook.ways.filter(({ node }) => nodes?.includes(node) ?? true).map(({ node, name, inside: route }) => ({ node, name, route }));
}

/** Every node port on these nodes. */
function outside({ outlook }: State, nodes?: readonly string[]): readonly OnNode[] {
  const ways = outlook.ways.filter(({ node }) => nodes?.includes(node) ?? true);
  return ways.flatMap(({ node, name, outside: route }) => (route === undefined ? [] : [{ node, name, route }]));
}

const sharesOf = ({ shares }: Route): readonly number[] => Object.values(shares);
const isEqual = (shares: readonly number[]): boolean => shares.every((share) => Math.abs(share - (shares[0] ?? 0)) < 1e-6);
const inWords = ({ name, route }: OnNode): string =>
  route.refused === undefined
    ? `${name}: ${listed(sharesOf(route).map(fraction))}`
    : `${name}: ${route.refused === 'drop' ? 'dropped' : route.refused === 'reject' ? 'rejected' : 'no rule speaks of it'}`;

/** Endpoints that the rules of a node lead to though no ready pod is there. */
function deadOn(state: State, node: string): readonly string[] {
  return [...new Set(inside(state, [node]).flatMap(({ route }) => Object.keys(route.shares)))].filter((endpoint) => {
    const there = podAt(state, endpoint);
    return there === undefined ? !isByHand(state, endpoint) : !isReady(there.pod) && !isTerminating(there.pod);
  });
}

function staleOn(state: State, nodes: readonly string[]): readonly string[] {
  return nodes.flatMap((node) => deadOn(state, node).map((endpoint) => `${node} still sends to ${endpoint}, where no ready pod is`));
}

const clientNodes = (state: State): readonly string[] => nodesOf(state).filter((node) => clientPods(state).some(({ pod }) => pod.spec.nodeName === node));

/** What each endpoint gets if every node opens as many connections. */
function load(state: State): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { route } of inside(state)) for (const [endpoint, share] of Object.entries(route.shares)) sums.set(endpoint, (sums.get(endpoint) ?? 0) + share);
  return sums;
}

const check = (met: boolean, because: string): Check => ({ met, because: because === '' ? 'There is no such Service.' : because });
const told = (all: readonly OnNode[]): string => listed(all.map((each) => `${each.node}, ${inWords(each)}`));

/** The goals that scenarios may set. */
export const checks = {
  'three-equal': (state: State): Check => {
    const all = inside(state, [state.node]);
    return check(
      all.some(({ route }) => sharesOf(route).length === 3 && isEqual(sharesOf(route))),
      told(all),
    );
  },
  'service-refused': (state: State): Check => {
    const all = inside(state, [state.node]);
    return check(
      all.some(({ route }) => route.refused === 'reject'),
      told(all),
    );
  },
  'terminating-used': (state: State): Check => {
    const all = inside(state, [state.node]);
    const used = all.flatMap(({ route }) => Object.keys(route.shares)).flatMap((endpoint) => podAt(state, endpoint) ?? []);
    return check(
      used.some(({ pod }) => isTerminating(pod)),
      used.length === 0 ? 'The rules lead to no pod.' : `The rules lead to ${listed(used.map(({ pod }) => pod.metadata.name))}.`,
    );
  },
  'node-port-open': (state: State): Check => {
    const all = outside(state, [state.node]);
    return check(
      all.some(({ route }) => route.refused === undefined),
      all.length === 0 ? 'No Service has a node port.' : told(all),
    );
  },
  'outside-dropped-here': (state: State): Check => {
    const all = outside(state);
    const isHere = ({ node }: OnNode): boolean => node === state.node;
    const met = all.some((each) => isHere(each) && each.route.refused === 'drop') && all.some((each) => !isHere(each) && each.route.refused === undefined);
    return check(met, all.length === 0 ? 'No Service has a node port.' : told(all));
  },
  'inside-dropped-here': (state: State): Check => {
    const all = inside(state);
    const isHere = ({ node }: OnNode): boolean => node === state.node;
    const met = all.some((each) => isHere(each) && each.route.refused === 'drop') && all.some((each) => !isHere(each) && each.route.refused === undefined);
    return check(met, told(all));
  },
  'affinity-written': (state: State): Check => {
    const remembering = state.outlook.blocks.find(({ name, lines }) => name.startsWith('@affinity-') || lines.some(({ text }) => text.includes('--rcheck')));
    return check(remembering !== undefined, remembering === undefined ? 'No rule remembers a client.' : `${remembering.name} remembers clients.`);
  },
  'nftables-written': (state: State): Check => {
    const { mode } = seenOn(state, state.node);
    return check(mode === 'nftables', `The rules on ${state.node} are ${mode} rules.`);
  },
  'few-looked-at': (state: State): Check => {
    const { mode, crowd } = seenOn(state, state.node);
    const { services } = crowd;
    const rules = state.outlook.sizes.find((size) => size.mode === mode)?.route.rules ?? 0;
    return check(services >= 1000 && rules < 20, `${count(services, 'Service')} more; at worst a packet is compared with ${count(rules, 'rule')}.`);
  },
  'stale-rules': (state: State): Check => {
    const stale = staleOn(state, [state.node]);
    return check(stale.length > 0, stale[0] === undefined ? 'Every endpoint in the rules is a pod that runs.' : `${stale[0]}.`);
  },
  'every-service-has-rules': (state: State): Check => {
    const without = state.cluster.services.filter((service) => waysTo(state, keyOf(service)).length === 0);
    return check(
      without.length === 0,
      without.length === 0 ? 'Each Service has rules.' : `Nothing in the rules speaks of ${listed(without.map(({ metadata }) => metadata.name))}.`,
    );
  },
  'another-node': (state: State): Check => check(state.node !== state.input.settings.node, `You look at ${state.node}.`),
  'clients-reach-live': (state: State): Check => {
    const nodes = clientNodes(state);
    const stale = staleOn(state, nodes);
    const met = nodes.length > 0 && stale.length === 0 && inside(state, nodes).every(({ route }) => route.refused === undefined);
    return check(met, stale[0] === undefined ? `Clients run on ${listed(nodes)}: ${told(inside(state, nodes))}` : `${stale[0]}.`);
  },
  'every-port-served': (state: State): Check => {
    const all = inside(state);
    return check(all.length > 0 && all.every(({ route }) => route.refused === undefined), told(all));
  },
  'open-at-every-node': (state: State): Check => {
    const all = outside(state);
    return check(all.length > 0 && all.every(({ route }) => route.refused === undefined), all.length === 0 ? 'No Service has a node port.' : told(all));
  },
  'even-load': (state: State): Check => {
    const loads = [...load(state)];
    const because = loads.map(([endpoint, sum]) => `${podAt(state, endpoint)?.pod.metadata.name ?? endpoint} gets ${fraction(sum / nodesOf(state).length)}`);
    return check(
      loads.length > 0 && isEqual(loads.map(([, sum]) => sum)),
      loads.length === 0 ? 'No pod gets anything.' : `If each node asks as often: ${listed(because)}.`,
    );
  },
  'three-pods': (state: State): Check => {
    const used = [...load(state).keys()].length;
    return check(used >= 3, `${count(used, 'pod')} ${used === 1 ? 'gets' : 'get'} traffic.`);
  },
} satisfies Readonly<Record<string, (state: State) => Check>>;

export type CheckId = keyof typeof checks;

/** States that diagnoses speak of. */
export const situations = {
  isStale: (state: State): boolean => clientNodes(state).some((node) => !runsOn(state, node) && deadOn(state, node).length > 0),
  isRefused: (state: State): boolean => inside(state).some(({ route }) => route.refused === 'reject'),
  isDropped: (state: State): boolean => outside(state).some(({ route }) => route.refused === 'drop'),
  isUneven: (state: State): boolean => !checks['even-load'](state).met && checks['three-pods'](state).met,
  hasFewPods: (state: State): boolean => !checks['three-pods'](state).met,
};
