import type { RuleChain, RuleMatch, RuleTables, RuleTarget, TextRule } from './rules.ts';

/** Lines beyond this are not read: a cluster of 1,000 Services has some 20,000. */
const linesMax = 50_000;

/**
 * Reads the output of iptables-save: tables, chains and rules as data, each rule with its line. Lines that are none of these are skipped; a match
 * that is not modelled never holds. Models what iptables 1.8 prints.
 */
export function parseIptablesSave(text: string): RuleTables {
  const tables: Record<string, Record<string, { policy?: 'ACCEPT' | 'DROP'; rules: TextRule[] }>> = {};
  let chains: (typeof tables)[string] = {};
  for (const line of text.split('\n', linesMax)) {
    const [, table] = /^\*(\S+)/u.exec(line) ?? [];
    if (table !== undefined) chains = tables[table] ??= {};
    const [, name, policy] = /^:(\S+) (\S+)/u.exec(line) ?? [];
    if (name !== undefined) chains[name] = policy === 'ACCEPT' || policy === 'DROP' ? { policy, rules: [] } : { rules: [] };
    const [, chain] = /^-A (\S+)/u.exec(line) ?? [];
    if (chain !== undefined) (chains[chain] ??= { rules: [] }).rules.push(readRule(line));
  }
  return tables satisfies Record<string, Record<string, RuleChain>>;
}

/** Words as a shell would split them; quotes are removed. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/gu)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function readRule(text: string): TextRule {
  const words = wordsOf(text).slice(2);
  const matches: RuleMatch[] = [];
  let target: RuleTarget | undefined;
  let index = 0;
  let not = false;
  const take = (): string => words[index++] ?? '';
  while (index < words.length) {
    const option = take();
    if (option === '!') {
      not = true;
      continue;
    }
    if (option === '-j' || option === '-g') {
      target = readTarget(take(), words.slice(index), option === '-g');
      break;
    }
    const read = readMatch(option, take, words.slice(index));
    if (read) matches.push(not ? ({ ...read, not: true } as RuleMatch) : read);
    not = false;
  }
  return { text, matches, ...(target && { target }) };
}

/** Options that take a value and decide nothing. */
const harmless = new Set(['--comment', '--name', '--mask', '--nfacct-name', '--mode', '--seconds', '--hitcount']);
/** Options that take no value and decide nothing. */
const flags = new Set(['--rsource', '--reap', '--rttl']);

function readMatch(option: string, take: () => string, rest: readonly string[]): RuleMatch | undefined {
  const after = (name: string) => rest[rest.indexOf(name) + 1] ?? '';
  switch (option) {
    case '-s':
    case '-d':
      return { kind: option === '-s' ? 'source' : 'destination', cidr: withPrefix(take()) };
    case '-p':
      return { kind: 'any protocol', protocol: take() };
    case '-i':
    case '-o':
      return { kind: 'interface', of: option === '-i' ? 'in' : 'out', name: take() };
    case '--dport':
    case '--dports':
    case '--sport':
    case '--sports':
      return {
        kind: 'ports',
        of: option.startsWith('--d') ? 'destination' : 'source',
        ranges: take()
          .split(',')
          .map((range) => rangeOf(range)),
      };
    case '--dst-type':
    case '--src-type':
      return { kind: 'type of address', of: option === '--dst-type' ? 'destination' : 'source', type: take() };
    case '--mark': {
      const [value, mask] = maskedOf(take());
      return { kind: 'mark', value, mask };
    }
    case '--ctstate':
    case '--state':
      return { kind: 'connection', states: take().split(',') };
    case '--probability':
      return { kind: 'chance', probability: Number(take()) };
    case '--rcheck':
    case '--update':
      return { kind: 'recently', name: after('--name'), action: 'check' };
    case '--set':
    case '--remove':
      return { kind: 'recently', name: after('--name'), action: option === '--set' ? 'set' : 'remove' };
    case '--match-set':
      return {
        kind: 'set',
        name: take(),
        fields: take()
          .split(',')
          .map((field) => (field === 'src' ? 'src' : 'dst')),
      };
    case '-m':
      take();
      return undefined;
    default:
      if (harmless.has(option)) take();
      return harmless.has(option) || flags.has(option) ? undefined : { kind: 'unknown', text: option };
  }
}

function readTarget(name: string, rest: readonly string[], isGoto: boolean): RuleTarget {
  const after = (...options: readonly string[]) => rest[rest.findIndex((word) => options.includes(word)) + 1] ?? '';
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { kind: name };
    case 'REJECT':
      return { kind: 'reject with', answer: rest.includes('--reject-with') ? after('--reject-with') : 'icmp-port-unreachable' };
    case 'MARK':
      return markTarget(rest[0] ?? '', rest[1] ?? '');
    case 'MASQUERADE':
      return { kind: 'MASQUERADE', randomFully: rest.includes('--random-fully') };
    case 'DNAT':
    case 'SNAT': {
      const [address = '', port] = after('--to-destination', '--to-source').split(':');
      return { kind: name === 'DNAT' ? 'DNAT to' : 'SNAT to', address, ...(port !== undefined && { port: Number(port) }) };
    }
    case 'LOG':
    case 'NFLOG':
    case 'TRACE':
    case 'NOTRACK':
    case 'CT':
      return { kind: 'go on', text: name };
    default:
      return { kind: isGoto ? 'goto' : 'jump', chain: name };
  }
}

function markTarget(option: string, text: string): RuleTarget {
  const [value, mask] = maskedOf(text);
  if (option === '--or-mark') return { kind: 'MARK', value, mask: value };
  if (option === '--and-mark') return { kind: 'MARK', value: 0, mask: ~value >>> 0 };
  if (option === '--xor-mark') return { kind: 'MARK', value, mask: 0 };
  // --set-mark also clears the bits that it sets, --set-xmark flips them: the same once the mask covers them.
  return { kind: 'MARK', value, mask: option === '--set-mark' ? (mask | value) >>> 0 : mask };
}

function maskedOf(text: string): readonly [number, number] {
  const [value = '0', mask = '0xffffffff'] = text.split('/');
  return [Number(value), Number(mask)];
}

function rangeOf(text: string): readonly [number, number] {
  const [from = '0', to = from] = text.split(':');
  return [Number(from), to === '' ? 65_535 : Number(to)];
}

function withPrefix(address: string): string {
  return address.includes('/') ? address : `${address}/32`;
}
