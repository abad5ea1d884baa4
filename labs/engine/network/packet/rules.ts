import type { IptablesMatch, IptablesTarget } from '../kube-proxy/iptables-types.ts';

export type HookName = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

/** Tables by name, chains by name. */
export type RuleTables = Readonly<Record<string, Readonly<Record<string, RuleChain>>>>;

export interface RuleChain {
  /** Set for the chains that the kernel enters by itself. */
  readonly policy?: 'ACCEPT' | 'DROP';
  readonly rules: readonly TextRule[];
}

/** A rule with the line that iptables-save prints for it. */
export interface TextRule {
  readonly text: string;
  readonly matches: readonly RuleMatch[];
  readonly target?: RuleTarget;
}

export type RuleMatch =
  | IptablesMatch
  | { readonly kind: 'any protocol'; readonly protocol: string; readonly not?: true }
  | { readonly kind: 'interface'; readonly of: 'in' | 'out'; readonly name: string; readonly not?: true }
  /** Ranges, both ends included. */
  | { readonly kind: 'ports'; readonly of: 'source' | 'destination'; readonly ranges: readonly (readonly [number, number])[]; readonly not?: true }
  | { readonly kind: 'type of address'; readonly of: 'source' | 'destination'; readonly type: string; readonly not?: true }
  | { readonly kind: 'connection'; readonly states: readonly string[]; readonly not?: true }
  | { readonly kind: 'recently'; readonly name: string; readonly action: 'set' | 'check' | 'remove'; readonly not?: true }
  | { readonly kind: 'chance'; readonly probability: number; readonly not?: true }
  | { readonly kind: 'set'; readonly name: string; readonly fields: readonly ('src' | 'dst')[]; readonly not?: true }
  /** A module that is not modelled: never holds, so that its rule does nothing. */
  | { readonly kind: 'unknown'; readonly text: string };

export type RuleTarget =
  | IptablesTarget
  | { readonly kind: 'goto'; readonly chain: string }
  | { readonly kind: 'reject with'; readonly answer: string }
  | { readonly kind: 'DNAT to'; readonly address: string; readonly port?: number }
  | { readonly kind: 'SNAT to'; readonly address: string; readonly port?: number }
  /** A target that only logs, counts or is not modelled: the next rule is tried. */
  | { readonly kind: 'go on'; readonly text: string };

/** One line of the kernel's trace: a rule that matched, or the policy at the end. */
export interface TracedRule {
  readonly table: string;
  readonly chain: string;
  readonly verdict: string;
  readonly rule?: string;
}

/** A rule that was looked at. Texts are those of iptables-save and nft. */
export interface TriedRule {
  readonly table: string;
  readonly chain: string;
  readonly text: string;
  readonly matched: boolean;
  /** As in `TracedRule`; only when it matched. */
  readonly verdict?: string;
  /** The first match that did not hold, and what the packet has there. */
  readonly failed?: { readonly match: string; readonly saw: string };
  /** The element of a set or map that was found. */
  readonly found?: string;
  readonly draw?: Draw;
  /** When the rule changed it. */
  readonly mark?: { readonly before: number; readonly after: number };
  /** `address:port` that it gave the conversation. */
  readonly rewrote?: { readonly source?: string; readonly destination?: string };
}

/** A number drawn by chance, 0 to 1 (exclusive). A rule with a probability matches when it is below; nft's `numgen random mod OF` gives floor(drawn * of). */
export interface Draw {
  readonly drawn: number;
  readonly below: number;
  readonly of?: number;
}
