import type { Pod, Service } from '../engine/api/types.ts';
import { addressOfReverseName, dashed } from '../engine/network/cluster-dns/address.ts';
import { isWithin, parseRequest, type RecordRequest } from '../engine/network/cluster-dns/names.ts';
import { addressOf, type World } from './cluster.ts';
import { keyOf, namespaceOf, type Cluster, type ClusterPod, type Query } from './input.ts';

/** What stands between a name and its records. `text` is empty where the server’s own reason says it all. */
export interface Reason {
  readonly kind:
    | 'no-service'
    | 'alias-has-no-endpoints'
    | 'no-selector'
    | 'other-selector'
    | 'still-not-ready'
    | 'other-subdomain'
    | 'no-hostname'
    | 'pod-is-gone'
    | 'port-name'
    | 'not-in-the-zone';
  readonly text: string;
}

/** Why the pod is no ready endpoint of the Service; undefined: it is one. */
export function whyNoEndpoint({ decisions }: World, service: Service, pod: Pod): Reason | undefined {
  const { type, selector = {} } = service.spec;
  const [name, podName] = [service.metadata.name, pod.metadata.name];
  if (type === 'ExternalName') return { kind: 'alias-has-no-endpoints', text: `Service ${name} is an alias and has no endpoints` };
  if (Object.keys(selector).length === 0) return { kind: 'no-selector', text: `Service ${name} has no selector, so only endpoints written by hand count` };
  const decided = decisions.get(keyOf(service))?.pods.find((each) => each.pod === podName);
  if (decided?.outcome === 'ready') return undefined;
  if (decided !== undefined) return { kind: 'still-not-ready', text: `pod ${podName} is no ready endpoint of Service ${name}: ${decided.because}` };
  const [key = '', value] = Object.entries(selector).find(([label, wanted]) => pod.metadata.labels?.[label] !== wanted) ?? [];
  const has = pod.metadata.labels?.[key];
  const text = `Service ${name} selects ${key}: ${value ?? ''}, and pod ${podName} has ${has === undefined ? `no label ${key}` : `${key}: ${has}`}`;
  return { kind: 'other-selector', text };
}

/** The field that decides the subdomain, with its value. */
function subdomainInWords({ pod, owner = '' }: ClusterPod): string {
  const { subdomain = '' } = pod.spec;
  return `${owner.startsWith('S') ? 'the serviceName of its StatefulSet' : 'its subdomain'} is ${subdomain === '' ? 'empty' : subdomain}`;
}

/** Why the pod has no name of its own, `hostname.subdomain`; undefined: it has one. */
export function whyNoName(world: World, each: ClusterPod): Reason | undefined {
  const { pod } = each;
  const { hostname = '', subdomain = '' } = pod.spec;
  if (hostname === '')
    return {
      kind: 'no-hostname',
      text: `pod ${pod.metadata.name} has no hostname in its spec, and the name of a pod does not count: its endpoint is called ${dashed(addressOf(pod))}`,
    };
  const service = world.context.index.serviceOf(subdomain, namespaceOf(pod));
  if (service === undefined) return { kind: 'no-service', text: `${subdomainInWords(each)}, and no Service in namespace ${namespaceOf(pod)} is called so` };
  return whyNoEndpoint(world, service, pod);
}

/** The pod that a label was probably meant to name. */
function podMeant(cluster: Cluster, label: string, namespace: string): ClusterPod | undefined {
  return cluster.pods.find(({ pod }) => namespaceOf(pod) === namespace && [pod.metadata.name, pod.spec.hostname, dashed(addressOf(pod))].includes(label));
}

function whyNotEndpointOf(cluster: Cluster, world: World, service: Service, label: string): Reason | undefined {
  const meant = podMeant(cluster, label, namespaceOf(service));
  if (meant === undefined) return { kind: service.spec.type === 'ExternalName' ? 'alias-has-no-endpoints' : 'pod-is-gone', text: '' };
  const { pod } = meant;
  const reason = whyNoEndpoint(world, service, pod);
  if (reason !== undefined || (pod.spec.hostname ?? '') === '') return reason ?? whyNoName(world, meant);
  if (pod.spec.subdomain === service.metadata.name) return { kind: 'no-hostname', text: `the endpoint is called by its hostname, ${pod.spec.hostname ?? ''}` };
  return {
    kind: 'other-subdomain',
    text: `pod ${pod.metadata.name} is a ready endpoint of ${service.metadata.name}, but ${subdomainInWords(meant)}, so its hostname is not used here`,
  };
}

function whyNoService(cluster: Cluster, { service = '', namespace = '' }: RecordRequest): Reason {
  const elsewhere = cluster.services.find(({ metadata }) => metadata.name === service);
  const set = cluster.sets.find((each) => each.spec.serviceName === service && namespaceOf(each) === namespace);
  const text =
    elsewhere !== undefined
      ? `a Service ${service} is in namespace ${namespaceOf(elsewhere)}`
      : set !== undefined
        ? `StatefulSet ${set.metadata.name} names it as its serviceName, but does not make it`
        : podMeant(cluster, service, namespace) === undefined
          ? ''
          : `${service} is a pod, and names directly below the namespace belong to Services`;
  return { kind: 'no-service', text };
}

function whyNoPort({ spec }: Service, { port = '', protocol = '' }: RecordRequest): Reason {
  const ports = spec.ports ?? [];
  const other = ports.find(({ name }) => name === port);
  const unnamed = ports.find(({ name = '' }) => name === '');
  const confused = ports.find(({ appProtocol, targetPort }) => appProtocol === port || targetPort === port);
  const text =
    other !== undefined
      ? `port ${port} has the protocol ${other.protocol ?? 'TCP'}, not ${protocol.toUpperCase()}`
      : unnamed !== undefined
        ? `port ${unnamed.port} has no name, so no label can mean it`
        : confused !== undefined
          ? `the name of the Service’s port counts, ${confused.name ?? ''}, not its ${confused.appProtocol === port ? 'appProtocol' : 'targetPort'}`
          : '';
  return { kind: 'port-name', text };
}

/** A name that is not in the cluster zone, but would be with something usual behind it. */
function whyOutside({ context, recordsAt }: World, name: string): Reason {
  const { zone, index } = context;
  const found = ['', 'svc.', ...[...index.namespaces].map((namespace) => `${namespace}.svc.`)]
    .map((middle) => `${name}${middle}${zone}`)
    .find((full) => recordsAt(full).length > 0);
  return { kind: 'not-in-the-zone', text: found === undefined ? '' : `no search list is used here; ${found} exists` };
}

/** What the objects have to do with a name that has no data, besides the server’s own reason. */
export function reasonsFor(cluster: Cluster, world: World, query: Pick<Query, 'name'>): readonly Reason[] {
  const { zone, index } = world.context;
  const name = query.name.toLowerCase();
  const address = addressOfReverseName(name);
  if (address !== undefined)
    return [{ kind: 'not-in-the-zone', text: `no Service has the ClusterIP ${address} and no ready endpoint this address, so CoreDNS passes the query on` }];
  if (!isWithin(name, zone)) return [whyOutside(world, name)];
  const parsed = parseRequest(name, zone);
  if (!parsed.ok || parsed.request.kind !== 'svc' || parsed.request.service === undefined) return [];
  const { request } = parsed;
  const service = index.serviceOf(request.service ?? '', request.namespace ?? '');
  if (service === undefined) return [whyNoService(cluster, request)];
  if (request.endpoint !== undefined) return [whyNotEndpointOf(cluster, world, service, request.endpoint)].filter((reason) => reason !== undefined);
  if (request.port !== undefined) return [whyNoPort(service, request)];
  // A headless Service without a ready endpoint: pod by pod, three at most.
  const beside = cluster.pods.filter(({ pod }) => namespaceOf(pod) === namespaceOf(service));
  return service.spec.type === 'ExternalName' ? [] : beside.flatMap(({ pod }) => whyNoEndpoint(world, service, pod) ?? []).slice(0, 3);
}
