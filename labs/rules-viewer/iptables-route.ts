import type { IptablesMatch, IptablesRule, IptablesRules, IptablesTable } from '../engine/network/kube-proxy/iptables-types.ts';
import { isWithin, type Passage, type Probe, type TimesOf } from './probe.ts';

/** Loops between chains are refused by the kernel; kube-proxy's go four deep. */
const chainsDeepMax = 16;

/** Whether a condition holds for a new connection; a number: with this probability. No client has been here before, so none is remembered. */
function holds(match: IptablesMatch, probe: Probe): boolean | number {
  const compare = (): boolean | number => {
    switch (match.kind) {
      case 'source':
        return isWithin(probe.source, match.cidr);
      case 'destination':
        return isWithin(probe.destination, match.cidr);
      case 'protocol':
        return match.protocol === probe.protocol;
      case 'transport':
        return match.protocol === probe.protocol && (match.destinationPort === undefined || match.destinationPort === probe.port);
      case 'address type':
        return match.of === 'destination' && probe.isToNode;
      case 'conntrack':
        return match.states.includes('NEW');
      case 'statistic':
        return match.probability;
      case 'recent check':
      case 'mark':
        return false;
      case 'recent set':
      case 'comment':
      case 'count':
        return true;
    }
  };
  const found = compare();
  return 'not' in match ? !found : found;
}

function chanceOf({ matches }: IptablesRule, probe: Probe): number {
  let chance = 1;
  for (const match of matches) {
    const held = holds(match, probe);
    if (held === false) return 0;
    if (held !== true) chance *= held;
  }
  return chance;
}

interface Walk {
  readonly tables: IptablesRules;
  readonly table: IptablesTable;
  readonly probe: Probe;
  readonly timesOf: TimesOf;
  readonly passage: Passage;
}

/** Goes through a chain with a part of all connections; gives the part that comes out at its end, and how many rules that part has met. */
function walk(one: Walk, chain: string, given: { readonly part: number; readonly met: number }, depth = 0): { readonly part: number; readonly met: number } {
  let { part, met } = given;
  const { passage } = one;
  const rules = one.tables[one.table][chain] ?? [];
  for (const [index, rule] of rules.entries()) {
    if (part < 1e-12 || depth > chainsDeepMax) break;
    const times = one.timesOf(one.table, chain, index);
    met += times;
    const chance = chanceOf(rule, one.probe);
    if (chance === 0) continue;
    const { target } = rule;
    const taken = part * chance;
    if (target?.kind === 'jump') {
      const back = walk(one, target.chain, { part: taken, met }, depth + 1);
      part = part - taken + back.part;
      if (back.part > 0) met = back.met;
    } else if (target?.kind === 'DNAT') {
      const endpoint = `${target.address}:${String(target.port)}`;
      passage.shares.set(endpoint, (passage.shares.get(endpoint) ?? 0) + taken);
      passage.rules = Math.max(passage.rules, met);
      part -= taken;
    } else if (target?.kind === 'REJECT' || target?.kind === 'DROP') {
      passage.refused = target.kind === 'REJECT' ? 'reject' : 'drop';
      passage.rules = Math.max(passage.rules, met);
      part -= taken;
    } else if (target?.kind === 'ACCEPT') {
      part -= taken;
    } else if (target?.kind === 'RETURN') {
      return { part, met };
    }
  }
  return { part: part < 1e-12 ? 0 : part, met };
}

/** First nat PREROUTING; if no destination is chosen there, filter decides, at FORWARD or, for the node's own addresses, at INPUT. */
export function iptablesRoute(tables: IptablesRules, probe: Probe, timesOf: TimesOf): Passage {
  const passage: Passage = { shares: new Map(), rules: 0, lookups: 0 };
  const left = walk({ tables, table: 'nat', probe, timesOf, passage }, 'PREROUTING', { part: 1, met: 0 });
  if (left.part > 0) {
    const end = walk({ tables, table: 'filter', probe, timesOf, passage }, probe.isToNode ? 'INPUT' : 'FORWARD', left);
    passage.rules = Math.max(passage.rules, end.part > 0 ? end.met : 0);
  }
  return passage;
}
