import type { IpvsRules } from '../ipvs/ipvs-types.ts';
import type { NftTable } from '../kube-proxy/nftables-types.ts';
import type { RuleTables } from './rules.ts';

/** The rules of one namespace. Both kinds may stand side by side: the kernel asks iptables' chains first where priorities are equal. */
export interface RuleSets {
  readonly iptables?: RuleTables;
  readonly nftables?: readonly NftTable[];
  /** Virtual servers, and the sets that rules of iptables ask. */
  readonly ipvs?: Pick<IpvsRules, 'virtualServers' | 'sets'>;
}
