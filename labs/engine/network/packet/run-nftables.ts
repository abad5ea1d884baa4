import { nftRuleText } from '../kube-proxy/nftables-rule-text.ts';
import type { NftChain, NftElement, NftField, NftRule, NftStatement, NftTable, NftVerdict } from '../kube-proxy/nftables-types.ts';
import { connectionIs } from './conntrack.ts';
import type { Packet } from './packet.ts';
import { addressType, isInBlock, isLocal } from './routing.ts';
import { changeMark, type Verdict } from './run-iptables.ts';
import type { RuleContext } from './rule-context.ts';
import type { TracedRule } from './rules.ts';

const chainsDeepMax = 16;

/** Texts of rules are asked for again with every packet. */
const texts = new WeakMap<NftRule, string>();

function textOf(rule: NftRule): string {
  const known = texts.get(rule) ?? nftRuleText(rule);
  texts.set(rule, known);
  return known;
}

/** Runs a chain that the kernel enters by itself. Models nft_do_chain. */
export function runNftChain(table: NftTable, base: NftChain, context: RuleContext, trace: TracedRule[]): Verdict {
  const run = (chain: NftChain | undefined, depth: number): Verdict | undefined => {
    if (!chain || depth > chainsDeepMax) return undefined;
    for (const rule of chain.rules) {
      const outcome = runRule(table, chain, rule, context);
      if (outcome === 'next') continue;
      const verdict = verdictText(outcome);
      trace.push({ table: table.name, chain: chain.name, verdict, rule: textOf(rule) });
      if (outcome === 'done') continue;
      if (!('chain' in outcome)) return outcome;
      const next = table.chains.find(({ name }) => name === outcome.chain);
      const found = run(next, depth + 1);
      if (found) return found;
      if (outcome.kind === 'goto') return undefined;
    }
    return undefined;
  };
  const verdict = run(base, 0);
  if (verdict) return verdict;
  trace.push({ table: table.name, chain: base.name, verdict: 'POLICY ACCEPT' });
  context.tried?.push({ table: table.name, chain: base.name, text: 'policy accept', matched: true, verdict: 'POLICY ACCEPT' });
  return { kind: 'continue' };
}

/** `next`: a part of the rule did not hold; `done`: all did, and nothing was decided. */
type Outcome = 'next' | 'done' | Extract<NftVerdict, { readonly chain: string }> | Verdict;

/** As the kernel’s trace has it. */
function verdictText(outcome: Exclude<Outcome, 'next'>): string {
  if (outcome === 'done') return 'CONTINUE';
  if ('chain' in outcome) return `${outcome.kind.toUpperCase()} ${outcome.chain}`;
  return outcome.kind === 'drop' || outcome.kind === 'reject' ? 'DROP' : 'ACCEPT';
}

function runRule(table: NftTable, chain: NftChain, rule: NftRule, context: RuleContext): Outcome {
  delete context.draw;
  const markBefore = context.mark;
  let reached: NftStatement | undefined;
  let outcome: Outcome | 'on' = 'on';
  for (reached of rule.statements) {
    outcome = runStatement(table, reached, context);
    if (outcome !== 'on') break;
  }
  const ended = outcome === 'on' ? 'done' : outcome;
  if (context.tried) tell({ table, chain, rule, reached }, ended, context);
  if (context.mark !== markBefore) {
    const { mark } = context;
    context.mark = markBefore;
    changeMark(context, mark);
  }
  return ended;
}

interface Reached {
  readonly table: NftTable;
  readonly chain: NftChain;
  readonly rule: NftRule;
  /** The statement at which the rule ended. */
  readonly reached: NftStatement | undefined;
}

/** Writes down a rule that was looked at. */
function tell({ table, chain, rule, reached }: Reached, outcome: Outcome, context: RuleContext): void {
  const looked = rule.statements.flatMap((each) => foundIn(table, each, context));
  context.tried?.push({
    table: table.name,
    chain: chain.name,
    text: textOf(rule),
    matched: outcome !== 'next',
    ...(outcome === 'next'
      ? reached && { failed: { match: nftRuleText({ statements: [reached] }), saw: seenText(reached, context) } }
      : { verdict: verdictText(outcome), ...(looked.length > 0 && { found: looked.join('; ') }) }),
    ...(context.draw && { draw: context.draw }),
  });
}

/** The element that a lookup finds. */
function foundIn(table: NftTable, statement: NftStatement, { packet }: RuleContext): readonly string[] {
  if (statement.kind !== 'lookup' && statement.kind !== 'verdict map') return [];
  const key = keyOf(packet, statement.fields);
  if (statement.kind === 'lookup') {
    const element = elementOf(table.sets.find(({ name }) => name === statement.set)?.elements, key);
    return [element ? element.key.join(' . ') : key.join(' . ')];
  }
  const element = elementOf(table.maps.find(({ name }) => name === statement.map)?.elements, key);
  return element ? [`${element.key.join(' . ')} : ${nftRuleText({ statements: [{ kind: 'verdict', verdict: element.verdict }] })}`] : [];
}

/** What a packet has there where a statement looks. */
function seenText(statement: NftStatement, { packet, tracked, mark, namespace }: RuleContext): string {
  switch (statement.kind) {
    case 'match':
      return fieldOf(packet, statement.field) ?? 'none';
    case 'lookup':
    case 'verdict map':
      return keyOf(packet, statement.fields)
        .map((part) => part ?? 'none')
        .join(' . ');
    case 'is local':
      return addressType(namespace, statement.of === 'saddr' ? packet.source : packet.destination).toLowerCase();
    case 'conntrack state':
      return tracked.state.toLowerCase();
    case 'conntrack status':
      return [...(tracked.entry?.hasSourceNat ? ['snat'] : []), ...(tracked.entry?.hasDestinationNat ? ['dnat'] : [])].join(',') || 'none';
    case 'has mark':
      return `0x${mark.toString(16).padStart(8, '0')}`;
    case 'change mark':
    case 'update':
    case 'verdict':
    case 'reject':
    case 'masquerade':
    case 'dnat':
    case 'dnat at random':
    case 'verdict at random':
      return '';
  }
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

/** One of several, each as likely. What is drawn for each in turn is shown as the one number that nft draws. */
function chosen<Choice>(choices: readonly Choice[], targets: (choice: Choice) => readonly string[], context: RuleContext): Choice {
  const of = choices.length;
  const key = keyOfChoices(choices);
  const others = choices.flatMap((choice) => targets(choice));
  let index = 0;
  for (; index < of - 1; index += 1) {
    const share = 1 / (of - index);
    const drawn = context.chooses(`numgen ${index} of ${key}`, targets(choices[index] as Choice), share, others);
    if (drawn === true) break;
    if (typeof drawn === 'boolean') continue;
    // Below its share: at the same part of the slice that this choice has of the whole. Else of the last slice.
    const part = drawn < share ? drawn / share : (drawn - share) / (1 - share);
    const slice = drawn < share ? index : of - 1;
    context.draw = { drawn: (slice + part) / of, below: (slice + 1) / of, of };
    if (drawn < share) break;
  }
  return choices[index] as Choice;
}

const choiceKeys = new WeakMap<readonly unknown[], string>();

function keyOfChoices(choices: readonly unknown[]): string {
  const known = choiceKeys.get(choices) ?? JSON.stringify(choices);
  choiceKeys.set(choices, known);
  return known;
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
  return elementOf(table.sets.find((set) => set.name === name)?.elements, key) !== undefined;
}

function mapVerdict(table: NftTable, name: string, key: readonly (string | undefined)[]): NftVerdict | undefined {
  return elementOf(table.maps.find((map) => map.name === name)?.elements, key)?.verdict;
}

function elementOf<Element extends NftElement>(elements: readonly Element[] | undefined, key: readonly (string | undefined)[]): Element | undefined {
  return elements?.find((element) => keyHas(element.key, key));
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
