import { connectionIs } from './conntrack.ts';
import { addressType } from './routing.ts';
import type { RuleContext } from './rule-context.ts';
import type { RuleMatch } from './rules.ts';

const hex = (value: number): string => `0x${value.toString(16)}`;

/** A match as it stands in a rule, without the `-m` that loads its module. Models what iptables 1.8 prints. */
export function matchText(match: RuleMatch): string {
  return `${'not' in match ? '! ' : ''}${bareText(match)}`;
}

function bareText(match: RuleMatch): string {
  switch (match.kind) {
    case 'source':
    case 'destination':
      return `-${match.kind === 'source' ? 's' : 'd'} ${match.cidr}`;
    case 'protocol':
    case 'any protocol':
      return `-p ${match.protocol}`;
    case 'transport':
      return match.destinationPort === undefined ? `-m ${match.protocol}` : `--dport ${match.destinationPort}`;
    case 'interface':
      return `-${match.of === 'in' ? 'i' : 'o'} ${match.name}`;
    case 'ports':
      return `--${match.of === 'source' ? 's' : 'd'}port${match.ranges.length > 1 ? 's' : ''} ${match.ranges.map(([from, to]) => (from === to ? String(from) : `${from}:${to}`)).join(',')}`;
    case 'address type':
    case 'type of address':
      return `--${match.of === 'source' ? 'src' : 'dst'}-type ${match.type}`;
    case 'mark':
      return `--mark ${hex(match.value)}/${hex(match.mask)}`;
    case 'conntrack':
    case 'connection':
      return `--ctstate ${match.states.join(',')}`;
    case 'statistic':
    case 'chance':
      return `--probability ${match.probability.toFixed(11)}`;
    case 'recent set':
      return `--set --name ${match.name}`;
    case 'recent check':
      return `--rcheck --seconds ${match.seconds} --name ${match.name}`;
    case 'recently':
      return `--${match.action === 'check' ? 'rcheck' : match.action} --name ${match.name}`;
    case 'set':
      return `--match-set ${match.name} ${match.fields.join(',')}`;
    case 'comment':
    case 'count':
    case 'unknown':
      return match.kind === 'unknown' ? match.text : '';
  }
}

/** What a packet has there where a match looks. */
export function seenText(match: RuleMatch, context: RuleContext): string {
  const { packet, tracked, namespace } = context;
  const { source, destination } = packet;
  switch (match.kind) {
    case 'source':
    case 'recent set':
    case 'recent check':
    case 'recently':
      return source;
    case 'destination':
      return destination;
    case 'protocol':
    case 'any protocol':
      return packet.protocol;
    case 'transport':
      return packet.protocol === match.protocol ? portText(packet.destinationPort) : packet.protocol;
    case 'interface':
      return (match.of === 'in' ? context.in : context.out) ?? 'none';
    case 'ports':
      return portText(match.of === 'source' ? packet.sourcePort : packet.destinationPort);
    case 'address type':
    case 'type of address':
      return addressType(namespace, match.of === 'source' ? source : destination);
    case 'mark':
      return hex(context.mark);
    case 'conntrack':
    case 'connection':
      return [tracked.state, ...['SNAT', 'DNAT'].filter((nat) => match.states.some((state) => state === nat) && connectionIs(tracked, nat))].join(',');
    case 'statistic':
    case 'chance':
      return (context.draw?.drawn ?? 0).toFixed(11);
    case 'set':
      return match.fields.map((field) => (field === 'src' ? source : destination)).join(',');
    case 'comment':
    case 'count':
    case 'unknown':
      return 'not modelled';
  }
}

const portText = (port: number | undefined): string => (port === undefined ? 'no port' : String(port));
