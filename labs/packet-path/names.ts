import type { ClusterNetwork } from '../engine/network/cluster-network/cluster-network.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { ThingId } from './input.ts';
import type { MachineTitle, Outlook, State } from './state.ts';

/** The id of something in a namespace: kubectl's `pod/checkout`, with the namespace where it is not `default`. */
export function thingId(kind: 'pod' | 'service', namespace: string, name: string): ThingId {
  return namespace === 'default' ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** `cart`, or `shop/cart` outside the namespace default. */
export function objectTitle({ namespace = 'default', name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

/** `namespace/name` of an object. */
export function objectKey({ namespace = 'default', name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return `${namespace}/${name}`;
}

export function machineTitle({ titles }: Outlook, machine: string): string {
  return titles[machine]?.title ?? machine;
}

export function machineKind({ titles }: Outlook, machine: string): MachineTitle['kind'] | undefined {
  return titles[machine]?.kind;
}

/** Addresses that lead to a Service, apart from those of nodes. */
export function serviceAddresses({ spec, status }: ProxiedService): readonly string[] {
  const cluster = [...new Set([spec.clusterIP ?? '', ...(spec.clusterIPs ?? [])])].filter((address) => address !== '' && address !== 'None');
  const balancer = spec.type === 'LoadBalancer' ? (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []) : [];
  return [...cluster, ...(spec.externalIPs ?? []), ...balancer];
}

function serviceAt({ services, nodes }: Pick<ClusterNetwork, 'services' | 'nodes'>, address: string, port?: number): ProxiedService | undefined {
  const own = services.find((service) => serviceAddresses(service).includes(address));
  if (own !== undefined || !nodes.some((node) => node.address === address)) return own;
  return services.find(({ spec }) => spec.type !== 'ClusterIP' && spec.ports?.some(({ nodePort }) => nodePort !== undefined && nodePort === port));
}

/** The Service that the call goes to, by its address or by a node port. */
export function calledService({ input, sending: { resolved } }: Pick<State, 'input' | 'sending'>): ProxiedService | undefined {
  return serviceAt(input.world, resolved.toAddress, resolved.call.port);
}

/** `10.244.1.5` of `10.244.1.5:40003`. */
export function addressOf(endpoint: string): string {
  const [address = endpoint] = endpoint.split(':', 1);
  return address;
}

/** Whose address it is, in a word or two; undefined: nobody's that is known here. */
export function ownerOf(outlook: Outlook, address: string): string | undefined {
  const { network, machines } = outlook;
  const pod = network.pods.find((candidate) => candidate.address === address && candidate.hostNetwork !== true);
  if (pod) return `pod ${objectTitle(pod)}`;
  const service = network.services.find((candidate) => serviceAddresses(candidate).includes(address));
  if (service) return `Service ${objectTitle(service.metadata)}`;
  const node = network.nodes.find((candidate) => candidate.address === address);
  if (node) return node.name;
  for (const [machine, { devices }] of Object.entries(machines)) {
    const device = devices.find(({ addresses, kind }) => kind !== 'loopback' && addresses.some((own) => own.address === address));
    if (device) return outlook.titles[machine]?.kind === 'node' ? `${device.name} of ${machineTitle(outlook, machine)}` : machineTitle(outlook, machine);
  }
  return undefined;
}

/** A device of its own has the address: kube-proxy in ipvs mode gives those of Services to `kube-ipvs0` of every node. */
export function isOnDevice({ machines }: Outlook, address: string): boolean {
  return Object.values(machines).some(({ devices }) =>
    devices.some(({ kind, addresses }) => kind === 'dummy' && addresses.some((own) => own.address === address)),
  );
}

/** `10.96.0.50:80, Service cart`. */
export function withOwner(outlook: Outlook, endpoint: string): string {
  const owner = ownerOf(outlook, addressOf(endpoint));
  return owner === undefined ? endpoint : `${endpoint} (${owner})`;
}

/** Whose network card a MAC is: `eth0 of node-b`. */
export function macOwner(outlook: Outlook, mac: string): string | undefined {
  for (const [machine, { devices }] of Object.entries(outlook.machines)) {
    const device = devices.find((candidate) => candidate.mac === mac && candidate.kind !== 'loopback');
    if (device) return `${device.name} of ${machineTitle(outlook, machine)}`;
  }
  return undefined;
}
