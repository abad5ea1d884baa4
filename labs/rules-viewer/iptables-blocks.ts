import { endpointChain, portChainNames } from '../engine/network/kube-proxy/iptables-chain-names.ts';
import { portEntries } from '../engine/network/kube-proxy/iptables-port-entries.ts';
import { builtInChains } from '../engine/network/kube-proxy/iptables-rules.ts';
import { iptablesRuleText } from '../engine/network/kube-proxy/iptables-save.ts';
import type { IptablesRule, IptablesRules, IptablesTable } from '../engine/network/kube-proxy/iptables-types.ts';
import type { PortTraffic } from '../engine/network/kube-proxy/port-traffic.ts';
import { chainAbout, ruleWords } from './iptables-words.ts';
import type { Block, Line } from './blocks.ts';

/** What rules are told apart by. */
export interface BlockContext {
  readonly traffic: readonly PortTraffic[];
  /** The Service that stands for so many. */
  readonly crowd: { readonly service: string; readonly times: number };
  readonly clusterCidr: string;
}

const serviceOf = ({ port }: PortTraffic): string => `${port.namespace}/${port.service}`;

/** The Service of each chain, and of each rule in chains that all Services share. */
function owners(traffic: readonly PortTraffic[]): { readonly chains: ReadonlyMap<string, string>; readonly rules: ReadonlyMap<string, string> } {
  const chains = traffic.flatMap((each): (readonly [string, string])[] => {
    const { cluster, local, external, firewall } = portChainNames(each.port);
    const names = [cluster, local, external, firewall, ...each.reachable.map(({ text }) => endpointChain(each.port, text))];
    return names.map((name) => [name, serviceOf(each)]);
  });
  const rules = traffic.flatMap((each) =>
    portEntries(each, 'IPv4').map(({ table, chain, rule }): readonly [string, string] => [`${table} ${iptablesRuleText(chain, rule)}`, serviceOf(each)]),
  );
  return { chains: new Map(chains), rules: new Map(rules) };
}

/** Each rule takes its part of what those before it left. Rules that decide nothing by chance leave all. */
function shares(rules: readonly IptablesRule[]): readonly (Pick<Line, 'chance' | 'share'> | undefined)[] {
  const first = rules.findIndex(({ matches }) => matches.some(({ kind }) => kind === 'statistic'));
  let left = 1;
  return rules.map((rule, index) => {
    const chance = rule.matches.find((match) => match.kind === 'statistic')?.probability;
    // The last of a choice has no condition: it takes the rest.
    const isChoice = chance !== undefined || (first >= 0 && index === rules.length - 1);
    const isOnly = first < 0 && index === rules.length - 1 && rule.target?.kind === 'jump' && rule.target.chain.startsWith('KUBE-SEP-');
    if (!isChoice && !isOnly) return undefined;
    const share = left * (chance ?? 1);
    left -= share;
    return { chance: chance ?? 1, share };
  });
}

function lineOf(table: IptablesTable, chain: string, rule: IptablesRule, context: BlockContext): Line {
  const text = iptablesRuleText(chain, rule);
  const { target } = rule;
  return {
    text,
    words: ruleWords(rule, context),
    ...(target?.kind === 'jump' && { to: `${table}/${target.chain}` }),
    ...(target?.kind === 'DNAT' && { endpoint: `${target.address}:${String(target.port)}` }),
    times: 1,
  };
}

/** All chains of iptables that hold a rule or were made by kube-proxy, table by table as iptables-save has them. */
export function iptablesBlocks(tables: IptablesRules, context: BlockContext): readonly Block[] {
  const owner = owners(context.traffic);
  const { service: crowd, times } = context.crowd;
  return (Object.keys(tables) as readonly IptablesTable[]).flatMap((table) =>
    Object.entries(tables[table])
      .filter(([name, rules]) => rules.length > 0 || !builtInChains[table].includes(name))
      .map(([name, rules]): Block => {
        const service = owner.chains.get(name);
        const parts = shares(rules);
        const lines = rules.map((rule, index): Line => {
          const line = lineOf(table, name, rule, context);
          const of = service ?? owner.rules.get(`${table} ${line.text}`);
          const many = service === undefined && of === crowd ? { times } : {};
          const words = (parts[index]?.share ?? 1) < 1 ? line.words.replace(/^everything/u, 'all that is left') : line.words;
          return { ...line, words, ...parts[index], ...(of !== undefined && { service: of }), ...many };
        });
        const about = chainAbout(name, table);
        return {
          id: `${table}/${name}`,
          table,
          name,
          kind: 'chain',
          about,
          ...(service !== undefined && { service }),
          times: service === crowd ? times : 1,
          lines,
        };
      }),
  );
}
