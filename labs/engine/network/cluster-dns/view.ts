import type { EndpointSlice, Namespace, Pod, Service } from '../../api/types.ts';
import { serviceNameLabel } from '../endpoint-slices.ts';
import { withClusterAddresses } from './cluster-addresses.ts';
import { dashed, parseAddress } from './address.ts';

/** What CoreDNS watches at the API server, as plain objects. A Service without a `clusterIP` gets one (`withClusterAddresses`). */
export interface ClusterView {
  readonly namespaces: readonly Namespace[];
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  /** Looked at only for pod records and autopath. */
  readonly pods: readonly Pod[];
}

/** One address of a ready endpoint. */
export interface EndpointAddress {
  readonly address: string;
  readonly hostname: string | undefined;
  readonly targetName: string | undefined;
}

/** A slice without what CoreDNS throws away. */
export interface Subset {
  readonly addresses: readonly EndpointAddress[];
  /** A slice without ports has the one port -1, which only keeps its addresses alive. */
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  readonly listed: number;
}

/** The view with its indexes. */
export interface ClusterIndex {
  readonly view: ClusterView;
  /** The Services with their addresses. */
  readonly services: readonly Service[];
  readonly namespaces: ReadonlySet<string>;
  readonly serviceOf: (name: string, namespace: string) => Service | undefined;
  readonly subsetsOf: (service: Service) => readonly Subset[];
  /** Services with this ClusterIP (canonical spelling). */
  readonly servicesAt: (address: string) => readonly Service[];
  /** Ready endpoints with this address, with name and namespace of their Service. */
  readonly endpointsAt: (address: string) => readonly { readonly endpoint: EndpointAddress; readonly service: string; readonly namespace: string }[];
  /** Pods that CoreDNS keeps (neither ended nor terminating) with this main address. */
  readonly podsAt: (address: string) => readonly Pod[];
}

const namespaceOf = (object: { readonly metadata: { readonly namespace?: string } }): string => object.metadata.namespace ?? 'default';

/** The ClusterIPs of a Service, `None` and missing ones left out. */
export function clusterAddresses(service: Service): readonly string[] {
  const { clusterIP, clusterIPs } = service.spec;
  const all = clusterIPs !== undefined && clusterIPs.length > 0 ? clusterIPs : [clusterIP ?? ''];
  return all.filter((address) => address !== '' && address !== 'None');
}

/** No ClusterIP by wish: names lead to the endpoints themselves. */
export function isHeadless(service: Service): boolean {
  const { clusterIP, clusterIPs } = service.spec;
  const [first = 'None'] = clusterIPs ?? (clusterIP === undefined ? [] : [clusterIP]);
  return first === 'None';
}

/** The label of an endpoint below its Service: hostname, else (with `endpoint_pod_names`) the pod's name, else the dashed address. */
export function endpointLabel(endpoint: EndpointAddress, usePodNames: boolean): string {
  if (endpoint.hostname !== undefined && endpoint.hostname !== '') return endpoint.hostname;
  if (usePodNames && endpoint.targetName !== undefined && endpoint.targetName !== '') return endpoint.targetName;
  return dashed(endpoint.address);
}

function subsetOf(slice: EndpointSlice): Subset {
  const addresses: EndpointAddress[] = [];
  let listed = 0;
  for (const endpoint of slice.endpoints) {
    listed += endpoint.addresses.length;
    // Unknown readiness counts as ready, as the API documents it.
    if (endpoint.conditions?.ready === false) continue;
    for (const address of endpoint.addresses) addresses.push({ address, hostname: endpoint.hostname, targetName: endpoint.targetRef?.name });
  }
  const ports = (slice.ports ?? []).map((port) => ({ name: port.name ?? '', protocol: port.protocol ?? 'TCP', port: port.port ?? -1 }));
  return { addresses, ports: ports.length === 0 ? [{ name: '', protocol: '', port: -1 }] : ports, listed };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const canonical = (address: string): string => parseAddress(address)?.text ?? address;

/**
 * Indexes a view once, so that each question costs a few map reads. Names are kept in lower case, as the API server only accepts such.
 * // Models plugin/kubernetes/controller.go and plugin/kubernetes/object
 */
export function indexView(view: ClusterView): ClusterIndex {
  const stored = withClusterAddresses(view.services);
  const services = new Map<string, Service>();
  const servicesByAddress = new Map<string, Service[]>();
  const subsets = new Map<string, Subset[]>();
  const endpoints = new Map<string, { endpoint: EndpointAddress; service: string; namespace: string }[]>();
  const pods = new Map<string, Pod[]>();
  for (const service of stored) {
    services.set(`${namespaceOf(service)}/${service.metadata.name}`.toLowerCase(), service);
    for (const address of clusterAddresses(service)) push(servicesByAddress, canonical(address), service);
  }
  for (const slice of view.endpointSlices) {
    const service = slice.metadata.labels?.[serviceNameLabel];
    if (service === undefined) continue;
    const subset = subsetOf(slice);
    const namespace = namespaceOf(slice);
    push(subsets, `${namespace}/${service}`, subset);
    for (const endpoint of subset.addresses) push(endpoints, canonical(endpoint.address), { endpoint, service, namespace });
  }
  for (const pod of view.pods) {
    const phase = pod.status?.phase;
    if (pod.metadata.deletionTimestamp !== undefined || phase === 'Succeeded' || phase === 'Failed' || phase === 'Unknown') continue;
    const address = pod.status?.podIP ?? pod.status?.podIPs?.[0]?.ip;
    if (address !== undefined && address !== '') push(pods, canonical(address), pod);
  }
  return {
    view,
    services: stored,
    namespaces: new Set(view.namespaces.map(({ metadata }) => metadata.name.toLowerCase())),
    serviceOf: (name, namespace) => services.get(`${namespace}/${name}`.toLowerCase()),
    subsetsOf: (service) => subsets.get(`${namespaceOf(service)}/${service.metadata.name}`) ?? [],
    servicesAt: (address) => servicesByAddress.get(address) ?? [],
    endpointsAt: (address) => endpoints.get(address) ?? [],
    podsAt: (address) => pods.get(address) ?? [],
  };
}
