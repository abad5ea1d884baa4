import type {
  NftChain,
  NftElement,
  NftEndpoint,
  NftField,
  NftHook,
  NftMap,
  NftRule,
  NftSet,
  NftStatement,
  NftTable,
  NftVerdict,
} from '../../labs/engine/network/kube-proxy/nftables-types.ts';

/** Reads what `nft list ruleset` prints, as far as kube-proxy uses it; a part that is not known never holds. */
export function parseNftRuleset(text: string): readonly NftTable[] {
  return [...text.matchAll(/^table (ip6?) (\S+) \{\n([\s\S]*?)^\}/gmu)].map(([, family, name = '', body = '']) => {
    const blocks = [...body.matchAll(/^\t(set|map|chain) (\S+) \{\n([\s\S]*?)^\t\}/gmu)].map(([, kind, block = '', inside = '']) => ({
      kind,
      name: block,
      inside,
    }));
    const of = (kind: string) => blocks.filter((block) => block.kind === kind);
    return {
      family: family === 'ip6' ? 'ip6' : 'ip',
      name,
      comment: '',
      sets: of('set').map(readSet),
      maps: of('map').map(readMap),
      chains: of('chain').map(readChain),
    };
  });
}

interface Block {
  readonly name: string;
  readonly inside: string;
}

function elementsOf(inside: string): readonly (NftElement & { readonly verdict?: NftVerdict })[] {
  const [, list = ''] = /elements = \{([\s\S]*?)\}/u.exec(inside) ?? [];
  return list
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const [, key = '', verdict] = /^(.*?)(?: comment "[^"]*")?(?: : (.*))?$/u.exec(text) ?? [];
      return { key: key.split(' . '), ...(verdict !== undefined && { verdict: verdictOf(verdict) }) };
    });
}

const typesOf = (inside: string) => (/type ([^:\n]+)/u.exec(inside)?.[1] ?? '').trim().split(' . ');

function readSet({ name, inside }: Block): NftSet {
  return { name, type: typesOf(inside), elements: elementsOf(inside) };
}

function readMap({ name, inside }: Block): NftMap {
  return {
    name,
    type: typesOf(inside),
    comment: '',
    elements: elementsOf(inside).map((element) => ({ ...element, verdict: element.verdict ?? { kind: 'drop' } })),
  };
}

function verdictOf(text: string): NftVerdict {
  const [word, chain = ''] = text.trim().split(' ');
  return word === 'goto' || word === 'jump' ? { kind: word, chain } : { kind: 'drop' };
}

const priorities: Readonly<Record<string, number>> = { raw: -300, mangle: -150, dstnat: -100, filter: 0, security: 50, srcnat: 100 };

function readChain({ name, inside }: Block): NftChain {
  const lines = inside
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('comment '));
  const head = lines.map((line) => /^type (\w+) hook (\w+) priority (\S+?)(?: ([+-]) (\d+))?; policy/u.exec(line)).find((found) => found !== null);
  const rules = lines.filter((line) => !line.startsWith('type ')).map((line) => readRule(line));
  if (!head) return { name, rules };
  const [, type, hook, base = '0', sign, offset = '0'] = head;
  const priority = (priorities[base] ?? Number(base)) + Number(`${sign ?? ''}${offset}`);
  return { name, hook: { type: type as NftHook['type'], hook: hook as NftHook['hook'], priority }, rules };
}

const field = '(?:ip6? [sd]addr|meta l4proto|th dport)';
const endpoint = (text: string): NftEndpoint => {
  const [address = '', port = '0'] = text.trim().split(/ \. |:/u);
  return { address, port: Number(port) };
};
const choices = (text: string) => text.split(',').map((each) => each.slice(each.indexOf(' : ') + 3).trim());
const fieldsOf = (text: string) => text.split(' . ') as readonly NftField[];

/** Beginnings of a rule and what they are; `undefined` is skipped. */
const patterns: readonly (readonly [RegExp, (...parts: readonly string[]) => NftStatement | undefined])[] = [
  [/^counter(?: packets \d+ bytes \d+| name \S+)?/u, () => undefined],
  [/^ct state new/u, () => ({ kind: 'conntrack state', state: 'new' })],
  [/^ct status dnat/u, () => ({ kind: 'conntrack status', status: 'dnat' })],
  [/^fib ([sd]addr) type local/u, (of) => ({ kind: 'is local', of: of === 'saddr' ? 'saddr' : 'daddr' })],
  [/^meta mark set meta mark ([|^]) (\S+)/u, (operator, value) => ({ kind: 'change mark', operator: operator === '^' ? '^' : '|', value: Number(value) })],
  [/^meta mark & (\S+) != 0x0+/u, (mask) => ({ kind: 'has mark', mask: Number(mask) })],
  [/^numgen random mod \d+ vmap \{([^}]*)\}/u, (list = '') => ({ kind: 'verdict at random', verdicts: choices(list).map((each) => verdictOf(each)) })],
  [/^dnat(?: ip)? to numgen random mod \d+ map \{([^}]*)\}/u, (list = '') => ({ kind: 'dnat at random', to: choices(list).map((each) => endpoint(each)) })],
  [/^dnat(?: ip)? to (\S+)/u, (to = '') => ({ kind: 'dnat', to: endpoint(to) })],
  [/^update @(\S+) \{ (.*?) \}/u, (set = '', of = '') => ({ kind: 'update', set, field: of as NftField })],
  [new RegExp(`^(${field}(?: \\. ${field})*) vmap @(\\S+)`, 'u'), (fields = '', map = '') => ({ kind: 'verdict map', fields: fieldsOf(fields), map })],
  [new RegExp(`^(${field}(?: \\. ${field})*) @(\\S+)`, 'u'), (fields = '', set = '') => ({ kind: 'lookup', fields: fieldsOf(fields), set })],
  [
    new RegExp(`^(${field}) (!= )?(?:\\{ ([^}]*) \\}|(\\S+))`, 'u'),
    (of, not, set = '', value = '') => ({ kind: 'match', field: of as NftField, values: (set || value).split(', '), ...(not && { not: true }) }),
  ],
  [/^reject(?: with \S+(?: type)? \S+)?/u, () => ({ kind: 'reject' })],
  [/^drop/u, () => ({ kind: 'verdict', verdict: { kind: 'drop' } })],
  [/^masquerade(?: fully-random)?/u, () => ({ kind: 'masquerade' })],
  [/^(jump|goto) (\S+)/u, (kind = '', chain = '') => ({ kind: 'verdict', verdict: verdictOf(`${kind} ${chain}`) })],
];

function readRule(line: string): NftRule {
  const [, rule = line, comment] = /^(.*?)(?: comment "([^"]*)")?$/u.exec(line) ?? [];
  return { statements: readStatements(rule), ...(comment !== undefined && { comment }) };
}

function readStatements(line: string): readonly NftStatement[] {
  const statements: NftStatement[] = [];
  let rest = line;
  while (rest !== '') {
    const found = patterns.map(([pattern, make]) => ({ match: pattern.exec(rest), make })).find(({ match }) => match !== null);
    if (!found?.match) throw new Error(`the rule "${line}" cannot be read at "${rest}"`);
    const [whole, ...parts] = found.match;
    const statement = found.make(...parts);
    if (statement) statements.push(statement);
    rest = rest.slice(whole.length).trim();
    // `ip daddr @set meta l4proto . th dport vmap @map`: the next part begins anew.
  }
  return statements;
}
