import { keyHash } from '../../key-hash.ts';
import { balance, balancerPriorities, type Balanced, type BalancedConnection } from '../ipvs/balance.ts';
import type { Chooses } from './chance.ts';
import { confirm, inverted, track, type ConntrackEntry, type Tracked } from './conntrack.ts';
import { setUpNat, translated, type Manipulation } from './nat.ts';
import { endpointText, isIcmpError, type Packet } from './packet.ts';
import { addressFor, routeTo } from './routing.ts';
import { runTable, type Verdict } from './run-iptables.ts';
import type { RuleContext } from './rule-context.ts';
import { runNftChain } from './run-nftables.ts';
import type { HookName, TracedRule, TriedRule } from './rules.ts';
import type { RuleSets } from './rule-sets.ts';
import { deviceOf, type NetworkNamespace } from './topology.ts';

/** What rules remember from packet to packet in one namespace. */
export interface FilterMemory {
  readonly table: ConntrackEntry[];
  readonly remembered: Map<string, Set<string>>;
  /** Connections to virtual servers. */
  readonly balanced?: BalancedConnection[];
}

export interface HookInput {
  readonly namespace: NetworkNamespace;
  readonly memory: FilterMemory;
  readonly hook: HookName;
  readonly packet: Packet;
  readonly mark: number;
  /** Set once connection tracking has seen the packet in this namespace. */
  readonly tracked: Tracked | undefined;
  readonly in: string | undefined;
  readonly out: string | undefined;
  readonly chooses: Chooses;
  /** The packet was translated for a virtual server already (ipvs_property). */
  readonly isBalanced?: boolean;
  /** Also tells which rules were tried; costs time. */
  readonly tells?: boolean;
}

export interface HookOutcome {
  /** `send on`: a virtual server takes it over. */
  readonly verdict: 'accept' | 'drop' | 'send on' | { readonly reject: string };
  readonly packet: Packet;
  readonly mark: number;
  readonly tracked: Tracked;
  readonly rules: readonly TracedRule[];
  /** Ports that were chosen by chance. */
  readonly randomPorts: readonly number[];
  /** Every rule that was looked at, with `tells`. */
  readonly tried?: readonly TriedRule[];
  /** The conversation began with this packet. */
  readonly isNew: boolean;
  /** The conversation was entered into the table. */
  readonly isEntered: boolean;
  /** What a virtual server did with the packet. */
  readonly balanced?: Balanced;
}

const manipulations: Readonly<Partial<Record<HookName, Manipulation>>> = {
  PREROUTING: 'destination',
  OUTPUT: 'destination',
  INPUT: 'source',
  POSTROUTING: 'source',
};

/** A chain that the kernel enters at a hook. */
interface Stage {
  readonly isNat: boolean;
  /** Virtual servers have their turn here. */
  readonly isBalancer?: true;
  /** Lower numbers come first; iptables’ chains come before nftables’ of the same number. */
  readonly priority: number;
  readonly run: (context: RuleContext, trace: TracedRule[]) => Verdict;
}

/**
 * Sends a packet through one hook: connection tracking, filters and NAT in the order of their priorities, and the entry into the table of
 * conversations when it gets through. Models net/netfilter (nf_hook_slow, nf_conntrack_in, nf_nat_inet_fn, nf_confirm).
 */
export function runHook(input: HookInput): HookOutcome {
  const { namespace, memory, hook } = input;
  const tracked = input.tracked ?? track(memory.table, input.packet);
  const trace: TracedRule[] = [];
  const isNew = !input.tracked && tracked.entry?.isConfirmed === false;
  const tried: TriedRule[] | undefined = input.tells ? [] : undefined;
  const context: RuleContext = { ...input, tracked, remembered: memory.remembered, tried };
  const manipulation = manipulations[hook];
  const randomPorts: number[] = [];
  let packet = input.packet;
  let isTranslated = manipulation === undefined;
  const translate = (stages: readonly Stage[]): Verdict => {
    isTranslated = true;
    if (!manipulation) return { kind: 'continue' };
    const verdict = needsNat(tracked, packet, manipulation)
      ? decideNat(stages, { context, trace, tracked, manipulation, randomPorts })
      : { kind: 'continue' as const };
    packet = translated(packet, tracked, manipulation);
    return verdict;
  };
  const stages = stagesOf(namespace.rules ?? {}, hook);
  let balanced: Balanced | undefined;
  const done = (verdict: HookOutcome['verdict'], isEntered = false): HookOutcome => ({
    verdict,
    packet,
    mark: context.mark,
    tracked,
    rules: trace,
    randomPorts,
    ...(tried && { tried }),
    isNew,
    isEntered,
    ...(balanced && { balanced }),
  });
  for (const stage of stages) {
    if (stage.isNat && isTranslated) continue;
    if (stage.isBalancer) {
      if (!input.isBalanced) balanced = balance({ namespace, connections: memory.balanced ?? [], remembered: memory.remembered, hook, packet, tracked });
      packet = balanced?.packet ?? packet;
      if (balanced?.verdict === 'refuse') return done({ reject: 'icmp-port-unreachable' });
      if (balanced?.verdict === 'send on') return done('send on');
      continue;
    }
    const verdict = stage.isNat ? translate(stages.filter(({ isNat }) => isNat)) : stage.run(Object.assign(context, { packet }), trace);
    if (verdict.kind === 'drop') return done('drop');
    if (verdict.kind === 'reject') return done({ reject: verdict.answer });
  }
  if (!isTranslated) translate([]);
  return done('accept', (hook === 'POSTROUTING' || hook === 'INPUT') && confirm(memory.table, tracked));
}

/** Only the first packet of a conversation asks the rules; errors follow what was decided. */
function needsNat({ entry, state }: Tracked, packet: Packet, manipulation: Manipulation): boolean {
  if (!entry || isIcmpError(packet) || (state !== 'NEW' && state !== 'RELATED')) return false;
  return manipulation === 'source' ? !entry.sourceDone : !entry.destinationDone;
}

interface NatDecision {
  readonly context: RuleContext;
  readonly trace: TracedRule[];
  readonly tracked: Tracked;
  readonly manipulation: Manipulation;
  readonly randomPorts: number[];
}

function decideNat(stages: readonly Stage[], { context, trace, tracked, manipulation, randomPorts }: NatDecision): Verdict {
  const { entry } = tracked;
  if (!entry) return { kind: 'continue' };
  for (const stage of stages) {
    const verdict = stage.run(context, trace);
    if (verdict.kind === 'drop' || verdict.kind === 'reject') return verdict;
    if (verdict.kind === 'nat' && verdict.manipulation === manipulation) {
      setUpNat(entry, manipulation, verdict);
      tellRewriting(context, entry, manipulation);
      return { kind: 'accept' };
    }
    // The kernel takes such a rule at no other hook.
    if (verdict.kind === 'masquerade' && context.hook === 'POSTROUTING') {
      setUpNat(entry, manipulation, masqueradeSource(context, verdict.randomFully, randomPorts));
      tellRewriting(context, entry, manipulation);
      return { kind: 'accept' };
    }
  }
  setUpNat(entry, manipulation, undefined);
  return { kind: 'continue' };
}

/** Says at the rule that decided, the last one told, which end it gave the conversation. */
function tellRewriting({ tried, packet }: RuleContext, { reply }: ConntrackEntry, manipulation: Manipulation): void {
  const last = tried?.pop();
  if (!last) return;
  const { source, sourcePort, destination, destinationPort } = inverted(reply);
  const port = (value: number) => (packet.protocol === 'icmp' ? undefined : value);
  const rewrote =
    manipulation === 'source' ? { source: endpointText(source, port(sourcePort)) } : { destination: endpointText(destination, port(destinationPort)) };
  tried?.push({ ...last, rewrote });
}

/** The address of the device that the packet leaves through. Models nf_nat_masquerade_ipv4. */
function masqueradeSource(
  { namespace, out, packet }: RuleContext,
  randomFully: boolean,
  randomPorts: number[],
): { readonly address: string; readonly port?: number } | undefined {
  const device = out === undefined ? undefined : deviceOf(namespace, out);
  if (!device) return undefined;
  const route = routeTo(namespace, packet.destination);
  // What lo has may not leave the machine: the first address of another device is taken (RT_SCOPE_UNIVERSE).
  const chosen = device.kind === 'loopback' ? (namespace.devices.find(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0) ?? device) : device;
  const address = addressFor(chosen, route.kind === 'unicast' ? route.nextHop : packet.destination);
  const { sourcePort, destinationPort, source, destination, protocol } = packet;
  if (!randomFully || sourcePort === undefined) return { address };
  // A free port between 1024 and 65535; the hash stands for chance.
  const port = 1024 + (keyHash(`masquerade ${protocol} ${source}:${sourcePort} ${destination}:${destinationPort ?? 0}`) % 64_512);
  randomPorts.push(port);
  return { address, port };
}

/** iptables’ tables with the priorities at which the kernel enters them. */
const tablePriorities: readonly (readonly [string, number, boolean])[] = [
  ['raw', -300, false],
  ['mangle', -150, false],
  ['nat', Number.NaN, true],
  ['filter', 0, false],
  ['security', 50, false],
];

function stagesOf({ iptables, nftables = [], ipvs }: RuleSets, hook: HookName): readonly Stage[] {
  const natPriority = hook === 'PREROUTING' || hook === 'OUTPUT' ? -100 : 100;
  const legacy: readonly Stage[] = iptables
    ? tablePriorities
        .filter(([table]) => iptables[table]?.[hook] !== undefined)
        .map(([table, priority, isNat]) => ({
          isNat,
          priority: isNat ? natPriority : priority,
          run: (context, trace) => runTable(iptables, table, context, trace),
        }))
    : [];
  const modern: readonly Stage[] = nftables.flatMap((table) =>
    table.chains.flatMap((chain): readonly Stage[] => {
      if (chain.hook?.hook !== hook.toLowerCase()) return [];
      const { type, priority } = chain.hook;
      return [{ isNat: type === 'nat', priority, run: (context, trace) => runNftChain(table, chain, context, trace) }];
    }),
  );
  const priority = balancerPriorities[hook];
  const balancer: readonly Stage[] = ipvs && priority !== undefined ? [{ isNat: false, isBalancer: true, priority, run: () => ({ kind: 'continue' }) }] : [];
  return [...legacy, ...modern, ...balancer].toSorted((one, other) => one.priority - other.priority);
}
