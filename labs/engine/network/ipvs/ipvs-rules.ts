import { familyOf, parseCidr } from '../kube-proxy/cidr.ts';
import { portTraffic } from '../kube-proxy/port-traffic.ts';
import type { ProxyInput } from '../kube-proxy/proxy-input.ts';
import { parseIptablesSave } from '../packet/parse-iptables-save.ts';
import { mayNodeUse, setEntries } from './address-sets.ts';
import { ipvsIptablesSave } from './ipvs-iptables.ts';
import type { AddressSet, IpvsRules } from './ipvs-types.ts';
import { kernelSetName, setKinds, setNames } from './set-names.ts';
import { dummyAddresses, virtualServers, type OpenConnection } from './virtual-servers.ts';

/** What kube-proxy finds on its node beside the objects. All of it can be left out. */
export interface IpvsNode {
  /** All addresses of the node's devices but loopback ones and those on kube-ipvs0: node ports are served at each. Absent: those of the node object. */
  readonly localAddresses?: readonly string[];
  /** Connections to destinations that have left. */
  readonly open?: readonly OpenConnection[];
}

/**
 * All that kube-proxy sets up on a node in ipvs mode with its default settings and `--cluster-cidr`: never throws. Written from the source, not compared with
 * a real node. Where the real order is random (Services, destinations, entries) it is that of names and addresses.
 * Models pkg/proxy/ipvs/proxier.go; the mode is deprecated since v1.35.
 */
export function ipvsRules(input: ProxyInput, { localAddresses = input.node.addresses, open = [] }: IpvsNode = {}): IpvsRules {
  const { family = 'IPv4' } = input;
  const nodeAddresses = localAddresses.filter((address) => familyOf(address) === family);
  const traffic = portTraffic(input);
  const onDummy = dummyAddresses(traffic, nodeAddresses);
  const entries = { ...setEntries({ input, traffic, nodeAddresses }), 'KUBE-IPVS-IPS': onDummy };
  const closedToNode = traffic
    .filter(({ port }) => port.sourceRanges.length > 0 && !mayNodeUse(port, input.node.addresses))
    .flatMap(({ port: { loadBalancerIPs, protocol, port } }) => loadBalancerIPs.map((address) => ({ address, protocol, port })));
  const clusterCidr = input.clusterCidrs.flatMap((text) => parseCidr(text) ?? []).find((cidr) => cidr.family === family)?.text;
  return {
    virtualServers: virtualServers({ traffic, nodeAddresses, open }),
    dummyAddresses: onDummy,
    sets: Object.fromEntries(setNames.map((name): [string, AddressSet] => [kernelSetName(name, family), { type: setKinds[name][0], entries: entries[name] }])),
    iptables: parseIptablesSave(ipvsIptablesSave({ family, clusterCidr, sets: entries, closedToNode })),
  };
}
