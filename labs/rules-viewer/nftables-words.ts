import type { NftField, NftRule, NftStatement, NftVerdict } from '../engine/network/kube-proxy/nftables-types.ts';
import { fraction } from './words.ts';

interface Known {
  readonly clusterCidr: string;
  readonly elementsOf: (set: string) => number;
}

const blocks: Readonly<Record<string, string>> = {
  'cluster-ips': 'All cluster IPs in use.',
  'hairpin-connections': 'Endpoints of this node that may reach themselves through a Service: those packets are masqueraded.',
  'nodeport-ips': 'The addresses of this node at which node ports are open.',
  'no-endpoint-services': 'Addresses of Services without an endpoint here, each with its refusal.',
  'no-endpoint-nodeports': 'Node ports without an endpoint here, each with its refusal.',
  'firewall-ips': 'Addresses of load balancers that only some may use.',
  'service-ips': 'The door: address, protocol and port lead to a chain in one lookup, however many Services there are.',
  'service-nodeports': 'Node ports, each with the chain that it leads to; again one lookup.',
  services: 'Entered by every new connection before routing.',
  masquerading: 'Marked packets get the node’s own address as source, so that answers come back through this node.',
  'cluster-ips-check': 'Refuses what goes to a cluster IP at a port that no Service has there.',
  'service-endpoints-check': 'Refuses what goes to a Service without endpoints.',
  'nodeport-endpoints-check': 'Refuses what goes to a node port without endpoints here.',
  'firewall-check': 'Asks whether loadBalancerSourceRanges lets the client in.',
  'reject-chain': 'Answers “port unreachable”.',
};

/** What a chain, map or set is for. */
export function nftAbout(kind: 'chain' | 'map' | 'set', name: string): string {
  const known = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
  if (known !== undefined) return known;
  if (kind === 'set') return 'Clients that keep this endpoint, until their time is over. Packets fill it, not kube-proxy.';
  if (name.startsWith('service-')) return 'Chooses one of the Service’s endpoints in the whole cluster, by chance.';
  if (name.startsWith('local-')) return 'Chooses one of the Service’s endpoints on this node alone.';
  if (name.startsWith('external-')) return 'Traffic that came to a node port or an address from outside: masquerade it or not, then choose.';
  if (name.startsWith('firewall-')) return 'Lets in whom loadBalancerSourceRanges names.';
  if (name.startsWith('endpoint-')) return 'One endpoint of a Service with session affinity.';
  return 'Here the kernel comes in.';
}

function verdictWords(verdict: NftVerdict): string {
  if (verdict.kind === 'drop') return 'drop without a word: the client waits';
  return verdict.chain === 'reject-chain' ? 'reject with “port unreachable”: the client knows at once' : `on to ${verdict.chain}`;
}

const fieldWords: Readonly<Record<NftField, string>> = {
  'ip saddr': 'source',
  'ip daddr': 'destination',
  'ip6 saddr': 'source',
  'ip6 daddr': 'destination',
  'meta l4proto': 'protocol',
  'th dport': 'port',
};

function matchWords(statement: Extract<NftStatement, { readonly kind: 'match' }>, { clusterCidr }: Known): string {
  const { field, values, not } = statement;
  if (field === 'meta l4proto') return '';
  if (field === 'ip saddr' && values.join() === clusterCidr) return not ? 'from outside the pods' : 'from a pod';
  return `${field === 'ip saddr' ? 'from' : 'to'} ${not ? 'anywhere but ' : ''}${values.join(', ')}`;
}

function statementWords(statement: NftStatement, known: Known): string {
  switch (statement.kind) {
    case 'match':
      return matchWords(statement, known);
    case 'lookup':
      if (statement.set.startsWith('affinity-')) return 'a client that is remembered there';
      return `${statement.fields.map((field) => fieldWords[field]).join(', ')} in @${statement.set}`;
    case 'verdict map':
      return `look up ${statement.fields.map((field) => fieldWords[field]).join(', ')} in @${statement.map}, one lookup`;
    case 'is local':
      return statement.of === 'saddr' ? 'from this node itself' : 'to an address of this node';
    case 'conntrack state':
      return 'a new connection';
    case 'conntrack status':
      return 'with a changed destination';
    case 'has mark':
      return 'with the mark';
    case 'change mark':
      return statement.operator === '|' ? 'mark for masquerade' : 'take the mark away';
    case 'update':
      return 'remember the client';
    case 'verdict':
      return verdictWords(statement.verdict);
    case 'reject':
      return 'reject with “port unreachable”';
    case 'masquerade':
      return 'the source becomes the node’s address';
    case 'dnat':
      return `the destination becomes ${statement.to.address}:${String(statement.to.port)}`;
    case 'dnat at random':
      return `roll a number below ${String(statement.to.length)}: each endpoint gets ${fraction(1 / statement.to.length)}`;
    case 'verdict at random':
      return `roll a number below ${String(statement.verdicts.length)}: each chain gets ${fraction(1 / statement.verdicts.length)}`;
  }
}

/** A rule in words: its parts from left to right. */
export function nftRuleWords({ statements }: NftRule, known: Known): string {
  const words = statements.map((statement) => statementWords(statement, known)).filter((text) => text !== '');
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')}: ${last}` : last;
}

/** An element of a map or set in words. */
export function elementWords(block: string, key: readonly string[], verdict?: NftVerdict): string {
  const [first = '', protocol = '', port = ''] = key;
  if (verdict === undefined) return block === 'hairpin-connections' ? `${first}, to itself` : first;
  const what = key.length === 2 ? `to node port ${protocol}/${first}` : `to ${first}, port ${port}/${protocol}`;
  return `${what}: ${verdictWords(verdict)}`;
}
