import type { Chooses } from './chance.ts';
import type { Tracked } from './conntrack.ts';
import type { Packet } from './packet.ts';
import type { HookName, Draw, TriedRule } from './rules.ts';
import type { NetworkNamespace } from './topology.ts';

/** What a rule can see, and what it may change. One for each visit of a hook; `mark` and the lists outlive it. */
export interface RuleContext {
  readonly namespace: NetworkNamespace;
  readonly hook: HookName;
  readonly packet: Packet;
  readonly tracked: Tracked;
  readonly in: string | undefined;
  readonly out: string | undefined;
  mark: number;
  /** Addresses in lists of `-m recent` and in sets that packets fill, by name. */
  readonly remembered: Map<string, Set<string>>;
  readonly chooses: Chooses;
  /** The last number that was drawn. */
  draw?: Draw;
  /** Every rule that was looked at is written here, if somebody wants to know. */
  readonly tried?: TriedRule[] | undefined;
}
