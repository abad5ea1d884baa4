import { iptablesRuleText } from '../kube-proxy/iptables-save.ts';
import type { IptablesMatch, IptablesRule, IptablesTarget } from '../kube-proxy/iptables-types.ts';
import type { RuleMatch, RuleTarget, TextRule } from '../packet/rules.ts';

/** A condition or target that kube-proxy’s rules do not need, with the words that iptables-save has for it. */
interface ExtraPart {
  readonly text: string;
  readonly matches?: readonly RuleMatch[];
  /** In place of the rule’s own. */
  readonly target?: RuleTarget;
}

/** A rule of a chain with its line: the conditions, then the extra ones, then the target. */
export function textRule(chain: string, matches: readonly IptablesMatch[], target: IptablesTarget | undefined, extra?: ExtraPart): TextRule {
  const head = `-A ${chain}`;
  const printed = (rule: IptablesRule): string => iptablesRuleText(chain, rule).slice(head.length);
  const does = extra?.target ?? target;
  return {
    text: [head, printed({ matches }), extra ? ` ${extra.text}` : '', target ? printed({ matches: [], target }) : ''].join(''),
    matches: [...matches, ...(extra?.matches ?? [])],
    ...(does && { target: does }),
  };
}

/** The bit of a packet’s mark that says: a policy lets it through. Each pod’s chain clears it again. */
const allowedMark = 0x1_0000;
/** The bit that says: all policies of its pods let it through. */
const acceptedMark = 0x2_0000;

export const isAllowed: IptablesMatch = { kind: 'mark', value: allowedMark, mask: allowedMark };
export const isNotAllowed: IptablesMatch = { kind: 'mark', value: allowedMark, mask: allowedMark, not: true };
export const isAccepted: IptablesMatch = { kind: 'mark', value: acceptedMark, mask: acceptedMark };
export const markAllowed: IptablesTarget = { kind: 'MARK', value: allowedMark, mask: allowedMark };
export const clearAllowed: IptablesTarget = { kind: 'MARK', value: 0, mask: allowedMark };
export const markAccepted: IptablesTarget = { kind: 'MARK', value: acceptedMark, mask: acceptedMark };
