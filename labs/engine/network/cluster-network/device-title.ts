import { deviceOf, type NetworkNamespace, type Topology } from '../packet/topology.ts';
import type { ClusterNetwork } from './cluster-network.ts';
import { clusterTopology } from './cluster-topology.ts';

/** A place where packets can be captured. */
export interface CaptureDevice {
  /** `namespace/device` of the topology. */
  readonly id: string;
  /** What it is, in a few words. */
  readonly title: string;
}

/** The namespace and the device of `namespace/device`; only namespaces may hold strokes. */
export function deviceParts(where: string): { readonly namespace: string; readonly device: string } {
  const end = where.lastIndexOf('/');
  return { namespace: where.slice(0, Math.max(end, 0)), device: where.slice(end + 1) };
}

/** What a device is to a reader who knows its machine, with that machine’s name: `bridge port of pod default/web`. The text itself for one that is not there. */
export function deviceTitle({ namespaces }: Topology, where: string): string {
  const { namespace: name, device: deviceName } = deviceParts(where);
  const namespace = namespaces[name];
  const device = namespace && deviceOf(namespace, deviceName);
  if (!device) return where;
  const owner = namespace.role === 'pod' ? `pod ${name}` : namespace.role === 'node' ? `node ${name}` : name;
  switch (device.kind) {
    case 'loopback':
      return `loopback of ${owner}`;
    case 'vxlan':
      return `tunnel of ${owner} to the other nodes`;
    case 'dummy':
      return `addresses of Services on ${owner}`;
    case 'bridge':
      return namespace.role === 'switch' ? `the switch ${name}` : `bridge of the pods on ${owner}`;
    case 'veth':
      return cableTitle(namespace, device.peer.namespace, { name, owner, isPort: device.bridge !== undefined });
  }
}

interface CableOwner {
  readonly name: string;
  readonly owner: string;
  readonly isPort: boolean;
}

function cableTitle({ role, devices }: NetworkNamespace, peer: string, { name, owner, isPort }: CableOwner): string {
  if (isPort) return role === 'switch' ? `port of ${peer} on the switch ${name}` : `bridge port of pod ${peer}`;
  if (role === 'pod') return `interface of ${owner}`;
  const cards = devices.filter(({ kind }) => kind === 'veth').length;
  return role === 'host' && cards > 1 ? `network card of ${owner} towards ${peer}` : `network card of ${owner}`;
}

/** Where a network’s packets can be captured, with titles: machine by machine, nodes first. A switch has nobody to run tcpdump, what a pod sends to itself stays out, and nothing passes kube-ipvs0. */
export function captureDevices(network: ClusterNetwork): readonly CaptureDevice[] {
  const topology = clusterTopology(network);
  const order = ['node', 'pod', 'host'];
  return Object.entries(topology.namespaces)
    .filter(([, { role }]) => order.includes(role))
    .toSorted(([, one], [, other]) => order.indexOf(one.role) - order.indexOf(other.role))
    .flatMap(([name, { role, devices }]) =>
      devices.filter(({ kind }) => kind !== 'dummy' && (kind !== 'loopback' || role === 'node')).map((device) => `${name}/${device.name}`),
    )
    .map((id) => ({ id, title: deviceTitle(topology, id) }));
}
