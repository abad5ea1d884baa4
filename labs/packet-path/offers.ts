import type { Offer } from '../lab.ts';
import { protocolNames, protocols, proxyModes, type World, type WorldPod } from './input.ts';
import { objectKey, objectTitle } from './names.ts';
import { serviceFields, serviceValue } from './service-fields.ts';
import { podMtu } from './settings.ts';
import type { Action, PodChange, State } from './state.ts';
import { calledService } from './things.ts';

/** Acts of the learner in one run; more are refused. */
export const actsMax = 60;

type Choice = Extract<Offer<Action>, { readonly control: 'choice' }>;

function choice(base: Pick<Choice, 'id' | 'label' | 'place'> & Partial<Pick<Choice, 'group' | 'subject'>>, value: string, options: Choice['options']): Choice {
  const known = options.some((option) => option.value === value);
  return { ...base, control: 'choice', value: known ? value : (options[0]?.value ?? ''), options };
}

/** The Service that the call goes to, or else the first that lists the called pod. */
function offeredService({ input: { world, call }, sending }: State): World['services'][number] | undefined {
  return calledService(world, sending.resolved.toAddress, call);
}

/** Pods that matter to the call: those that the Service selects, and the called one. */
export function offeredPods(state: State): readonly WorldPod[] {
  const service = offeredService(state);
  const { world } = state.input;
  const selector = Object.entries(service?.spec.selector ?? {});
  const isSelected = (pod: WorldPod): boolean =>
    selector.length > 0 && pod.namespace === (service?.metadata.namespace ?? 'default') && selector.every(([key, value]) => pod.labels[key] === value);
  const called = state.sending.resolved.toAddress;
  return world.pods.filter((pod) => !pod.isGone && !pod.hostNetwork && (isSelected(pod) || pod.address === called)).slice(0, 6);
}

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  if (state.entries.filter(({ by }) => by === 'learner').length >= actsMax) return [];
  const service = offeredService(state);
  return [
    ...callOffers(state),
    ...(state.sending.shown > 0
      ? [{ id: 'again', label: 'Send again', place: 'world', control: 'button', action: { type: 'again' }, subject: 'call' } satisfies Offer<Action>]
      : []),
    ...settingOffers(state),
    ...(service === undefined ? [] : serviceOffers(state, service)),
    ...offeredPods(state).flatMap((pod) => podOffers(state, pod)),
    ...policyOffers(state),
    ...nodeOffers(state),
  ];
}

function callOffers({ input: { call }, outlook: { callers, targets } }: State): readonly Offer<Action>[] {
  const isPing = call.protocol === 'ping';
  return [
    choice(
      { id: 'from', label: 'Who calls', place: 'input', subject: 'call' },
      call.from,
      callers.map(({ id, title, address }) => ({ value: id, label: `${title}, ${address}`, action: { type: 'from', from: id } })),
    ),
    choice({ id: 'to', label: 'Whom', place: 'input', subject: 'call' }, call.to, [
      ...(targets.some(({ id }) => id === call.to)
        ? []
        : [{ value: call.to, label: call.to, action: { type: 'to', to: call.to, port: call.port, protocol: call.protocol } as const }]),
      ...targets.map(({ id, title, address, port, protocol }) => ({
        value: id,
        label: `${title}, ${address}${isPing ? '' : `:${id === call.to ? call.port : port}`}`,
        action: { type: 'to', to: id, port: id === call.to ? call.port : port, protocol: isPing ? 'ping' : id === call.to ? call.protocol : protocol } as const,
      })),
    ]),
    choice(
      { id: 'protocol', label: 'How', place: 'input', subject: 'call' },
      call.protocol,
      protocols.map((protocol) => ({ value: protocol, label: protocolNames[protocol], action: { type: 'protocol', protocol } })),
    ),
    ...(isPing
      ? []
      : [
          number({
            id: 'port',
            label: 'Port',
            value: call.port,
            action: { type: 'port', port: call.port },
            field: 'port',
            examples: ['80', '8080', '30080', '0', 'http'],
          }),
        ]),
    ...(call.protocol === 'tcp' ? [] : sizeOffers(call)),
  ];
}

interface NumberField {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly action: Action;
  readonly field: string;
  readonly examples: readonly string[];
}

/** A number that is typed. */
function number({ value, ...field }: NumberField): Offer<Action> {
  return { ...field, place: 'input', control: 'text', value: String(value), bytesMax: 8, subject: 'call' };
}

function sizeOffers({ dataBytes, protocol, mayFragment }: State['input']['call']): readonly Offer<Action>[] {
  return [
    number({
      id: 'size',
      label: 'Bytes of data',
      value: dataBytes,
      action: { type: 'size', bytes: dataBytes },
      field: 'bytes',
      examples: ['56', '1422', '1472', '3000', '-1', 'much'],
    }),
    ...(protocol === 'ping'
      ? [
          choice({ id: 'fragments', label: 'Too long a packet', place: 'input', subject: 'call' }, mayFragment ? 'yes' : 'no', [
            { value: 'no', label: 'must not be cut (DF)', action: { type: 'fragments', may: false } },
            { value: 'yes', label: 'may be cut into pieces', action: { type: 'fragments', may: true } },
          ]),
        ]
      : []),
  ];
}

function settingOffers({ input: { world } }: State): readonly Offer<Action>[] {
  const { settings } = world;
  const group = 'How the cluster is set up';
  const mtu = podMtu(settings);
  const isNetfilterOn = settings.bridgeNetfilter && !world.changes.some(({ kind }) => kind === 'bridge netfilter off');
  const onOff = (id: 'hairpin' | 'bridgeNetfilter', on: boolean, label: string): Offer<Action> =>
    choice({ id, label, group, place: 'world', subject: `setting:${id}` }, on ? 'on' : 'off', [
      { value: 'on', label: 'on', action: { type: id, on: true } },
      { value: 'off', label: 'off', action: { type: id, on: false } },
    ]);
  return [
    choice(
      { id: 'proxyMode', label: 'kube-proxy’s mode', group, place: 'world', subject: 'setting:proxyMode' },
      settings.proxyMode,
      proxyModes.map((mode) => ({ value: mode, label: mode, action: { type: 'proxyMode', mode } })),
    ),
    choice({ id: 'podNetwork', label: 'Between nodes', group, place: 'world', subject: 'setting:podNetwork' }, settings.podNetwork, [
      { value: 'host-gw', label: 'routes', action: { type: 'podNetwork', by: 'host-gw' } },
      { value: 'vxlan', label: 'VXLAN tunnel', action: { type: 'podNetwork', by: 'vxlan' } },
    ]),
    choice(
      { id: 'podMtu', label: 'MTU of pods', group, place: 'world', subject: 'setting:podMtu' },
      String(mtu),
      [...new Set([mtu, 1500, 1450, 1400])]
        .toSorted((one, other) => other - one)
        .map((bytes) => ({ value: String(bytes), label: `${bytes} bytes`, action: { type: 'podMtu', bytes } })),
    ),
    onOff('hairpin', settings.hairpin, 'Hairpin mode of bridge ports'),
    onOff('bridgeNetfilter', isNetfilterOn, 'Rules see bridged packets'),
  ];
}

function serviceOffers({ input: { world } }: State, service: World['services'][number]): readonly Offer<Action>[] {
  const key = objectKey(service.metadata);
  const group = `Service ${objectTitle(service.metadata)}`;
  return serviceFields(world, service).map(({ field, label, values }) =>
    choice(
      { id: field, label, group, place: 'world', subject: `service:${key}` },
      serviceValue(service, field),
      values.map((value) => ({ value, label: value, action: { type: 'service', service: key, field, value } })),
    ),
  );
}

function podOffers(state: State, pod: WorldPod): readonly Offer<Action>[] {
  const key = objectKey(pod);
  const base = { group: `Pod ${objectTitle(pod)}`, place: 'world', subject: `pod:${key}` } as const;
  const hasService = offeredService(state) !== undefined;
  const isCaller = pod.address === state.sending.resolved.fromAddress;
  const pair = (id: string, label: string, on: { readonly is: boolean; readonly yes: PodChange; readonly no: PodChange }): Offer<Action> =>
    choice({ ...base, id: `${id}-${key}`, label }, on.is ? on.yes : on.no, [
      { value: on.yes, label: on.yes, action: { type: 'pod', pod: key, change: on.yes } },
      { value: on.no, label: on.no, action: { type: 'pod', pod: key, change: on.no } },
    ]);
  return [
    ...(hasService ? [pair('ready', 'Readiness', { is: pod.isReady, yes: 'ready', no: 'not ready' })] : []),
    pair('listens', 'Its program', { is: pod.listeners.length > 0, yes: 'listens', no: 'does not listen' }),
    ...(isCaller ? [pair('hairpin', 'Its bridge port', { is: pod.hasHairpin, yes: 'hairpin on', no: 'hairpin off' })] : []),
    { ...base, id: `delete-${key}`, label: 'Delete the pod', control: 'button', action: { type: 'pod', pod: key, change: 'deleted' } },
  ];
}

function policyOffers({ input: { world } }: State): readonly Offer<Action>[] {
  return world.policies.map(({ policy, isOn }) => {
    const key = objectKey(policy.metadata);
    return choice(
      { id: `policy-${key}`, label: objectTitle(policy.metadata), group: 'NetworkPolicies', place: 'world', subject: `policy:${key}` },
      isOn ? 'on' : 'off',
      [
        { value: 'on', label: 'there', action: { type: 'policy', policy: key, on: true } },
        { value: 'off', label: 'deleted', action: { type: 'policy', policy: key, on: false } },
      ],
    );
  });
}

/** Nodes that the call touches: the caller’s, the called one, and those of the pods behind it. */
function touchedNodes(state: State): World['nodes'] {
  const { input, sending } = state;
  const { fromAddress, toAddress } = sending.resolved;
  const caller = input.world.pods.find(({ address }) => address === fromAddress);
  const pods = [...offeredPods(state), ...(caller ? [caller] : [])];
  return input.world.nodes.filter(({ name, address }) => address === fromAddress || address === toAddress || pods.some((pod) => pod.node === name));
}

function nodeOffers(state: State): readonly Offer<Action>[] {
  const { world } = state.input;
  const nodes = touchedNodes(state);
  return nodes.flatMap((node) => {
    const group = `Node ${node.name}`;
    const runs = !world.stoppedProxies.some((stopped) => stopped.node === node.name);
    const routes = world.settings.podNetwork === 'host-gw' ? nodes.filter((other) => other !== node) : [];
    const proxy = choice({ id: `proxy-${node.name}`, label: 'kube-proxy', group, place: 'world', subject: `node:${node.name}` }, runs ? 'runs' : 'stopped', [
      { value: 'runs', label: 'runs', action: { type: 'proxy', node: node.name, runs: true } },
      { value: 'stopped', label: 'stopped', action: { type: 'proxy', node: node.name, runs: false } },
    ]);
    return [...(world.services.length > 0 ? [proxy] : []), ...routes.map((other) => routeOffer(world, node, other))];
  });
}

function routeOffer({ changes }: World, node: World['nodes'][number], { podCidr, address }: World['nodes'][number]): Offer<Action> {
  const isThere = !changes.some((change) => change.kind === 'route removed' && change.host === node.name && change.to === podCidr);
  const route = { type: 'route', host: node.name, to: podCidr, via: address } as const;
  const base = {
    id: `route-${node.name}-${podCidr}`,
    label: `Route to ${podCidr}`,
    group: `Node ${node.name}`,
    place: 'world',
    subject: `route:${node.name}:${podCidr}`,
  } as const;
  return choice(base, isThere ? 'there' : 'missing', [
    { value: 'there', label: 'there', action: { ...route, present: true } },
    { value: 'missing', label: 'missing', action: { ...route, present: false } },
  ]);
}
