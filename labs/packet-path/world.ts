import type { Pod } from '../engine/api/types.ts';
import { decideEndpoints } from '../engine/network/endpoint-slices.ts';
import type { ClusterNetwork, NetworkChange, NetworkPod } from '../engine/network/cluster-network/cluster-network.ts';
import type { ProxiedService, ProxiedSlice } from '../engine/network/kube-proxy/proxy-input.ts';
import type { World, WorldPod } from './input.ts';
import { objectKey } from './names.ts';

/** A pod as the endpoint controller sees it. */
function apiPod({ namespace, name, node, address, labels, isReady, ports, hostNetwork }: WorldPod): Pod {
  return {
    metadata: { name, namespace, labels },
    spec: {
      nodeName: node,
      ...(hostNetwork && { hostNetwork }),
      containers: [
        {
          name: 'app',
          ports: ports.map(({ name: portName, port, protocol }) => ({ ...(portName !== undefined && { name: portName }), containerPort: port, protocol })),
        },
      ],
    },
    status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }], conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
}

/** The EndpointSlices of the cluster: those that the controller makes of the pods, and those written by hand. */
export function slicesOf({ services, pods, writtenSlices }: Pick<World, 'services' | 'pods' | 'writtenSlices'>): readonly ProxiedSlice[] {
  const there = pods.filter(({ isGone }) => !isGone).map(apiPod);
  return [...services.flatMap((service) => decideEndpoints(service, there).slices), ...writtenSlices];
}

function networkPod({ namespace, name, node, address, labels, hostNetwork, ports, listeners }: WorldPod): NetworkPod {
  const named = ports.flatMap(({ name: portName, port, protocol }) =>
    portName === undefined || protocol === 'SCTP' ? [] : [[portName, { port, protocol: protocol === 'UDP' ? ('udp' as const) : ('tcp' as const) }] as const],
  );
  return {
    namespace,
    name,
    node,
    address,
    labels,
    ...(hostNetwork && { hostNetwork }),
    listeners,
    ...(named.length > 0 && { portNames: Object.fromEntries(named) }),
  };
}

/** The network that the engine builds machines, routes and rules from. */
export function networkOf(world: World): ClusterNetwork {
  const { nodes, namespaces, services, outside, settings } = world;
  const changes: readonly NetworkChange[] = [
    ...world.changes,
    ...world.stoppedProxies.map((stopped): NetworkChange => ({ kind: 'proxy stopped', ...stopped })),
    ...world.pods.filter(({ hasHairpin, isGone }) => !hasHairpin && !isGone).map((pod): NetworkChange => ({ kind: 'hairpin off', pod: objectKey(pod) })),
    ...world.pods.filter(({ isGone }) => isGone).map((pod): NetworkChange => ({ kind: 'pod gone', pod: objectKey(pod) })),
  ];
  return {
    nodes,
    pods: world.pods.map(networkPod),
    namespaces,
    services,
    endpointSlices: slicesOf(world),
    policies: world.policies.filter(({ isOn }) => isOn).map(({ policy }) => policy),
    outside,
    settings,
    changes,
  };
}

export function withPod(world: World, key: string, change: Partial<WorldPod>): World {
  return { ...world, pods: world.pods.map((pod) => (objectKey(pod) === key ? { ...pod, ...change } : pod)) };
}

export function withService(world: World, changed: ProxiedService): World {
  const key = objectKey(changed.metadata);
  return { ...world, services: world.services.map((service) => (objectKey(service.metadata) === key ? changed : service)) };
}

/** kube-proxy of a node stops: it keeps the rules of this moment; or it runs again and catches up. */
export function withProxy(world: World, node: string, runs: boolean): World {
  const others = world.stoppedProxies.filter((stopped) => stopped.node !== node);
  if (runs) return { ...world, stoppedProxies: others };
  if (others.length < world.stoppedProxies.length) return world;
  return { ...world, stoppedProxies: [...others, { node, services: world.services, endpointSlices: slicesOf(world) }] };
}

/** A machine loses or gets a route. */
export function withRoute(world: World, route: { readonly host: string; readonly to: string; readonly via: string }, present: boolean): World {
  const isOf = (change: NetworkChange): boolean => 'host' in change && change.host === route.host && change.to === route.to;
  const others = world.changes.filter((change) => !isOf(change));
  const change: NetworkChange = present ? { kind: 'route added', ...route } : { kind: 'route removed', host: route.host, to: route.to };
  // What undoes an earlier change leaves none: a route that was only taken away stands again.
  const isUndone = world.changes.some((earlier) => isOf(earlier) && earlier.kind !== change.kind);
  return { ...world, changes: isUndone ? others : [...others, change] };
}
