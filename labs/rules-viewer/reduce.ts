import type { LogEntry } from '../lab.ts';
import { changeService, edited, remove, scale, seenOf, setReadiness, terminate } from './cluster.ts';
import { consequences, noted } from './log.ts';
import { crowdMax, isReady, isTerminating, keyOf, replicasMax, type Cluster, type Input } from './input.ts';
import type { Action, State } from './state.ts';
import { runsOn, seenOn, type Situation, type Seen } from './situation.ts';
import { withOutlook } from './outlook.ts';
import { fieldOf, podsAtHand, serviceOf } from './traffic.ts';
import { without } from './without.ts';
import { count } from './words.ts';

/** Acts that one history may hold; further ones are refused. */
const actsMax = 80;

/** The first state: what the texts say. Stopped kube-proxies have seen what the text before says. */
export function start(input: Input, seed: number): State {
  const { cluster, settings, before } = input;
  const { mode, crowd, stopped } = settings;
  const now = seenOf(cluster, mode, crowd);
  const last = before === undefined ? now : seenOf(before, mode, crowd);
  const text = `kube-proxy has written rules in ${mode} mode`;
  const because = 'on each node it watches Services and EndpointSlices, and writes what follows from them into the kernel';
  const entries: LogEntry[] = [{ id: 1, atMs: 0, by: 'start', text, because, subject: `proxy:${settings.node}` }];
  return withOutlook({
    input,
    seed,
    cluster,
    mode,
    node: settings.node,
    shown: firstService(cluster, ''),
    crowd,
    now,
    stale: Object.fromEntries(stopped.map((name) => [name, last])),
    entries,
  });
}

/** The Service to draw: the one that is, or the first. */
function firstService({ services }: Cluster, shown: string): string {
  const found = services.find((service) => keyOf(service) === shown) ?? services[0];
  return found === undefined ? '' : keyOf(found);
}

/** What an act makes of the state, and how the log tells it. */
type Changed = Partial<Pick<Situation, 'cluster' | 'mode' | 'crowd' | 'input'>> & { readonly text: string; readonly subject: string };

function podAct(state: Situation, action: Extract<Action, { readonly pod: string }>): Changed | undefined {
  const { cluster } = state;
  const found = podsAtHand(state).find(({ pod }) => keyOf(pod) === action.pod)?.pod;
  if (found === undefined) return undefined;
  const { name } = found.metadata;
  const subject = `pod:${action.pod}`;
  switch (action.type) {
    case 'ready':
      if (isReady(found) === action.ready) return undefined;
      return { cluster: setReadiness(cluster, action.pod, action.ready), text: `Pod ${name} is ${action.ready ? 'ready' : 'not ready any more'}`, subject };
    case 'terminate':
      if (isTerminating(found)) return undefined;
      return { cluster: terminate(cluster, action.pod), text: `You delete pod ${name}: it is terminating, and still answers`, subject };
    case 'remove':
      if (!isTerminating(found)) return undefined;
      return { cluster: remove(cluster, action.pod), text: `Pod ${name} is gone`, subject };
  }
}

function serviceAct(state: Situation, { service: key, field, value }: Extract<Action, { readonly type: 'service' }>): Changed | undefined {
  const service = serviceOf(state, key);
  if (service === undefined || fieldOf(service, field) === value) return undefined;
  const { type, clusterIP } = service.spec;
  if (type === 'ExternalName' || clusterIP === 'None') return undefined;
  if (field === 'externalTrafficPolicy' && type !== 'NodePort' && type !== 'LoadBalancer') return undefined;
  return {
    cluster: changeService(state.cluster, key, field, value),
    text: `Service ${service.metadata.name}: ${field} is ${value} now`,
    subject: `service:${key}`,
  };
}

function crowdAct(state: Situation, action: Extract<Action, { readonly type: 'crowd' | 'crowd endpoints' }>): Changed | undefined {
  const { crowd } = state;
  const field = action.type === 'crowd' ? 'services' : 'endpoints';
  const value = action.type === 'crowd' ? action.services : action.endpoints;
  if (value === crowd[field] || value < 0 || value > crowdMax[field]) return undefined;
  const next = { ...crowd, [field]: value };
  return { crowd: next, text: `${count(next.services, 'Service')} more, each with ${count(next.endpoints, 'endpoint')}`, subject: 'crowd' };
}

function scaleAct({ cluster, input }: Situation, { deployment: key, replicas }: Extract<Action, { readonly type: 'scale' }>): Changed | undefined {
  const deployment = cluster.deployments.find((each) => keyOf(each) === key);
  if (deployment === undefined || deployment.replicas === replicas || replicas < 0 || replicas > replicasMax) return undefined;
  const next = scale(cluster, key, replicas, input.settings.nodes);
  return { cluster: next, text: `You scale Deployment ${deployment.metadata.name} to ${String(replicas)}`, subject: `deployment:${key}` };
}

function apply(state: Situation, input: Input): Changed | undefined {
  const [was, is] = [state.input, input];
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const proxy = isSame(was.settings, is.settings) ? [] : ['settings of kube-proxy'];
  const objects = was.objectsText === is.objectsText ? [] : ['objects'];
  if (proxy.length + objects.length === 0) return undefined;
  const { settings } = is;
  return {
    input,
    cluster: edited(was.cluster, is.cluster, state.cluster),
    mode: was.settings.mode === settings.mode ? state.mode : settings.mode,
    crowd: isSame(was.settings.crowd, settings.crowd) ? state.crowd : settings.crowd,
    text: `You edit the ${[...objects, ...proxy].join(' and ')}`,
    subject: `proxy:${settings.node}`,
  };
}

type WorldAction = Exclude<Action, { readonly type: 'node' | 'look' | 'proxy' }>;

function changeOfWorld(state: Situation, action: WorldAction): Changed | undefined {
  switch (action.type) {
    case 'ready':
    case 'terminate':
    case 'remove':
      return podAct(state, action);
    case 'service':
      return serviceAct(state, action);
    case 'scale':
      return scaleAct(state, action);
    case 'crowd':
    case 'crowd endpoints':
      return crowdAct(state, action);
    case 'mode':
      if (action.mode === state.mode) return undefined;
      return { mode: action.mode, text: `kube-proxy is configured for ${action.mode} mode and starts anew`, subject: 'mode' };
    case 'apply':
      return apply(state, action.input);
  }
}

/** A running kube-proxy knows what is the case; one that does not run knows what it knew. */
function stopsOf(state: Situation, after: Situation): Pick<Situation, 'stale' | 'node'> {
  const [was, is] = [state.input.settings, after.input.settings];
  if (was === is) return { stale: state.stale, node: state.node };
  const names = is.nodes.map(({ name }) => name);
  const isEdited = was.stopped.join() !== is.stopped.join();
  const stopped = isEdited ? is.stopped : Object.keys(state.stale);
  const stale = Object.fromEntries(stopped.filter((name) => names.includes(name)).map((name) => [name, seenOn(state, name)]));
  const wanted = was.node === is.node ? state.node : is.node;
  return { stale, node: names.includes(wanted) ? wanted : (names[0] ?? '') };
}

function sync(state: Situation, node: string, running: boolean): Situation {
  if (!state.input.settings.nodes.some(({ name }) => name === node) || runsOn(state, node) === running) return state;
  const { [node]: last, ...others } = state.stale;
  const stale = running ? others : { ...state.stale, [node]: state.now };
  const text = `You ${running ? 'start' : 'stop'} kube-proxy on ${node}`;
  const after: Situation = { ...without(state, 'before'), stale, ...(running && last !== undefined && node === state.node && { before: last }) };
  const subject = `proxy:${node}`;
  const entries = noted(state.entries, [{ by: 'learner', text, subject }]);
  return consequences(state, { ...after, entries }, node);
}

/** Another view of the same rules: nothing in the cluster changes. */
function look(state: Situation, wish: Partial<Pick<Situation, 'node' | 'shown'>>, text: string, subject: string): Situation {
  return { ...(wish.node === undefined ? state : without(state, 'before')), ...wish, entries: noted(state.entries, [{ by: 'learner', text, subject }]) };
}

/** Objects or settings change, and every running kube-proxy follows. */
function change(state: Situation, action: WorldAction): Situation {
  const changed = changeOfWorld(state, action);
  if (changed === undefined) return state;
  const { text, subject, ...rest } = changed;
  const next: Situation = { ...state, ...rest };
  const now = seenOf(next.cluster, next.mode, next.crowd);
  const before: Seen = seenOn(state, state.node);
  const shown = firstService(next.cluster, state.shown);
  const entries = noted(state.entries, [{ by: 'learner', text, subject }]);
  const after: Situation = { ...next, now, ...stopsOf(state, next), shown, before, entries };
  return consequences(state, after, after.node);
}

function act(state: Situation, action: Action): Situation {
  switch (action.type) {
    case 'node':
      if (action.node === state.node || !state.input.settings.nodes.some(({ name }) => name === action.node)) return state;
      return look(state, { node: action.node }, `You look at the rules on ${action.node}`, `node:${action.node}`);
    case 'look':
      if (action.service === state.shown || serviceOf(state, action.service) === undefined) return state;
      return look(state, { shown: action.service }, `You look at the rules for Service ${action.service}`, `service:${action.service}`);
    case 'proxy':
      return sync(state, action.node, action.running);
    case 'ready':
    case 'terminate':
    case 'remove':
    case 'scale':
    case 'service':
    case 'mode':
    case 'crowd':
    case 'crowd endpoints':
    case 'apply':
      return change(state, action);
  }
}

/** One step of the machine. What cannot be done changes nothing. */
export function reduce(state: State, action: Action): State {
  if (state.entries.filter(({ by }) => by === 'learner').length >= actsMax) return state;
  const after = act(state, action);
  return after === state ? state : withOutlook(after);
}
