import { limits, type Input, type ProxyMode } from './input.ts';
import { number } from './log.ts';
import { noted, reveal } from './reveal.ts';
import { measured, newWorld, openCount, planned, withNotReady, withPods, worldOf } from './simulation.ts';
import type { World } from './world.ts';
import { podsMadeMax } from './cluster.ts';
import { connectionWord, defaults, isFinished, sentMax, takesActs, type Action, type PatchField, type State } from './state.ts';

const connectionRequestsMax = 10_000;
/** A second longer than affinity lasts by default. */
const waitMs = 10_801_000;

/** The first state: rules are written, nobody has asked yet. */
export function start(input: Input, seed: number): State {
  return { ...planned(newWorld(input, seed)), seed, patched: {}, entries: [] };
}

/** Changes what decides: open connections and memories stay as far as the change lets them, the counts begin anew. */
function act(state: State, text: string, subject: string, change: (world: World) => World): State {
  const world = worldOf(state);
  const changed = change(world);
  const broken = openCount(world) - openCount(changed);
  const ended = broken === 0 ? '' : `; ${String(broken)} open ${connectionWord(state)}${broken === 1 ? ' ends' : 's end'}`;
  const next = measured(changed);
  return noted({ ...state, ...planned({ ...next, tally: { ...next.tally, broken } }) }, { by: 'learner', text: `${text}${ended}`, subject });
}

function without<Value extends object>(value: Value, field: keyof Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field)) as Value;
}

function patched(state: State, field: PatchField, value: string): State {
  const { service } = state.input;
  const { [field]: before, ...spec } = service.spec;
  if ((before ?? defaults[field]) === value) return state;
  if (field === 'externalTrafficPolicy' && (service.spec.type ?? 'ClusterIP') === 'ClusterIP') return state;
  // A timeout without affinity would be refused.
  const kept = field === 'sessionAffinity' && value === 'None' ? without(spec, 'sessionAffinityConfig') : spec;
  const next = { ...service, spec: value === 'none' ? kept : { ...kept, [field]: value } };
  const text = value === 'none' ? `${field} is removed from the Service` : `${field} of the Service becomes ${value}`;
  const changed = act(state, text, 'service', (all) => ({
    ...all,
    input: { ...all.input, service: next },
    // Rules without lists, or with new ones: what the old ones held is gone.
    ...(field === 'sessionAffinity' && { affinity: {} }),
  }));
  return { ...changed, patched: { ...state.patched, [field]: value } };
}

function proxied(state: State, mode: ProxyMode): State {
  if (mode === state.proxy) return state;
  // Another mode has lists of its own. Open connections stay in the conntrack table.
  return act(state, `kube-proxy runs in mode ${mode} on every node`, 'rules', (all) => ({ ...all, proxy: mode, affinity: {}, ipvs: {} }));
}

function scaled(state: State, node: string, count: number): State {
  const own = state.pods.filter((pod) => pod.node === node);
  const isKnown = state.input.cluster.nodes.some(({ name }) => name === node);
  if (!isKnown || count === own.length || count < 0 || count > limits.podsPerNode) return state;
  // Every pod has a letter of its own, and letters run out.
  if (count > own.length && worldOf(state).podsMade + count - own.length > podsMadeMax) return state;
  return act(state, `${node} has ${String(count)} ${count === 1 ? 'pod' : 'pods'} now`, `node:${node}`, (all) => withPods(all, node, count));
}

function unready(state: State, node: string, count: number): State {
  const own = state.pods.filter((pod) => pod.node === node);
  if (count < 0 || count > own.length || own.filter(({ isReady }) => !isReady).length === count) return state;
  const text =
    count === 0 ? `All pods of ${node} are ready` : `${String(count)} of ${String(own.length)} pods of ${node} ${count === 1 ? 'is' : 'are'} not ready`;
  return act(state, text, `node:${node}`, (all) => withNotReady(all, node, count));
}

function keptAlive(state: State, requests: number): State {
  const requestsPerConnection = requests === 0 ? null : requests;
  const { traffic } = state.input;
  if (requestsPerConnection === traffic.requestsPerConnection || requests < 0 || requests > connectionRequestsMax) return state;
  const word = connectionWord(state);
  const text =
    requests === 0
      ? `From now on no ${word} is closed`
      : `From now on a ${word} is closed after ${String(requests)} ${requests === 1 ? 'request' : 'requests'}`;
  return act(state, text, 'traffic', (all) => ({ ...all, input: { ...all.input, traffic: { ...traffic, requestsPerConnection } } }));
}

function withClients(state: State, clients: number): State {
  const { traffic } = state.input;
  const slots = clients * traffic.connectionsPerClient;
  if (clients === traffic.clients || clients < 1 || clients > limits.clients || slots > limits.connections) return state;
  return act(state, clients === 1 ? 'One client asks now' : `${number(clients)} clients ask now`, 'traffic', (all) => ({
    ...all,
    input: { ...all.input, traffic: { ...traffic, clients } },
    open: Array.from({ length: slots }, () => null),
    lastPods: Array.from({ length: clients }, () => ''),
  }));
}

/** The count goes on. */
function more(state: State, requests: number): State {
  const plan = planned({ ...worldOf(state), target: Math.min(sentMax, state.sent + requests) });
  return noted({ ...state, ...plan }, { by: 'learner', text: `${number(requests)} more ${requests === 1 ? 'request' : 'requests'}`, subject: 'traffic' });
}

function waited(state: State): State {
  const plan = planned({ ...worldOf(state), clockMs: state.clockMs + waitMs });
  return noted({ ...state, ...plan }, { by: 'learner', text: 'Nobody sends anything for three hours', subject: 'traffic' });
}

/** Impossible acts change nothing. */
export function reduce(state: State, action: Action): State {
  if (action.type === 'advance') return reveal(state);
  if (!takesActs(state)) return state;
  switch (action.type) {
    case 'more':
      return isFinished(state) ? more(state, action.requests) : state;
    case 'proxy':
      return proxied(state, action.mode);
    case 'patch':
      return patched(state, action.field, action.value);
    case 'scale':
      return scaled(state, action.node, action.pods);
    case 'not-ready':
      return unready(state, action.node, action.pods);
    case 'keep-alive':
      return keptAlive(state, action.requests);
    case 'clients':
      return withClients(state, action.clients);
    case 'reconnect':
      return state.openCount === 0 ? state : act(state, 'The clients start again', 'traffic', (all) => ({ ...all, open: all.open.map(() => null) }));
    case 'wait':
      return waited(state);
  }
}
