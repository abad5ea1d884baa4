import { ipvsRules } from '../ipvs/ipvs-rules.ts';
import { iptablesRules } from '../kube-proxy/iptables-rules.ts';
import { nftablesRules } from '../kube-proxy/nftables-rules.ts';
import type { ProxyInput } from '../kube-proxy/proxy-input.ts';
import { serviceMap, type ProxiedPort } from '../kube-proxy/service-map.ts';
import { joinedTables, ruleTablesOf } from '../packet/rule-tables.ts';
import type { RuleSets } from '../packet/rule-sets.ts';
import type { IpvsRules } from '../ipvs/ipvs-types.ts';
import { policyAcceptRules, policyRules } from '../policy/policy-rules.ts';
import type { ClusterNetwork, NetworkNode, NetworkSettings } from './cluster-network.ts';
import { addressAt, addressBlock } from './address-block.ts';
import { flannelRules } from './flannel-rules.ts';

/** The rules of a node, in ipvs mode with all that stands beside those of iptables. */
export type NodeRuleSets = Omit<RuleSets, 'ipvs'> & { readonly ipvs?: Omit<IpvsRules, 'iptables'> };

/**
 * All rules of a node, in the order in which their writers stand in chains that they share: what enforces policies (only where there are any), kube-proxy in
 * iptables or in a table of nftables, the pod network, and the end of the policies. All but kube-proxy stay in iptables in every mode. A node whose kube-proxy
 * has stopped keeps the rules of the objects of that time. The order is that of recordings; for policies that of k3s.
 */
export function nodeRules(network: ClusterNetwork, node: NetworkNode): NodeRuleSets {
  const { settings, pods, namespaces, policies } = network;
  const { iptables = {}, ...others } = proxyRules(settings, node, proxyInput(network, node));
  const flannel = flannelRules(node, settings);
  if (policies.length === 0) return { ...others, iptables: joinedTables(iptables, flannel) };
  const enforced = policyRules({ node: node.name, pods, namespaces, policies });
  return { ...others, iptables: joinedTables(enforced, iptables, flannel, policyAcceptRules) };
}

/** What kube-proxy of a node knows. */
export function proxyInput({ services, endpointSlices, settings, changes }: ClusterNetwork, node: NetworkNode): ProxyInput {
  const { name, address, zone } = node;
  // The first stop counts: what stands still does not stop again.
  const known = changes.find((change) => change.kind === 'proxy stopped' && change.node === name);
  return {
    node: { name, addresses: [address], ...(zone !== undefined && { zone }) },
    clusterCidrs: [settings.clusterCidr],
    serviceCidrs: [settings.serviceCidr],
    ...(known?.kind === 'proxy stopped' ? { services: known.services, endpointSlices: known.endpointSlices } : { services, endpointSlices }),
  };
}

/** The ports of all Services as kube-proxy reads them, in the order of their names. */
export function servicePorts({ services, endpointSlices }: ClusterNetwork): readonly ProxiedPort[] {
  return [...serviceMap({ node: { name: '', addresses: [] }, clusterCidrs: [], serviceCidrs: [], services, endpointSlices }).values()];
}

function proxyRules(settings: NetworkSettings, node: NetworkNode, input: ProxyInput): NodeRuleSets {
  switch (settings.proxyMode) {
    case 'iptables':
      return { iptables: ruleTablesOf(iptablesRules(input)) };
    case 'nftables':
      return { nftables: [nftablesRules(input)] };
    case 'ipvs': {
      const { iptables, ...ipvs } = ipvsRules(input, { localAddresses: ownAddresses(settings, node) });
      return { iptables, ipvs };
    }
  }
}

/** The addresses of a node's card, of its bridge and of its tunnel: in ipvs mode all of them serve node ports. */
function ownAddresses({ podNetwork }: NetworkSettings, { address, podCidr }: NetworkNode): readonly string[] {
  const block = addressBlock(podCidr);
  if (!block) return [address];
  return [address, addressAt(block, 1), ...(podNetwork === 'vxlan' ? [addressAt(block, 0)] : [])];
}
