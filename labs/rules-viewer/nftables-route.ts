import type { NftField, NftRule, NftStatement, NftTable, NftVerdict } from '../engine/network/kube-proxy/nftables-types.ts';
import { isWithin, type Passage, type Probe } from './probe.ts';

const chainsDeepMax = 16;

function valueOf(probe: Probe, field: NftField): string {
  switch (field) {
    case 'ip saddr':
      return probe.source;
    case 'ip daddr':
      return probe.destination;
    case 'meta l4proto':
      return probe.protocol;
    case 'th dport':
      return String(probe.port);
    case 'ip6 saddr':
    case 'ip6 daddr':
      return '';
  }
}

interface Walk {
  readonly table: NftTable;
  readonly probe: Probe;
  readonly passage: Passage;
  readonly met: { rules: number };
}

/** `on`: the next part of the rule; `next`: the next rule; else what happens to the packet. */
type Step = 'on' | 'next' | 'end' | NftVerdict;

function add({ passage, met }: Walk, endpoint: string, part: number): void {
  passage.shares.set(endpoint, (passage.shares.get(endpoint) ?? 0) + part);
  passage.rules = Math.max(passage.rules, met.rules);
}

function step(walk: Walk, statement: NftStatement, part: number, depth: number): Step {
  const { table, probe, passage } = walk;
  const when = (condition: boolean): Step => (condition ? 'on' : 'next');
  switch (statement.kind) {
    case 'match':
      return when(
        statement.values.some((value) =>
          value.includes('/') ? isWithin(valueOf(probe, statement.field), value) : value === valueOf(probe, statement.field),
        ) !==
          (statement.not === true),
      );
    case 'lookup': {
      passage.lookups += 1;
      const key = statement.fields.map((field) => valueOf(probe, field)).join(' ');
      return when(table.sets.find(({ name }) => name === statement.set)?.elements.some((element) => element.key.join(' ') === key) ?? false);
    }
    case 'verdict map': {
      passage.lookups += 1;
      const key = statement.fields.map((field) => valueOf(probe, field)).join(' ');
      return table.maps.find(({ name }) => name === statement.map)?.elements.find((element) => element.key.join(' ') === key)?.verdict ?? 'next';
    }
    case 'is local':
      return when(statement.of === 'daddr' && probe.isToNode);
    case 'conntrack state':
      return 'on';
    case 'conntrack status':
    case 'has mark':
      return 'next';
    case 'change mark':
    case 'update':
      return 'on';
    case 'verdict':
      return statement.verdict;
    case 'reject':
      passage.refused = 'reject';
      passage.rules = Math.max(passage.rules, walk.met.rules);
      return 'end';
    case 'masquerade':
      return 'end';
    case 'dnat':
      add(walk, `${statement.to.address}:${String(statement.to.port)}`, part);
      return 'end';
    case 'dnat at random':
      for (const { address, port } of statement.to) add(walk, `${address}:${String(port)}`, part / statement.to.length);
      return 'end';
    case 'verdict at random':
      for (const verdict of statement.verdicts)
        if (verdict.kind !== 'drop') run({ ...walk, met: { ...walk.met } }, verdict.chain, part / statement.verdicts.length, depth + 1);
      return 'end';
  }
}

function runRule(walk: Walk, { statements }: NftRule, part: number, depth: number): Step {
  for (const statement of statements) {
    const outcome = step(walk, statement, part, depth);
    if (outcome !== 'on') return outcome;
  }
  return 'next';
}

/** Whether the chain settles what becomes of the packet. */
function run(walk: Walk, name: string, part: number, depth = 0): boolean {
  if (depth > chainsDeepMax) return false;
  for (const rule of walk.table.chains.find((chain) => chain.name === name)?.rules ?? []) {
    walk.met.rules += 1;
    const outcome = runRule(walk, rule, part, depth);
    if (outcome === 'end') return true;
    if (outcome === 'on' || outcome === 'next') continue;
    if (outcome.kind === 'drop') {
      walk.passage.refused = 'drop';
      walk.passage.rules = Math.max(walk.passage.rules, walk.met.rules);
      return true;
    }
    if (run(walk, outcome.chain, part, depth + 1)) return true;
    if (outcome.kind === 'goto') return false;
  }
  return false;
}

/** The chains that the kernel enters with a packet, one after the other, until one settles it. Filter chains of the same hook come before nat's. */
export function nftablesRoute(table: NftTable, probe: Probe): Passage {
  const passage: Passage = { shares: new Map(), rules: 0, lookups: 0 };
  const met = { rules: 0 };
  const chains = ['filter-prerouting-pre-dnat', 'nat-prerouting', probe.isToNode ? 'filter-input' : 'filter-forward'];
  const isSettled = chains.some((chain) => run({ table, probe, passage, met }, chain, 1));
  if (!isSettled) passage.rules = met.rules;
  return passage;
}
