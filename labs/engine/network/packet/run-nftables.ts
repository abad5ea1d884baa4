import { nftRuleText } from '../kube-proxy/nftables-rule-text.ts';
import type { NftChain, NftField, NftRule, NftStatement, NftTable, NftVerdict } from '../kube-proxy/nftables-types.ts';
import type { Packet } from './packet.ts';
import { isInBlock, isLocal } from './routing.ts';
import { connectionIs, type RuleContext, type Verdict } from './run-iptables.ts';
import type { TracedRule } from './rules.ts';

const chainsDeepMax = 16;

/** Runs a chain that the kernel enters by itself. Models nft_do_chain. */
export function runNftChain(table: NftTable, base: NftChain, context: RuleContext, trace: TracedRule[]): Verdict {
  const note = (chain: string, verdict: string, rule?: NftRule) => trace.push({ table: table.name, chain, verdict, ...(rule && { rule: nftRuleText(rule) }) });
  const run = (chain: NftChain | undefined, depth: number): Verdict | undefined => {
    if (!chain || depth > chainsDeepMax) return undefined;
    for (const rule of chain.rules) {
      const outcome = runRule(table, rule, context);
      if (outcome === 'next') continue;
      if (outcome === 'done') {
        note(chain.name, 'CONTINUE', rule);
        continue;
      }
      if ('chain' in outcome) {
        note(chain.name, `${outcome.kind.toUpperCase()} ${outcome.chain}`, rule);
        const next = table.chains.find(({ name }) => name === outcome.chain);
        const verdict = run(next, depth + 1);
        if (verdict) return verdict;
        if (outcome.kind === 'goto') return undefined;
      } else {
        note(chain.name, outcome.kind === 'drop' || outcome.kind === 'reject' ? 'DROP' : 'ACCEPT', rule);
        return outcome;
      }
    }
    return undefined;
  };
  const verdict = run(base, 0);
  if (verdict) return verdict;
  note(base.name, 'POLICY ACCEPT');
  return { kind: 'continue' };
}

/** `next`: a part of the rule did not hold; `done`: all did, and nothing was decided. */
type Outcome = 'next' | 'done' | Extract<NftVerdict, { readonly chain: string }> | Verdict;

function runRule(table: NftTable, rule: NftRule, context: RuleContext): Outcome {
  for (const statement of rule.statements) {
    const outcome = runStatement(table, statement, context);
    if (outcome !== 'on') return outcome;
  }
  return 'done';
}

function runStatement(table: NftTable, statement: NftStatement, context: RuleContext): Outcome | 'on' {
  const { packet, tracked, namespace } = context;
  const when = (condition: boolean) => (condition ? 'on' : 'next');
  switch (statement.kind) {
    case 'match': {
      const value = fieldOf(packet, statement.field);
      return when(value !== undefined && statement.values.some((each) => valueHas(each, value)) !== (statement.not === true));
    }
    case 'lookup':
      return when(isInSet(table, statement.set, keyOf(packet, statement.fields), context));
    case 'verdict map':
      return mapVerdict(table, statement.map, keyOf(packet, statement.fields)) ?? 'next';
    case 'is local':
      return when(isLocal(namespace, statement.of === 'saddr' ? packet.source : packet.destination));
    case 'conntrack state':
      return when(connectionIs(tracked, statement.state.toUpperCase()));
    case 'conntrack status':
      return when(connectionIs(tracked, statement.status.toUpperCase()));
    case 'has mark':
      return when((context.mark & statement.mask) !== 0);
    case 'change mark':
      context.mark = (statement.operator === '|' ? context.mark | statement.value : context.mark ^ statement.value) >>> 0;
      return 'on';
    case 'update': {
      const value = fieldOf(packet, statement.field);
      if (value !== undefined) context.remembered.set(statement.set, (context.remembered.get(statement.set) ?? new Set()).add(value));
      return 'on';
    }
    case 'verdict':
      return statement.verdict;
    case 'reject':
      return { kind: 'reject', answer: 'icmp-port-unreachable' };
    case 'masquerade':
      return { kind: 'masquerade', randomFully: true };
    case 'dnat':
      return { kind: 'nat', manipulation: 'destination', ...statement.to };
    case 'dnat at random':
      return { kind: 'nat', manipulation: 'destination', ...chosen(statement.to, (to) => [to.address], context) };
    case 'verdict at random':
      return chosen(statement.verdicts, (verdict) => ('chain' in verdict ? endpointsBehind(table, verdict.chain) : []), context);
  }
}

/** One of several, each as likely. */
function chosen<Choice>(choices: readonly Choice[], targets: (choice: Choice) => readonly string[], context: RuleContext): Choice {
  const index = choices.findIndex((choice, position) =>
    context.chooses(`numgen ${position} of ${JSON.stringify(choices)}`, targets(choice), 1 / (choices.length - position)),
  );
  return choices[index === -1 ? choices.length - 1 : index] as Choice;
}

function endpointsBehind(table: NftTable, name: string): readonly string[] {
  const chain = table.chains.find((each) => each.name === name);
  return (chain?.rules ?? []).flatMap(({ statements }) => statements.flatMap((each) => (each.kind === 'dnat' ? [each.to.address] : [])));
}

function fieldOf(packet: Packet, field: NftField): string | undefined {
  switch (field) {
    case 'ip saddr':
      return packet.source;
    case 'ip daddr':
      return packet.destination;
    case 'meta l4proto':
      return packet.protocol;
    case 'th dport':
      return packet.destinationPort === undefined ? undefined : String(packet.destinationPort);
    case 'ip6 saddr':
    case 'ip6 daddr':
      return undefined;
  }
}

const keyOf = (packet: Packet, fields: readonly NftField[]): readonly (string | undefined)[] => fields.map((field) => fieldOf(packet, field));

function isInSet(table: NftTable, name: string, key: readonly (string | undefined)[], { remembered }: RuleContext): boolean {
  if (key.length === 1 && remembered.get(name)?.has(key[0] ?? '')) return true;
  return table.sets.find((set) => set.name === name)?.elements.some((element) => keyHas(element.key, key)) ?? false;
}

function mapVerdict(table: NftTable, name: string, key: readonly (string | undefined)[]): NftVerdict | undefined {
  return table.maps.find((map) => map.name === name)?.elements.find((element) => keyHas(element.key, key))?.verdict;
}

function keyHas(wanted: readonly string[], key: readonly (string | undefined)[]): boolean {
  return wanted.every((value, index) => {
    const part = key[index];
    return part !== undefined && valueHas(value, part);
  });
}

function valueHas(wanted: string, value: string): boolean {
  return wanted === value || (wanted.includes('/') && isInBlock(value, wanted));
}
