import type { QueryType, ResourceRecord } from '../resolver/types.ts';
import { addressOfReverseName, parseAddress } from './address.ts';
import { findEntries } from './backend.ts';
import type { Found, ServerContext } from './backend.ts';
import { entriesOf, nameServers, reverseZones } from './entries.ts';
import type { PluginQuery, Section } from './entries.ts';
import { lookupAddresses } from './lookup-addresses.ts';
import { isWithin } from './names.ts';
import type { Reply } from './reply.ts';
import { lookupServices } from './lookup-services.ts';
import { endpointLabel } from './view.ts';

/** TTL of the version record, before the cache caps it. */
const versionTtlSeconds = 28_800;

function versionText(context: ServerContext, { qname, name }: PluginQuery): Section {
  if (name !== `dns-version.${context.zone}`) {
    return {
      exists: true,
      records: [],
      rule: 'dns-version',
      because: 'the only TXT record of the cluster zone is dns-version; to any other name CoreDNS says "exists, but has none", even if the name does not exist',
    };
  }
  return {
    exists: true,
    records: [{ name: qname, type: 'TXT', ttlSeconds: versionTtlSeconds, data: '1.1.0' }],
    rule: 'dns-version',
    because: 'the version of the DNS specification that CoreDNS keeps to',
  };
}

function pointers(context: ServerContext, { qname, name }: PluginQuery): Section {
  const address = addressOfReverseName(name);
  const { index, settings, zone } = context;
  if (address === undefined) {
    const found = isWithin(name, zone)
      ? findEntries(context, name)
      : ({ exists: reverseZones.includes(name), rule: 'reverse', because: 'the name is no whole address' } as const);
    return { exists: found.exists, records: [], rule: found.rule, because: found.exists ? `${found.because}; there is no PTR record` : found.because };
  }
  const record = (data: string): ResourceRecord => ({ name: qname, type: 'PTR', ttlSeconds: settings.ttlSeconds, data });
  const isServed = (namespace: string): boolean => settings.namespaces.length === 0 || settings.namespaces.includes(namespace);
  const service = index.servicesAt(address).find(({ metadata }) => isServed(metadata.namespace ?? 'default'));
  if (service !== undefined) {
    const target = `${service.metadata.name}.${service.metadata.namespace ?? 'default'}.svc.${zone}`;
    return { exists: true, records: [record(target)], rule: 'reverse', because: `${address} is the ClusterIP of Service ${service.metadata.name}` };
  }
  const targets = new Set<string>();
  for (const { endpoint, service: owner, namespace } of index.endpointsAt(address)) {
    if (isServed(namespace)) targets.add(`${endpointLabel(endpoint, settings.usePodNames)}.${owner}.${namespace}.svc.${zone}`);
  }
  if (targets.size === 0)
    return {
      exists: false,
      records: [],
      rule: 'no such name',
      because: `no Service has the ClusterIP ${address}, and no ready endpoint of a Service has this address`,
    };
  const because = `${address} is a ready endpoint of ${String(targets.size)} ${targets.size === 1 ? 'Service' : 'Services'}: one PTR record for each`;
  return { exists: true, records: [...targets].map(record), rule: 'reverse', because };
}

function soaRecord({ settings }: ServerContext, zone: string): ResourceRecord {
  const ttl = settings.ttlSeconds;
  return {
    name: zone,
    type: 'SOA',
    ttlSeconds: Math.min(300, ttl),
    data: `ns.dns.${zone} hostmaster.${zone} ${String(settings.serial)} 7200 1800 86400 ${String(ttl)}`,
  };
}

function nameServerRecords(context: ServerContext, qname: string): Section {
  const servers = nameServers(context);
  const ttlSeconds = context.settings.ttlSeconds;
  const names = [...new Set(servers.map(({ name }) => name))];
  return {
    exists: true,
    records: names.map((data) => ({ name: qname, type: 'NS', ttlSeconds, data })),
    additional: servers.flatMap(({ name, address }): readonly ResourceRecord[] => {
      const parsed = parseAddress(address);
      return parsed === undefined ? [] : [{ name, type: parsed.family === 'IPv4' ? 'A' : 'AAAA', ttlSeconds, data: parsed.text }];
    }),
    rule: 'name server',
    because: 'the name server of the zone is the Service whose endpoint CoreDNS is; without one, ns.dns below the zone',
  };
}

function alias(context: ServerContext, { qname, name }: PluginQuery): Section {
  const found = entriesOf(context, name);
  if (!found.exists) return { ...found, records: [] };
  const [first] = found.entries;
  if (first === undefined || parseAddress(first.host) !== undefined)
    return { exists: true, records: [], rule: found.rule, because: `${found.because}; there is no CNAME` };
  const data = first.host.endsWith('.') ? first.host : `${first.host}.`;
  return { exists: true, records: [{ name: qname, type: 'CNAME', ttlSeconds: context.settings.ttlSeconds, data }], rule: found.rule, because: found.because };
}

function noRecords(found: Found, qtype: QueryType): Section {
  return found.exists
    ? { exists: true, records: [], rule: found.rule, because: `${found.because}; CoreDNS has no ${qtype} record for it` }
    : { ...found, records: [] };
}

function sectionOf(context: ServerContext, zone: string, query: PluginQuery): Section {
  const { qname, name, qtype } = query;
  if (qtype === 'PTR') return pointers(context, query);
  if (zone !== context.zone) {
    const exists = name === zone;
    if (qtype === 'SOA' && exists) return { exists, records: [soaRecord(context, zone)], rule: 'SOA', because: 'the start of authority of the reverse zone' };
    return {
      exists,
      records: [],
      rule: exists ? 'zone' : 'no such name',
      because: exists ? 'this is the reverse zone itself' : 'below the reverse zones CoreDNS has PTR records only',
    };
  }
  switch (qtype) {
    case 'A':
    case 'AAAA':
      return lookupAddresses(context, query);
    case 'SRV':
      return lookupServices(context, query);
    case 'CNAME':
      return alias(context, query);
    case 'TXT':
      return versionText(context, query);
    case 'SOA':
      if (name !== zone)
        return { exists: true, records: [], rule: 'SOA', because: `only ${zone} has an SOA record; to any other name CoreDNS says "exists, but has none"` };
      return { exists: true, records: [soaRecord(context, zone)], rule: 'SOA', because: 'the start of authority of the cluster zone' };
    case 'NS':
      return name === zone ? nameServerRecords(context, qname) : noRecords(entriesOf(context, name), qtype);
    case 'ANY':
      return noRecords(entriesOf(context, name), qtype);
  }
}

/**
 * The kubernetes plugin's answer to a question in one of its zones; undefined: the name is missing in a zone with `fallthrough`, so the question goes
 * on to `forward`.
 * // Models plugin/kubernetes/handler.go
 */
export function kubernetesReply(context: ServerContext, zone: string, query: PluginQuery): Reply | undefined {
  const { settings } = context;
  const section = sectionOf(context, zone, query);
  const base = { authoritative: true, recursionAvailable: false, rule: section.rule, because: section.because, waitMs: section.waitMs ?? 0 };
  // The zone in the spelling of the question, as CoreDNS repeats it.
  const spelled = query.qname.slice(query.qname.length - zone.length);
  const negative = { answer: [], authority: [soaRecord(context, spelled)], additional: [] };
  if (!section.exists) {
    if (settings.fallthrough.some((name) => isWithin(query.name, `${name}.`))) return undefined;
    if (settings.isSynced) return { ...base, ...negative, rcode: 'NXDOMAIN' };
    return {
      ...base,
      ...negative,
      rcode: 'SERVFAIL',
      rule: 'not synced',
      because: 'CoreDNS has not yet read all objects from the API server, so it cannot say that the name does not exist',
    };
  }
  if (section.records.length === 0) return { ...base, ...negative, rcode: 'NOERROR' };
  return { ...base, rcode: 'NOERROR', answer: section.records, authority: [], additional: section.additional ?? [] };
}
