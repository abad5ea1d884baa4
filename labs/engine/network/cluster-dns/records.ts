import type { Service } from '../../api/types.ts';
import type { QueryType } from '../resolver/types.ts';
import { dashed, parseAddress, reverseName } from './address.ts';
import type { Rule, ServerContext } from './backend.ts';
import { finished, serverContext } from './cluster-dns.ts';
import type { ClusterDnsSettings } from './settings.ts';
import { clusterAddresses, endpointLabel } from './view.ts';
import type { ClusterView } from './view.ts';

/** A record that the cluster DNS answers with, and the object that it comes from. */
export interface ListedRecord {
  readonly name: string;
  readonly type: QueryType;
  readonly data: string;
  readonly ttlSeconds: number;
  readonly from: { readonly kind: 'Service' | 'EndpointSlice' | 'Pod' | 'CoreDNS'; readonly namespace?: string; readonly name: string };
  readonly rule: Rule;
  readonly because: string;
}

interface Candidate {
  readonly name: string;
  readonly types: readonly QueryType[];
  readonly from: ListedRecord['from'];
}

const addressTypes: readonly QueryType[] = ['A', 'AAAA'];

function reverseCandidates(addresses: readonly string[], from: ListedRecord['from']): readonly Candidate[] {
  return addresses.flatMap((address) => {
    const name = reverseName(address);
    return name === undefined ? [] : [{ name, types: ['PTR'] as const, from }];
  });
}

function serviceCandidates({ index, settings, zone }: ServerContext, service: Service): readonly Candidate[] {
  const namespace = service.metadata.namespace ?? 'default';
  const base = `${service.metadata.name}.${namespace}.svc.${zone}`.toLowerCase();
  const from = { kind: 'Service', namespace, name: service.metadata.name } as const;
  if (service.spec.type === 'ExternalName') return [{ name: base, types: ['CNAME'], from }];
  const subsets = index.subsetsOf(service);
  const ports = [...(service.spec.ports ?? []), ...subsets.flatMap((subset) => subset.ports)];
  const portNames = new Set(ports.flatMap(({ name = '', protocol = 'TCP' }) => (name === '' ? [] : [`_${name}._${protocol}`.toLowerCase()])));
  const endpoints = subsets.flatMap((subset) => subset.addresses);
  const labels = [...new Set(endpoints.map((endpoint) => endpointLabel(endpoint, settings.usePodNames).toLowerCase()))];
  const endpointFrom = { kind: 'EndpointSlice', namespace, name: service.metadata.name } as const;
  return [
    { name: base, types: [...addressTypes, 'SRV'], from },
    ...[...portNames].map((port): Candidate => ({ name: `${port}.${base}`, types: ['SRV'], from })),
    ...labels.map((label): Candidate => ({ name: `${label}.${base}`, types: addressTypes, from: endpointFrom })),
    ...reverseCandidates(clusterAddresses(service), from),
    ...reverseCandidates(
      endpoints.map(({ address }) => address),
      endpointFrom,
    ),
  ];
}

function podCandidates({ index, settings, zone }: ServerContext): readonly Candidate[] {
  if (settings.pods === 'disabled') return [];
  return index.view.pods.flatMap((pod): readonly Candidate[] => {
    const parsed = parseAddress(pod.status?.podIP ?? pod.status?.podIPs?.[0]?.ip ?? '');
    const namespace = pod.metadata.namespace ?? 'default';
    if (parsed === undefined) return [];
    return [{ name: `${dashed(parsed.text)}.${namespace}.pod.${zone}`, types: addressTypes, from: { kind: 'Pod', namespace, name: pod.metadata.name } }];
  });
}

/**
 * Every record of the cluster that the server answers with: those of Services, endpoints and pods, their PTRs, and the zone's own. An ExternalName is
 * listed by its CNAME only. With `pods insecure` the names below `pod` are listed for the pods that exist, though the server answers for any address.
 */
export function records(view: ClusterView, settings: ClusterDnsSettings): readonly ListedRecord[] {
  const context = serverContext(view, { ...settings, shuffleSeed: undefined });
  const { zone } = context;
  const own = { kind: 'CoreDNS', name: 'kubernetes plugin' } as const;
  const candidates: readonly Candidate[] = [
    { name: zone, types: ['SOA', 'NS'], from: own },
    { name: `ns.dns.${zone}`, types: addressTypes, from: own },
    { name: `dns-version.${zone}`, types: ['TXT'], from: own },
    ...context.index.services.flatMap((service) => serviceCandidates(context, service)),
    ...podCandidates(context),
  ];
  const listed = new Map<string, ListedRecord>();
  for (const { name, types, from } of candidates) {
    for (const type of types) {
      const reply = finished(context, { qname: name, name, qtype: type });
      if (!reply.authoritative) continue;
      for (const { data, ttlSeconds, ...record } of reply.answer) {
        const key = `${record.name} ${record.type} ${data}`;
        if (record.type === type && record.name === name && !listed.has(key))
          listed.set(key, { ...record, data, ttlSeconds, from, rule: reply.rule, because: reply.because });
      }
    }
  }
  return [...listed.values()];
}
