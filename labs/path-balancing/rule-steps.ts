import { nftRuleText } from '../engine/network/kube-proxy/nftables-rule-text.ts';
import { runHook } from '../engine/network/packet/netfilter.ts';
import { ruleTablesOf } from '../engine/network/packet/rule-tables.ts';
import { iptablesRules } from '../engine/network/kube-proxy/iptables-rules.ts';
import { nftablesRules } from '../engine/network/kube-proxy/nftables-rules.ts';
import { proxyInputs } from './cluster.ts';
import { packetOf } from './connect.ts';
import { realServers } from './ipvs.ts';
import { percent } from './log.ts';
import { namespacesOf, openingAt, type Deciding } from './world.ts';

/** The chains that a new connection passes at a node. */
function chainsPassed(deciding: Deciding, node: number): readonly string[] {
  const namespace = namespacesOf(deciding, proxyInputs(deciding))[node];
  if (!namespace) return [];
  const opening = openingAt(deciding, node);
  const memory = { table: [], remembered: new Map<string, Set<string>>() };
  const packet = packetOf(opening);
  const first = runHook({
    namespace,
    memory,
    hook: 'PREROUTING',
    packet,
    mark: 0,
    tracked: undefined,
    in: opening.device,
    out: undefined,
    chooses: () => true,
  });
  return [...new Set(first.rules.map(({ chain }) => chain))];
}

/** The rules by which a node chooses, each with the part of all new connections that it takes. */
export function ruleSteps(deciding: Deciding, node: number): readonly string[] {
  const input = proxyInputs(deciding)[node];
  if (!input) return [];
  if (deciding.proxy.startsWith('ipvs')) {
    const servers = realServers(input, deciding.input.traffic.from);
    return servers.length === 0 ? ['no real server: refused'] : [`real servers in this order: ${servers.join(', ')}`];
  }
  const chains = chainsPassed(deciding, node);
  return deciding.proxy === 'nftables' ? nftSteps(nftablesRules(input), chains) : iptablesSteps(ruleTablesOf(iptablesRules(input)), chains);
}

function iptablesSteps({ nat }: ReturnType<typeof ruleTablesOf>, chains: readonly string[]): readonly string[] {
  const name = chains.find((chain) => chain.startsWith('KUBE-SVC-') || chain.startsWith('KUBE-SVL-'));
  if (name === undefined) return ['no rule of this node leads to a pod'];
  let left = 1;
  return (nat?.[name]?.rules ?? []).flatMap((rule) => {
    const isChoice = rule.target?.kind === 'jump' && rule.target.chain.startsWith('KUBE-SEP-');
    if (!isChoice) return [];
    if (rule.matches.some(({ kind }) => kind === 'recent check')) return [`${rule.text} (only for clients on this list)`];
    const statistic = rule.matches.find((match) => match.kind === 'statistic');
    const probability = statistic?.kind === 'statistic' ? statistic.probability : 1;
    const taken = left * probability;
    const rest = left < 1 ? `${percent(probability)} of the ${percent(left)} that are left` : `${percent(probability)} of all`;
    left -= taken;
    return [`${rule.text}: takes ${rest}, so ${percent(taken)}`];
  });
}

function nftSteps({ chains: all }: ReturnType<typeof nftablesRules>, chains: readonly string[]): readonly string[] {
  const choices = all.filter(({ name }) => chains.includes(name)).flatMap(({ name, rules }) => rules.map((rule) => ({ name, rule })));
  const found = choices.filter(({ rule }) => rule.statements.some(({ kind }) => kind === 'dnat at random' || kind === 'verdict at random'));
  if (found.length === 0) return ['no rule of this node leads to a pod'];
  return found.map(({ name, rule }) => `chain ${name}: ${nftRuleText(rule)}`);
}
