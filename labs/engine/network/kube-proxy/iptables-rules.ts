import type { IpFamily } from '../../api/types.ts';
import { familyOf } from './cidr.ts';
import { comment, destination, hasMasqueradeMark, isLocal, jump, masqueradeMark, rule } from './iptables-matches.ts';
import { portChains } from './iptables-port-chains.ts';
import { portEntries, type Entry } from './iptables-port-entries.ts';
import type { ConntrackState, IptablesMatch, IptablesRule, IptablesRules, IptablesTable } from './iptables-types.ts';
import { portTraffic } from './port-traffic.ts';
import type { ProxyInput } from './proxy-input.ts';

/** With more endpoints than this the rules of endpoints carry no comments. */
const endpointsWithCommentsMax = 1000;

/** The chains that iptables has itself, in its order. */
export const builtInChains: Readonly<Record<IptablesTable, readonly string[]>> = {
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** kube-proxy looks whether this chain is still there, to notice that somebody removed its rules. */
const canaryChain = 'KUBE-PROXY-CANARY';

const states = (...names: readonly ConntrackState[]): IptablesMatch => ({ kind: 'conntrack', states: names });
const newOnly = states('NEW');

/** Jumps from the chains of iptables: the last one that kube-proxy made stands first. */
function filterEntries(family: IpFamily): Readonly<Record<string, readonly IptablesRule[]>> {
  const firewall = rule([newOnly, comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL'));
  const external = rule([newOnly, comment('kubernetes externally-visible service portals')], jump('KUBE-EXTERNAL-SERVICES'));
  const services = rule([newOnly, comment('kubernetes service portals')], jump('KUBE-SERVICES'));
  // Loopback addresses are made routable for node ports, so what claims to come from there must be kept out. IPv6 has no such switch.
  const localhost = family === 'IPv4' ? [rule([], jump('KUBE-FIREWALL'))] : [];
  return {
    INPUT: [...localhost, firewall, rule([comment('kubernetes health check service ports')], jump('KUBE-NODEPORTS')), external],
    FORWARD: [firewall, rule([comment('kubernetes forwarding rules')], jump('KUBE-FORWARD')), services, external],
    OUTPUT: [...localhost, firewall, services],
  };
}

const localhostRule = rule(
  [
    { kind: 'source', cidr: '127.0.0.0/8', not: true },
    destination('127.0.0.0/8'),
    comment('block incoming localnet connections'),
    { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], not: true },
  ],
  { kind: 'DROP' },
);

const forwardRules: readonly IptablesRule[] = [
  rule([states('INVALID'), { kind: 'count', counter: 'ct_state_invalid_dropped_pkts' }], { kind: 'DROP' }),
  rule([comment('kubernetes forwarding rules'), hasMasqueradeMark], { kind: 'ACCEPT' }),
  rule([comment('kubernetes forwarding conntrack rule'), states('RELATED', 'ESTABLISHED')], { kind: 'ACCEPT' }),
];

const postroutingRules: readonly IptablesRule[] = [
  rule([{ kind: 'mark', value: masqueradeMark, mask: masqueradeMark, not: true }], { kind: 'RETURN' }),
  // The mark goes, so that a packet that passes again (in a tunnel) is not masqueraded twice.
  rule([], { kind: 'MARK', value: masqueradeMark, mask: 0 }),
  rule([comment('kubernetes service traffic requiring SNAT')], { kind: 'MASQUERADE', randomFully: true }),
];

function nodePortsRule(family: IpFamily): IptablesRule {
  const text = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';
  const notLoopback: readonly IptablesMatch[] = family === 'IPv6' ? [{ kind: 'destination', cidr: '::1/128', not: true }] : [];
  return rule([...notLoopback, comment(text), isLocal('destination')], jump('KUBE-NODEPORTS'));
}

/**
 * All rules that kube-proxy writes on a node in iptables mode, with its default settings, `--cluster-cidr` and a kernel that counts with nfacct. Where the
 * real order is random (the Services inside a chain that they share), it is that of their names.
 * Models pkg/proxy/iptables/proxier.go.
 */
export function iptablesRules(input: ProxyInput): IptablesRules {
  const { family = 'IPv4', node, clusterCidrs } = input;
  const traffic = portTraffic(input);
  const context = {
    family,
    nodeAddress: node.addresses.find((address) => familyOf(address) === family),
    clusterCidr: clusterCidrs.find((cidr) => familyOf(cidr) === family),
    hasComments: traffic.reduce((sum, { endpointsCount }) => sum + endpointsCount, 0) <= endpointsWithCommentsMax,
  };
  const entries = traffic.flatMap((each) => portEntries(each, family));
  const entriesOf = (table: IptablesTable, chain: string): readonly IptablesRule[] =>
    entries.filter((entry: Entry) => entry.table === table && entry.chain === chain).map((entry) => entry.rule);
  const portals = rule([comment('kubernetes service portals')], jump('KUBE-SERVICES'));
  return {
    mangle: { ...emptyChains('mangle'), [canaryChain]: [] },
    filter: {
      ...emptyChains('filter'),
      ...filterEntries(family),
      [canaryChain]: [],
      'KUBE-EXTERNAL-SERVICES': entriesOf('filter', 'KUBE-EXTERNAL-SERVICES'),
      ...(family === 'IPv4' && { 'KUBE-FIREWALL': [localhostRule] }),
      'KUBE-FORWARD': forwardRules,
      'KUBE-NODEPORTS': entriesOf('filter', 'KUBE-NODEPORTS'),
      'KUBE-PROXY-FIREWALL': entriesOf('filter', 'KUBE-PROXY-FIREWALL'),
      'KUBE-SERVICES': entriesOf('filter', 'KUBE-SERVICES'),
    },
    nat: {
      ...emptyChains('nat'),
      PREROUTING: [portals],
      OUTPUT: [portals],
      POSTROUTING: [rule([comment('kubernetes postrouting rules')], jump('KUBE-POSTROUTING'))],
      [canaryChain]: [],
      'KUBE-SERVICES': [...entriesOf('nat', 'KUBE-SERVICES'), nodePortsRule(family)],
      'KUBE-NODEPORTS': entriesOf('nat', 'KUBE-NODEPORTS'),
      'KUBE-POSTROUTING': postroutingRules,
      'KUBE-MARK-MASQ': [rule([], { kind: 'MARK', value: masqueradeMark, mask: masqueradeMark })],
      ...Object.fromEntries(traffic.flatMap((each) => portChains(each, context))),
    },
  };
}

function emptyChains(table: IptablesTable): Readonly<Record<string, readonly IptablesRule[]>> {
  return Object.fromEntries(builtInChains[table].map((chain) => [chain, []]));
}
