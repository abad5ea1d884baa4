import type { IpFamily } from '../../api/types.ts';
import { canonicalAddress } from './cidr.ts';
import type { ProxiedSlice, ProxyInput } from './proxy-input.ts';
import { portKey } from './service-map.ts';

const serviceNameLabel = 'kubernetes.io/service-name';
/** Slices of these labels are for other proxies, or of headless Services. */
const labelsLeftOut: readonly string[] = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

/** One endpoint of one port. */
export interface ProxiedEndpoint {
  readonly address: string;
  readonly port: number;
  /** `address:port`. */
  readonly text: string;
  readonly isLocal: boolean;
  readonly isReady: boolean;
  readonly isServing: boolean;
  readonly isTerminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
}

/**
 * The endpoints of each port by `portKey`, those of several slices together, in the order of their texts (10.0.0.10 stands before 10.0.0.9).
 * Models pkg/proxy/endpointslicecache.go.
 */
export function endpointsMap({ endpointSlices, node, family = 'IPv4' }: ProxyInput): ReadonlyMap<string, readonly ProxiedEndpoint[]> {
  const byPort = new Map<string, Map<string, ProxiedEndpoint>>();
  for (const slice of endpointSlices.filter((each) => each.addressType === family)) {
    const { labels = {}, namespace = 'default' } = slice.metadata;
    const service = labels[serviceNameLabel];
    if (service === undefined || labelsLeftOut.some((label) => labels[label] !== undefined)) continue;
    for (const port of slice.ports ?? []) {
      if (port.port === undefined || port.port === 0) continue;
      const key = portKey(namespace, service, port);
      const found = byPort.get(key) ?? new Map<string, ProxiedEndpoint>();
      byPort.set(key, found);
      for (const endpoint of endpointsOf(slice, { port: port.port, family, nodeName: node.name })) {
        // While an endpoint moves it may stand in two slices.
        if (!found.has(endpoint.text) || endpoint.isLocal) found.set(endpoint.text, endpoint);
      }
    }
  }
  return new Map([...byPort].map(([key, found]) => [key, [...found.values()].toSorted((one, other) => (one.text < other.text ? -1 : 1))]));
}

interface Place {
  readonly port: number;
  readonly family: IpFamily;
  readonly nodeName: string;
}

function endpointsOf(slice: ProxiedSlice, { port, family, nodeName }: Place): readonly ProxiedEndpoint[] {
  return (slice.endpoints ?? []).flatMap(({ addresses: [first = ''], conditions = {}, nodeName: where, hints }) => {
    // All addresses of an endpoint lead to the same place; only the first is used.
    const address = canonicalAddress(first, family);
    if (address === undefined) return [];
    return {
      address,
      port,
      text: family === 'IPv4' ? `${address}:${String(port)}` : `[${address}]:${String(port)}`,
      isLocal: where === nodeName,
      isReady: conditions.ready ?? true,
      isServing: conditions.serving ?? true,
      isTerminating: conditions.terminating ?? false,
      zoneHints: (hints?.forZones ?? []).map(({ name }) => name),
      nodeHints: (hints?.forNodes ?? []).map(({ name }) => name),
    };
  });
}
