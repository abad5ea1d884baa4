import { familyOf } from './cidr.ts';
import type { NftEndpoint, NftRule, NftStatement, NftVerdict } from './nftables-types.ts';

/** One rule as nft prints it. */
export function nftRuleText({ statements, comment }: NftRule): string {
  return [...statements.map(statementText), ...(comment === undefined ? [] : [`comment "${comment}"`])].join(' ');
}

/** `goto chain`, `jump chain` or `drop`. */
export function verdictText(verdict: NftVerdict): string {
  return verdict.kind === 'drop' ? 'drop' : `${verdict.kind} ${verdict.chain}`;
}

const mark = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
const braces = (texts: readonly string[]): string => `{ ${texts.join(', ')} }`;
const chosen = (texts: readonly string[]): string => braces(texts.map((text, index) => `${String(index)} : ${text}`));

function statementText(statement: NftStatement): string {
  switch (statement.kind) {
    case 'match':
      return `${statement.field} ${statement.not ? '!= ' : ''}${statement.isSet ? braces(statement.values) : statement.values.join('')}`;
    case 'lookup':
      return `${statement.fields.join(' . ')} @${statement.set}`;
    case 'verdict map':
      return `${statement.fields.join(' . ')} vmap @${statement.map}`;
    case 'is local':
      return `fib ${statement.of} type local`;
    case 'conntrack state':
      return `ct state ${statement.state}`;
    case 'conntrack status':
      return `ct status ${statement.status}`;
    case 'has mark':
      return `meta mark & ${mark(statement.mask)} != ${mark(0)}`;
    case 'change mark':
      return `meta mark set meta mark ${statement.operator} ${mark(statement.value)}`;
    case 'update':
      return `update @${statement.set} { ${statement.field} }`;
    case 'verdict':
      return verdictText(statement.verdict);
    case 'reject':
      return 'reject';
    case 'masquerade':
      return 'masquerade fully-random';
    case 'dnat':
      return `dnat to ${familyOf(statement.to.address) === 'IPv4' ? statement.to.address : `[${statement.to.address}]`}:${String(statement.to.port)}`;
    case 'dnat at random':
      return randomText(statement.to);
    case 'verdict at random':
      return `numgen random mod ${String(statement.verdicts.length)} vmap ${chosen(statement.verdicts.map(verdictText))}`;
  }
}

function randomText(endpoints: readonly NftEndpoint[]): string {
  const family = endpoints.some(({ address }) => familyOf(address) === 'IPv6') ? 'ip6' : 'ip';
  const texts = endpoints.map(({ address, port }) => `${address} . ${String(port)}`);
  return `dnat ${family} to numgen random mod ${String(texts.length)} map ${chosen(texts)}`;
}
