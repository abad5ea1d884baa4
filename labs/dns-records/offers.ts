import type { Offer } from '../lab.ts';
import { isAlwaysThere, isReady, keyOf, nameBytesMax, queryTypes, replicasMax, type Corefile } from './input.ts';
import type { Action, State } from './state.ts';
import { shownQuery } from './situation.ts';

/** Objects that get controls; more of them can only be edited. */
const controlsMax = 8;

const examples: readonly string[] = [
  'kubernetes.default.svc.cluster.local',
  'default.svc.cluster.local',
  'cluster.local',
  '10-244-1-6.default.pod.cluster.local',
  '10.96.0.10',
  'www.example.com',
  'db-0.db.data.svc.cluster.local.',
  'kubernetes',
  '_https._tcp.kubernetes.default.svc.cluster.local',
  'a.b.c.d.default.svc.cluster.local',
  '',
  '.',
  'a..b',
];

function podOffers({ cluster }: State): readonly Offer<Action>[] {
  return cluster.pods.slice(0, controlsMax).map(({ pod }): Offer<Action> => {
    const [key, ready] = [keyOf(pod), isReady(pod)];
    const label = `${pod.metadata.name}: ${ready ? 'make it not ready' : 'make it ready'}`;
    const action: Action = { type: 'ready', pod: key, ready: !ready };
    return { id: `ready-${key}`, label, group: 'Pods', subject: `pod:${key}`, place: 'world', control: 'button', action };
  });
}

function setOffers({ cluster }: State): readonly Offer<Action>[] {
  return cluster.sets.slice(0, controlsMax).map((set): Offer<Action> => {
    const key = keyOf(set);
    return {
      id: `scale-${key}`,
      label: `StatefulSet ${set.metadata.name}`,
      place: 'world',
      control: 'range',
      value: Math.min(replicasMax, set.spec.replicas ?? 1),
      min: 0,
      max: replicasMax,
      step: 1,
      unit: 'members',
      action: { type: 'scale', set: key, replicas: 0 },
      field: 'replicas',
    };
  });
}

function serviceOffers({ cluster, deleted }: State): readonly Offer<Action>[] {
  const there = cluster.services.filter((service) => !isAlwaysThere(service)).slice(0, controlsMax);
  return [...there, ...deleted].map((service): Offer<Action> => {
    const key = keyOf(service);
    const isThere = !deleted.includes(service);
    const isAlone = there.filter(({ metadata }) => metadata.name === service.metadata.name).length < 2;
    const label = `${isThere ? 'Delete' : 'Create'} ${isAlone ? service.metadata.name : key}${isThere ? '' : ' again'}`;
    const action: Action = { type: isThere ? 'delete' : 'restore', service: key };
    return { id: `service-${key}`, label, group: 'Services', subject: `service:${key}`, place: 'world', control: 'button', action };
  });
}

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  const current = shownQuery(state);
  return [
    {
      id: 'name',
      label: 'Ask for',
      place: 'input',
      control: 'text',
      value: current?.typed ?? '',
      bytesMax: nameBytesMax,
      action: { type: 'ask', name: '' },
      field: 'name',
      examples,
    },
    {
      id: 'type',
      label: 'Type',
      place: 'input',
      control: 'choice',
      value: current?.type ?? 'A',
      options: queryTypes.map((value) => ({ value, label: value, action: { type: 'qtype', qtype: value } })),
    },
    {
      id: 'pods',
      label: 'Corefile: pods',
      subject: 'corefile',
      place: 'world',
      control: 'choice',
      value: state.corefile.pods,
      options: (['disabled', 'insecure', 'verified'] as const).map((value) => ({ value, label: value, action: { type: 'pods', mode: value } })),
    },
    ...setOffers(state),
    ...podOffers(state),
    ...serviceOffers(state),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A namespace, a slash and a name, at their longest. */
const keyCharactersMax = 63 + 1 + 253;

/** Checks an action from a link or a file. Edited texts come as texts, never as an action. */
export function readAction(value: unknown): Action | undefined {
  if (!isRecord(value)) return undefined;
  const { type } = value;
  const key = (field: string): string | undefined => {
    const text = value[field];
    return typeof text === 'string' && text.length <= keyCharactersMax ? text : undefined;
  };
  const qtype = queryTypes.find((known) => known === value.qtype);
  const { name, ready, replicas } = value;
  if (type === 'ask' && typeof name === 'string' && name.length <= nameBytesMax && (value.qtype === undefined || qtype !== undefined))
    return { type, name, ...(qtype !== undefined && { qtype }) };
  if (type === 'qtype' && qtype !== undefined) return { type, qtype };
  const [pod, set, service] = [key('pod'), key('set'), key('service')];
  if (type === 'ready' && pod !== undefined && typeof ready === 'boolean') return { type, pod, ready };
  if (type === 'scale' && set !== undefined && typeof replicas === 'number' && Number.isInteger(replicas)) return { type, set, replicas };
  if ((type === 'delete' || type === 'restore') && service !== undefined) return { type, service };
  const mode = (['disabled', 'insecure', 'verified'] as const satisfies readonly Corefile['pods'][]).find((known) => known === value.mode);
  return type === 'pods' && mode !== undefined ? { type, mode } : undefined;
}
