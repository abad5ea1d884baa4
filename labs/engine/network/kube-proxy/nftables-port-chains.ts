import type { IpFamily } from '../../api/types.ts';
import { cidrHas, hostCidr, mergedIntervals, parseCidr } from './cidr.ts';
import type { ProxiedEndpoint } from './endpoints-map.ts';
import { markPacket, nftFields, nftRule } from './nftables-base-chains.ts';
import { nftEndpointNames, nftPortNames } from './nftables-chain-names.ts';
import type { NftChain, NftRule, NftSet, NftStatement, NftVerdict } from './nftables-types.ts';
import type { PortTraffic } from './port-traffic.ts';
import { usesLocalEndpoints, type ProxiedPort } from './service-map.ts';

interface Context {
  readonly family: IpFamily;
  readonly nodeAddress: string | undefined;
  readonly clusterCidr: string | undefined;
}

const goto = (chain: string): NftVerdict => ({ kind: 'goto', chain });
const verdict = (given: NftVerdict): NftStatement => ({ kind: 'verdict', verdict: given });

/** The chains of one port: endpoints (only with session affinity), cluster, local, external, firewall. */
export function nftPortChains(traffic: PortTraffic, context: Context): readonly NftChain[] {
  const { port, cluster, local, reachable, hasAny } = traffic;
  const names = nftPortNames(port);
  const chains: NftChain[] = [];
  if (port.affinitySeconds !== undefined) chains.push(...reachable.map((endpoint) => endpointChain(port, endpoint, context)));
  if (cluster.length > 0) chains.push({ name: names.cluster, rules: choiceRules(port, cluster, context) });
  if (local.length > 0 && usesLocalEndpoints(port)) chains.push({ name: names.local, rules: choiceRules(port, local, context) });
  if (hasAny && port.isExternal) chains.push({ name: names.external, rules: externalRules(traffic, context) });
  if (port.loadBalancerIPs.length > 0 && port.sourceRanges.length > 0) chains.push({ name: names.firewall, rules: [firewallRule(port, context)] });
  return chains;
}

/** The sets that remember which client keeps which endpoint. */
export function nftAffinitySets({ port, reachable }: PortTraffic, addressType: string): readonly NftSet[] {
  const { affinitySeconds } = port;
  if (affinitySeconds === undefined) return [];
  return reachable.map((endpoint) => ({ name: nftEndpointNames(port, endpoint).clients, type: [addressType], timeoutSeconds: affinitySeconds, elements: [] }));
}

function endpointChain(port: ProxiedPort, endpoint: ProxiedEndpoint, { family }: Context): NftChain {
  const { chain, clients } = nftEndpointNames(port, endpoint);
  const rules = [
    nftRule([{ kind: 'update', set: clients, field: nftFields(family).source }]),
    nftRule([isProtocol(port), { kind: 'dnat', to: { address: endpoint.address, port: endpoint.port } }]),
  ];
  return { name: chain, rules };
}

const isProtocol = ({ protocol }: ProxiedPort): NftStatement => ({ kind: 'match', field: 'meta l4proto', values: [protocol] });

function choiceRules(port: ProxiedPort, endpoints: readonly ProxiedEndpoint[], { family }: Context): readonly NftRule[] {
  if (port.affinitySeconds === undefined) {
    const to = endpoints.map(({ address, port: number }) => ({ address, port: number }));
    return [nftRule([isProtocol(port), { kind: 'dnat at random', to }])];
  }
  const names = endpoints.map((endpoint) => nftEndpointNames(port, endpoint));
  return [
    ...names.map(({ chain, clients }) => nftRule([{ kind: 'lookup', fields: [nftFields(family).source], set: clients }, verdict(goto(chain))])),
    nftRule([{ kind: 'verdict at random', verdicts: names.map(({ chain }) => goto(chain)) }]),
  ];
}

function externalRules({ port, externalRefusal }: PortTraffic, { family, clusterCidr }: Context): readonly NftRule[] {
  const { cluster, local } = nftPortNames(port);
  // The endpoint may be on another node, and its answer must come back through this one.
  if (!port.isExternalLocal) return [nftRule([markPacket], 'masquerade'), nftRule([verdict(goto(cluster))])];
  const fromNode: NftStatement = { kind: 'is local', of: 'saddr' };
  const rules = [nftRule([fromNode, markPacket], 'masquerade local traffic'), nftRule([fromNode, verdict(goto(cluster))], 'short-circuit local traffic')];
  if (clusterCidr !== undefined) {
    const fromPod: NftStatement = { kind: 'match', field: nftFields(family).source, values: [clusterCidr] };
    rules.unshift(nftRule([fromPod, verdict(goto(cluster))], 'short-circuit pod traffic'));
  }
  if (externalRefusal === undefined) rules.push(nftRule([verdict(goto(local))]));
  return rules;
}

function firewallRule(port: ProxiedPort, { family, nodeAddress }: Context): NftRule {
  // A node that has the load balancer's address itself talks to it from that very address.
  const isNodeIn = nodeAddress !== undefined && port.sourceRanges.some((range) => cidrHas(range, nodeAddress));
  const own = isNodeIn ? port.loadBalancerIPs.flatMap((address) => parseCidr(hostCidr(address)) ?? []) : [];
  const blocks = [...port.sourceRanges, ...own];
  const isElsewhere: NftStatement = {
    kind: 'match',
    field: nftFields(family).source,
    values: mergedIntervals(blocks),
    not: true,
    ...(blocks.length > 1 && { isSet: true }),
  };
  return nftRule([isElsewhere, verdict({ kind: 'drop' })]);
}
