import type { Offer } from '../lab.ts';
import { protocolNames, protocols, proxyModes, type World, type WorldPod } from './input.ts';
import { calledService, objectKey, objectTitle } from './names.ts';
import { serviceFields, serviceValue } from './service-fields.ts';
import { podMtu } from './settings.ts';
import type { Action, PodChange, State } from './state.ts';

/** Acts of the learner in one run; more are refused. */
export const actsMax = 60;

type Choice = Extract<Offer<Action>, { readonly control: 'choice' }>;
type Base = Pick<Choice, 'id' | 'label' | 'place'> & Partial<Pick<Choice, 'group' | 'subject'>>;

function choice(base: Base, value: string, options: Choice['options']): Choice {
  const known = options.find((option) => option.value === value) ?? options[0];
  return { ...base, control: 'choice', value: known?.value ?? '', options };
}

/** A choice among values that are their own labels. */
function choiceOf<Value extends string>(base: Base, value: string, values: readonly Value[], action: (value: Value) => Action): Choice {
  return choice(
    base,
    value,
    values.map((each) => ({ value: each, label: each, action: action(each) })),
  );
}

/** One of two: `words` for yes and no. */
function either(base: Base, is: boolean, words: readonly [yes: string, no: string], action: (is: boolean) => Action): Choice {
  return choiceOf(base, words[is ? 0 : 1], words, (word) => action(word === words[0]));
}

/** Pods that matter to the call: those that the Service selects, and the called one. */
export function offeredPods(state: State): readonly WorldPod[] {
  const service = calledService(state);
  const selector = Object.entries(service?.spec.selector ?? {});
  const isSelected = (pod: WorldPod): boolean =>
    selector.length > 0 && pod.namespace === (service?.metadata.namespace ?? 'default') && selector.every(([key, value]) => pod.labels[key] === value);
  const called = state.sending.resolved.toAddress;
  return state.input.world.pods.filter((pod) => !pod.isGone && !pod.hostNetwork && (isSelected(pod) || pod.address === called)).slice(0, 6);
}

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  if (state.entries.filter(({ by }) => by === 'learner').length >= actsMax) return [];
  return [
    ...callOffers(state),
    ...(state.sending.shown > 0
      ? [{ id: 'again', label: 'Send again', place: 'world', control: 'button', action: { type: 'again' }, subject: 'call' } satisfies Offer<Action>]
      : []),
    ...settingOffers(state),
    ...serviceOffers(state),
    ...offeredPods(state).flatMap((pod) => podOffers(state, pod)),
    ...policyOffers(state),
    ...nodeOffers(state),
  ];
}

const asked = (id: string, label: string) => ({ id, label, place: 'input', subject: 'call' }) as const;

function callOffers({ input: { call }, outlook: { callers, targets } }: State): readonly Offer<Action>[] {
  const { from, to, port, protocol, dataBytes } = call;
  const isPing = protocol === 'ping';
  const known = targets.some(({ id }) => id === to) ? targets : [{ id: to, title: to, port, protocol }, ...targets];
  return [
    choice(
      asked('from', 'Who calls'),
      from,
      callers.map(({ id, title }) => ({ value: id, label: title, action: { type: 'from', from: id } })),
    ),
    choice(
      asked('to', 'Whom'),
      to,
      known.map((target) => {
        const { id, title, ...usual } = target.id === to ? { ...target, port, protocol } : target;
        return {
          value: id,
          label: isPing ? title : `${title}:${usual.port}`,
          action: { type: 'to', to: id, port: usual.port, protocol: isPing ? protocol : usual.protocol },
        };
      }),
    ),
    choice(
      asked('protocol', 'How'),
      protocol,
      protocols.map((each) => ({ value: each, label: protocolNames[each], action: { type: 'protocol', protocol: each } })),
    ),
    ...(isPing ? [] : [number(asked('port', 'Port'), port, { type: 'port', port }, ['80', '8080', '30080', '0', 'http'])]),
    ...(protocol === 'tcp'
      ? []
      : [number(asked('size', 'Bytes of data'), dataBytes, { type: 'size', bytes: dataBytes }, ['56', '1422', '1472', '3000', '-1', 'much'])]),
    ...(isPing
      ? [
          either(asked('fragments', 'Too long a packet'), call.mayFragment, ['may be cut into pieces', 'must not be cut (DF)'], (may) => ({
            type: 'fragments',
            may,
          })),
        ]
      : []),
  ];
}

/** A number that is typed. */
function number(base: ReturnType<typeof asked>, value: number, action: Extract<Action, { type: 'port' | 'size' }>, examples: readonly string[]): Offer<Action> {
  return { ...base, control: 'text', value: `${value}`, bytesMax: 8, action, field: action.type === 'port' ? 'port' : 'bytes', examples };
}

function settingOffers({ input: { world } }: State): readonly Offer<Action>[] {
  const { settings } = world;
  const mtu = podMtu(settings);
  const isNetfilterOn = settings.bridgeNetfilter && !world.changes.some(({ kind }) => kind === 'bridge netfilter off');
  const setting = (id: string, label: string): Base => ({ id, label, group: 'How the cluster is set up', place: 'world', subject: `setting:${id}` });
  return [
    choiceOf(setting('proxyMode', 'kube-proxy’s mode'), settings.proxyMode, proxyModes, (mode) => ({ type: 'proxyMode', mode })),
    choice(setting('podNetwork', 'Between nodes'), settings.podNetwork, [
      { value: 'host-gw', label: 'routes', action: { type: 'podNetwork', by: 'host-gw' } },
      { value: 'vxlan', label: 'VXLAN tunnel', action: { type: 'podNetwork', by: 'vxlan' } },
    ]),
    choice(
      setting('podMtu', 'MTU of pods'),
      `${mtu}`,
      [...new Set([mtu, 1500, 1450, 1400])]
        .toSorted((one, other) => other - one)
        .map((bytes) => ({ value: `${bytes}`, label: `${bytes} bytes`, action: { type: 'podMtu', bytes } })),
    ),
    either(setting('hairpin', 'Hairpin mode of bridge ports'), settings.hairpin, onOff, (on) => ({ type: 'hairpin', on })),
    either(setting('bridgeNetfilter', 'Rules see bridged packets'), isNetfilterOn, onOff, (on) => ({ type: 'bridgeNetfilter', on })),
  ];
}

const onOff = ['on', 'off'] as const;

function serviceOffers(state: State): readonly Offer<Action>[] {
  const service = calledService(state);
  if (!service) return [];
  const key = objectKey(service.metadata);
  const group = `Service ${objectTitle(service.metadata)}`;
  return serviceFields(state.input.world, service).map(([field, values]) =>
    choiceOf({ id: field, label: field, group, place: 'world', subject: `service:${key}` }, serviceValue(service, field), values, (value) => ({
      type: 'service',
      service: key,
      field,
      value,
    })),
  );
}

function podOffers(state: State, pod: WorldPod): readonly Offer<Action>[] {
  const key = objectKey(pod);
  const base = (id: string, label: string) => ({ id: `${id}-${key}`, label, group: `Pod ${objectTitle(pod)}`, place: 'world', subject: `pod:${key}` }) as const;
  const act = (change: PodChange): Action => ({ type: 'pod', pod: key, change });
  const changes = (id: string, label: string, is: boolean, words: readonly [yes: PodChange, no: PodChange]): Offer<Action> =>
    choiceOf(base(id, label), words[is ? 0 : 1], words, act);
  return [
    ...(calledService(state) ? [changes('ready', 'Readiness', pod.isReady, ['ready', 'not ready'])] : []),
    changes('listens', 'Its program', pod.listeners.length > 0, ['listens', 'does not listen']),
    ...(pod.address === state.sending.resolved.fromAddress ? [changes('hairpin', 'Its bridge port', pod.hasHairpin, ['hairpin on', 'hairpin off'])] : []),
    { ...base('delete', 'Delete the pod'), control: 'button', action: act('deleted') },
  ];
}

function policyOffers({ input: { world } }: State): readonly Offer<Action>[] {
  return world.policies.map(({ policy: { metadata }, isOn }) => {
    const key = objectKey(metadata);
    const base = { id: `policy-${key}`, label: objectTitle(metadata), group: 'NetworkPolicies', place: 'world', subject: `policy:${key}` } as const;
    return either(base, isOn, ['there', 'deleted'], (on) => ({ type: 'policy', policy: key, on }));
  });
}

/** Nodes that the call touches: the caller’s, the called one, and those of the pods behind it. */
function touchedNodes(state: State): World['nodes'] {
  const { fromAddress, toAddress } = state.sending.resolved;
  const { pods, nodes } = state.input.world;
  const touched = [...offeredPods(state), ...pods.filter(({ address }) => address === fromAddress)];
  return nodes.filter(({ name, address }) => address === fromAddress || address === toAddress || touched.some(({ node }) => node === name));
}

function nodeOffers(state: State): readonly Offer<Action>[] {
  const { services, stoppedProxies, settings, changes } = state.input.world;
  const nodes = touchedNodes(state);
  return nodes.flatMap(({ name }) => {
    const base = (id: string, label: string, subject: string): Base => ({ id, label, group: `Node ${name}`, place: 'world', subject });
    const runs = !stoppedProxies.some(({ node }) => node === name);
    const others = settings.podNetwork === 'host-gw' ? nodes.filter((other) => other.name !== name) : [];
    return [
      ...(services.length > 0
        ? [either(base(`proxy-${name}`, 'kube-proxy', `node:${name}`), runs, ['runs', 'stopped'], (is) => ({ type: 'proxy', node: name, runs: is }))]
        : []),
      ...others.map(({ podCidr: to, address: via }) => {
        const isThere = !changes.some((change) => change.kind === 'route removed' && change.host === name && change.to === to);
        return either(base(`route-${name}-${to}`, `Route to ${to}`, `route:${name}:${to}`), isThere, ['there', 'missing'], (present) => ({
          type: 'route',
          host: name,
          to,
          via,
          present,
        }));
      }),
    ];
  });
}
