import type { IpFamily } from '../../api/types.ts';
import { portChainNames } from './iptables-chain-names.ts';
import { comment, destination, destinationPort, isLocal, jump, protocol, refusalTarget, rule, toAddress } from './iptables-matches.ts';
import type { IptablesMatch, IptablesRule, IptablesTable } from './iptables-types.ts';
import type { PortTraffic, Refusal } from './port-traffic.ts';

/** A rule for a chain that all Services share. */
export interface Entry {
  readonly table: IptablesTable;
  readonly chain: string;
  readonly rule: IptablesRule;
}

/** What leads to a port from the chains that all Services share, or refuses its traffic. */
export function portEntries(traffic: PortTraffic, family: IpFamily): readonly Entry[] {
  return [...internalEntries(traffic, family), ...externalEntries(traffic, family), ...nodePortEntries(traffic, family), ...healthEntries(traffic)];
}

const because = ({ port: { name } }: PortTraffic, refusal: Refusal): string => `${name} has no ${refusal === 'reject' ? '' : 'local '}endpoints`;

function internalEntries(traffic: PortTraffic, family: IpFamily): readonly Entry[] {
  const { port, internalRefusal } = traffic;
  const to = { address: port.clusterIP, port: port.port, protocol: port.protocol };
  if (internalRefusal !== undefined) {
    return [{ table: 'filter', chain: 'KUBE-SERVICES', rule: rule(toAddress(to, because(traffic, internalRefusal)), refusalTarget(internalRefusal, family)) }];
  }
  const names = portChainNames(port);
  const target = jump(port.isInternalLocal ? names.local : names.cluster);
  return [{ table: 'nat', chain: 'KUBE-SERVICES', rule: rule(toAddress(to, `${port.name} cluster IP`), target) }];
}

function externalEntries(traffic: PortTraffic, family: IpFamily): readonly Entry[] {
  const { port, hasAny, externalRefusal } = traffic;
  const names = portChainNames(port);
  const hasFirewall = hasAny && port.sourceRanges.length > 0;
  const entries = (address: string, isLoadBalancer: boolean): readonly Entry[] => {
    const to = { address, port: port.port, protocol: port.protocol };
    const found: Entry[] = [];
    if (hasAny) {
      const target = jump(isLoadBalancer && hasFirewall ? names.firewall : names.external);
      found.push({
        table: 'nat',
        chain: 'KUBE-SERVICES',
        rule: rule(toAddress(to, `${port.name} ${isLoadBalancer ? 'loadbalancer' : 'external'} IP`), target),
      });
    }
    if (isLoadBalancer && hasFirewall) {
      const text = `${port.name} traffic not accepted by ${names.firewall}`;
      found.push({ table: 'filter', chain: 'KUBE-PROXY-FIREWALL', rule: rule(toAddress(to, text), { kind: 'DROP' }) });
    }
    if (externalRefusal !== undefined) {
      const refuse = rule(toAddress(to, because(traffic, externalRefusal)), refusalTarget(externalRefusal, family));
      found.push({ table: 'filter', chain: 'KUBE-EXTERNAL-SERVICES', rule: refuse });
    }
    return found;
  };
  return [...port.externalIPs.flatMap((address) => entries(address, false)), ...port.loadBalancerIPs.flatMap((address) => entries(address, true))];
}

function nodePortEntries(traffic: PortTraffic, family: IpFamily): readonly Entry[] {
  const { port, hasAny, externalRefusal } = traffic;
  if (port.nodePort === undefined) return [];
  const isNodePort: readonly IptablesMatch[] = [protocol(port.protocol), comment(port.name), destinationPort(port.protocol, port.nodePort)];
  const target = jump(portChainNames(port).external);
  const found: Entry[] = [];
  if (hasAny) {
    // Source ranges do not bind node ports.
    if (family === 'IPv4') {
      const counted = rule([destination('127.0.0.0/8'), ...isNodePort, { kind: 'count', counter: 'localhost_nps_accepted_pkts' }], target);
      found.push({ table: 'nat', chain: 'KUBE-NODEPORTS', rule: counted });
    }
    found.push({ table: 'nat', chain: 'KUBE-NODEPORTS', rule: rule(isNodePort, target) });
  }
  if (externalRefusal !== undefined) {
    const matches = [
      protocol(port.protocol),
      comment(because(traffic, externalRefusal)),
      isLocal('destination'),
      destinationPort(port.protocol, port.nodePort),
    ];
    found.push({ table: 'filter', chain: 'KUBE-EXTERNAL-SERVICES', rule: rule(matches, refusalTarget(externalRefusal, family)) });
  }
  return found;
}

function healthEntries({ port: { name, healthCheckNodePort } }: PortTraffic): readonly Entry[] {
  if (healthCheckNodePort === undefined) return [];
  const matches = [protocol('tcp'), comment(`${name} health check node port`), destinationPort('tcp', healthCheckNodePort)];
  return [{ table: 'filter', chain: 'KUBE-NODEPORTS', rule: rule(matches, { kind: 'ACCEPT' }) }];
}
