import type { Service } from '../../api/types.ts';
import { parseAddress } from './address.ts';
import { parseRequest } from './names.ts';
import type { RecordRequest } from './names.ts';
import type { ClusterDnsSettings } from './settings.ts';
import { clusterAddresses, endpointLabel, isHeadless } from './view.ts';
import type { ClusterIndex, Subset } from './view.ts';

/** Which rule gave the answer. */
export type Rule =
  | 'ClusterIP'
  | 'headless'
  | 'endpoint'
  | 'ExternalName'
  | 'pod'
  | 'namespace'
  | 'zone'
  | 'dns-version'
  | 'reverse'
  | 'name server'
  | 'SOA'
  | 'no such name'
  | 'not synced'
  | 'forward'
  | 'autopath'
  | 'malformed';

/** One address (or external name) behind a name; `target` is the name that SRV records point to, absolute. -1: no port. */
export interface BackendEntry {
  readonly host: string;
  readonly port: number;
  readonly target: string;
}

/** `entries` empty: the name exists without data. */
export type Found =
  | { readonly exists: true; readonly entries: readonly BackendEntry[]; readonly rule: Rule; readonly because: string }
  | { readonly exists: false; readonly rule: Rule; readonly because: string };

/** What all parts of the server share. `zone` is absolute and in lower case. */
export interface ServerContext {
  readonly index: ClusterIndex;
  readonly settings: ClusterDnsSettings;
  readonly zone: string;
}

const missing = (because: string): Found => ({ exists: false, rule: 'no such name', because });

function isExposed({ index, settings }: ServerContext, namespace: string): boolean {
  return index.namespaces.has(namespace) && (settings.namespaces.length === 0 || settings.namespaces.includes(namespace));
}

function portMatches(request: RecordRequest, port: { readonly name: string; readonly protocol: string }): boolean {
  const same = (asked: string | undefined, has: string): boolean => asked === undefined || asked === '' || asked === has.toLowerCase();
  return same(request.port, port.name) && same(request.protocol, port.protocol);
}

/** How CoreDNS understood the name, where that surprises. */
function reading(request: RecordRequest): string {
  if (request.port === undefined) return '';
  return ` (CoreDNS reads the four labels as port ${request.port}, protocol ${request.protocol ?? ''}, Service ${request.service ?? ''}, namespace ${request.namespace ?? ''})`;
}

function nothingMatched(service: Service, request: RecordRequest, subsets: readonly Subset[], settings: ClusterDnsSettings): Found {
  const name = service.metadata.name;
  const ready = subsets.flatMap((subset) => subset.addresses);
  const listed = subsets.reduce((sum, subset) => sum + subset.listed, 0);
  if (ready.length === 0) {
    const why = listed === 0 ? 'it has no endpoints' : `of its ${String(listed)} endpoint ${listed === 1 ? 'address none is' : 'addresses none is'} ready`;
    return missing(
      request.endpoint === undefined
        ? `Service ${name} is headless and no endpoint is ready: ${why}`
        : `Service ${name} has no ready endpoint ${request.endpoint}: ${why}`,
    );
  }
  if (request.endpoint !== undefined) {
    const labels = [...new Set(ready.map((endpoint) => endpointLabel(endpoint, settings.usePodNames)))];
    const more = labels.length > 3 ? ` and ${String(labels.length - 3)} more` : '';
    return missing(`no ready endpoint of Service ${name} is called ${request.endpoint}; they are called ${labels.slice(0, 3).join(', ')}${more}`);
  }
  return missing(`no port of Service ${name} is called ${request.port ?? ''} with protocol ${request.protocol ?? ''}${reading(request)}`);
}

function findEndpoints(context: ServerContext, service: Service, request: RecordRequest): Found {
  const { settings, index, zone } = context;
  const subsets = index.subsetsOf(service);
  const namespace = service.metadata.namespace ?? 'default';
  const entries: BackendEntry[] = [];
  for (const subset of subsets) {
    for (const endpoint of subset.addresses) {
      const label = endpointLabel(endpoint, settings.usePodNames);
      if (request.endpoint !== undefined && request.endpoint !== label.toLowerCase()) continue;
      for (const port of subset.ports) {
        if (!portMatches(request, port)) continue;
        entries.push({ host: endpoint.address, port: port.port, target: `${label}.${service.metadata.name}.${namespace}.svc.${zone}` });
      }
    }
  }
  if (entries.length === 0) return nothingMatched(service, request, subsets, settings);
  const addresses = new Set(entries.map(({ host }) => host)).size;
  const name = `Service ${service.metadata.name} in namespace ${namespace}`;
  return request.endpoint === undefined
    ? {
        exists: true,
        entries,
        rule: 'headless',
        because: `${name} is headless: its name leads to its ${String(addresses)} ready endpoint ${addresses === 1 ? 'address' : 'addresses'}`,
      }
    : { exists: true, entries, rule: 'endpoint', because: `${request.endpoint} is a ready endpoint of ${name}` };
}

function findService(context: ServerContext, request: RecordRequest): Found {
  const { index, settings, zone } = context;
  const { namespace = '', service: name = '' } = request;
  const service = index.serviceOf(name, namespace);
  if (service === undefined) return missing(`there is no Service ${name} in namespace ${namespace}${reading(request)}`);
  const { type, externalName = '', ports = [] } = service.spec;
  const target = `${service.metadata.name}.${namespace}.svc.${zone}`;
  if (type === 'ExternalName') {
    if (request.endpoint !== undefined) return missing(`Service ${name} is of type ExternalName and has no endpoints`);
    if (parseAddress(externalName) !== undefined)
      return missing(`the externalName of Service ${name} looks like an address, and CoreDNS makes no CNAME to an address`);
    return {
      exists: true,
      entries: [{ host: externalName, port: 0, target }],
      rule: 'ExternalName',
      because: `Service ${name} in namespace ${namespace} is of type ExternalName: a CNAME to ${externalName}`,
    };
  }
  if (settings.ignoreEmptyService && !isHeadless(service) && index.subsetsOf(service).every((subset) => subset.addresses.length === 0)) {
    return missing(`Service ${name} has no ready endpoint, and the Corefile says "ignore empty_service"`);
  }
  if (isHeadless(service) || request.endpoint !== undefined) return findEndpoints(context, service, request);
  const known =
    ports.length === 0
      ? [{ name: '', protocol: '', port: -1 }]
      : ports.map((port) => ({ name: port.name ?? '', protocol: port.protocol ?? 'TCP', port: port.port }));
  const matching = known.filter((port) => portMatches(request, port));
  if (matching.length === 0) {
    const names = known.map((port) => (port.name === '' ? 'one without a name' : port.name)).join(', ');
    return missing(
      `no port of Service ${name} is called ${request.port ?? ''} with protocol ${request.protocol ?? ''} (its ports: ${names})${reading(request)}`,
    );
  }
  const addresses = clusterAddresses(service);
  return {
    exists: true,
    entries: matching.flatMap((port) => addresses.map((host) => ({ host, port: port.port, target }))),
    rule: 'ClusterIP',
    because: `Service ${name} exists in namespace ${namespace}: its name leads to its ClusterIP, whether or not a pod is ready`,
  };
}

function findPod(context: ServerContext, request: RecordRequest): Found {
  const { settings, index, zone } = context;
  const { namespace = '', service: label = '' } = request;
  if (settings.pods === 'disabled') return missing('the Corefile says "pods disabled": names below pod do not exist');
  const isFour = label.split('-').length === 4 && !label.includes('--');
  const address = parseAddress(label.replaceAll('-', isFour ? '.' : ':'));
  if (address === undefined) return missing(`"${label}" is no address with dashes; only such names exist below pod`);
  const entries: readonly BackendEntry[] = [{ host: address.text, port: 0, target: `${label}.${namespace}.pod.${zone}` }];
  if (settings.pods === 'insecure') {
    return {
      exists: true,
      entries,
      rule: 'pod',
      because: `the Corefile says "pods insecure": the address is taken from the name, and nobody checks that such a pod exists`,
    };
  }
  const pod = index.podsAt(address.text).find((candidate) => (candidate.metadata.namespace ?? 'default') === namespace);
  if (pod === undefined) return missing(`the Corefile says "pods verified", and no pod in namespace ${namespace} has the address ${address.text}`);
  return { exists: true, entries, rule: 'pod', because: `pod ${pod.metadata.name} in namespace ${namespace} has this address ("pods verified")` };
}

/**
 * What stands behind a name of the cluster zone, before record types come in. `name` in lower case and absolute, at or below the zone.
 * // Models Records, findServices and findPods in plugin/kubernetes/kubernetes.go
 */
export function findEntries(context: ServerContext, name: string): Found {
  const parsed = parseRequest(name, context.zone);
  if (!parsed.ok) return missing(parsed.because);
  const { request } = parsed;
  if (request.kind === undefined)
    return { exists: true, entries: [], rule: 'zone', because: 'the name is a level of the cluster zone: it exists, without records of its own' };
  const { namespace = '' } = request;
  if (!isExposed(context, namespace)) {
    const why = context.index.namespaces.has(namespace) ? `the Corefile does not serve namespace ${namespace}` : `there is no namespace ${namespace}`;
    const read =
      request.service === undefined
        ? ''
        : ` (CoreDNS reads "${request.service}" as a ${request.kind === 'svc' ? 'Service' : 'pod'} and "${namespace}" as its namespace)`;
    return missing(`${why}${read}`);
  }
  if (request.service === undefined)
    return { exists: true, entries: [], rule: 'namespace', because: `namespace ${namespace} exists; a namespace alone has no records` };
  return request.kind === 'pod' ? findPod(context, request) : findService(context, request);
}
