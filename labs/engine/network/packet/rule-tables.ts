import { builtInChains } from '../kube-proxy/iptables-rules.ts';
import { iptablesRuleText } from '../kube-proxy/iptables-save.ts';
import type { IptablesRules, IptablesTable } from '../kube-proxy/iptables-types.ts';
import type { RuleChain, RuleTables } from './rules.ts';

/** kube-proxy’s rules as tables that packets can be sent through. */
export function ruleTablesOf(rules: IptablesRules): RuleTables {
  const tables = Object.entries(rules) as readonly (readonly [IptablesTable, IptablesRules[IptablesTable]])[];
  return Object.fromEntries(
    tables.map(([table, chains]) => {
      const own = Object.fromEntries(builtInChains[table].map((chain): readonly [string, RuleChain] => [chain, { policy: 'ACCEPT', rules: [] }]));
      const written = Object.entries(chains).map(([chain, held]): readonly [string, RuleChain] => {
        const read = held.map((rule) => ({ ...rule, text: iptablesRuleText(chain, rule) }));
        return [chain, { ...own[chain], rules: read }];
      });
      return [table, { ...own, ...Object.fromEntries(written) }];
    }),
  );
}

/** The rules of several writers in one: those named first stand first in each chain. */
export function joinedTables(...all: readonly RuleTables[]): RuleTables {
  return all.reduce<RuleTables>((joined, tables) => {
    const names = [...new Set([...Object.keys(joined), ...Object.keys(tables)])];
    return Object.fromEntries(names.map((table) => [table, joinedChains(joined[table] ?? {}, tables[table] ?? {})]));
  }, {});
}

type Chains = Readonly<Record<string, RuleChain>>;

function joinedChains(one: Chains, other: Chains): Chains {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    names.map((name): readonly [string, RuleChain] => {
      const [before, after] = [one[name], other[name]];
      return [name, { ...before, ...after, rules: [...(before?.rules ?? []), ...(after?.rules ?? [])] }];
    }),
  );
}
