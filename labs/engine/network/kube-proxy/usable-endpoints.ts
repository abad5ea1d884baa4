import type { ProxiedEndpoint } from './endpoints-map.ts';
import type { ProxyNode } from './proxy-input.ts';
import { usesClusterEndpoints, usesLocalEndpoints, type ProxiedPort } from './service-map.ts';

/** Which endpoints this node sends traffic to. */
export interface UsableEndpoints {
  /** For traffic that may go to the whole cluster. */
  readonly cluster: readonly ProxiedEndpoint[];
  /** For traffic that must stay on this node. */
  readonly local: readonly ProxiedEndpoint[];
  /** Both together. */
  readonly reachable: readonly ProxiedEndpoint[];
  /** Whether there is an endpoint that can be used, on this node or on any other. */
  readonly hasAny: boolean;
  /** Why only a part of the cluster's endpoints is used, if so. */
  readonly prefers?: 'same node' | 'same zone';
}

/** Endpoints that are going but still serve are used only where no endpoint is ready. */
const isLastResort = ({ isServing, isTerminating }: ProxiedEndpoint): boolean => isServing && isTerminating;

/** Models CategorizeEndpoints of pkg/proxy/topology.go. */
export function usableEndpoints(endpoints: readonly ProxiedEndpoint[], port: ProxiedPort, node: ProxyNode): UsableEndpoints {
  const ready = endpoints.filter(({ isReady }) => isReady);
  const prefers = usesClusterEndpoints(port) ? preference(ready, node) : undefined;
  const near = ready.filter((endpoint) => prefers === undefined || hintsAt(endpoint, prefers).includes(placeOf(node, prefers)));
  const cluster = usesClusterEndpoints(port) ? firstNotEmpty(near, endpoints.filter(isLastResort)) : [];
  if (!usesLocalEndpoints(port)) return { cluster, local: [], reachable: cluster, hasAny: cluster.length > 0, ...(prefers && { prefers }) };
  const here = endpoints.filter(({ isLocal }) => isLocal);
  const local = firstNotEmpty(
    here.filter(({ isReady }) => isReady),
    here.filter((endpoint) => !endpoint.isReady && isLastResort(endpoint)),
  );
  const hasAny = endpoints.some((endpoint) => endpoint.isReady || isLastResort(endpoint));
  const reachable = [...cluster, ...local.filter((endpoint) => !cluster.includes(endpoint))];
  return { cluster, local, reachable, hasAny, ...(prefers && { prefers }) };
}

function firstNotEmpty<Item>(items: readonly Item[], others: readonly Item[]): readonly Item[] {
  return items.length > 0 ? items : others;
}

type Preference = NonNullable<UsableEndpoints['prefers']>;

const hintsAt = ({ nodeHints, zoneHints }: ProxiedEndpoint, preferred: Preference): readonly string[] => (preferred === 'same node' ? nodeHints : zoneHints);
const placeOf = ({ name, zone = '' }: ProxyNode, preferred: Preference): string => (preferred === 'same node' ? name : zone);

/** Hints count only if every ready endpoint has one, and one of them names this node, or else this zone. */
function preference(ready: readonly ProxiedEndpoint[], node: ProxyNode): Preference | undefined {
  const preferences: readonly Preference[] = ['same node', 'same zone'];
  return preferences.find(
    (preferred) =>
      ready.every((endpoint) => hintsAt(endpoint, preferred).length > 0) &&
      ready.some((endpoint) => hintsAt(endpoint, preferred).includes(placeOf(node, preferred))),
  );
}
