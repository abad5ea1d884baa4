import type { ProxiedPort } from '../kube-proxy/service-map.ts';
import type { Listener } from '../packet/topology.ts';
import type { ClusterNetwork, NetworkPod } from './cluster-network.ts';
import { podId } from './machines.ts';
import { networkPlan, type NetworkPlan } from './network-plan.ts';
import { servicePorts } from './node-rules.ts';

/** Where a program can be that calls. */
export interface Caller {
  /** Stays the same as long as the machine has its name; unique among callers. */
  readonly id: string;
  readonly label: string;
  /** The namespace of the topology that the call starts in. */
  readonly namespace: string;
  readonly address: string;
}

export type TargetKind = 'pod' | 'cluster IP' | 'node port' | 'external IP' | 'load balancer' | 'node' | 'outside host';

/** What can be called. Without `port` and `protocol` nothing is known to listen there: it can be pinged. */
export interface Target {
  /** Stays the same as long as names and ports do, also when addresses change; unique among targets. */
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly port?: number;
  readonly protocol?: Listener['protocol'];
  readonly kind: TargetKind;
}

/** Who can call in a network and what they can call, nearest things first. A pod that is gone calls nobody, but its address can still be called. */
export function callersAndTargets(network: ClusterNetwork): { readonly callers: readonly Caller[]; readonly targets: readonly Target[] } {
  const plan = networkPlan(network);
  if (plan.lan === undefined) return { callers: [], targets: [] };
  return { callers: callersOf(plan), targets: targetsOf(plan) };
}

/** The namespace `default` goes without saying, as with kubectl. */
function shortName(namespace: string, name: string): string {
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

function callersOf({ pods, hostPods, nodes, network: { outside } }: NetworkPlan): readonly Caller[] {
  const podCaller = (pod: NetworkPod): Caller => ({
    id: podId(pod),
    label: `pod ${shortName(pod.namespace, pod.name)} on ${pod.node}${pod.hostNetwork === true ? ', in its network' : ''}`,
    namespace: pod.hostNetwork === true ? pod.node : podId(pod),
    address: pod.address,
  });
  return [
    ...[...pods, ...hostPods].map(podCaller),
    ...nodes.map(({ name, address }) => ({ id: name, label: `node ${name}`, namespace: name, address })),
    ...outside.map(({ name, address, on }) => ({
      id: name,
      label: `${name}, ${on === 'lan' ? 'beside the nodes' : 'on the internet'}`,
      namespace: name,
      address,
    })),
  ];
}

interface Machine {
  readonly kind: 'pod' | 'node' | 'outside host';
  /** Unique among machines of the kind. */
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly listeners: readonly Listener[];
}

/** A machine’s listeners, or only its address where it has none. */
function machineTargets({ kind, id, label, address, listeners }: Machine): readonly Target[] {
  if (listeners.length === 0) return [{ id: `${slug(kind)}/${id}`, label, address, kind }];
  return listeners.map(({ port, protocol }) => {
    const at = { port, protocol };
    return { id: `${slug(kind)}/${id}/${port}/${protocol}`, label: `${label}:${portText(at)}`, address, ...at, kind };
  });
}

const slug = (kind: TargetKind): string => kind.toLowerCase().replaceAll(' ', '-');
const portText = ({ port, protocol }: Listener): string => (protocol === 'tcp' ? String(port) : `${port}/${protocol}`);

function targetsOf({ nodes, network }: NetworkPlan): readonly Target[] {
  const all = [
    ...network.pods.flatMap((pod) => machineTargets({ ...pod, kind: 'pod', id: podId(pod), label: `pod ${shortName(pod.namespace, pod.name)}` })),
    ...servicePorts(network).flatMap((port) => serviceTargets(port, network)),
    ...nodes.flatMap((each) => machineTargets({ ...each, kind: 'node', id: each.name, label: `node ${each.name}` })),
    ...network.outside.flatMap((host) => machineTargets({ ...host, kind: 'outside host', id: host.name, label: host.name })),
  ];
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}

function serviceTargets(service: ProxiedPort, { nodes }: ClusterNetwork): readonly Target[] {
  const { protocol, port, clusterIP, nodePort, externalIPs, loadBalancerIPs } = service;
  if (protocol === 'sctp') return [];
  const short = shortName(service.namespace, service.service);
  const at = (kind: TargetKind, address: string, where: { readonly port: number; readonly id: string; readonly label: string }): Target => ({
    id: `${slug(kind)}/${where.id}/${where.port}/${protocol}`,
    label: where.label,
    address,
    port: where.port,
    protocol,
    kind,
  });
  const name = `${service.namespace}/${service.service}`;
  const external = (kind: 'external IP' | 'load balancer') => (address: string) =>
    at(kind, address, { port, id: `${name}/${address}`, label: `${kind} ${address}:${portText({ port, protocol })} of ${short}` });
  return [
    at('cluster IP', clusterIP, { port, id: name, label: `Service ${short}:${portText({ port, protocol })}` }),
    ...externalIPs.map(external('external IP')),
    ...loadBalancerIPs.map(external('load balancer')),
    ...(nodePort === undefined
      ? []
      : nodes.map((node) =>
          at('node port', node.address, {
            port: nodePort,
            id: node.name,
            label: `${node.name}:${portText({ port: nodePort, protocol })}, node port of ${short}`,
          }),
        )),
  ];
}
