import type { IpFamily } from '../../api/types.ts';
import { cidrHas, hostCidr } from './cidr.ts';
import type { ProxiedEndpoint } from './endpoints-map.ts';
import { endpointChain, portChainNames } from './iptables-chain-names.ts';
import { comment, isLocal, jump, markForMasquerade, notSource, protocol, rule, source, toAddress } from './iptables-matches.ts';
import type { IptablesMatch, IptablesRule } from './iptables-types.ts';
import type { PortTraffic } from './port-traffic.ts';
import { usesLocalEndpoints, type ProxiedPort } from './service-map.ts';

interface Context {
  readonly family: IpFamily;
  readonly nodeAddress: string | undefined;
  /** Where pods' traffic comes from; undefined: unknown, and then nothing is said about it. */
  readonly clusterCidr: string | undefined;
  readonly hasComments: boolean;
}

type Chain = readonly [name: string, rules: readonly IptablesRule[]];

/** The chains that one port has for itself: external, firewall, cluster, local, endpoints. */
export function portChains(traffic: PortTraffic, context: Context): readonly Chain[] {
  const { port, cluster, local, reachable, hasAny } = traffic;
  const names = portChainNames(port);
  const chains: Chain[] = [];
  if (hasAny && port.isExternal) chains.push([names.external, externalRules(traffic, context)]);
  if (hasAny && port.loadBalancerIPs.length > 0 && port.sourceRanges.length > 0) chains.push([names.firewall, firewallRules(port, context)]);
  const masquerade = (isLocalChain: boolean): readonly IptablesRule[] => {
    if (traffic.internalRefusal !== undefined || port.isInternalLocal !== isLocalChain || context.clusterCidr === undefined) return [];
    const to = { address: port.clusterIP, port: port.port, protocol: port.protocol };
    // Traffic from elsewhere to a cluster IP was routed to this node; answers must come back through it.
    return [rule([notSource(context.clusterCidr), ...toAddress(to, `${port.name} cluster IP`)], markForMasquerade)];
  };
  if (cluster.length > 0) chains.push([names.cluster, [...masquerade(false), ...choiceRules(port, cluster, context)]]);
  if (local.length > 0 && usesLocalEndpoints(port)) chains.push([names.local, [...masquerade(true), ...choiceRules(port, local, context)]]);
  return [...chains, ...reachable.map((endpoint): Chain => [endpointChain(port, endpoint.text), endpointRules(port, endpoint, context)])];
}

function externalRules({ port, externalRefusal }: PortTraffic, { clusterCidr }: Context): readonly IptablesRule[] {
  const names = portChainNames(port);
  const text = `${port.name} external destinations`;
  // The endpoint may be on another node, and its answer must come back through this one.
  if (!port.isExternalLocal) return [rule([comment(`masquerade traffic for ${text}`)], markForMasquerade), rule([], jump(names.cluster))];
  const rules = [
    rule([comment(`masquerade LOCAL traffic for ${text}`), isLocal('source')], markForMasquerade),
    rule([comment(`route LOCAL traffic for ${text}`), isLocal('source')], jump(names.cluster)),
  ];
  // What starts in the cluster would come back after a way round the load balancer: it may go to any endpoint.
  if (clusterCidr !== undefined) rules.unshift(rule([source(clusterCidr), comment(`pod traffic for ${text}`)], jump(names.cluster)));
  if (externalRefusal === undefined) rules.push(rule([], jump(names.local)));
  return rules;
}

function firewallRules(port: ProxiedPort, { nodeAddress }: Context): readonly IptablesRule[] {
  const letIn = (cidr: string): IptablesRule => rule([source(cidr), comment(`${port.name} loadbalancer IP`)], jump(portChainNames(port).external));
  // A node that has the load balancer's address itself talks to it from that very address.
  const isNodeIn = nodeAddress !== undefined && port.sourceRanges.some((range) => cidrHas(range, nodeAddress));
  return [
    ...port.sourceRanges.map(({ text }) => letIn(text)),
    ...(isNodeIn ? port.loadBalancerIPs.map((address) => letIn(hostCidr(address))) : []),
    rule([comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`)]),
  ];
}

function choiceRules(port: ProxiedPort, endpoints: readonly ProxiedEndpoint[], { hasComments }: Context): readonly IptablesRule[] {
  const choices = endpoints.map(({ text }) => ({ chain: endpointChain(port, text), about: hasComments ? [comment(`${port.name} -> ${text}`)] : [] }));
  const { affinitySeconds } = port;
  const known =
    affinitySeconds === undefined
      ? []
      : choices.map(({ chain, about }) => rule([...about, { kind: 'recent check', name: chain, seconds: affinitySeconds }], jump(chain)));
  const chosen = choices.map(({ chain, about }, index) => {
    const left = choices.length - index;
    // Each rule takes an equal share of what the rules before it left; the last takes all.
    const share: readonly IptablesMatch[] = left === 1 ? [] : [{ kind: 'statistic', probability: 1 / left }];
    return rule([...about, ...share], jump(chain));
  });
  return [...known, ...chosen];
}

function endpointRules(port: ProxiedPort, endpoint: ProxiedEndpoint, { hasComments }: Context): readonly IptablesRule[] {
  const about = hasComments ? [comment(port.name)] : [];
  const remember: readonly IptablesMatch[] = port.affinitySeconds === undefined ? [] : [{ kind: 'recent set', name: endpointChain(port, endpoint.text) }];
  return [
    // An endpoint that reaches itself through the Service: without masquerading it would answer itself directly.
    rule([source(hostCidr(endpoint.address)), ...about], markForMasquerade),
    rule([protocol(port.protocol), ...about, ...remember, { kind: 'transport', protocol: port.protocol }], {
      kind: 'DNAT',
      address: endpoint.address,
      port: endpoint.port,
    }),
  ];
}
