import { nodePortsFor } from './node-ports.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { Input, World } from './input.ts';
import { protocolNames } from './input.ts';
import { objectKey, objectTitle } from './names.ts';
import { podChangesOf } from './pod-changes.ts';
import { serviceFields, serviceValue } from './service-fields.ts';
import type { Action, State } from './state.ts';
import { podOf, targetOf } from './things.ts';
import { withPod, withProxy, withRoute, withService } from './world.ts';
import { podMtu } from './settings.ts';

/** What an act of the learner changed, in words. */
export interface Applied {
  readonly input: Input;
  readonly text: string;
  readonly subject: string;
}

type Act = Exclude<Action, { readonly type: 'advance' | 'again' }>;

const done = (input: Input, world: World, text: string, subject: string): Applied => ({ input: { ...input, world }, text, subject });

/** With some fields changed; undefined: they were so already. */
function changedOf<Value extends object>(value: Value, change: Partial<Value>): Value | undefined {
  const changed = { ...value, ...change };
  return JSON.stringify(changed) === JSON.stringify(value) ? undefined : changed;
}

/** What an act makes of the texts’ meaning; undefined: it changes nothing. */
export function applied({ input, outlook }: Pick<State, 'input' | 'outlook'>, action: Act): Applied | undefined {
  switch (action.type) {
    case 'from':
    case 'to':
    case 'port':
    case 'protocol':
    case 'size':
    case 'fragments':
      return onCall(input, outlook, action);
    case 'proxyMode':
    case 'podNetwork':
    case 'podMtu':
    case 'hairpin':
    case 'bridgeNetfilter':
      return onSettings(input, action);
    case 'service':
      return onService(input, action);
    case 'pod':
      return onPod(input, action);
    case 'policy':
      return onPolicy(input, action);
    case 'proxy':
      return onProxy(input, action);
    case 'route':
      return onRoute(input, action);
  }
}

type Of<Type extends Act['type']> = Extract<Act, { readonly type: Type }>;

function onCall(input: Input, outlook: State['outlook'], action: Of<'from' | 'to' | 'port' | 'protocol' | 'size' | 'fragments'>): Applied | undefined {
  const { call } = input;
  const to = (next: Partial<Input['call']>, text: string): Applied | undefined => {
    const changed = changedOf(call, next);
    return changed && { input: { ...input, call: changed }, text, subject: 'call' };
  };
  switch (action.type) {
    case 'from': {
      const caller = outlook.callers.find(({ id }) => id === action.from);
      return caller && to({ from: caller.id }, `You let ${caller.title} call`);
    }
    case 'to': {
      const target = targetOf(input.world, action.to);
      return target && to({ to: action.to, port: action.port, protocol: action.protocol }, `You call ${target.title}`);
    }
    case 'port':
      return call.protocol === 'ping' ? undefined : to({ port: action.port }, `You call port ${action.port}`);
    case 'protocol':
      return to({ protocol: action.protocol }, `You choose ${protocolNames[action.protocol]}`);
    case 'size':
      return call.protocol === 'tcp' ? undefined : to({ dataBytes: action.bytes }, `You send ${action.bytes} bytes of data`);
    case 'fragments':
      return call.protocol === 'ping' ? to({ mayFragment: action.may }, `Routers ${action.may ? 'may' : 'must not'} cut the packet into pieces`) : undefined;
  }
}

function onSettings(input: Input, action: Of<'proxyMode' | 'podNetwork' | 'podMtu' | 'hairpin' | 'bridgeNetfilter'>): Applied | undefined {
  const { settings } = input.world;
  const to = (change: Partial<World['settings']>, text: string): Applied | undefined => {
    const changed = changedOf(settings, change);
    return changed && done(input, { ...input.world, settings: changed }, text, `setting:${action.type}`);
  };
  switch (action.type) {
    case 'proxyMode':
      return to({ proxyMode: action.mode }, `kube-proxy writes its rules in ${action.mode} mode now`);
    case 'podNetwork':
      return to({ podNetwork: action.by }, `Pods of two nodes now reach each other ${action.by === 'vxlan' ? 'through a VXLAN tunnel' : 'by routes'}`);
    case 'podMtu':
      return podMtu(settings) === action.bytes ? undefined : to({ podMtuBytes: action.bytes }, `Pods and their bridges now have an MTU of ${action.bytes}`);
    case 'hairpin':
      return to({ hairpin: action.on }, `Hairpin mode of the bridges’ ports is ${action.on ? 'on' : 'off'}`);
    case 'bridgeNetfilter':
      return onBridgeNetfilter(input, action.on);
  }
}

/** The switch is for all nodes: where it is set, single nodes have no other setting. */
function onBridgeNetfilter(input: Input, on: boolean): Applied | undefined {
  const { settings, changes } = input.world;
  const others = changes.filter(({ kind }) => kind !== 'bridge netfilter off');
  if (settings.bridgeNetfilter === on && (!on || others.length === changes.length)) return undefined;
  return done(
    input,
    { ...input.world, changes: others, settings: { ...settings, bridgeNetfilter: on } },
    `The nodes’ rules ${on ? 'now also' : 'no longer'} see packets that a bridge only passes on`,
    'setting:bridgeNetfilter',
  );
}

function onService(input: Input, { service: key, field, value }: Of<'service'>): Applied | undefined {
  const { world } = input;
  const service = world.services.find((candidate) => objectKey(candidate.metadata) === key);
  const [, values = []] = (service && serviceFields(world, service).find(([offered]) => offered === field)) ?? [];
  if (service === undefined || !values.includes(value) || serviceValue(service, field) === value) return undefined;
  const { spec } = service;
  const ports = spec.ports?.map((port, index) => (index === 0 ? { ...port, targetPort: Number(value) } : port));
  const changed: ProxiedService = { ...service, spec: field === 'targetPort' ? { ...spec, ...(ports && { ports }) } : { ...spec, [field]: value } };
  return done(
    input,
    withService(world, field === 'type' ? nodePortsFor(changed, world.services) : changed),
    `You set ${field} of Service ${objectTitle(service.metadata)} to ${value}; kube-proxy rewrites its rules`,
    `service:${key}`,
  );
}

function onPod(input: Input, { pod: key, change }: Of<'pod'>): Applied | undefined {
  const pod = podOf(input.world, key);
  if (pod === undefined || pod.isGone) return undefined;
  const next = podChangesOf(pod)[change];
  return next && done(input, withPod(input.world, key, next.pod), next.text, `pod:${key}`);
}

function onPolicy(input: Input, { policy: key, on }: Of<'policy'>): Applied | undefined {
  const { world } = input;
  const known = world.policies.find(({ policy }) => objectKey(policy.metadata) === key);
  if (known === undefined || known.isOn === on) return undefined;
  const policies = world.policies.map((each) => (each === known ? { ...each, isOn: on } : each));
  return done(input, { ...world, policies }, `NetworkPolicy ${objectTitle(known.policy.metadata)} is ${on ? 'there again' : 'deleted'}`, `policy:${key}`);
}

function onProxy(input: Input, { node, runs }: Of<'proxy'>): Applied | undefined {
  const { world } = input;
  const isStopped = world.stoppedProxies.some((stopped) => stopped.node === node);
  if (isStopped !== runs || !world.nodes.some(({ name }) => name === node)) return undefined;
  const text = runs ? 'runs again and writes the rules anew' : 'stops: its rules stay as they are';
  return done(input, withProxy(world, node, runs), `kube-proxy on ${node} ${text}`, `node:${node}`);
}

function onRoute(input: Input, { host, to, via, present }: Of<'route'>): Applied | undefined {
  const { changes, nodes } = input.world;
  const isThere = !changes.some((change) => change.kind === 'route removed' && change.host === host && change.to === to);
  if (isThere === present || !nodes.some(({ name }) => name === host) || !nodes.some(({ podCidr }) => podCidr === to)) return undefined;
  const text = present ? `${host} has its route to ${to} again` : `${host} loses its route to ${to}`;
  return done(input, withRoute(input.world, { host, to, via }, present), text, `route:${host}:${to}`);
}
