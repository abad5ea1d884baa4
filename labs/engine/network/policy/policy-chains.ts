import { hostCidr, familyOf } from '../kube-proxy/cidr.ts';
import { comment, destination, destinationPort, jump, protocol, source } from '../kube-proxy/iptables-matches.ts';
import type { IptablesMatch, IptablesTarget, TransportProtocol } from '../kube-proxy/iptables-types.ts';
import { hashName } from '../kube-proxy/sha256.ts';
import type { RuleChain, TextRule } from '../packet/rules.ts';
import type { NetworkPolicy, PolicyPeer, PolicyPort } from './network-policy.ts';
import { isAllowed, markAllowed, textRule } from './policy-rule-text.ts';
import {
  blockHas,
  peerMatcher,
  podMatcher,
  policyNamespace,
  policyRulesOf,
  portRange,
  type NamespaceLabels,
  type PolicyDirection,
  type PolicyPod,
  type PolicyRule,
} from './policy-selection.ts';

/** What the rules of a node are made from. */
export interface PolicyRulesInput {
  /** The node for which rules are written. */
  readonly node: string;
  /** All pods of the cluster that have an address. */
  readonly pods: readonly PolicyPod[];
  readonly namespaces: NamespaceLabels;
  readonly policies: readonly NetworkPolicy[];
}

export type Chains = Readonly<Record<string, RuleChain>>;

/**
 * The chain of a policy in one direction. kube-router hashes namespace, name, the time of its last run and the family, and has one chain for both
 * directions; the direction stands here where it has the time.
 */
export function policyChainName(policy: NetworkPolicy, direction: PolicyDirection): string {
  return `KUBE-NWPLCY-${hashName(`${policyNamespace(policy)}${policy.metadata.name}${direction}IPv4`, 16)}`;
}

/**
 * The chains of a policy in one direction: its own, which marks what the policy lets through, and one for each block with exceptions. It is only
 * entered for packets to or from a pod that the policy selects, so it compares only the other end and the port, one rule for each address.
 */
export function policyChains(policy: NetworkPolicy, direction: PolicyDirection, input: PolicyRulesInput): Chains {
  const writer: Writer = { policy, direction, input, name: policyChainName(policy, direction) };
  const written = policyRulesOf(policy, direction).map((rule, index) => writeRule(rule, index, writer));
  return { [writer.name]: { rules: written.flatMap(({ rules }) => rules) }, ...Object.fromEntries(written.flatMap(({ chains }) => chains)) };
}

interface Writer {
  readonly policy: NetworkPolicy;
  readonly direction: PolicyDirection;
  readonly input: PolicyRulesInput;
  readonly name: string;
}

/** Addresses of the other end. */
interface Peers {
  readonly words: string;
  /** Absent: every address. */
  readonly cidr?: string;
  /** What marks, if not all of the block is meant. */
  readonly chain?: string;
  readonly has: (address: string) => boolean;
}

/** Ports, and for a named one the pod that calls it so. */
interface Ports {
  readonly protocol?: TransportProtocol;
  readonly range?: readonly [number, number];
  readonly pod?: string;
}

interface Written {
  readonly rules: readonly TextRule[];
  readonly chains: readonly (readonly [string, RuleChain])[];
}

function writeRule(rule: PolicyRule, index: number, writer: Writer): Written {
  const chains = rule.peers.flatMap((peer, position) => exceptChain(peer, [index, position], writer));
  const peers = peersOf(rule, index, writer);
  const ports = portsOf(rule, writer);
  const marking = peers.flatMap((peer) => ports.flatMap((port) => markingRule(peer, port, writer)));
  // Only what was marked goes back; the rest is compared with the policy's next rule.
  const back = marking.length > 0 ? [textRule(writer.name, [isAllowed], { kind: 'RETURN' })] : [];
  return { rules: [...marking, ...back], chains };
}

function peersOf({ peers }: PolicyRule, index: number, writer: Writer): readonly Peers[] {
  const { policy, direction, input } = writer;
  if (peers.length === 0) return [{ words: direction === 'ingress' ? 'all sources' : 'all destinations', has: () => true }];
  const named = peers.filter(({ ipBlock }) => !ipBlock).map((peer) => peerMatcher(peer, policyNamespace(policy), input.namespaces));
  const addresses = new Set(input.pods.filter((pod) => familyOf(pod.address) === 'IPv4' && named.some((isMeant) => isMeant(pod))).map((pod) => pod.address));
  const pods = [...addresses].map((address): Peers => ({
    words: direction === 'ingress' ? 'source pods' : 'dest pods',
    cidr: hostCidr(address),
    has: (other) => other === address,
  }));
  const blocks = peers.flatMap(({ ipBlock }, position): readonly Peers[] => {
    if (!ipBlock || familyOf(ipBlock.cidr) !== 'IPv4') return [];
    const chain = (ipBlock.except ?? []).length > 0 ? exceptChainName([index, position], writer) : undefined;
    return [{ words: 'specified ipBlocks', cidr: ipBlock.cidr, ...(chain !== undefined && { chain }), has: (address) => blockHas(ipBlock, address) }];
  });
  return [...pods, ...blocks];
}

/** kube-router’s name for the set of a rule’s blocks, with the block’s number beside the rule’s. */
function exceptChainName([rule, block]: readonly [number, number], { policy, direction }: Writer): string {
  const hash = hashName(`${policyNamespace(policy)}${policy.metadata.name}${direction}rule${rule}${block}IPv4ipblock`, 16);
  return `${direction === 'ingress' ? 'KUBE-SRC' : 'KUBE-DST'}-${hash}`;
}

function exceptChain({ ipBlock }: PolicyPeer, position: readonly [number, number], writer: Writer): readonly (readonly [string, RuleChain])[] {
  const { cidr = '', except = [] } = ipBlock ?? {};
  if (except.length === 0 || familyOf(cidr) !== 'IPv4') return [];
  const name = exceptChainName(position, writer);
  const other = writer.direction === 'ingress' ? source : destination;
  const rules = except.filter((block) => familyOf(block) === 'IPv4').map((block) => textRule(name, [other(block)], { kind: 'RETURN' }));
  return [[name, { rules: [...rules, textRule(name, [], markAllowed)] }]];
}

function portsOf({ ports }: PolicyRule, writer: Writer): readonly Ports[] {
  if (ports.length === 0) return [{}];
  return ports.flatMap((port): readonly Ports[] => {
    const name = transportOf(port);
    const range = portRange(port);
    if (typeof port.port === 'string') return namedPorts(port.port, name, writer);
    return [{ protocol: name, ...(range && { range }) }];
  });
}

const transports = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const;
const transportOf = ({ protocol: name = 'TCP' }: PolicyPort): TransportProtocol => transports[name];

/** A name is another number at each pod that can be reached: of those that the policy selects, or of all that it may name. */
function namedPorts(name: string, transport: TransportProtocol, { policy, direction, input }: Writer): readonly Ports[] {
  const isSelected = podMatcher(policy);
  return input.pods
    .filter((pod) => (direction === 'ingress' ? pod.node === input.node && isSelected(pod) : pod.hostNetwork !== true))
    .flatMap(({ address, portNames }) => {
      const port = portNames?.[name];
      return port?.protocol === transport && familyOf(address) === 'IPv4' ? [{ protocol: transport, range: [port.port, port.port], pod: address }] : [];
    });
}

function markingRule(peer: Peers, ports: Ports, { policy, direction, name }: Writer): readonly TextRule[] {
  const isEgress = direction === 'egress';
  // The pod that has the named port is the other end itself: its address says all.
  if (isEgress && ports.pod !== undefined && !peer.has(ports.pod)) return [];
  const from = isEgress ? undefined : peer.cidr;
  const to = ports.pod === undefined ? (isEgress ? peer.cidr : undefined) : hostCidr(ports.pod);
  const ends = isEgress ? `source pods to ${peer.words}` : `${peer.words} to dest pods`;
  const text = comment(`rule to ACCEPT traffic from ${ends} selected by policy name: ${policy.metadata.name} namespace ${policyNamespace(policy)}`);
  const target: IptablesTarget = peer.chain === undefined || (isEgress && ports.pod !== undefined) ? markAllowed : jump(peer.chain);
  const matches: readonly IptablesMatch[] = [
    ...(from === undefined ? [] : [source(from)]),
    ...(to === undefined ? [] : [destination(to)]),
    ...(ports.protocol === undefined ? [] : [protocol(ports.protocol)]),
    text,
  ];
  const { protocol: transport, range } = ports;
  if (transport === undefined || range === undefined) return [textRule(name, matches, target)];
  const [first, last] = range;
  if (first === last) return [textRule(name, [...matches, destinationPort(transport, first)], target)];
  const extra = { text: `-m ${transport} --dport ${first}:${last}`, matches: [{ kind: 'ports', of: 'destination', ranges: [range] }] } as const;
  return [textRule(name, matches, target, extra)];
}
