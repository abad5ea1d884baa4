import type { Offer } from '../lab.ts';
import { limits, proxyModes, type ProxyMode } from './input.ts';
import { connectionWord, defaults, isFinished, patchable, takesActs, type Action, type PatchField, type State } from './state.ts';

const modeLabels: Readonly<Record<ProxyMode, string>> = {
  iptables: 'iptables',
  nftables: 'nftables',
  'ipvs rr': 'IPVS, round robin (from the documentation)',
  'ipvs lc': 'IPVS, least connection (from the documentation)',
};

const uses: readonly number[] = [1, 10, 100, 0];
const crowds: readonly number[] = [1, 10, 100];

function proxyOffer(state: State): Offer<Action> {
  return {
    id: 'proxy',
    label: 'kube-proxy mode',
    place: 'world',
    control: 'choice',
    value: state.proxy,
    options: proxyModes.map((mode) => ({ value: mode, label: modeLabels[mode], action: { type: 'proxy', mode } })),
    subject: 'rules',
  };
}

function serviceOffers(state: State): readonly Offer<Action>[] {
  const { spec } = state.input.service;
  const isInternet = state.input.traffic.from === 'internet';
  // Each policy counts for one kind of traffic; only the one that counts here is offered.
  const fields: readonly PatchField[] = ['sessionAffinity', isInternet ? 'externalTrafficPolicy' : 'internalTrafficPolicy', 'trafficDistribution'];
  return fields.map((field) => {
    const value = spec[field] ?? defaults[field];
    const known: readonly string[] = patchable[field];
    const options = known.includes(value) ? known : [value, ...known];
    return {
      id: field,
      label: field,
      group: 'The Service',
      place: 'world',
      control: 'choice',
      value,
      options: options.map((each) => ({ value: each, label: each === 'none' ? 'not set' : each, action: { type: 'patch', field, value: each } })),
      subject: 'service',
    };
  });
}

function nodeOffers(state: State): readonly Offer<Action>[] {
  return state.input.cluster.nodes.flatMap(({ name }): readonly Offer<Action>[] => {
    const own = state.pods.filter((pod) => pod.node === name);
    const shared = {
      place: 'world',
      control: 'range',
      min: 0,
      step: 1,
      field: 'pods',
      subject: `node:${name}`,
      group: 'Pods on each node',
    } as const;
    const unitOf = (count: number): string => (count === 1 ? 'pod' : 'pods');
    const notReady = own.filter(({ isReady }) => !isReady).length;
    return [
      {
        ...shared,
        id: `pods-${name}`,
        label: name,
        value: own.length,
        unit: unitOf(own.length),
        max: limits.podsPerNode,
        action: { type: 'scale', node: name, pods: own.length },
      },
      {
        ...shared,
        id: `not-ready-${name}`,
        label: `${name}: not ready`,
        value: notReady,
        unit: unitOf(notReady),
        max: own.length,
        action: { type: 'not-ready', node: name, pods: 0 },
      },
    ];
  });
}

function clientOffers(state: State): readonly Offer<Action>[] {
  const word = connectionWord(state);
  const used = state.input.traffic.requestsPerConnection ?? 0;
  const options = uses.includes(used) ? uses : [used, ...uses];
  const { clients, connectionsPerClient } = state.input.traffic;
  const numbers = [...new Set([clients, ...crowds])].toSorted((one, other) => one - other).filter((each) => each * connectionsPerClient <= limits.connections);
  const group = 'The clients';
  const button = { group, place: 'world', control: 'button', subject: 'traffic' } as const;
  return [
    {
      id: 'clients',
      label: 'How many',
      group,
      place: 'world',
      control: 'choice',
      value: String(clients),
      options: numbers.map((each) => ({ value: String(each), label: String(each), action: { type: 'clients', clients: each } })),
      subject: 'traffic',
    },
    {
      id: 'keep-alive',
      label: `Requests over one ${word}`,
      group,
      place: 'world',
      control: 'choice',
      value: String(used),
      options: options.map((requests) => ({
        value: String(requests),
        label: requests === 0 ? 'never closed' : String(requests),
        action: { type: 'keep-alive', requests },
      })),
      subject: 'traffic',
    },
    ...(takesActs(state) && state.openCount > 0
      ? [{ ...button, id: 'reconnect', label: 'Start the clients again', action: { type: 'reconnect' } } as const]
      : []),
    ...(takesActs(state) ? [{ ...button, id: 'wait', label: 'Nothing for 3 hours', action: { type: 'wait' } } as const] : []),
    ...(takesActs(state) && isFinished(state)
      ? [1, 100, 1000].map((requests): Offer<Action> => ({
          ...button,
          id: `more-${String(requests)}`,
          label: requests === 1 ? '1 more request' : `${requests.toLocaleString('en')} more requests`,
          action: { type: 'more', requests },
        }))
      : []),
  ];
}

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  return [proxyOffer(state), ...serviceOffers(state), ...nodeOffers(state), ...clientOffers(state)];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown, max: number): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;

/** Checks an action from a link or a file. */
export function readAction(value: unknown): Action | undefined {
  if (!isRecord(value)) return undefined;
  const { type, requests, clients, mode, field, node, pods, value: written } = value;
  if (type === 'advance' || type === 'reconnect' || type === 'wait') return { type };
  if (type === 'more' && isCount(requests, limits.requests) && requests > 0) return { type, requests };
  if (type === 'keep-alive' && isCount(requests, limits.requests)) return { type, requests };
  if (type === 'clients' && isCount(clients, limits.clients) && clients > 0) return { type, clients };
  const known = proxyModes.find((each) => each === mode);
  if (type === 'proxy' && known !== undefined) return { type, mode: known };
  if ((type === 'scale' || type === 'not-ready') && typeof node === 'string' && node.length <= 63 && isCount(pods, limits.podsPerNode))
    return { type, node, pods };
  return type === 'patch' ? readPatch(field, written) : undefined;
}

function readPatch(field: unknown, value: unknown): Action | undefined {
  const fields = Object.keys(patchable) as readonly PatchField[];
  const known = fields.find((each) => each === field);
  if (known === undefined || typeof value !== 'string') return undefined;
  const values: readonly string[] = patchable[known];
  return values.includes(value) || (known === 'trafficDistribution' && value === 'PreferClose') ? { type: 'patch', field: known, value } : undefined;
}
