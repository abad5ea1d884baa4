import type { Container, Endpoint, EndpointPort, EndpointSlice, IpFamily, Pod, Service, ServicePort } from '../api/types.ts';
import { keyHash } from '../key-hash.ts';

/** The label by which a slice names its Service. */
export const serviceNameLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
/** The controller's --max-endpoints-per-slice. */
const endpointsPerSliceMax = 100;

/** The controller's slices for a Service, and for each pod of the selector what was decided. */
export interface EndpointDecision {
  readonly slices: readonly EndpointSlice[];
  readonly pods: readonly { readonly pod: string; readonly outcome: 'ready' | 'not ready' | 'left out'; readonly because: string }[];
  /** Set where the controller makes no slices at all. */
  readonly none?: string;
}

function familyOf(address: string): IpFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

function isReady(pod: Pod): boolean {
  return (pod.status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');
}

/** Every address of a pod, the main one first. */
function podAddresses(pod: Pod): readonly string[] {
  const { podIP, podIPs } = pod.status ?? {};
  const all = (podIPs ?? []).map(({ ip }) => ip).filter((ip) => ip !== '');
  if (all.length > 0) return all;
  return podIP === undefined || podIP === '' ? [] : [podIP];
}

function matches(selector: Readonly<Record<string, string>>, pod: Pod): boolean {
  return Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value);
}

function containersWithPorts(pod: Pod): readonly Container[] {
  return [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always')];
}

function portNumber(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target === 0 ? port.port : target;
  const protocol = port.protocol ?? 'TCP';
  for (const container of containersWithPorts(pod)) {
    const found = (container.ports ?? []).find((candidate) => candidate.name === target && (candidate.protocol ?? 'TCP') === protocol);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}

function endpointPorts(service: Service, pod: Pod): readonly EndpointPort[] {
  const ports: EndpointPort[] = [];
  for (const port of service.spec.ports ?? []) {
    const number = portNumber(pod, port);
    // A pod without the named port keeps its place in the list, only without this port.
    if (number === undefined) continue;
    const { appProtocol } = port;
    ports.push({ name: port.name ?? '', protocol: port.protocol ?? 'TCP', port: number, ...(appProtocol === undefined ? {} : { appProtocol }) });
  }
  return ports;
}

function endpointOf(service: Service, pod: Pod, family: IpFamily): Endpoint {
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const { hostname, subdomain, nodeName } = pod.spec;
  const namespace = pod.metadata.namespace ?? 'default';
  return {
    addresses: podAddresses(pod).filter((address) => familyOf(address) === family),
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && hostname !== '' && subdomain === service.metadata.name ? { hostname } : {}),
    ...(nodeName === undefined || nodeName === '' ? {} : { nodeName }),
    targetRef: { kind: 'Pod', name: pod.metadata.name, namespace },
  };
}

/** The address families that the API server would give the Service. */
export function serviceFamilies(service: Service): readonly IpFamily[] {
  const { ipFamilies, clusterIPs, clusterIP } = service.spec;
  if (ipFamilies !== undefined && ipFamilies.length > 0) return ipFamilies;
  const addresses = (clusterIPs ?? [clusterIP ?? '']).filter((address) => address !== '' && address !== 'None');
  return addresses.length === 0 ? ['IPv4'] : [...new Set(addresses.map(familyOf))];
}

type Judged = EndpointDecision['pods'][number] & { readonly isIn: boolean };

function judge(service: Service, pod: Pod): Judged {
  const name = pod.metadata.name;
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed')
    return { pod: name, outcome: 'left out', isIn: false, because: `its containers have ended (phase ${phase})` };
  if (podAddresses(pod).length === 0) return { pod: name, outcome: 'left out', isIn: false, because: 'it has no address yet' };
  if (service.spec.publishNotReadyAddresses === true)
    return { pod: name, outcome: 'ready', isIn: true, because: 'publishNotReadyAddresses counts every pod as ready' };
  if (pod.metadata.deletionTimestamp !== undefined) return { pod: name, outcome: 'not ready', isIn: true, because: 'it is terminating' };
  return isReady(pod)
    ? { pod: name, outcome: 'ready', isIn: true, because: 'its condition Ready is True' }
    : { pod: name, outcome: 'not ready', isIn: true, because: 'its condition Ready is not True' };
}

function sliceName(service: Service, family: IpFamily, part: number): string {
  // Five characters as the API server's generateName gives them: no vowels, and none of 0, 1, 3.
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  let hash = keyHash(`${service.metadata.namespace ?? 'default'}/${service.metadata.name}/${family}/${String(part)}`);
  let suffix = '';
  for (let index = 0; index < 5; index += 1) {
    suffix += letters[hash % letters.length] ?? 'x';
    hash = Math.floor(hash / letters.length);
  }
  return `${service.metadata.name}-${suffix}`;
}

function noSlices(service: Service): string | undefined {
  const { type, selector } = service.spec;
  if (type === 'ExternalName') return 'ExternalName Services have no endpoints';
  if (selector === undefined || Object.keys(selector).length === 0)
    return 'the Service has no selector: its EndpointSlices are written by hand or by another controller';
  return undefined;
}

/**
 * The EndpointSlices that the controller makes for a Service with a selector. Pods with other sets of ports stand in other slices, at most 100
 * endpoints in one; pods that are not ready are listed as such, and where there is none one empty
 * slice stands. Names are made from a hash instead of chance.
 * // Models staging/src/k8s.io/endpointslice (podToEndpoint, getEndpointPorts) and ShouldPodBeInEndpoints
 */
export function decideEndpoints(service: Service, pods: readonly Pod[]): EndpointDecision {
  const none = noSlices(service);
  if (none !== undefined) return { slices: [], pods: [], none };
  const namespace = service.metadata.namespace ?? 'default';
  const selector = service.spec.selector ?? {};
  const selected = pods.filter((pod) => (pod.metadata.namespace ?? 'default') === namespace && matches(selector, pod));
  const judged = selected.map((pod) => ({ pod, verdict: judge(service, pod) }));
  const slices: EndpointSlice[] = [];
  for (const family of serviceFamilies(service)) {
    const groups = new Map<string, { ports: readonly EndpointPort[]; endpoints: Endpoint[] }>();
    for (const { pod, verdict } of judged) {
      const endpoint = endpointOf(service, pod, family);
      if (!verdict.isIn || endpoint.addresses.length === 0) continue;
      const ports = endpointPorts(service, pod);
      const key = JSON.stringify(ports);
      const group = groups.get(key) ?? { ports, endpoints: [] };
      group.endpoints.push(endpoint);
      groups.set(key, group);
    }
    // A Service of which no pod is listed keeps one empty slice, without ports.
    if (groups.size === 0) groups.set('', { ports: [], endpoints: [] });
    let part = 0;
    for (const { ports, endpoints } of groups.values()) {
      for (let start = 0; start === 0 || start < endpoints.length; start += endpointsPerSliceMax) {
        const labels = { [serviceNameLabel]: service.metadata.name, [managedByLabel]: 'endpointslice-controller.k8s.io' };
        const metadata = { name: sliceName(service, family, part), namespace, labels };
        slices.push({ metadata, addressType: family, endpoints: endpoints.slice(start, start + endpointsPerSliceMax), ports });
        part += 1;
      }
    }
  }
  return { slices, pods: judged.map(({ verdict: { pod, outcome, because } }) => ({ pod, outcome, because })) };
}

/** The slices of `decideEndpoints` alone. */
export function endpointSlicesFor(service: Service, pods: readonly Pod[]): readonly EndpointSlice[] {
  return decideEndpoints(service, pods).slices;
}

/** The controller's slices for all Services, and behind them the hand-written ones. */
export function allEndpointSlices(services: readonly Service[], pods: readonly Pod[], handWritten: readonly EndpointSlice[]): readonly EndpointSlice[] {
  return [...services.flatMap((service) => endpointSlicesFor(service, pods)), ...handWritten];
}
