/**
 * Rules of iptables as data: what a packet is compared with and what happens to it. The text is printed from this (`iptables-save.ts`), and the same
 * data can be run on packets. Models what iptables 1.8 keeps of a rule.
 */

export type IptablesTable = 'mangle' | 'filter' | 'nat';

/** A transport protocol as it stands in a rule. */
export type TransportProtocol = 'tcp' | 'udp' | 'sctp';

/** One condition. All conditions of a rule must hold; `not` turns one around. */
export type IptablesMatch =
  | { readonly kind: 'source' | 'destination'; readonly cidr: string; readonly not?: true }
  | { readonly kind: 'protocol'; readonly protocol: TransportProtocol }
  /** Always holds. */
  | { readonly kind: 'comment'; readonly text: string }
  /** `-m tcp` and the like; without a port it only loads the module. */
  | { readonly kind: 'transport'; readonly protocol: TransportProtocol; readonly destinationPort?: number }
  /** Whether an address is one of the node's own. */
  | { readonly kind: 'address type'; readonly of: 'source' | 'destination'; readonly type: 'LOCAL' }
  /** `packet mark & mask === value`. */
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number; readonly not?: true }
  | { readonly kind: 'conntrack'; readonly states: readonly ConntrackState[]; readonly not?: true }
  /** Holds with this probability, between 0 and 1. */
  | { readonly kind: 'statistic'; readonly probability: number }
  /** The list `name` remembers source addresses: `set` enters one (and holds), `check` asks for one entered less than `seconds` ago. */
  | { readonly kind: 'recent set'; readonly name: string }
  | { readonly kind: 'recent check'; readonly name: string; readonly seconds: number }
  /** Counts packets; always holds. */
  | { readonly kind: 'count'; readonly counter: string };

export type ConntrackState = 'NEW' | 'INVALID' | 'RELATED' | 'ESTABLISHED' | 'DNAT';

/** What happens to a packet for which all conditions hold. */
export type IptablesTarget =
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'REJECT'; readonly with: 'icmp-port-unreachable' | 'icmp6-port-unreachable' }
  /** `mark = (mark & ~mask) ^ value`. */
  | { readonly kind: 'MARK'; readonly value: number; readonly mask: number }
  | { readonly kind: 'MASQUERADE'; readonly randomFully: boolean }
  | { readonly kind: 'DNAT'; readonly address: string; readonly port: number };

export interface IptablesRule {
  /** In the order in which iptables-save prints them: source, destination and protocol stand first. */
  readonly matches: readonly IptablesMatch[];
  /** Absent: the rule only counts. */
  readonly target?: IptablesTarget;
}

/** The rules of each chain of each table, in the order in which they are tried. Chains that iptables has built in accept what no rule decided. */
export type IptablesRules = Readonly<Record<IptablesTable, Readonly<Record<string, readonly IptablesRule[]>>>>;
