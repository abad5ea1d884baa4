import { familyOf, hostCidr } from '../kube-proxy/cidr.ts';
import { comment, destination, isLocal, jump, source } from '../kube-proxy/iptables-matches.ts';
import type { ConntrackState, IptablesMatch } from '../kube-proxy/iptables-types.ts';
import { hashName } from '../kube-proxy/sha256.ts';
import type { RuleTables, TextRule } from '../packet/rules.ts';
import { policyChainName, policyChains, type Chains, type PolicyRulesInput } from './policy-chains.ts';
import { clearAllowed, isAccepted, isNotAllowed, markAccepted, markAllowed, textRule } from './policy-rule-text.ts';
import { governs, podMatcher, type PolicyDirection, type PolicyPod } from './policy-selection.ts';

export type { PolicyRulesInput } from './policy-chains.ts';

const builtIn = ['INPUT', 'FORWARD', 'OUTPUT'] as const;
const directions: readonly PolicyDirection[] = ['ingress', 'egress'];
const commonChain = 'KUBE-NWPLCY-COMMON';
const defaultChain = 'KUBE-NWPLCY-DEFAULT';

/**
 * The rules of a node that drop what NetworkPolicies do not allow, for the filter table, IPv4. Each pod of the node has a chain that all its packets
 * pass, in both directions; it tries the chains of the policies that select the pod, and refuses what none of them has marked. So a packet between
 * two pods of one node passes two such chains and needs both marks. What is refused is answered (`connection refused`), not silently dropped.
 *
 * Models kube-router’s pkg/controllers/netpol (policy.go, pod.go, npc_iptables.go), which k3s runs beside flannel, with these differences:
 * - it keeps addresses in ipsets; here each address has a rule of its own, so that the rules alone say who may do what;
 * - a policy about both directions has two chains: with one, kube-router lets a pod’s packets out because of a rule about what may come in, when
 *   both pods are selected by the same policy;
 * - chains of policies that select no pod of the node are left out, and so are second jumps for bridged packets (`physdev`), and the rules that
 *   exempt service addresses and node ports on the node itself.
 *
 * Put it before the other rules (`joinedTables(policyRules(…), kube-proxy’s, policyAcceptRules)`).
 */
export function policyRules(input: PolicyRulesInput): RuleTables {
  const pods = input.pods.filter(({ node, hostNetwork, address }) => node === input.node && hostNetwork !== true && familyOf(address) === 'IPv4');
  const filter: Chains = {
    ...Object.fromEntries(builtIn.map((name) => [name, { policy: 'ACCEPT', rules: [entry(name)] } as const])),
    ...Object.fromEntries(builtIn.map((name) => [routerChain(name), { rules: pods.flatMap((pod) => jumpsToPod(name, pod)) }])),
    [commonChain]: { rules: commonRules },
    [defaultChain]: { rules: [textRule(defaultChain, [comment('rule to mark traffic matching a network policy')], markAllowed)] },
    ...Object.fromEntries(pods.map((pod) => [podChainName(pod), { rules: podRules(pod, input) }])),
    ...chainsOfPolicies(pods, input),
  };
  return { filter };
}

/**
 * What k3s has behind all other rules: packets that passed every policy are accepted, whatever the chain’s policy is. kube-router alone has these at
 * the end of its own chains, where they would hide kube-proxy’s answer to Services without endpoints.
 */
export const policyAcceptRules: RuleTables = {
  filter: Object.fromEntries(
    builtIn.map((name) => {
      const text = comment('KUBE-ROUTER rule to explicitly ACCEPT traffic that comply to network policies');
      return [name, { policy: 'ACCEPT', rules: [textRule(name, [text, isAccepted], { kind: 'ACCEPT' })] } as const];
    }),
  ),
};

const routerChain = (name: string): string => `KUBE-ROUTER-${name}`;

/** The chain of a pod. kube-router also hashes the time of its last run, so that its names change with each. */
export function podChainName({ namespace, name }: PolicyPod): string {
  return `KUBE-POD-FW-${hashName(`${namespace}${name}`, 16)}`;
}

/** The comment ends with a hash of the rule’s own words: that is how kube-router finds it again. */
function entry(name: string): TextRule {
  const words = 'kube-router netpol';
  const hash = hashName([name, '-m', 'comment', '--comment', words, '-j', routerChain(name)].join(''), 16);
  return textRule(name, [comment(`${words} - ${hash}`)], jump(routerChain(name)));
}

/** Whatever passes the node to or from a pod goes to the pod’s chain; what is for the node itself (INPUT) is never for a pod. */
function jumpsToPod(name: string, pod: PolicyPod): readonly TextRule[] {
  const [router, chain] = [routerChain(name), podChainName(pod)];
  const rule = (end: IptablesMatch, words: string): TextRule =>
    textRule(router, [end, comment(`rule to jump traffic ${words} POD name:${pod.name} namespace: ${pod.namespace} to chain ${chain}`)], jump(chain));
  const from = rule(source(hostCidr(pod.address)), 'from');
  return name === 'INPUT' ? [from] : [rule(destination(hostCidr(pod.address)), 'destined to'), from];
}

const state = (...states: readonly ConntrackState[]): IptablesMatch => ({ kind: 'conntrack', states });

/** Of the three kinds of ICMP messages that kube-router exempts only echoes can come here: errors belong to a conversation or are invalid. */
const commonRules: readonly TextRule[] = [
  textRule(commonChain, [comment('rule to drop invalid state for pod'), state('INVALID')], { kind: 'DROP' }),
  textRule(commonChain, [comment('rule for stateful firewall for pod'), state('RELATED', 'ESTABLISHED')], { kind: 'ACCEPT' }),
  {
    text: `-A ${commonChain} -p icmp -m comment --comment "allow icmp echo requests" -m icmp --icmp-type 8 -j ACCEPT`,
    matches: [{ kind: 'any protocol', protocol: 'icmp' }],
    target: { kind: 'ACCEPT' },
  },
];

/** What a pod’s chain asks, in order. Where no policy is about a direction, the default chain marks everything. */
function podRules(pod: PolicyPod, { policies }: PolicyRulesInput): readonly TextRule[] {
  const chain = podChainName(pod);
  const here = { ingress: destination(hostCidr(pod.address)), egress: source(hostCidr(pod.address)) };
  const about = `POD name:${pod.name} namespace: ${pod.namespace}`;
  const selecting = policies.filter((policy) => podMatcher(policy)(pod));
  const asked = directions.flatMap((direction) => {
    const governing = selecting.filter((policy) => governs(policy, direction));
    const jumpTo = (text: string, to: string): TextRule => textRule(chain, [here[direction], comment(text)], jump(to));
    if (governing.length === 0) return [jumpTo(`run through default ${direction} network policy chain`, defaultChain)];
    return governing.map((policy) => jumpTo(`run through nw policy ${policy.metadata.name}`, policyChainName(policy, direction)));
  });
  return [
    textRule(chain, [comment('run through common network policy chain')], jump(commonChain)),
    textRule(chain, [here.ingress, comment("rule to permit the traffic to pods when source is the pod's local node"), isLocal('source')], { kind: 'ACCEPT' }),
    ...asked,
    textRule(chain, [comment(`rule to log dropped traffic ${about}`), isNotAllowed], undefined, {
      text: '-m limit --limit 10/min --limit-burst 10 -j NFLOG --nflog-group 100',
      target: { kind: 'go on', text: 'NFLOG' },
    }),
    textRule(chain, [comment(`rule to REJECT traffic destined for ${about}`), isNotAllowed], { kind: 'REJECT', with: 'icmp-port-unreachable' }),
    textRule(chain, [], clearAllowed),
    textRule(chain, [comment('set mark to ACCEPT traffic that comply to network policies')], markAccepted),
  ];
}

function chainsOfPolicies(pods: readonly PolicyPod[], input: PolicyRulesInput): Chains {
  const here = input.policies.filter((policy) => pods.some(podMatcher(policy)));
  const all = here.flatMap((policy) => directions.filter((direction) => governs(policy, direction)).map((direction) => policyChains(policy, direction, input)));
  return Object.assign({}, ...all) as Chains;
}
