import type { IpFamily } from '../../api/types.ts';
import { hostCidr } from '../kube-proxy/cidr.ts';
import { kernelSetName, setKinds, type SetName } from './set-names.ts';

export interface IptablesKnown {
  readonly family: IpFamily;
  /** `--cluster-cidr` of the family. */
  readonly clusterCidr: string | undefined;
  /** By the names of IPv4. */
  readonly sets: Readonly<Record<SetName, readonly string[]>>;
  /** Load balancer addresses with source ranges that do not hold the node. */
  readonly closedToNode: readonly { readonly address: string; readonly protocol: string; readonly port: number }[];
}

const mark = '0x4000';
const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132 };

/**
 * The rules beside the virtual servers as iptables-save prints them: marks and masquerading, and what keeps others away from the node's own ports. Their
 * number does not depend on the number of Services. Models writeIptablesRules and createAndLinkKubeChain of pkg/proxy/ipvs/proxier.go, v1.33.
 */
export function ipvsIptablesSave(known: IptablesKnown): string {
  const tables = { filter: filterChains(known), nat: natChains(known) };
  const lines = Object.entries(tables).flatMap(([table, { builtIn, own }]) => [
    `*${table}`,
    ...Object.keys(builtIn).map((chain) => `:${chain} ACCEPT [0:0]`),
    ...Object.keys(own).map((chain) => `:${chain} - [0:0]`),
    ...Object.entries({ ...builtIn, ...own }).flatMap(([chain, rules]) => rules.map((rule) => `-A ${chain} ${rule}`)),
    'COMMIT',
  ]);
  return `${lines.join('\n')}\n`;
}

type ChainTexts = Readonly<Record<string, readonly string[]>>;

interface TableTexts {
  readonly builtIn: ChainTexts;
  readonly own: ChainTexts;
}

const commented = (text: string): string => `-m comment --comment "${text}"`;
const jumpTo = (chain: string, text: string): string => `${commented(text)} -j ${chain}`;

/** Asks a set, with its comment in front where kube-proxy writes one. */
function asks({ family }: IptablesKnown, name: SetName, fields: string, hasComment = true): string {
  return `${hasComment ? `${commented(setKinds[name][1])} ` : ''}-m set --match-set ${kernelSetName(name, family)} ${fields}`;
}

/** Rules about a set exist only while it has entries. */
function whenFilled({ sets }: IptablesKnown, name: SetName, rules: readonly string[]): readonly string[] {
  return sets[name].length > 0 ? rules : [];
}

function natChains(known: IptablesKnown): TableTexts {
  const portals = [jumpTo('KUBE-SERVICES', 'kubernetes service portals')];
  return {
    builtIn: { PREROUTING: portals, INPUT: [], OUTPUT: portals, POSTROUTING: [jumpTo('KUBE-POSTROUTING', 'kubernetes postrouting rules')] },
    own: {
      'KUBE-SERVICES': servicesRules(known),
      'KUBE-NODE-PORT': nodePortRules(known),
      'KUBE-LOAD-BALANCER': [
        ...whenFilled(known, 'KUBE-LOAD-BALANCER-LOCAL', [`${asks(known, 'KUBE-LOAD-BALANCER-LOCAL', 'dst,dst')} -j RETURN`]),
        '-j KUBE-MARK-MASQ',
      ],
      'KUBE-MARK-MASQ': [`-j MARK --set-xmark ${mark}/${mark}`],
      'KUBE-POSTROUTING': [
        ...whenFilled(known, 'KUBE-LOOP-BACK', [`${asks(known, 'KUBE-LOOP-BACK', 'dst,dst,src')} -j MASQUERADE`]),
        `-m mark ! --mark ${mark}/${mark} -j RETURN`,
        // --xor-mark: the mark goes, so that a packet that passes again is not masqueraded twice.
        `-j MARK --set-xmark ${mark}/0x0`,
        `${commented('kubernetes service traffic requiring SNAT')} -j MASQUERADE --random-fully`,
      ],
    },
  };
}

function servicesRules(known: IptablesKnown): readonly string[] {
  const { family, clusterCidr } = known;
  // iptables prints a source before everything else.
  const offCluster =
    clusterCidr === undefined
      ? `${asks(known, 'KUBE-CLUSTER-IP', 'src,dst')} -j KUBE-MARK-MASQ`
      : `! -s ${clusterCidr} ${asks(known, 'KUBE-CLUSTER-IP', 'dst,dst')} -j KUBE-MARK-MASQ`;
  const external = (name: SetName): readonly string[] => [
    `${asks(known, name, 'dst,dst')} -m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT`,
    `${asks(known, name, 'dst,dst')} -m addrtype --dst-type LOCAL -j ACCEPT`,
  ];
  return [
    `-s ${family === 'IPv4' ? '127.0.0.0/8' : '::1/128'} -j RETURN`,
    ...whenFilled(known, 'KUBE-LOAD-BALANCER', [`${asks(known, 'KUBE-LOAD-BALANCER', 'dst,dst')} -j KUBE-LOAD-BALANCER`]),
    ...whenFilled(known, 'KUBE-CLUSTER-IP', [offCluster]),
    ...whenFilled(known, 'KUBE-EXTERNAL-IP', [`${asks(known, 'KUBE-EXTERNAL-IP', 'dst,dst')} -j KUBE-MARK-MASQ`, ...external('KUBE-EXTERNAL-IP')]),
    ...whenFilled(known, 'KUBE-EXTERNAL-IP-LOCAL', external('KUBE-EXTERNAL-IP-LOCAL')),
    '-m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
    ...whenFilled(known, 'KUBE-CLUSTER-IP', [`${asks(known, 'KUBE-CLUSTER-IP', 'dst,dst', false)} -j ACCEPT`]),
    ...whenFilled(known, 'KUBE-LOAD-BALANCER', [`${asks(known, 'KUBE-LOAD-BALANCER', 'dst,dst', false)} -j ACCEPT`]),
  ];
}

function nodePortRules(known: IptablesKnown): readonly string[] {
  const kinds: readonly (readonly [protocol: string, all: SetName, local: SetName, fields: string])[] = [
    ['tcp', 'KUBE-NODE-PORT-TCP', 'KUBE-NODE-PORT-LOCAL-TCP', 'dst'],
    ['udp', 'KUBE-NODE-PORT-UDP', 'KUBE-NODE-PORT-LOCAL-UDP', 'dst'],
    ['sctp', 'KUBE-NODE-PORT-SCTP-HASH', 'KUBE-NODE-PORT-LOCAL-SCTP-HASH', 'dst,dst'],
  ];
  return kinds.flatMap(([protocol, all, local, fields]) => [
    ...whenFilled(known, local, [`-p ${protocol} ${asks(known, local, fields)} -j RETURN`]),
    ...whenFilled(known, all, [`-p ${protocol} ${asks(known, all, fields)} -j KUBE-MARK-MASQ`]),
  ]);
}

function filterChains(known: IptablesKnown): TableTexts {
  const { family, closedToNode } = known;
  const firewall = jumpTo('KUBE-PROXY-FIREWALL', 'kube-proxy firewall rules');
  const back = (name: SetName, fields: string): string => `${asks(known, name, fields, false)} -j RETURN`;
  return {
    // Each jump is put in front of those that stand there already.
    builtIn: {
      INPUT: [jumpTo('KUBE-IPVS-FILTER', 'kubernetes ipvs access filter'), firewall, jumpTo('KUBE-NODE-PORT', 'kubernetes health check rules')],
      FORWARD: [firewall, jumpTo('KUBE-FORWARD', 'kubernetes forwarding rules')],
      OUTPUT: [jumpTo('KUBE-IPVS-OUT-FILTER', 'kubernetes ipvs access filter')],
    },
    own: {
      'KUBE-FORWARD': [
        `${commented('kubernetes forwarding rules')} -m mark --mark ${mark}/${mark} -j ACCEPT`,
        `${commented('kubernetes forwarding conntrack rule')} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      ],
      'KUBE-IPVS-FILTER': [
        back('KUBE-LOAD-BALANCER', 'dst,dst'),
        back('KUBE-CLUSTER-IP', 'dst,dst'),
        back('KUBE-EXTERNAL-IP', 'dst,dst'),
        back('KUBE-EXTERNAL-IP-LOCAL', 'dst,dst'),
        back('KUBE-HEALTH-CHECK-NODE-PORT', 'dst'),
        // An echo has no port and is in none of the sets above: pings to these addresses are refused too (v1.27 and later).
        `-m conntrack --ctstate NEW ${asks(known, 'KUBE-IPVS-IPS', 'dst', false)} -j REJECT --reject-with icmp${family === 'IPv4' ? '' : '6'}-port-unreachable`,
      ],
      'KUBE-IPVS-OUT-FILTER': closedToNode.map(
        ({ address, protocol, port }) =>
          `-s ${hostCidr(address)} -m ipvs --vaddr ${address} --vproto ${protocolNumbers[protocol] ?? 0} --vport ${port} -j DROP`,
      ),
      'KUBE-NODE-PORT': [`${asks(known, 'KUBE-HEALTH-CHECK-NODE-PORT', 'dst')} -j ACCEPT`],
      'KUBE-PROXY-FIREWALL': whenFilled(known, 'KUBE-LOAD-BALANCER-FW', [`${asks(known, 'KUBE-LOAD-BALANCER-FW', 'dst,dst')} -j KUBE-SOURCE-RANGES-FIREWALL`]),
      'KUBE-SOURCE-RANGES-FIREWALL': [
        ...whenFilled(known, 'KUBE-LOAD-BALANCER-SOURCE-CIDR', [`${asks(known, 'KUBE-LOAD-BALANCER-SOURCE-CIDR', 'dst,dst,src')} -j RETURN`]),
        ...whenFilled(known, 'KUBE-LOAD-BALANCER-SOURCE-IP', [`${asks(known, 'KUBE-LOAD-BALANCER-SOURCE-IP', 'dst,dst,src')} -j RETURN`]),
        '-j DROP',
      ],
    },
  };
}
