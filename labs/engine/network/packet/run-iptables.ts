import { setHas } from '../ipvs/address-sets.ts';
import { connectionIs } from './conntrack.ts';
import { matchText, seenText } from './match-text.ts';
import { addressType, isInBlock } from './routing.ts';
import type { RuleContext } from './rule-context.ts';
import type { RuleChain, RuleMatch, RuleTables, RuleTarget, TextRule, TracedRule, TriedRule } from './rules.ts';

export type Verdict =
  | { readonly kind: 'accept' | 'drop' }
  /** No rule decided; the next chain is asked. */
  | { readonly kind: 'continue' }
  | { readonly kind: 'reject'; readonly answer: string }
  | { readonly kind: 'nat'; readonly manipulation: 'source' | 'destination'; readonly address: string; readonly port?: number }
  | { readonly kind: 'masquerade'; readonly randomFully: boolean };

/** Rules that one visit may try: loops between chains are refused by the kernel, so this is never reached by rules that it took. */
const rulesMax = 100_000;
const chainsDeepMax = 64;

/** Runs the chain that the kernel enters at a hook; writes what matched to `trace`. A table without rules there leaves no trace. Models ipt_do_table. */
export function runTable(tables: RuleTables, table: string, context: RuleContext, trace: TracedRule[]): Verdict {
  const chains = tables[table] ?? {};
  const base = chains[context.hook];
  if (base?.policy === undefined || base.rules.length === 0) return { kind: 'continue' };
  let left = rulesMax;
  const run = (name: string, depth: number): Verdict | 'return' => {
    for (const rule of chains[name]?.rules ?? []) {
      left -= 1;
      if (left < 0 || depth > chainsDeepMax) return { kind: 'drop' };
      delete context.draw;
      const failed = rule.matches.find((match) => !holds(match, rule, context, chains));
      if (failed) {
        if (context.tried) tell(context, { table, chain: name, text: rule.text }, failed);
        continue;
      }
      const note = (verdict: string) => {
        trace.push({ table, chain: name, verdict, rule: rule.text });
        if (context.tried) tell(context, { table, chain: name, text: rule.text, verdict });
      };
      const { target } = rule;
      if (!target || target.kind === 'go on') {
        note('CONTINUE');
      } else if (target.kind === 'jump' || target.kind === 'goto') {
        note(`${target.kind.toUpperCase()} ${target.chain}`);
        const verdict = run(target.chain, depth + 1);
        if (verdict !== 'return') return verdict;
        if (target.kind === 'goto') return 'return';
      } else if (target.kind === 'RETURN') {
        note('RETURN');
        return 'return';
      } else if (target.kind === 'MARK') {
        note('CONTINUE');
        changeMark(context, ((context.mark & ~target.mask) ^ target.value) >>> 0);
      } else {
        const verdict = verdictOf(target);
        note(verdict.kind === 'drop' || verdict.kind === 'reject' ? 'DROP' : 'ACCEPT');
        return verdict;
      }
    }
    return 'return';
  };
  const verdict = run(context.hook, 0);
  if (verdict !== 'return') return verdict;
  trace.push({ table, chain: context.hook, verdict: `POLICY ${base.policy}` });
  context.tried?.push({ table, chain: context.hook, text: `-P ${context.hook} ${base.policy}`, matched: true, verdict: `POLICY ${base.policy}` });
  return { kind: base.policy === 'DROP' ? 'drop' : 'continue' };
}

/** Writes down a rule that was looked at; `failed`: the match that did not hold. */
function tell(context: RuleContext, rule: Omit<TriedRule, 'matched'>, failed?: RuleMatch): void {
  const { tried, draw } = context;
  tried?.push({
    ...rule,
    matched: !failed,
    ...(failed && { failed: { match: matchText(failed), saw: seenText(failed, context) } }),
    ...(draw && { draw }),
  });
}

/** Changes the packet’s mark, and says so at the rule that was told last. */
export function changeMark(context: RuleContext, after: number): void {
  const { mark: before, tried } = context;
  context.mark = after;
  const last = tried?.pop();
  if (last) tried?.push(before === after ? last : { ...last, mark: { before, after } });
}

function verdictOf(target: Exclude<RuleTarget, { readonly kind: 'jump' | 'goto' | 'MARK' | 'go on' }>): Verdict {
  switch (target.kind) {
    case 'ACCEPT':
    case 'RETURN':
      return { kind: 'accept' };
    case 'DROP':
      return { kind: 'drop' };
    case 'REJECT':
      return { kind: 'reject', answer: target.with };
    case 'reject with':
      return { kind: 'reject', answer: target.answer };
    case 'MASQUERADE':
      return { kind: 'masquerade', randomFully: target.randomFully };
    case 'DNAT':
    case 'DNAT to':
      return { kind: 'nat', manipulation: 'destination', address: target.address, ...(target.port !== undefined && { port: target.port }) };
    case 'SNAT to':
      return { kind: 'nat', manipulation: 'source', address: target.address, ...(target.port !== undefined && { port: target.port }) };
  }
}

type Chains = Readonly<Record<string, RuleChain>>;

function holds(match: RuleMatch, rule: TextRule, context: RuleContext, chains: Chains): boolean {
  return compare(match, rule, context, chains) !== ('not' in match && match.not);
}

function compare(match: RuleMatch, rule: TextRule, context: RuleContext, chains: Chains): boolean {
  const { packet, tracked, namespace } = context;
  switch (match.kind) {
    case 'source':
      return isInBlock(packet.source, match.cidr);
    case 'destination':
      return isInBlock(packet.destination, match.cidr);
    case 'protocol':
    case 'any protocol':
      return match.protocol === 'all' || packet.protocol === match.protocol;
    case 'transport':
      return packet.protocol === match.protocol && (match.destinationPort === undefined || packet.destinationPort === match.destinationPort);
    case 'interface':
      return interfaceMatches((match.of === 'in' ? context.in : context.out) ?? '', match.name);
    case 'ports': {
      const port = match.of === 'source' ? packet.sourcePort : packet.destinationPort;
      return port !== undefined && match.ranges.some(([from, to]) => from <= port && port <= to);
    }
    case 'address type':
    case 'type of address':
      return addressType(namespace, match.of === 'source' ? packet.source : packet.destination) === match.type;
    case 'mark':
      return (context.mark & match.mask) >>> 0 === match.value;
    case 'conntrack':
    case 'connection':
      return match.states.some((state) => connectionIs(tracked, state));
    case 'statistic':
    case 'chance':
      return drawsBelow(context, rule, chains, match.probability);
    case 'recent set':
      return remember(context, match.name);
    case 'recent check':
      return context.remembered.get(match.name)?.has(packet.source) ?? false;
    case 'recently':
      if (match.action === 'set') return remember(context, match.name);
      return (
        (match.action === 'check' ? context.remembered.get(match.name)?.has(packet.source) : context.remembered.get(match.name)?.delete(packet.source)) ?? false
      );
    case 'set': {
      const set = namespace.rules?.ipvs?.sets[match.name];
      if (set) return setHas(set, match.fields, packet);
      return context.remembered.get(match.name)?.has(match.fields.map((field) => (field === 'src' ? packet.source : packet.destination)).join(',')) ?? false;
    }
    case 'comment':
    case 'count':
      return true;
    case 'unknown':
      return false;
  }
}

/** Draws for a rule with a probability. */
function drawsBelow(context: RuleContext, rule: TextRule, chains: Chains, below: number): boolean {
  const { targets, others } = leadsTo(chains, rule);
  const drawn = context.chooses(rule.text, targets, below, others);
  if (typeof drawn === 'boolean') return drawn;
  context.draw = { drawn, below };
  return drawn < below;
}

interface Leading {
  readonly targets: readonly string[];
  /** Of all rules of the chain. */
  readonly others: readonly string[];
}

/** Rules do not change, and each packet asks again. */
const leadings = new WeakMap<Chains, Map<TextRule, Leading>>();

/** The addresses to which a rule, and those beside it, may send a packet. */
function leadsTo(chains: Chains, rule: TextRule): Leading {
  const all = leadings.get(chains) ?? new Map<TextRule, Leading>();
  leadings.set(chains, all);
  const known = all.get(rule);
  if (known) return known;
  const behind = ({ target }: TextRule) => (target?.kind === 'jump' ? endpointsBehind(chains, target.chain) : []);
  const beside = Object.values(chains).find(({ rules }) => rules.includes(rule))?.rules ?? [];
  const found = { targets: behind(rule), others: beside.flatMap((each) => behind(each)) };
  all.set(rule, found);
  return found;
}

function remember({ remembered, packet }: RuleContext, name: string): boolean {
  remembered.set(name, (remembered.get(name) ?? new Set()).add(packet.source));
  return true;
}

/** A name that ends with `+` stands for all that begin so. */
function interfaceMatches(name: string, pattern: string): boolean {
  return pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** The addresses to which a chain, and those it jumps to, may send a packet. */
function endpointsBehind(chains: Chains, name: string, depth = 0): readonly string[] {
  return (chains[name]?.rules ?? []).flatMap(({ target }) => {
    if (target?.kind === 'DNAT' || target?.kind === 'DNAT to') return [target.address];
    return target?.kind === 'jump' && depth < 4 ? endpointsBehind(chains, target.chain, depth + 1) : [];
  });
}
