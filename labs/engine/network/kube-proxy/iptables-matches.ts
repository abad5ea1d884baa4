import type { IpFamily } from '../../api/types.ts';
import { hostCidr } from './cidr.ts';
import type { IptablesMatch, IptablesRule, IptablesTarget, TransportProtocol } from './iptables-types.ts';

/** The bit of a packet's mark that asks for masquerading (`--iptables-masquerade-bit` 14). */
export const masqueradeMark = 0x4000;

export const jump = (chain: string): IptablesTarget => ({ kind: 'jump', chain });
export const markForMasquerade: IptablesTarget = jump('KUBE-MARK-MASQ');

export const comment = (text: string): IptablesMatch => ({ kind: 'comment', text });
export const source = (cidr: string): IptablesMatch => ({ kind: 'source', cidr });
export const notSource = (cidr: string): IptablesMatch => ({ kind: 'source', cidr, not: true });
export const destination = (cidr: string): IptablesMatch => ({ kind: 'destination', cidr });
export const protocol = (name: TransportProtocol): IptablesMatch => ({ kind: 'protocol', protocol: name });
export const isLocal = (of: 'source' | 'destination'): IptablesMatch => ({ kind: 'address type', of, type: 'LOCAL' });
export const hasMasqueradeMark: IptablesMatch = { kind: 'mark', value: masqueradeMark, mask: masqueradeMark };

/** `-m tcp --dport`. */
export const destinationPort = (name: TransportProtocol, port: number): IptablesMatch => ({ kind: 'transport', protocol: name, destinationPort: port });

/** Traffic to one address and port. */
export function toAddress(
  { address, port, protocol: name }: { readonly address: string; readonly port: number; readonly protocol: TransportProtocol },
  text: string,
): readonly IptablesMatch[] {
  return [destination(hostCidr(address)), protocol(name), comment(text), destinationPort(name, port)];
}

/** A rule. */
export function rule(matches: readonly IptablesMatch[], target?: IptablesTarget): IptablesRule {
  return target === undefined ? { matches } : { matches, target };
}

/** The answer to traffic that has no endpoint. */
export function refusalTarget(refusal: 'reject' | 'drop', family: IpFamily): IptablesTarget {
  if (refusal === 'drop') return { kind: 'DROP' };
  return { kind: 'REJECT', with: family === 'IPv4' ? 'icmp-port-unreachable' : 'icmp6-port-unreachable' };
}
