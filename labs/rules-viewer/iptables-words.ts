import type { IptablesMatch, IptablesRule, IptablesTarget } from '../engine/network/kube-proxy/iptables-types.ts';
import { fraction } from './words.ts';

interface Known {
  readonly clusterCidr: string;
}

const chains: readonly (readonly [start: string, about: string])[] = [
  ['KUBE-SERVICES filter', 'Refuses what goes to a Service without endpoints. New connections only.'],
  ['KUBE-SERVICES', 'The door: one rule for each address and port of each Service, tried one after the other.'],
  ['KUBE-NODEPORTS filter', 'Lets in the load balancer’s questions whether this node has endpoints.'],
  ['KUBE-NODEPORTS', 'One rule for each node port. Asked last, for packets to an address of this node.'],
  ['KUBE-EXTERNAL-SERVICES', 'Refuses or drops what comes from outside to a port without endpoints here.'],
  ['KUBE-SVC-', 'Chooses one of the Service’s endpoints in the whole cluster, by chance.'],
  ['KUBE-SVL-', 'Chooses one of the Service’s endpoints on this node alone (L for local).'],
  ['KUBE-EXT-', 'Traffic that came to a node port or an address from outside: masquerade it or not, then choose.'],
  ['KUBE-FW-', 'Lets in whom loadBalancerSourceRanges names.'],
  ['KUBE-SEP-', 'One endpoint: the packet’s destination becomes this pod.'],
  ['KUBE-MARK-MASQ', 'Marks the packet; KUBE-POSTROUTING gives marked packets the node’s own address as source.'],
  ['KUBE-POSTROUTING', 'Masquerades marked packets as they leave, so that answers come back through this node.'],
  ['KUBE-FORWARD', 'Lets forwarded Service traffic pass, also where the policy of FORWARD is DROP.'],
  ['KUBE-PROXY-FIREWALL', 'Drops what loadBalancerSourceRanges does not let in.'],
  ['KUBE-PROXY-CANARY', 'Empty. If it disappears, somebody flushed the tables, and kube-proxy writes all anew.'],
  ['KUBE-FIREWALL', 'Keeps others out of 127.0.0.0/8, which node ports make routable.'],
];

/** What a chain is for. */
export function chainAbout(name: string, table: string): string {
  const found = chains.find(([start]) => `${name} ${table}`.startsWith(start));
  return found?.[1] ?? `A chain of iptables itself, in table ${table}: here the kernel comes in.`;
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${String(seconds / 3600)} h`;
  return seconds % 60 === 0 ? `${String(seconds / 60)} min` : `${String(seconds)} s`;
}

function conditionWords(match: IptablesMatch, { clusterCidr }: Known): string {
  switch (match.kind) {
    case 'source':
      if (match.cidr === clusterCidr) return match.not ? 'from outside the pods' : 'from a pod';
      return `${match.not ? 'not ' : ''}from ${match.cidr.replace('/32', '')}`;
    case 'destination':
      return `to ${match.not ? 'all but ' : ''}${match.cidr.replace('/32', '')}`;
    case 'transport':
      return match.destinationPort === undefined ? '' : `port ${String(match.destinationPort)}/${match.protocol}`;
    case 'address type':
      return match.of === 'source' ? 'from this node itself' : 'to an address of this node';
    case 'mark':
      return match.not ? 'without the mark' : 'with the mark';
    case 'conntrack':
      if (match.states.join() === 'NEW') return 'a new connection';
      return `${match.not ? 'not ' : ''}${match.states.join(' or ').toLowerCase()}`;
    case 'statistic':
      return `by chance, ${fraction(match.probability)} of what comes this far`;
    case 'recent check':
      return `a client that was sent there in the last ${duration(match.seconds)}`;
    case 'recent set':
    case 'protocol':
    case 'comment':
    case 'count':
      return '';
  }
}

function targetWords(target: IptablesTarget | undefined, remembers: boolean): string {
  if (target === undefined) return 'go on';
  switch (target.kind) {
    case 'jump':
      return target.chain === 'KUBE-MARK-MASQ' ? 'mark for masquerade' : `on to ${target.chain}`;
    case 'DNAT':
      return `${remembers ? 'remember the client, and ' : ''}the destination becomes ${target.address}:${String(target.port)}`;
    case 'REJECT':
      return 'reject with “port unreachable”: the client knows at once';
    case 'DROP':
      return 'drop without a word';
    case 'MARK':
      return target.mask === 0 ? 'take the mark away' : 'set the mark';
    case 'MASQUERADE':
      return 'the source becomes the node’s address';
    case 'ACCEPT':
      return 'let it pass';
    case 'RETURN':
      return 'back to the chain before';
  }
}

/** A rule in words: who, and what happens to them. */
export function ruleWords({ matches, target }: IptablesRule, known: Known): string {
  const effect = targetWords(
    target,
    matches.some(({ kind }) => kind === 'recent set'),
  );
  const text = matches.find((match) => match.kind === 'comment')?.text ?? '';
  const isSelf = target?.kind === 'jump' && target.chain === 'KUBE-MARK-MASQ' && matches.some((match) => match.kind === 'source' && match.cidr.endsWith('/32'));
  if (isSelf) return `from this pod itself: ${effect}`;
  const conditions = matches.map((match) => conditionWords(match, known)).filter((words) => words !== '');
  const why = target?.kind === 'REJECT' || target?.kind === 'DROP' ? (/has no .*$/u.exec(text)?.[0] ?? '') : '';
  const who = conditions.length === 0 ? 'everything' : conditions.join(', ');
  return `${who}: ${effect}${why === '' ? '' : `; there are no ${why.replace('has no ', '')}`}`;
}
