import { comment, destination, hasMasqueradeMark, jump, notSource, rule, source } from '../kube-proxy/iptables-matches.ts';
import { iptablesRuleText } from '../kube-proxy/iptables-save.ts';
import type { IptablesMatch, IptablesRule, IptablesTarget } from '../kube-proxy/iptables-types.ts';
import type { RuleChain, RuleTables } from '../packet/rules.ts';
import type { NetworkNode, NetworkSettings } from './cluster-network.ts';

const forwardChain = 'FLANNEL-FWD';
const masqueradeChain = 'FLANNEL-POSTRTG';
const multicast = '224.0.0.0/4';

/**
 * The rules that the pod network itself keeps on a node, in both ways of connecting nodes and beside every mode of kube-proxy: packets of pods are passed
 * on, and masqueraded where they leave the pods’ addresses. Only the chains that hold one of them.
 * Models flannel’s pkg/trafficmngr/iptables (with `--ip-masq`), as recorded.
 */
export function flannelRules({ podCidr }: NetworkNode, { clusterCidr }: NetworkSettings): RuleTables {
  const forwarding = comment('flanneld forward');
  const masquerading = comment('flanneld masq');
  const notTo = (cidr: string): IptablesMatch => ({ kind: 'destination', cidr, not: true });
  const leave: IptablesTarget = { kind: 'RETURN' };
  const masquerade: IptablesTarget = { kind: 'MASQUERADE', randomFully: true };
  return {
    filter: {
      FORWARD: builtIn('FORWARD', [rule([forwarding], jump(forwardChain))]),
      [forwardChain]: chain(forwardChain, [
        rule([source(clusterCidr), forwarding], { kind: 'ACCEPT' }),
        rule([destination(clusterCidr), forwarding], { kind: 'ACCEPT' }),
      ]),
    },
    nat: {
      POSTROUTING: builtIn('POSTROUTING', [rule([masquerading], jump(masqueradeChain))]),
      [masqueradeChain]: chain(masqueradeChain, [
        // kube-proxy masquerades these itself.
        rule([hasMasqueradeMark, masquerading], leave),
        rule([source(podCidr), destination(clusterCidr), masquerading], leave),
        rule([source(clusterCidr), destination(podCidr), masquerading], leave),
        // From outside straight to this node’s pods: the answer leaves through this node anyway.
        rule([notSource(clusterCidr), destination(podCidr), masquerading], leave),
        rule([source(clusterCidr), notTo(multicast), masquerading], masquerade),
        // From outside to pods of another node: the answer must come back this way.
        rule([notSource(clusterCidr), destination(clusterCidr), masquerading], masquerade),
      ]),
    },
  };
}

function chain(name: string, rules: readonly IptablesRule[]): RuleChain {
  return { rules: rules.map((each) => ({ ...each, text: iptablesRuleText(name, each) })) };
}

function builtIn(name: string, rules: readonly IptablesRule[]): RuleChain {
  return { policy: 'ACCEPT', ...chain(name, rules) };
}
