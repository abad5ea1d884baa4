import { familyOf } from '../kube-proxy/cidr.ts';
import { listedEntry } from './address-sets.ts';
import { hostPort, type IpvsRules, type VirtualServer } from './ipvs-types.ts';

const protocolOrder: readonly VirtualServer['protocol'][] = ['tcp', 'udp', 'sctp'];

/** The virtual servers as `ipvsadm -Ln` prints them, with no connections: by protocol, address and port. Models ipvsadm 1.31. */
export function ipvsadmList({ virtualServers }: Pick<IpvsRules, 'virtualServers'>): string {
  const lines = virtualServers
    .toSorted(byPlace)
    .flatMap(({ address, port, protocol, scheduler, persistentSeconds, destinations }) => [
      `${protocol.toUpperCase().padEnd(4)} ${hostPort(address, port)} ${scheduler}${persistentSeconds === undefined ? '' : ` persistent ${persistentSeconds}`}`,
      ...destinations
        .toSorted((one, other) => compareAddresses(one.address, other.address) || one.port - other.port)
        .map((each) => `  -> ${hostPort(each.address, each.port).padEnd(28)} Masq    ${String(each.weight).padEnd(6)} ${'0'.padEnd(10)} ${'0'.padEnd(10)}`),
    ]);
  return [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    ...lines,
    '',
  ].join('\n');
}

function byPlace(one: VirtualServer, other: VirtualServer): number {
  return protocolOrder.indexOf(one.protocol) - protocolOrder.indexOf(other.protocol) || compareAddresses(one.address, other.address) || one.port - other.port;
}

function compareAddresses(one: string, other: string): number {
  const [first, second] = [sortKey(one), sortKey(other)];
  return first === second ? 0 : first < second ? -1 : 1;
}

const sortKey = (address: string): string =>
  familyOf(address) === 'IPv4'
    ? address
        .split('.')
        .map((part) => part.padStart(3, '0'))
        .join('.')
    : address;

/** The sets as `ipset list` prints them, without the lines that depend on the kernel (Revision, Size in memory). Models ipset 7. */
export function ipsetList({ sets, iptables }: Pick<IpvsRules, 'sets' | 'iptables'>): string {
  const rules = Object.values(iptables).flatMap((chains) => Object.values(chains).flatMap((chain) => chain.rules));
  const blocks = Object.entries(sets).map(([name, { type, entries }]) => [
    `Name: ${name}`,
    `Type: ${type}`,
    `Header: ${type === 'bitmap:port' ? 'range 0-65535' : `family ${name.startsWith('KUBE-6-') ? 'inet6' : 'inet'} hashsize 1024 maxelem 65536`}`,
    `References: ${rules.filter(({ matches }) => matches.some((match) => match.kind === 'set' && match.name === name)).length}`,
    `Number of entries: ${entries.length}`,
    'Members:',
    ...entries.map((entry) => listedEntry(entry)),
  ]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
