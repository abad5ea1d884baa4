import { parseCidr } from '../kube-proxy/cidr.ts';
import { endpointsMap } from '../kube-proxy/endpoints-map.ts';
import type { PortTraffic } from '../kube-proxy/port-traffic.ts';
import type { ProxyInput } from '../kube-proxy/proxy-input.ts';
import { portKey, type ProxiedPort } from '../kube-proxy/service-map.ts';
import { cidrHas } from '../kube-proxy/cidr.ts';
import { isInBlock } from '../packet/routing.ts';
import type { Packet } from '../packet/packet.ts';
import type { AddressSet } from './ipvs-types.ts';
import { setNames, type SetName } from './set-names.ts';

/** A word for one set. */
export interface SetEntry {
  readonly set: SetName;
  readonly text: string;
}

interface Known {
  readonly input: ProxyInput;
  readonly traffic: readonly PortTraffic[];
  readonly nodeAddresses: readonly string[];
}

/** The entries of all sets but KUBE-IPVS-IPS, without those that stand there twice. Models the ipset calls in syncProxyRules of pkg/proxy/ipvs/proxier.go. */
export function setEntries({ input, traffic, nodeAddresses }: Known): Readonly<Record<SetName, readonly string[]>> {
  const endpoints = endpointsMap(input);
  const all = traffic.flatMap(({ port }): readonly SetEntry[] => {
    const { namespace, service, portName, protocol, clusterIP } = port;
    const local = (endpoints.get(portKey(namespace, service, { name: portName, protocol })) ?? []).filter(({ isLocal }) => isLocal);
    return [
      // All endpoints of this node, usable or not: whoever calls a Service and gets itself must see another source.
      ...local.map((each): SetEntry => ({ set: 'KUBE-LOOP-BACK', text: `${each.address},${protocol}:${each.port},${each.address}` })),
      { set: 'KUBE-CLUSTER-IP', text: `${clusterIP},${protocol}:${port.port}` },
      ...externalEntries(port),
      ...port.loadBalancerIPs.flatMap((address) => loadBalancerEntries(port, address, input.node.addresses)),
      ...(nodeAddresses.length > 0 ? nodePortEntries(port, nodeAddresses) : []),
      ...(port.healthCheckNodePort === undefined ? [] : [{ set: 'KUBE-HEALTH-CHECK-NODE-PORT' as const, text: String(port.healthCheckNodePort) }]),
    ];
  });
  const textsOf = (name: SetName) => [...new Set(all.filter(({ set }) => set === name).map(({ text }) => text))];
  return Object.fromEntries(setNames.map((name) => [name, textsOf(name)])) as unknown as Readonly<Record<SetName, readonly string[]>>;
}

function externalEntries({ externalIPs, isExternalLocal, protocol, port }: ProxiedPort): readonly SetEntry[] {
  return externalIPs.map((address) => ({ set: isExternalLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', text: `${address},${protocol}:${port}` }));
}

function loadBalancerEntries(port: ProxiedPort, address: string, ownAddresses: readonly string[]): readonly SetEntry[] {
  const text = `${address},${port.protocol}:${port.port}`;
  return [
    { set: 'KUBE-LOAD-BALANCER', text },
    ...(port.isExternalLocal ? [{ set: 'KUBE-LOAD-BALANCER-LOCAL' as const, text }] : []),
    ...(port.sourceRanges.length > 0 ? [{ set: 'KUBE-LOAD-BALANCER-FW' as const, text }] : []),
    ...port.sourceRanges.map((range): SetEntry => ({ set: 'KUBE-LOAD-BALANCER-SOURCE-CIDR', text: `${text},${range.text}` })),
    ...(mayNodeUse(port, ownAddresses) ? [{ set: 'KUBE-LOAD-BALANCER-SOURCE-IP' as const, text: `${text},${address}` }] : []),
  ];
}

/** Whether the ranges of a load balancer, if there are any, hold the node itself: its own packets to that address come from that address. */
export function mayNodeUse({ sourceRanges }: ProxiedPort, ownAddresses: readonly string[]): boolean {
  return sourceRanges.some((range) => ownAddresses.some((address) => cidrHas(range, address)));
}

function nodePortEntries({ nodePort, protocol, isExternalLocal }: ProxiedPort, nodeAddresses: readonly string[]): readonly SetEntry[] {
  if (nodePort === undefined) return [];
  // SCTP ports are kept with addresses: a bitmap knows no SCTP.
  const texts = protocol === 'sctp' ? nodeAddresses.map((address) => `${address},sctp:${nodePort}`) : [String(nodePort)];
  const [all, local] = nodePortSets[protocol];
  return texts.flatMap((text): readonly SetEntry[] => [{ set: all, text }, ...(isExternalLocal ? [{ set: local, text }] : [])]);
}

const nodePortSets: Readonly<Record<ProxiedPort['protocol'], readonly [SetName, SetName]>> = {
  tcp: ['KUBE-NODE-PORT-TCP', 'KUBE-NODE-PORT-LOCAL-TCP'],
  udp: ['KUBE-NODE-PORT-UDP', 'KUBE-NODE-PORT-LOCAL-UDP'],
  sctp: ['KUBE-NODE-PORT-SCTP-HASH', 'KUBE-NODE-PORT-LOCAL-SCTP-HASH'],
};

/** Whether a set holds what a packet has at `fields` (`src` or `dst`, one for each part of its type). Models ip_set_test of net/netfilter/ipset. */
export function setHas({ type, entries }: AddressSet, fields: readonly ('src' | 'dst')[], packet: Packet): boolean {
  const parts = (type.split(':')[1] ?? '').split(',');
  const isBitmap = type === 'bitmap:port';
  const words = parts.map((part, index) => {
    const isSource = fields[index] === 'src';
    if (part !== 'port') return isSource ? packet.source : packet.destination;
    const port = isSource ? packet.sourcePort : packet.destinationPort;
    if (port === undefined) return undefined;
    return isBitmap ? String(port) : `${packet.protocol}:${port}`;
  });
  if (words.includes(undefined)) return false;
  if (!type.endsWith(',net')) return entries.includes(words.join(','));
  const [address = ''] = words.slice(-1);
  const begin = `${words.slice(0, -1).join(',')},`;
  return entries.some((entry) => entry.startsWith(begin) && isInBlock(address, entry.slice(begin.length)));
}

/** A block as ipset lists it: one that is a single address stands without its prefix. */
export function listedEntry(entry: string): string {
  const block = entry.slice(entry.lastIndexOf(',') + 1);
  const cidr = block.includes('/') ? parseCidr(block) : undefined;
  return cidr && cidr.first === cidr.last ? entry.slice(0, entry.lastIndexOf('/')) : entry;
}
