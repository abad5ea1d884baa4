import type { QueryType, ResourceRecord } from '../resolver/types.ts';
import { parseAddress } from './address.ts';
import { findEntries } from './backend.ts';
import type { BackendEntry, Found, Rule, ServerContext } from './backend.ts';
import { isWithin } from './names.ts';
import { endpointLabel } from './view.ts';

/** The zones of the kubernetes plugin besides the cluster's. */
export const reverseZones: readonly string[] = ['in-addr.arpa.', 'ip6.arpa.'];

/** What a record type made of a name. `exists` false: NXDOMAIN. */
export interface Section {
  readonly exists: boolean;
  readonly records: readonly ResourceRecord[];
  readonly additional?: readonly ResourceRecord[];
  readonly rule: Rule;
  readonly because: string;
  readonly waitMs?: number;
}

/** A question in the form the plugin works with: the name as asked, and in lower case. */
export interface PluginQuery {
  readonly qname: string;
  readonly name: string;
  readonly qtype: QueryType;
}

/** The zone of the plugin that a name falls into, in lower case; undefined: none, the question goes on to `forward`. */
export function matchingZone(context: ServerContext, name: string): string | undefined {
  return [context.zone, ...reverseZones].filter((zone) => isWithin(name, zone)).sort((a, b) => b.length - a.length)[0];
}

/** The zone's name servers: the Services that have CoreDNS' own address as an endpoint, else CoreDNS itself under the name ns.dns. */
export function nameServers({ index, settings, zone }: ServerContext): readonly { readonly name: string; readonly address: string }[] {
  const servers: { name: string; address: string }[] = [];
  for (const own of settings.ownAddresses) {
    for (const { service: serviceName, namespace } of index.endpointsAt(parseAddress(own)?.text ?? own)) {
      const service = index.serviceOf(serviceName, namespace);
      if (service === undefined) continue;
      const name = `${serviceName}.${namespace}.svc.${zone}`;
      if (service.spec.clusterIP !== 'None') servers.push({ name, address: service.spec.clusterIP ?? '' });
      else {
        const endpoints = index.subsetsOf(service).flatMap((subset) => subset.addresses);
        servers.push(...endpoints.map((endpoint) => ({ name: `${endpointLabel(endpoint, settings.usePodNames)}.${name}`, address: endpoint.address })));
      }
    }
  }
  return servers.length > 0 ? servers : settings.ownAddresses.map((address) => ({ name: `ns.dns.${zone}`, address }));
}

/** Entries behind a name for all types but TXT and PTR: also the server's own name. */
export function entriesOf(context: ServerContext, name: string): Found {
  if (name === `ns.dns.${context.zone}`) {
    const entries = nameServers(context).map(({ address }): BackendEntry => ({ host: address, port: 0, target: name }));
    return { exists: true, entries, rule: 'name server', because: "this is the zone's name server: CoreDNS itself" };
  }
  return findEntries(context, name);
}
