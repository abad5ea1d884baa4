import type { IpFamily } from '../../api/types.ts';
import { familyOf } from './cidr.ts';
import { baseChains, rejectChain } from './nftables-base-chains.ts';
import { nftPortNames } from './nftables-chain-names.ts';
import { sortedElements } from './nftables-elements.ts';
import { nftAffinitySets, nftPortChains } from './nftables-port-chains.ts';
import type { NftElement, NftMap, NftSet, NftTable, NftVerdict } from './nftables-types.ts';
import { portTraffic, type PortTraffic, type Refusal } from './port-traffic.ts';
import type { ProxyInput } from './proxy-input.ts';

type MapName = 'no-endpoint-services' | 'no-endpoint-nodeports' | 'firewall-ips' | 'service-ips' | 'service-nodeports';
interface Entry {
  readonly map: MapName;
  readonly element: NftMap['elements'][number];
}

const refusalVerdict = (refusal: Refusal): NftVerdict => (refusal === 'drop' ? { kind: 'drop' } : { kind: 'goto', chain: rejectChain });

/**
 * The table that kube-proxy writes on a node in nftables mode, with its default settings and `--cluster-cidr`: node ports are open at the node's main
 * address. Where the real order is random (chains of Services), it is that of their names.
 * Models pkg/proxy/nftables/proxier.go.
 */
export function nftablesRules(input: ProxyInput): NftTable {
  const { family = 'IPv4' } = input;
  const ofFamily = (texts: readonly string[]): readonly string[] => texts.filter((text) => familyOf(text) === family);
  const [clusterCidr] = ofFamily(input.clusterCidrs);
  const [nodeAddress] = ofFamily(input.node.addresses);
  const traffic = portTraffic(input);
  const context = { family, clusterCidr, nodeAddress, serviceCidrs: ofFamily(input.serviceCidrs), hasNodeAddress: nodeAddress !== undefined };
  return {
    family: family === 'IPv4' ? 'ip' : 'ip6',
    name: 'kube-proxy',
    comment: 'rules for kube-proxy',
    sets: sets(traffic, family, nodeAddress),
    maps: maps(traffic.flatMap(mapEntries), addressType(family)),
    chains: [...baseChains(context), ...traffic.flatMap((each) => nftPortChains(each, context))],
  };
}

const addressType = (family: IpFamily): string => (family === 'IPv4' ? 'ipv4_addr' : 'ipv6_addr');
const portTypes: readonly string[] = ['inet_proto', 'inet_service'];

function sets(traffic: readonly PortTraffic[], family: IpFamily, nodeAddress: string | undefined): readonly NftSet[] {
  const type = addressType(family);
  // Endpoints of this node alone: nobody else's packets could come back to their sender here.
  const hairpins = traffic.flatMap(({ port: { protocol }, reachable }) =>
    reachable.filter(({ isLocal }) => isLocal).map(({ address, port }) => [address, address, protocol, String(port)]),
  );
  const set = (name: string, types: readonly string[], comment: string, keys: readonly (readonly string[])[]): NftSet => {
    const unique = new Map(keys.map((key): [string, NftElement] => [key.join(' '), { key }]));
    return { name, type: types, comment, elements: sortedElements([...unique.values()]) };
  };
  const clusterIPs = traffic.map(({ port: { clusterIP } }) => [clusterIP]);
  return [
    set('hairpin-connections', [type, type, ...portTypes], 'service hairpin connections', hairpins),
    set('cluster-ips', [type], 'Active ClusterIPs', clusterIPs),
    ...(nodeAddress === undefined ? [] : [set('nodeport-ips', [type], 'IPs that accept NodePort traffic', [[nodeAddress]])]),
    ...traffic.flatMap((each) => nftAffinitySets(each, type)),
  ];
}

function maps(entries: readonly Entry[], type: string): readonly NftMap[] {
  const map = (name: MapName, comment: string): NftMap => {
    const elements = entries.filter((entry) => entry.map === name).map(({ element }) => element);
    return { name, type: name.endsWith('nodeports') ? portTypes : [type, ...portTypes], comment, elements: sortedElements(elements) };
  };
  return [
    map('no-endpoint-services', 'vmap to drop or reject packets to services with no endpoints'),
    map('no-endpoint-nodeports', 'vmap to drop or reject packets to service nodeports with no endpoints'),
    map('firewall-ips', 'destinations that are subject to LoadBalancerSourceRanges'),
    map('service-ips', 'ClusterIP, ExternalIP and LoadBalancer IP traffic'),
    map('service-nodeports', 'NodePort traffic'),
  ];
}

/** What leads to a port, or refuses its traffic. */
function mapEntries({ port, hasAny, internalRefusal, externalRefusal }: PortTraffic): readonly Entry[] {
  const names = nftPortNames(port);
  const key = (address: string): readonly string[] => [address, port.protocol, String(port.port)];
  const refused = (map: MapName, refusedKey: readonly string[], refusal: Refusal): Entry => ({
    map,
    element: { key: refusedKey, comment: port.name, verdict: refusalVerdict(refusal) },
  });
  const leading = (map: MapName, leadingKey: readonly string[], chain: string): Entry => ({
    map,
    element: { key: leadingKey, verdict: { kind: 'goto', chain } },
  });
  const entries: Entry[] = [
    internalRefusal === undefined
      ? leading('service-ips', key(port.clusterIP), port.isInternalLocal ? names.local : names.cluster)
      : refused('no-endpoint-services', key(port.clusterIP), internalRefusal),
  ];
  for (const address of [...port.externalIPs, ...port.loadBalancerIPs]) {
    if (hasAny) entries.push(leading('service-ips', key(address), names.external));
    if (externalRefusal !== undefined) entries.push(refused('no-endpoint-services', key(address), externalRefusal));
  }
  if (port.sourceRanges.length > 0) entries.push(...port.loadBalancerIPs.map((address) => leading('firewall-ips', key(address), names.firewall)));
  if (port.nodePort !== undefined) {
    const nodePort = [port.protocol, String(port.nodePort)];
    if (hasAny) entries.push(leading('service-nodeports', nodePort, names.external));
    if (externalRefusal !== undefined) entries.push(refused('no-endpoint-nodeports', nodePort, externalRefusal));
  }
  return entries;
}
