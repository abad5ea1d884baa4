import type { Offer } from '../lab.ts';
import { crowdMax, isReady, isTerminating, keyOf, modes, replicasMax } from './input.ts';
import type { Action, State } from './state.ts';
import { runsOn, type ServiceField } from './situation.ts';
import { fieldOf, podsAtHand, shownService } from './traffic.ts';

/** Objects that get controls; more of them can only be edited. */
const controlsMax = 8;

interface Field {
  readonly field: ServiceField;
  readonly label: string;
  readonly values: readonly string[];
}

const serviceFields: readonly Field[] = [
  { field: 'type', label: 'type', values: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
  { field: 'internalTrafficPolicy', label: 'internalTrafficPolicy', values: ['Cluster', 'Local'] },
  { field: 'externalTrafficPolicy', label: 'externalTrafficPolicy', values: ['Cluster', 'Local'] },
  { field: 'sessionAffinity', label: 'sessionAffinity', values: ['None', 'ClientIP'] },
];

function choice(offer: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly group?: string;
  readonly subject?: string;
  readonly place: 'input' | 'world';
  readonly values: readonly string[];
  readonly actionOf: (value: string) => Action;
}): readonly Offer<Action>[] {
  const { values, actionOf, ...rest } = offer;
  if (values.length < 2) return [];
  return [{ ...rest, control: 'choice', options: values.map((value) => ({ value, label: value, action: actionOf(value) })) }];
}

function serviceOffers(state: State): readonly Offer<Action>[] {
  const service = shownService(state);
  if (service === undefined || service.spec.type === 'ExternalName' || service.spec.clusterIP === 'None') return [];
  const type = fieldOf(service, 'type');
  const key = keyOf(service);
  return serviceFields
    .filter(({ field }) => field !== 'externalTrafficPolicy' || type !== 'ClusterIP')
    .flatMap(({ field, label, values }) =>
      choice({
        id: `service-${field}`,
        label,
        value: fieldOf(service, field),
        group: `Service ${service.metadata.name}`,
        subject: `service:${key}`,
        place: 'world',
        values,
        actionOf: (value) => ({ type: 'service', service: key, field, value }),
      }),
    );
}

function podOffers(state: State): readonly Offer<Action>[] {
  return podsAtHand(state).flatMap(({ pod }): readonly Offer<Action>[] => {
    const key = keyOf(pod);
    const button = (id: string, label: string, action: Action): Offer<Action> => ({
      id: `${id}-${key}`,
      label: `${pod.metadata.name}: ${label}`,
      group: 'Pods',
      subject: `pod:${key}`,
      place: 'world',
      control: 'button',
      action,
    });
    const ready = isReady(pod);
    return [
      button('ready', ready ? 'make it not ready' : 'make it ready', { type: 'ready', pod: key, ready: !ready }),
      ...(isTerminating(pod) ? [] : [button('terminate', 'delete', { type: 'terminate', pod: key })]),
      ...(isTerminating(pod) ? [button('remove', 'let it end', { type: 'remove', pod: key })] : []),
    ];
  });
}

function proxyOffers(state: State): readonly Offer<Action>[] {
  return state.input.settings.nodes.map(({ name }): Offer<Action> => {
    const running = runsOn(state, name);
    const label = `${running ? 'Stop' : 'Start'} kube-proxy on ${name}`;
    const action: Action = { type: 'proxy', node: name, running: !running };
    return { id: `proxy-${name}`, label, group: 'kube-proxy', subject: `proxy:${name}`, place: 'world', control: 'button', action };
  });
}

function ranges({ cluster, crowd }: State): readonly Offer<Action>[] {
  const range = { place: 'world', control: 'range', min: 0 } as const;
  return [
    ...cluster.deployments.slice(0, controlsMax).map((deployment): Offer<Action> => {
      const key = keyOf(deployment);
      const action: Action = { type: 'scale', deployment: key, replicas: 0 };
      const { replicas: value, metadata } = deployment;
      const label = `Deployment ${metadata.name}`;
      return { ...range, id: `scale-${key}`, label, subject: `deployment:${key}`, value, max: replicasMax, step: 1, unit: 'pods', action, field: 'replicas' };
    }),
    {
      ...range,
      id: 'crowd',
      label: 'More Services',
      subject: 'crowd',
      value: crowd.services,
      max: crowdMax.services,
      step: 100,
      unit: 'Services',
      action: { type: 'crowd', services: 0 },
      field: 'services',
    },
    {
      ...range,
      id: 'crowd-endpoints',
      label: 'Each of them with',
      subject: 'crowd',
      value: crowd.endpoints,
      max: crowdMax.endpoints,
      step: 1,
      unit: 'endpoints',
      action: { type: 'crowd endpoints', endpoints: 0 },
      field: 'endpoints',
    },
  ];
}

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  const { nodes } = state.input.settings;
  return [
    ...choice({
      id: 'node',
      label: 'Rules on',
      value: state.node,
      subject: `node:${state.node}`,
      place: 'input',
      values: nodes.map(({ name }) => name),
      actionOf: (node) => ({ type: 'node', node }),
    }),
    ...choice({
      id: 'mode',
      label: 'Mode',
      value: state.mode,
      subject: 'mode',
      place: 'input',
      values: modes,
      actionOf: (mode) => ({ type: 'mode', mode: mode === 'nftables' ? mode : 'iptables' }),
    }),
    ...choice({
      id: 'look',
      label: 'Service',
      value: state.shown,
      place: 'input',
      values: state.cluster.services.slice(0, controlsMax).map(keyOf),
      actionOf: (service) => ({ type: 'look', service }),
    }),
    ...serviceOffers(state),
    ...podOffers(state),
    ...proxyOffers(state),
    ...ranges(state),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A namespace, a slash and a name, at their longest. */
const keyCharactersMax = 63 + 1 + 253;

/** Checks an action from a link or a file. Edited texts come as texts, never as an action. */
export function readAction(given: unknown): Action | undefined {
  if (!isRecord(given)) return undefined;
  const text = (name: string): string | undefined => {
    const found = given[name];
    return typeof found === 'string' && found.length <= keyCharactersMax ? found : undefined;
  };
  const whole = (name: string): number | undefined => (Number.isSafeInteger(given[name]) ? (given[name] as number) : undefined);
  const truth = (name: string): boolean | undefined => (typeof given[name] === 'boolean' ? given[name] : undefined);
  const [pod, node, service, deployment] = [text('pod'), text('node'), text('service'), text('deployment')];
  const [replicas, services, endpoints] = [whole('replicas'), whole('services'), whole('endpoints')];
  const [ready, running] = [truth('ready'), truth('running')];
  switch (given.type) {
    case 'ready':
      return pod !== undefined && ready !== undefined ? { type: 'ready', pod, ready } : undefined;
    case 'terminate':
    case 'remove':
      return pod === undefined ? undefined : { type: given.type, pod };
    case 'scale':
      return deployment !== undefined && replicas !== undefined ? { type: 'scale', deployment, replicas } : undefined;
    case 'service': {
      const known = serviceFields.find(({ field }) => field === given.field);
      const value = known?.values.find((each) => each === given.value);
      return service !== undefined && known !== undefined && value !== undefined ? { type: 'service', service, field: known.field, value } : undefined;
    }
    case 'node':
      return node === undefined ? undefined : { type: 'node', node };
    case 'look':
      return service === undefined ? undefined : { type: 'look', service };
    case 'mode': {
      const mode = modes.find((each) => each === given.mode);
      return mode === undefined ? undefined : { type: 'mode', mode };
    }
    case 'proxy':
      return node !== undefined && running !== undefined ? { type: 'proxy', node, running } : undefined;
    case 'crowd':
      return services === undefined ? undefined : { type: 'crowd', services };
    case 'crowd endpoints':
      return endpoints === undefined ? undefined : { type: 'crowd endpoints', endpoints };
    default:
      return undefined;
  }
}
