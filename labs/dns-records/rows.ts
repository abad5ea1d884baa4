import type { Pod, Service, ServicePort } from '../engine/api/types.ts';
import { reverseName } from '../engine/network/cluster-dns/address.ts';
import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import { clusterAddresses, endpointLabel } from '../engine/network/cluster-dns/view.ts';
import type { QueryType } from '../engine/network/resolver/types.ts';
import { answerOf } from './answer.ts';
import { addressOf, worldOf } from './cluster.ts';
import { isReady, keyOf, type ClusterPod } from './input.ts';
import { whyNoEndpoint, whyNoName } from './reasons.ts';
import type { Situation } from './situation.ts';

/** One name that an object makes, would make, or made. */
export interface Row {
  /** Absolute; empty: there cannot be one (a port without a name). */
  readonly name: string;
  /** The object beside it: its shape, what it is called, and what `explain` knows it by. */
  readonly glyph: 'service' | 'pod';
  readonly object: string;
  readonly subject: string;
  /** Address or kind of the object. */
  readonly detail: string;
  /** The pod whose condition Ready decides. */
  readonly readiness?: { readonly pod: string; readonly isReady: boolean };
  /** `exists` solid, `missing` dashed, `gone` struck. */
  readonly state: 'exists' | 'missing' | 'gone';
  readonly records: readonly Pick<ListedRecord, 'type' | 'data'>[];
  /** PTR records lead back from the addresses to this name. */
  readonly isReversed: boolean;
  /** Where an alias leads; empty: it is none. */
  readonly target: string;
  readonly because: string;
}

/** What a name is made from, before anybody looks whether it exists. `because`: the reason if not, where the server’s own is not the better one. */
export interface Maker extends Pick<Row, 'name' | 'glyph' | 'object' | 'subject' | 'detail' | 'readiness'> {
  readonly types: readonly QueryType[];
  readonly because?: string | undefined;
}

export const addressTypes: readonly QueryType[] = ['A', 'AAAA', 'CNAME'];

function targetOf(state: Situation, name: string, records: readonly ListedRecord[]): string {
  if (!records.some(({ type }) => type === 'CNAME')) return '';
  const addresses = ['A', 'AAAA'] as const;
  const found = addresses.flatMap((type) => answerOf(state, { name, type }).records.filter((record) => record.type === type));
  return found.length === 0 ? '✗ leads nowhere' : `→ ${found.map(({ data }) => data).join(', ')}`;
}

/** The row of a name: what the server has under it, or why it has nothing. */
export function rowOf(state: Situation, { types, because, ...maker }: Maker): Row {
  const { recordsAt } = worldOf(state);
  const found = recordsAt(maker.name).filter(({ type }) => types.includes(type));
  if (found.length > 0) {
    const leadsBack = ({ name, data }: ListedRecord): boolean => recordsAt(reverseName(data) ?? '').some((record) => record.data.toLowerCase() === name);
    return {
      ...maker,
      state: 'exists',
      records: found,
      isReversed: found.every(leadsBack),
      target: targetOf(state, maker.name, found),
      because: found[0]?.because ?? '',
    };
  }
  const was = state.gone.filter(({ name, type }) => name === maker.name.toLowerCase() && types.includes(type));
  const why = because ?? answerOf(state, { name: maker.name, type: types[0] ?? 'A' }).because;
  return { ...maker, state: was.length > 0 ? 'gone' : 'missing', records: was, isReversed: false, target: '', because: why };
}

/** A pod as the maker of a name. */
export function podMaker({ pod }: Pick<ClusterPod, 'pod'>, name: string, because: string | undefined): Maker {
  return {
    name,
    glyph: 'pod',
    object: pod.metadata.name,
    subject: `pod:${keyOf(pod)}`,
    detail: addressOf(pod) === '' ? 'no address' : addressOf(pod),
    readiness: { pod: keyOf(pod), isReady: isReady(pod) },
    types: addressTypes,
    because,
  };
}

/** `db.data.svc.cluster.local.` */
export function nameOfService(state: Situation, service: Service): string {
  return `${service.metadata.name}.${service.metadata.namespace ?? 'default'}.svc.${worldOf(state).context.zone}`;
}

/** What kind of Service it is, in a word or two. */
export function kindInWords({ spec }: Service): string {
  if (spec.type === 'ExternalName') return `ExternalName of ${spec.externalName ?? ''}`;
  const addresses = clusterAddresses({ metadata: { name: '' }, spec });
  if (addresses.length === 0) return spec.publishNotReadyAddresses === true ? 'headless, publishes pods that are not ready' : 'headless';
  const type = spec.type === undefined || spec.type === 'ClusterIP' ? '' : `${spec.type}, `;
  return `${type}ClusterIP ${addresses.join(' and ')}`;
}

function portMaker(service: Service, base: string, { name = '', protocol = 'TCP', port }: ServicePort): Maker {
  const of = { glyph: 'service', object: `port ${port}`, subject: `service:${keyOf(service)}`, types: ['SRV'] } as const;
  if (name !== '') return { ...of, name: `_${name}._${protocol.toLowerCase()}.${base}`, detail: name };
  return { ...of, name: '', detail: 'without a name', because: `port ${port} has no name, so no label can mean it; SRV of ${base} itself lists all ports` };
}

/** The names of a Service’s endpoints: those of the controller’s slices, those written by hand, and pods that were left out. */
function endpointMakers(state: Situation, service: Service, base: string): readonly Maker[] {
  const { decisions, context } = worldOf(state);
  const podOf = new Map(state.cluster.pods.map((each) => [keyOf(each.pod), each]));
  const namespace = service.metadata.namespace ?? 'default';
  const makers = new Map<string, Maker>();
  for (const { endpoints, metadata } of context.index.view.endpointSlices) {
    if ((metadata.namespace ?? 'default') !== namespace || metadata.labels?.['kubernetes.io/service-name'] !== service.metadata.name) continue;
    for (const { addresses, hostname, targetRef } of endpoints) {
      const pod = podOf.get(`${namespace}/${targetRef?.name ?? ''}`);
      for (const address of addresses) {
        const name = `${endpointLabel({ address, hostname, targetName: targetRef?.name }, state.corefile.endpointPodNames)}.${base}`;
        const slice = {
          name,
          glyph: 'pod',
          object: address,
          subject: `slice:${namespace}/${metadata.name}`,
          detail: 'written by hand',
          types: addressTypes,
        } as const;
        makers.set(
          `${pod === undefined ? address : keyOf(pod.pod)} ${name}`,
          pod === undefined ? slice : podMaker(pod, name, whyNoEndpoint(worldOf(state), service, pod.pod)?.text),
        );
      }
    }
  }
  for (const { pod, outcome, because } of decisions.get(keyOf(service))?.pods ?? []) {
    const found = podOf.get(`${namespace}/${pod}`);
    if (outcome !== 'left out' || found === undefined) continue;
    const { hostname = '', subdomain = '' } = found.pod.spec;
    const name = hostname !== '' && subdomain === service.metadata.name ? `${hostname}.${base}` : '';
    makers.set(`left out ${pod}`, podMaker(found, name, `pod ${pod} is left out of the EndpointSlice: ${because}`));
  }
  return [...makers.values()];
}

/** `hostname.subdomain` of a pod that asks for such a name; undefined: it asks for none. */
export function wantedName(state: Situation, { spec, metadata }: Pod): string | undefined {
  const { hostname = '', subdomain = '' } = spec;
  if (hostname === '' || subdomain === '') return undefined;
  return `${hostname}.${subdomain}.${metadata.namespace ?? 'default'}.svc.${worldOf(state).context.zone}`;
}

/** Pods that ask for a name below the Service and are no endpoints of it. */
function wishMakers(state: Situation, service: Service, known: readonly Maker[]): readonly Maker[] {
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  const base = nameOfService(state, service);
  return state.cluster.pods.flatMap((each) => {
    const name = wantedName(state, each.pod);
    if (name?.endsWith(`.${base}`) !== true || names.has(name)) return [];
    return name.split('.').length === base.split('.').length + 1 ? [podMaker(each, name, whyNoName(worldOf(state), each)?.text)] : [];
  });
}

/** Every name of a Service: its own, those of its ports, those of its endpoints, and those that pods ask for in vain. */
export function serviceRows(state: Situation, service: Service): readonly Row[] {
  const base = nameOfService(state, service);
  const own: Maker = {
    name: base,
    glyph: 'service',
    object: service.metadata.name,
    subject: `service:${keyOf(service)}`,
    detail: kindInWords(service),
    types: addressTypes,
  };
  const ports = service.spec.type === 'ExternalName' ? [] : (service.spec.ports ?? []).map((port) => portMaker(service, base, port));
  const endpoints = endpointMakers(state, service, base);
  return [own, ...ports, ...endpoints, ...wishMakers(state, service, endpoints)].map((maker) => rowOf(state, maker));
}
