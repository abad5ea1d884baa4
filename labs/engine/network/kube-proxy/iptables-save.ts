import { familyOf } from './cidr.ts';
import { builtInChains } from './iptables-rules.ts';
import type { IptablesMatch, IptablesRule, IptablesRules, IptablesTable, IptablesTarget } from './iptables-types.ts';

const tables: readonly IptablesTable[] = ['mangle', 'filter', 'nat'];

/**
 * The rules as `iptables-save` prints them, without its two lines of comment and with all counters at 0: the chains of iptables first, then the others by name.
 * `ip6` for the addresses of `ip6tables-save`. Models iptables 1.8 with nf_tables.
 */
export function iptablesSave(rules: IptablesRules, ip6 = false): string {
  const lines = tables.flatMap((table) => {
    const own = builtInChains[table];
    const others = Object.keys(rules[table])
      .filter((chain) => !own.includes(chain))
      .toSorted();
    const chains = [...own, ...others];
    return [
      `*${table}`,
      ...chains.map((chain) => `:${chain} ${own.includes(chain) ? 'ACCEPT' : '-'} [0:0]`),
      ...chains.flatMap((chain) => (rules[table][chain] ?? []).map((each) => iptablesRuleText(chain, each, ip6))),
      'COMMIT',
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** One rule as iptables-save prints it. */
export function iptablesRuleText(chain: string, { matches, target }: IptablesRule, ip6 = false): string {
  return [`-A ${chain}`, ...matches.flatMap((match) => matchText(match, ip6)), ...(target ? [`-j ${targetText(target)}`] : [])].join(' ');
}

/** Nothing for a match that all packets pass: iptables does not keep `-s 0.0.0.0/0`. */
function matchText(match: IptablesMatch, ip6: boolean): readonly string[] {
  const not = 'not' in match ? '! ' : '';
  switch (match.kind) {
    case 'source':
    case 'destination':
      return match.cidr.endsWith('/0') ? [] : [`${not}-${match.kind === 'source' ? 's' : 'd'} ${match.cidr}`];
    case 'protocol':
      return [`-p ${match.protocol}`];
    case 'comment':
      return [`-m comment --comment ${quoted(match.text)}`];
    case 'transport':
      return [`-m ${match.protocol}${match.destinationPort === undefined ? '' : ` --dport ${String(match.destinationPort)}`}`];
    case 'address type':
      return [`-m addrtype --${match.of === 'source' ? 'src' : 'dst'}-type ${match.type}`];
    case 'mark':
      return [`-m mark ${not}--mark ${hex(match.value)}/${hex(match.mask)}`];
    case 'conntrack':
      return [`-m conntrack ${not}--ctstate ${match.states.join(',')}`];
    case 'statistic':
      return [`-m statistic --mode random --probability ${probabilityText(match.probability)}`];
    case 'recent set':
      return [`-m recent --set ${recentText(match.name, ip6)}`];
    case 'recent check':
      return [`-m recent --rcheck --seconds ${String(match.seconds)} --reap ${recentText(match.name, ip6)}`];
    case 'count':
      // With two blanks, as libxt_nfacct prints it.
      return [`-m nfacct --nfacct-name  ${match.counter}`];
  }
}

const hex = (value: number): string => `0x${value.toString(16)}`;
const quoted = (text: string): string => `"${text.replaceAll(/["'\\]/gu, String.raw`\$&`)}"`;

function recentText(name: string, ip6: boolean): string {
  return `--name ${name} --mask ${ip6 ? Array(8).fill('ffff').join(':') : '255.255.255.255'} --rsource`;
}

/** kube-proxy gives ten digits, the kernel keeps a multiple of 2^-31, iptables shows eleven digits of that: a third is 0.33333333349. */
function probabilityText(probability: number): string {
  const kept = Math.round(Number(probability.toFixed(10)) * 2 ** 31);
  return (kept / 2 ** 31).toFixed(11);
}

function targetText(target: IptablesTarget): string {
  switch (target.kind) {
    case 'jump':
      return target.chain;
    case 'REJECT':
      return `REJECT --reject-with ${target.with}`;
    case 'MARK':
      return `MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`;
    case 'MASQUERADE':
      return `MASQUERADE${target.randomFully ? ' --random-fully' : ''}`;
    case 'DNAT':
      return `DNAT --to-destination ${familyOf(target.address) === 'IPv4' ? target.address : `[${target.address}]`}:${String(target.port)}`;
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return target.kind;
  }
}
