import type { TriedRule } from '../engine/network/packet/rules.ts';
import { isTelling, ruleBody } from './rule-words.ts';

/** A rule with its place among all that were tried in one visit. */
export interface WalkedRule {
  readonly rule: TriedRule;
  readonly place: number;
}

/** A rule to show, or a run of rules that nothing came of. */
export type Stretch = { readonly kind: 'shown'; readonly walked: WalkedRule } | { readonly kind: 'folded'; readonly walked: readonly WalkedRule[] };

/** The rules that jumped to where a rule is, the outermost first. */
function jumpsTo(tried: readonly TriedRule[], place: number): readonly number[] {
  const stack: { readonly place: number; readonly chain: string }[] = [];
  for (const [index, rule] of tried.slice(0, place + 1).entries()) {
    while (stack.length > 0 && stack.at(-1)?.chain !== rule.chain) stack.pop();
    const [word = '', target = ''] = (rule.verdict ?? '').split(' ');
    if (index < place && rule.matched && target !== '' && /^(?:jump|goto)$/iu.test(word)) stack.push({ place: index, chain: target });
  }
  return stack.map((jump) => jump.place);
}

/** The kernel’s own chains send every packet on: such a jump says nothing about this one. */
const isPlain = (rule: TriedRule | undefined): boolean => rule !== undefined && /^(?:-j [A-Z]+-\S+|jump \S+)$/u.test(ruleBody(rule));

/** Passed-over rules beside a telling one are shown up to this many. */
const besideMax = 2;

/** Which rules of a visit say something: those that did something, the way to them, what chance decided, and few that were just passed over on that way. */
export function stretchesOf(tried: readonly TriedRule[]): readonly Stretch[] {
  const isShown = new Set<number>();
  for (const [place, rule] of tried.entries()) {
    if (!isTelling(rule) && rule.draw === undefined) continue;
    isShown.add(place);
    for (const [depth, jump] of jumpsTo(tried, place).entries()) if (depth > 0 || !isPlain(tried[jump])) isShown.add(jump);
  }
  const last = tried.findLastIndex(({ matched, verdict = '' }) => matched && /^(?:ACCEPT|accept|POLICY)/u.test(verdict));
  if (isShown.size === 0 && last >= 0) isShown.add(last);
  const chains = new Set([...isShown].map((place) => tried[place]?.chain));
  const stretches: Stretch[] = [];
  let folded: WalkedRule[] = [];
  const close = (): void => {
    const isNear = folded.length <= besideMax && folded.every(({ rule }) => chains.has(rule.chain) && !rule.matched);
    if (isNear) stretches.push(...folded.map((walked): Stretch => ({ kind: 'shown', walked })));
    else if (folded.length > 0) stretches.push({ kind: 'folded', walked: folded });
    folded = [];
  };
  for (const [place, rule] of tried.entries()) {
    if (isShown.has(place)) {
      close();
      stretches.push({ kind: 'shown', walked: { rule, place } });
    } else folded.push({ rule, place });
  }
  close();
  return stretches;
}
