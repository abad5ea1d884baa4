import type { IpFamily } from '../../api/types.ts';
import { masqueradeMark } from './iptables-matches.ts';
import type { NftChain, NftField, NftHook, NftRule, NftStatement } from './nftables-types.ts';

/** The fields of one family. */
export interface NftFields {
  readonly source: NftField;
  readonly destination: NftField;
}

/** `ip` or `ip6` fields. */
export function nftFields(family: IpFamily): NftFields {
  return family === 'IPv4' ? { source: 'ip saddr', destination: 'ip daddr' } : { source: 'ip6 saddr', destination: 'ip6 daddr' };
}

/** What the chains that do not belong to one Service depend on. */
export interface BaseContext {
  readonly family: IpFamily;
  readonly clusterCidr: string | undefined;
  readonly serviceCidrs: readonly string[];
  /** Whether node ports are open at the node's main address alone, which a set holds. */
  readonly hasNodeAddress: boolean;
}

export const rejectChain = 'reject-chain';

/** A rule of statements. */
export function nftRule(statements: readonly NftStatement[], comment?: string): NftRule {
  return comment === undefined ? { statements } : { statements, comment };
}

export const markPacket: NftStatement = { kind: 'change mark', operator: '|', value: masqueradeMark };
const jumpTo = (chain: string): NftStatement => ({ kind: 'verdict', verdict: { kind: 'jump', chain } });
const newTo = (chain: string): NftRule => nftRule([{ kind: 'conntrack state', state: 'new' }, jumpTo(chain)]);

/** The chains that the kernel enters. Addresses of load balancers must be judged before the destination is changed. */
function hookedChains(): readonly NftChain[] {
  const chain = (name: string, hook: NftHook, ...rules: readonly NftRule[]): NftChain => ({ name, hook, rules });
  const [services, clusterIps, firewall] = [newTo('service-endpoints-check'), newTo('cluster-ips-check'), newTo('firewall-check')];
  return [
    chain('filter-prerouting-pre-dnat', { type: 'filter', hook: 'prerouting', priority: -110 }, firewall),
    chain('filter-output-pre-dnat', { type: 'filter', hook: 'output', priority: -110 }, firewall),
    chain('filter-input', { type: 'filter', hook: 'input', priority: 0 }, newTo('nodeport-endpoints-check'), services),
    chain('filter-forward', { type: 'filter', hook: 'forward', priority: 0 }, services, clusterIps),
    chain('filter-output', { type: 'filter', hook: 'output', priority: 0 }, services, clusterIps),
    chain('nat-prerouting', { type: 'nat', hook: 'prerouting', priority: -100 }, nftRule([jumpTo('services')])),
    chain('nat-output', { type: 'nat', hook: 'output', priority: -100 }, nftRule([jumpTo('services')])),
    chain('nat-postrouting', { type: 'nat', hook: 'postrouting', priority: 100 }, nftRule([jumpTo('masquerading')])),
  ];
}

/** All chains that do not belong to one Service. */
export function baseChains(context: BaseContext): readonly NftChain[] {
  const { source, destination } = nftFields(context.family);
  const toPort: readonly NftField[] = ['meta l4proto', 'th dport'];
  const byAddress = (map: string): NftRule => nftRule([{ kind: 'verdict map', fields: [destination, ...toPort], map }]);
  const byNodePort = (map: string, isKnownLocal = false): NftRule => nftRule([...toNode(context, isKnownLocal), { kind: 'verdict map', fields: toPort, map }]);
  return [
    ...hookedChains(),
    // Entered from the input hook alone, where every destination is the node.
    { name: 'nodeport-endpoints-check', rules: [byNodePort('no-endpoint-nodeports', true)] },
    { name: 'service-endpoints-check', rules: [byAddress('no-endpoint-services')] },
    { name: 'firewall-check', rules: [byAddress('firewall-ips')] },
    { name: 'services', rules: [...markRules(context), byAddress('service-ips'), byNodePort('service-nodeports')] },
    {
      name: 'masquerading',
      rules: [
        // The mark goes, so that a packet that passes again (in a tunnel) is not masqueraded twice.
        nftRule([{ kind: 'has mark', mask: masqueradeMark }, { kind: 'change mark', operator: '^', value: masqueradeMark }, { kind: 'masquerade' }]),
        nftRule([
          { kind: 'conntrack status', status: 'dnat' },
          { kind: 'lookup', fields: [source, destination, ...toPort], set: 'hairpin-connections' },
          { kind: 'masquerade' },
        ]),
      ],
    },
    { name: 'cluster-ips-check', rules: unusedRules(context) },
    {
      name: rejectChain,
      comment: 'helper for @no-endpoint-services / @no-endpoint-nodeports',
      rules: [nftRule([{ kind: 'reject' }])],
    },
  ];
}

function toNode({ family, hasNodeAddress }: BaseContext, isKnownLocal: boolean): readonly NftStatement[] {
  const field = nftFields(family).destination;
  if (hasNodeAddress) return [{ kind: 'lookup', fields: [field], set: 'nodeport-ips' }];
  return [
    ...(isKnownLocal ? [] : [{ kind: 'is local', of: 'daddr' } as const]),
    { kind: 'match', field, values: [family === 'IPv4' ? '127.0.0.0/8' : '::1'], not: true },
  ];
}

function markRules({ family, clusterCidr }: BaseContext): readonly NftRule[] {
  const { source, destination } = nftFields(family);
  if (clusterCidr === undefined) return [];
  const isOutside: NftStatement = { kind: 'match', field: source, values: [clusterCidr], not: true };
  return [nftRule([{ kind: 'lookup', fields: [destination], set: 'cluster-ips' }, isOutside, markPacket], 'masquerade clusterIP traffic from outside cluster')];
}

function unusedRules({ family, serviceCidrs }: BaseContext): readonly NftRule[] {
  const field = nftFields(family).destination;
  const reject = nftRule([{ kind: 'lookup', fields: [field], set: 'cluster-ips' }, { kind: 'reject' }], 'Reject traffic to invalid ports of ClusterIPs');
  if (serviceCidrs.length === 0) return [reject];
  const isService: NftStatement = { kind: 'match', field, values: serviceCidrs, ...(serviceCidrs.length > 1 && { isSet: true }) };
  return [reject, nftRule([isService, { kind: 'verdict', verdict: { kind: 'drop' } }], 'Drop traffic to unallocated ClusterIPs')];
}
