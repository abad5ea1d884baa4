/**
 * An nftables table as data. The text is printed from this (`nftables-ruleset.ts`), and the same data can be run on packets.
 * Models what `nft list ruleset` of nftables 1.0 shows.
 */

/** What of a packet is compared. */
export type NftField = 'ip saddr' | 'ip daddr' | 'ip6 saddr' | 'ip6 daddr' | 'meta l4proto' | 'th dport';

export type NftVerdict = { readonly kind: 'jump' | 'goto'; readonly chain: string } | { readonly kind: 'drop' };

/** One part of a rule, run from left to right; a comparison that fails ends the rule. */
export type NftStatement =
  /** Whether the field is one of the values (addresses, prefixes, ranges `a-b`, names); `not` turns it around. `isSet`: written in braces. */
  | { readonly kind: 'match'; readonly field: NftField; readonly values: readonly string[]; readonly not?: true; readonly isSet?: true }
  | { readonly kind: 'lookup'; readonly fields: readonly NftField[]; readonly set: string }
  /** The verdict that the map holds for the fields; without one the rule ends. */
  | { readonly kind: 'verdict map'; readonly fields: readonly NftField[]; readonly map: string }
  /** Whether the address is one of the node's own. */
  | { readonly kind: 'is local'; readonly of: 'saddr' | 'daddr' }
  | { readonly kind: 'conntrack state'; readonly state: 'new' }
  | { readonly kind: 'conntrack status'; readonly status: 'dnat' }
  /** Whether any bit of the mask is set in the packet's mark. */
  | { readonly kind: 'has mark'; readonly mask: number }
  | { readonly kind: 'change mark'; readonly operator: '|' | '^'; readonly value: number }
  /** Enters the field into the set, or starts its time again. */
  | { readonly kind: 'update'; readonly set: string; readonly field: NftField }
  | { readonly kind: 'verdict'; readonly verdict: NftVerdict }
  | { readonly kind: 'reject' }
  | { readonly kind: 'masquerade' }
  | { readonly kind: 'dnat'; readonly to: NftEndpoint }
  /** One of the endpoints by chance, each as likely. */
  | { readonly kind: 'dnat at random'; readonly to: readonly NftEndpoint[] }
  | { readonly kind: 'verdict at random'; readonly verdicts: readonly NftVerdict[] };

export interface NftEndpoint {
  readonly address: string;
  readonly port: number;
}

export interface NftRule {
  readonly statements: readonly NftStatement[];
  readonly comment?: string;
}

export interface NftElement {
  readonly key: readonly string[];
  readonly comment?: string;
}

export interface NftSet {
  readonly name: string;
  readonly type: readonly string[];
  readonly comment?: string;
  /** Set for sets that packets fill: entries are forgotten after that time, in seconds. */
  readonly timeoutSeconds?: number;
  readonly elements: readonly NftElement[];
}

export interface NftMap {
  readonly name: string;
  readonly type: readonly string[];
  readonly comment: string;
  readonly elements: readonly (NftElement & { readonly verdict: NftVerdict })[];
}

/** Where the kernel enters a chain, and in which order among others: lower numbers first. */
export interface NftHook {
  readonly type: 'filter' | 'nat';
  readonly hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  readonly priority: number;
}

export interface NftChain {
  readonly name: string;
  readonly hook?: NftHook;
  readonly comment?: string;
  readonly rules: readonly NftRule[];
}

export interface NftTable {
  readonly family: 'ip' | 'ip6';
  readonly name: string;
  readonly comment: string;
  readonly sets: readonly NftSet[];
  readonly maps: readonly NftMap[];
  readonly chains: readonly NftChain[];
}
