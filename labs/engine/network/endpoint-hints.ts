import type { EndpointSlice } from '../api/types.ts';
import type { PlacedEndpoint } from './kube-proxy/proxy-input.ts';

type HintedSlice = Omit<EndpointSlice, 'endpoints'> & { readonly endpoints: readonly PlacedEndpoint[] };

/** Values of trafficDistribution that make hints; PreferClose is the old name of PreferSameZone. */
const closeDistributions: readonly string[] = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/**
 * The controller's slice with zones and the hints of trafficDistribution: each ready endpoint is meant for its own zone and, with PreferSameNode, for its own
 * node too. `zoneOf` gives the zone of a node, empty if it has none.
 * Models staging/src/k8s.io/endpointslice/trafficdist.
 */
export function withHints(slice: EndpointSlice, trafficDistribution: string | undefined, zoneOf: (node: string) => string): HintedSlice {
  const endpoints = slice.endpoints.map((endpoint): PlacedEndpoint => {
    const { nodeName = '', conditions } = endpoint;
    const zone = nodeName === '' ? '' : zoneOf(nodeName);
    const forZones = zone !== '' && { forZones: [{ name: zone }] };
    const forNodes = nodeName !== '' && trafficDistribution === 'PreferSameNode' && { forNodes: [{ name: nodeName }] };
    const isHinted = conditions?.ready === true && closeDistributions.includes(trafficDistribution ?? '') && (forZones !== false || forNodes !== false);
    return { ...endpoint, ...(zone !== '' && { zone }), ...(isHinted && { hints: { ...forZones, ...forNodes } }) };
  });
  return { ...slice, endpoints };
}
