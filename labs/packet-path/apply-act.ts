import { nodePortsFor } from './node-ports.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { Input, World } from './input.ts';
import { protocolNames } from './input.ts';
import { objectKey, objectTitle } from './names.ts';
import { podChangesOf } from './pod-changes.ts';
import { serviceValue } from './service-fields.ts';
import type { Action, State } from './state.ts';
import { podOf, targetOf } from './things.ts';
import { withPod, withProxy, withRoute, withService } from './world.ts';
import { usualPodMtu } from './settings.ts';

/** What an act of the learner changed, in words, and as a command for a real cluster. */
export interface Applied {
  readonly input: Input;
  readonly text: string;
  readonly subject: string;
  readonly deed?: string;
}

type Act = Exclude<Action, { readonly type: 'advance' | 'again' }>;

const inWorld = (input: Input, world: World): Input => ({ ...input, world });
const withSettings = (input: Input, change: Partial<World['settings']>): Input =>
  inWorld(input, { ...input.world, settings: { ...input.world.settings, ...change } });

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
    const changed = { ...call, ...next };
    return JSON.stringify(changed) === JSON.stringify(call) ? undefined : { input: { ...input, call: changed }, text, subject: 'call' };
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
      return call.protocol === 'ping'
        ? to({ mayFragment: action.may }, action.may ? 'You let routers cut the packet into pieces' : 'You forbid routers to cut the packet into pieces')
        : undefined;
  }
}

function onSettings(input: Input, action: Of<'proxyMode' | 'podNetwork' | 'podMtu' | 'hairpin' | 'bridgeNetfilter'>): Applied | undefined {
  const { settings } = input.world;
  switch (action.type) {
    case 'proxyMode': {
      const text = `kube-proxy writes its rules in ${action.mode} mode now`;
      const deed = `kubectl -n kube-system get configmap kube-proxy -o yaml | grep 'mode:'   # here: mode: ${action.mode}`;
      return settings.proxyMode === action.mode
        ? undefined
        : { input: withSettings(input, { proxyMode: action.mode }), text, subject: 'setting:proxyMode', deed };
    }
    case 'podNetwork':
      return settings.podNetwork === action.by
        ? undefined
        : {
            input: withSettings(input, { podNetwork: action.by }),
            text: action.by === 'vxlan' ? 'Pods of two nodes now reach each other through a VXLAN tunnel' : 'Pods of two nodes now reach each other by routes',
            subject: 'setting:podNetwork',
          };
    case 'podMtu':
      return usualPodMtu(settings) === action.bytes && settings.podMtuBytes === undefined
        ? undefined
        : settings.podMtuBytes === action.bytes
          ? undefined
          : {
              input: withSettings(input, { podMtuBytes: action.bytes }),
              text: `Pods and their bridges now have an MTU of ${action.bytes}`,
              subject: 'setting:podMtu',
            };
    case 'hairpin':
      return settings.hairpin === action.on
        ? undefined
        : {
            input: withSettings(input, { hairpin: action.on }),
            text: `Hairpin mode of the bridges’ ports is ${action.on ? 'on' : 'off'}`,
            subject: 'setting:hairpin',
          };
    case 'bridgeNetfilter':
      return onBridgeNetfilter(input, action.on);
  }
}

/** The switch is for all nodes: where it is set, single nodes have no other setting. */
function onBridgeNetfilter(input: Input, on: boolean): Applied | undefined {
  const { settings, changes } = input.world;
  const others = changes.filter(({ kind }) => kind !== 'bridge netfilter off');
  if (settings.bridgeNetfilter === on && (!on || others.length === changes.length)) return undefined;
  return {
    input: inWorld(input, { ...input.world, changes: others, settings: { ...settings, bridgeNetfilter: on } }),
    text: `The nodes’ rules ${on ? 'now also see' : 'no longer see'} packets that a bridge only passes on`,
    subject: 'setting:bridgeNetfilter',
    deed: `sudo sysctl net.bridge.bridge-nf-call-iptables=${on ? 1 : 0}`,
  };
}

const lower = (service: ProxiedService): string => objectTitle(service.metadata);

function onService(input: Input, { service: key, field, value }: Of<'service'>): Applied | undefined {
  const { world } = input;
  const service = world.services.find((candidate) => objectKey(candidate.metadata) === key);
  if (service === undefined || serviceValue(service, field) === value) return undefined;
  const changed = changedService(world, service, field, value);
  if (changed === undefined) return undefined;
  const patch =
    field === 'targetPort' ? `{"spec":{"ports":[{"port":${service.spec.ports?.[0]?.port ?? 80},"targetPort":${value}}]}}` : `{"spec":{"${field}":"${value}"}}`;
  return {
    input: inWorld(
      input,
      withService(world, key, () => changed),
    ),
    text: `You set ${field} of Service ${lower(service)} to ${value}; kube-proxy rewrites its rules`,
    subject: `service:${key}`,
    deed: `kubectl -n ${service.metadata.namespace ?? 'default'} patch service ${service.metadata.name} -p '${patch}'`,
  };
}

function changedService(world: World, service: ProxiedService, field: Of<'service'>['field'], value: string): ProxiedService | undefined {
  const { spec } = service;
  const isOutward = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  switch (field) {
    case 'type':
      if (value !== 'ClusterIP' && value !== 'NodePort' && value !== 'LoadBalancer') return undefined;
      return nodePortsFor({ ...service, spec: { ...spec, type: value } }, world.services);
    case 'externalTrafficPolicy':
      if (!isOutward || (value !== 'Cluster' && value !== 'Local')) return undefined;
      return { ...service, spec: { ...spec, externalTrafficPolicy: value } };
    case 'internalTrafficPolicy':
      return value === 'Cluster' || value === 'Local' ? { ...service, spec: { ...spec, internalTrafficPolicy: value } } : undefined;
    case 'sessionAffinity':
      return value === 'None' || value === 'ClientIP' ? { ...service, spec: { ...spec, sessionAffinity: value } } : undefined;
    case 'targetPort': {
      const number = Number(value);
      if (!Number.isInteger(number) || number < 1 || number > 65_535) return undefined;
      return { ...service, spec: { ...spec, ports: (spec.ports ?? []).map((port, index) => (index === 0 ? { ...port, targetPort: number } : port)) } };
    }
  }
}

function onPod(input: Input, { pod: key, change }: Of<'pod'>): Applied | undefined {
  const pod = podOf(input.world, key);
  if (pod === undefined || pod.isGone) return undefined;
  const next = podChangesOf(pod)[change];
  if (next === undefined) return undefined;
  return {
    input: inWorld(input, withPod(input.world, key, next.pod)),
    text: next.text,
    subject: `pod:${key}`,
    ...(next.deed !== undefined && { deed: next.deed }),
  };
}

function onPolicy(input: Input, { policy: key, on }: Of<'policy'>): Applied | undefined {
  const known = input.world.policies.find(({ policy }) => objectKey(policy.metadata) === key);
  if (known === undefined || known.isOn === on) return undefined;
  const policies = input.world.policies.map((each) => (each === known ? { ...each, isOn: on } : each));
  const { name, namespace = 'default' } = known.policy.metadata;
  return {
    input: inWorld(input, { ...input.world, policies }),
    text: `NetworkPolicy ${objectTitle(known.policy.metadata)} is ${on ? 'there again' : 'deleted'}`,
    subject: `policy:${key}`,
    deed: on ? `kubectl -n ${namespace} get networkpolicy ${name}` : `kubectl -n ${namespace} delete networkpolicy ${name}`,
  };
}

function onProxy(input: Input, { node, runs }: Of<'proxy'>): Applied | undefined {
  const isStopped = input.world.stoppedProxies.some((stopped) => stopped.node === node);
  if (isStopped !== runs || !input.world.nodes.some(({ name }) => name === node)) return undefined;
  return {
    input: inWorld(input, withProxy(input.world, node, runs)),
    text: runs ? `kube-proxy on ${node} runs again and writes the rules anew` : `kube-proxy on ${node} stops: its rules stay as they are`,
    subject: `node:${node}`,
    ...(runs && { deed: `kubectl -n kube-system get pods -l k8s-app=kube-proxy --field-selector spec.nodeName=${node}` }),
  };
}

function onRoute(input: Input, { host, to, via, present }: Of<'route'>): Applied | undefined {
  const world = withRoute(input.world, { host, to, via }, present);
  const isThere = !input.world.changes.some((change) => change.kind === 'route removed' && change.host === host && change.to === to);
  if (isThere === present || !input.world.nodes.some(({ name }) => name === host) || !input.world.nodes.some(({ podCidr }) => podCidr === to)) return undefined;
  return {
    input: inWorld(input, world),
    text: present ? `${host} has its route to ${to} again` : `${host} loses its route to ${to}`,
    subject: `route:${host}:${to}`,
    deed: present ? `sudo ip route add ${to} via ${via}` : `sudo ip route del ${to}`,
  };
}
