import type { Device, DeviceName, NetworkNamespace, Route, Vxlan } from '../packet/topology.ts';
import { addressAt, macFor, type AddressBlock } from './address-block.ts';
import type { NetworkPod, NetworkSettings } from './cluster-network.ts';
import { cableNames } from './device-names.ts';
import { card, defaultBlock, loopback, onBlock, podId, quietSysctls, uniqueListeners, type NamedNamespace } from './machines.ts';
import { vxlanBytes, type NetworkPlan, type PlannedNode } from './network-plan.ts';
import { nodeRules } from './node-rules.ts';

const bridgeName = 'cni0';
const tunnelName = 'flannel.1';
const cardName = 'eth0';
/** flannel’s defaults: VNI 1, and the port that Linux used before 4789 was given to VXLAN. */
const vni = 1;
const vxlanPort = 8472;

/** A node with its pods: what the pod network’s programs (flannel, and the CNI plugin bridge) set up on it. `cableEnd`: the switch’s port. */
export function nodeNamespaces(plan: NetworkPlan, node: PlannedNode, cableEnd: DeviceName): readonly NamedNamespace[] {
  const own = plan.pods.filter((pod) => pod.node === node.name);
  const cables = cableNames(
    own.map((pod) => ({ id: podId(pod), name: pod.name })),
    'veth',
  );
  const cableOf = (pod: NetworkPod): string => cables.get(podId(pod)) ?? '';
  const { settings, changes } = plan.network;
  const mtuBytes = podMtuBytes(settings);
  const nodeCard = onBlock(plan.lan, node.address, cardName);
  const bridge = onBlock(node.podBlock, addressAt(node.podBlock, 1), bridgeName);
  const isFiltered = !changes.some((change) => change.kind === 'bridge netfilter off' && change.node === node.name);
  const rules = nodeRules(plan.network, node);
  const devices: readonly Device[] = [
    loopback,
    card({
      mac: macFor('02:42', node.address),
      mtuBytes: settings.lanMtuBytes,
      address: nodeCard.address,
      peer: cableEnd,
    }),
    { kind: 'bridge', name: bridgeName, mac: macFor('0a:58', bridge.address.address), mtuBytes, addresses: [bridge.address] },
    ...own.map((pod) => portOf(pod, cableOf(pod), { mtuBytes, hairpin: settings.hairpin && !isHairpinOff(plan, pod) })),
    ...(settings.podNetwork === 'vxlan' ? [tunnel(node, plan)] : []),
    ...(rules.ipvs ? [dummy(node, rules.ipvs.dummyAddresses)] : []),
  ];
  const namespace: NetworkNamespace = {
    role: 'node',
    devices,
    routes: [{ to: defaultBlock, via: addressAt(plan.lan, 1), device: cardName }, bridge.route, ...routesToOthers(node, plan), nodeCard.route],
    sysctls: {
      forwards: true,
      filtersBridged: settings.bridgeNetfilter && isFiltered,
      // Only iptables mode offers node ports at 127.0.0.1, and switches this on for it (pkg/proxy/iptables, --iptables-localhost-nodeports).
      routesLocalnet: settings.proxyMode === 'iptables',
    },
    rules,
    listeners: uniqueListeners([...node.listeners, ...plan.hostPods.filter((pod) => pod.node === node.name).flatMap(({ listeners }) => listeners)]),
  };
  return [[node.name, namespace], ...own.map((pod) => podNamespace(pod, { node, plan, port: cableOf(pod) }))];
}

/** The MTU of pods and of their bridge. Models flannel’s FLANNEL_MTU, which the bridge plugin takes over. */
export function podMtuBytes({ podMtuBytes: set, lanMtuBytes, podNetwork }: NetworkSettings): number {
  return set ?? (podNetwork === 'vxlan' ? lanMtuBytes - vxlanBytes : lanMtuBytes);
}

function isHairpinOff({ network: { changes } }: NetworkPlan, pod: NetworkPod): boolean {
  return changes.some((change) => change.kind === 'hairpin off' && change.pod === podId(pod));
}

function portOf(pod: NetworkPod, name: string, { mtuBytes, hairpin }: { readonly mtuBytes: number; readonly hairpin: boolean }): Device {
  const peer = { namespace: podId(pod), device: cardName };
  return { kind: 'veth', name, mac: macFor('0e:11', pod.address), mtuBytes, addresses: [], peer, bridge: bridgeName, hairpin };
}

/** Where kube-proxy in ipvs mode puts the addresses of Services, so that their packets are for the node; no packet passes it. Models pkg/proxy/ipvs/netlink_linux.go. */
function dummy({ address }: PlannedNode, addresses: readonly string[]): Device {
  const own = addresses.map((each) => ({ address: each, prefixLength: 32 }));
  return { kind: 'dummy', name: 'kube-ipvs0', mac: macFor('06:a5', address), mtuBytes: 1500, addresses: own };
}

/** The first address of a node’s block: its tunnel’s, to which the others send what is for its pods. */
const tunnelAddress = (block: AddressBlock): string => addressAt(block, 0);
const tunnelMac = ({ address }: PlannedNode): string => macFor('0e:fa', address);

/** Nobody asks for MACs in the tunnel: flannel writes them down. Models pkg/backend/vxlan. */
function tunnel(node: PlannedNode, { nodes, network: { settings } }: NetworkPlan): Device {
  const others = nodes.filter((other) => other !== node);
  const vxlan: Vxlan = {
    vni,
    local: node.address,
    port: vxlanPort,
    neighbours: Object.fromEntries(others.map((other) => [tunnelAddress(other.podBlock), tunnelMac(other)])),
    forwarding: Object.fromEntries(others.map((other) => [tunnelMac(other), other.address])),
  };
  const addresses = [{ address: tunnelAddress(node.podBlock), prefixLength: 32 }];
  return { kind: 'vxlan', name: tunnelName, mac: tunnelMac(node), mtuBytes: settings.lanMtuBytes - vxlanBytes, addresses, vxlan };
}

function routesToOthers(node: PlannedNode, { nodes, network: { settings } }: NetworkPlan): readonly Route[] {
  return nodes
    .filter((other) => other !== node)
    .map(({ podBlock, address }) =>
      settings.podNetwork === 'vxlan'
        ? { to: podBlock.text, via: tunnelAddress(podBlock), device: tunnelName }
        : { to: podBlock.text, via: address, device: cardName },
    );
}

interface PodPlace {
  readonly node: PlannedNode;
  readonly plan: NetworkPlan;
  readonly port: string;
}

/** Models the CNI plugin bridge with flannel’s configuration: the bridge is the gateway, also named for all pods’ addresses. */
function podNamespace(pod: NetworkPod, { node, plan, port }: PodPlace): NamedNamespace {
  const { settings } = plan.network;
  const via = addressAt(node.podBlock, 1);
  const { address, route } = onBlock(node.podBlock, pod.address, cardName);
  const eth0 = card({ mac: macFor('0a:58', pod.address), mtuBytes: podMtuBytes(settings), address, peer: { namespace: node.name, device: port } });
  const routes: readonly Route[] = [{ to: defaultBlock, via, device: cardName }, { to: settings.clusterCidr, via, device: cardName }, route];
  return [podId(pod), { role: 'pod', devices: [loopback, eth0], routes, sysctls: quietSysctls, listeners: uniqueListeners(pod.listeners) }];
}
