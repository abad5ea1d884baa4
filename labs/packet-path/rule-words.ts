import type { NetfilterHop } from '../engine/network/packet/hops.ts';
import type { TriedRule } from '../engine/network/packet/rules.ts';

/** The mark that kube-proxy sets on what is to be masqueraded. */
const masqueradeMark = 0x4000;

/** A packet’s mark in words. */
export function markWords(mark: number): string {
  const hexadecimal = `0x${mark.toString(16)}`;
  return (mark & masqueradeMark) === 0
    ? `${hexadecimal}: set by the rules of NetworkPolicies`
    : `${hexadecimal}: its source is to be masqueraded on the way out`;
}

const twoDigits = (value: number): string => value.toFixed(2);

/** What the draw of a rule came to; `rule`: what the rule is called there. Maps of nft number their elements from 0. */
export function drawWords({ draw, matched }: Pick<TriedRule, 'draw' | 'matched'>, rule = 'this rule'): string {
  if (!draw) return '';
  const { of, drawn } = draw;
  if (of !== undefined) return `chance drew number ${Math.floor(drawn * of)} of 0${of > 1 ? ` ${of > 2 ? 'to' : 'and'} ${of - 1}` : ''}`;
  return `chance drew ${twoDigits(drawn)}, and ${rule} takes ${matched ? '' : 'only '}draws below ${twoDigits(draw.below)}`;
}

const failedWords: readonly (readonly [pattern: RegExp, words: (saw: string) => string])[] = [
  [/^! -s |ip saddr !=/u, (saw) => `the source ${saw} is inside that block`],
  [/^-s |ip saddr/u, (saw) => `the source is ${saw}`],
  [/^! -d |ip daddr !=/u, (saw) => `the destination ${saw} is inside that block`],
  [/^-d /u, (saw) => `the destination is ${saw}`],
  [/^--dports? /u, (saw) => `the port is ${saw}`],
  [/^-p /u, (saw) => `the protocol is ${saw}`],
  [/--dst-type LOCAL/u, () => 'the destination is no address of this machine'],
  [/--src-type LOCAL/u, () => 'the source is no address of this machine'],
  [/--ctstate |ct state/u, (saw) => `conntrack says ${saw}`],
  [/--mark |mark/u, (saw) => `the packet’s mark is ${saw}`],
  [/^-i /u, (saw) => `it came in over ${saw}`],
  [/^-o /u, (saw) => `it goes out over ${saw}`],
  [/--rcheck|--update/u, () => 'this client is not on the list'],
  [/@/u, (saw) => `${saw} is not in it`],
];

/** Why a rule let the packet pass over it. */
function whyPassedOver({ failed, draw, matched }: TriedRule): string {
  if (draw && !matched) return drawWords({ draw, matched });
  if (!failed) return 'it asks for something else';
  const known = failedWords.find(([pattern]) => pattern.test(failed.match));
  return known ? known[1](failed.saw) : `${failed.match}: the packet has ${failed.saw}`;
}

/** What a rule that matched did. */
function whatItDid({ verdict = '', mark, rewrote, draw, found, chain, text }: TriedRule): string {
  const chance = draw ? `; ${drawWords({ draw, matched: true })}` : '';
  if (rewrote?.destination !== undefined) return `the destination becomes ${rewrote.destination}${chance}`;
  if (rewrote?.source !== undefined) return `the source becomes ${rewrote.source}`;
  if (mark && mark.before !== mark.after) return markedWords(mark.before, mark.after);
  const [word = '', target = ''] = verdict.split(' ');
  switch (word) {
    case 'JUMP':
    case 'GOTO':
      return `goes on in ${target}${chance}${found === undefined ? '' : ', found in the map'}`;
    case 'RETURN':
      return text.includes('--mark') && text.includes('!') ? 'the packet has no mark, so nothing is masqueraded here' : `leaves ${chain}: nothing more here`;
    case 'ACCEPT':
      return 'accepts the packet';
    case 'DROP':
      return text.includes('REJECT') ? 'rejects the packet, and says so to its sender' : 'drops the packet without a word';
    case 'POLICY':
      return target === 'DROP' ? 'no rule stopped or accepted it: the policy drops it' : 'the end of the chain: its policy lets the packet go on';
    default:
      return verdict.startsWith('REJECT') || verdict.startsWith('reject') ? 'rejects the packet, and says so to its sender' : 'the next rule is tried';
  }
}

function markedWords(before: number, after: number): string {
  const changed = before ^ after;
  if ((changed & masqueradeMark) !== 0)
    return (after & masqueradeMark) === 0 ? 'takes the mark for masquerading off again' : 'marks the packet: its source is to be masqueraded on the way out';
  return (after & changed) === 0 ? 'takes a mark off that stands for NetworkPolicies' : 'marks the packet for the NetworkPolicy rules that follow';
}

/** A rule that was looked at, in words: what it did, or why it was passed over. */
export function ruleWords(rule: TriedRule): string {
  return rule.matched ? whatItDid(rule) : whyPassedOver(rule);
}

/** Whether a rule changed the packet, its mark or its fate: what a picture would point at. */
export function isTelling({ matched, rewrote, mark, verdict = '' }: TriedRule): boolean {
  return matched && (rewrote !== undefined || (mark !== undefined && mark.before !== mark.after) || /^(DROP|REJECT|drop|reject)/u.test(verdict));
}

/** The words of a rule without its chain: what it asks for and where it leads, comments left out. */
export function ruleBody({ text }: Pick<TriedRule, 'text'>): string {
  return text
    .replace(/^-A \S+ /u, '')
    .replace(/-m comment --comment ("[^"]*"|\S+) ?/u, '')
    .replace(/ comment "[^"]*"/u, '')
    .replace(/-m (?:tcp|udp) /u, '')
    .trim();
}

/** The comment that a rule carries: kube-proxy’s own words about it. */
export function ruleComment({ text }: Pick<TriedRule, 'text'>): string | undefined {
  const [, quoted, bare] = /comment (?:"([^"]*)"|(\S+))/u.exec(text.replace('-m comment --comment', 'comment')) ?? [];
  return quoted ?? bare;
}

/** How probable the choices of a visit were, 0 to 1; undefined: nothing was drawn. */
export function chanceOf({ tried = [] }: Pick<NetfilterHop, 'tried'>): number | undefined {
  const draws = tried.filter(({ draw }) => draw !== undefined);
  if (draws.length === 0) return undefined;
  return draws.reduce((chance, { draw, matched }) => {
    if (!draw) return chance;
    if (draw.of !== undefined) return chance / draw.of;
    return chance * (matched ? draw.below : 1 - draw.below);
  }, 1);
}

/** `1 in 2`, `33 %`. */
export function chanceWords(chance: number): string {
  const parts = 1 / chance;
  return Math.abs(parts - Math.round(parts)) < 0.01 ? `1 in ${Math.round(parts)}` : `${Math.round(chance * 100)} %`;
}
