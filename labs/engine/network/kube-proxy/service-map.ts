import type { IpFamily, ServicePort } from '../../api/types.ts';
import { canonicalAddress, parseCidr, type Cidr } from './cidr.ts';
import type { TransportProtocol } from './iptables-types.ts';
import type { ProxiedService, ProxyInput } from './proxy-input.ts';

/** A Service of this label belongs to another proxy. */
const otherProxyLabel = 'service.kubernetes.io/service-proxy-name';
/** The API server's default. */
const affinitySecondsDefault = 10_800;

/** One port of a Service, as the proxy sees it. */
export interface ProxiedPort {
  /** `namespace/name`, and behind a colon the port's name if it has one. */
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly portName: string;
  readonly protocol: TransportProtocol;
  readonly clusterIP: string;
  readonly port: number;
  readonly nodePort?: number;
  readonly externalIPs: readonly string[];
  /** Addresses of a load balancer whose packets arrive with them as destination. */
  readonly loadBalancerIPs: readonly string[];
  /** Who may use the load balancer's addresses; empty: everybody. */
  readonly sourceRanges: readonly Cidr[];
  readonly healthCheckNodePort?: number;
  /** How long a client keeps its endpoint, in seconds; absent: it does not. */
  readonly affinitySeconds?: number;
  readonly isInternalLocal: boolean;
  readonly isExternalLocal: boolean;
  /** Whether anything but the cluster IP leads to it. */
  readonly isExternal: boolean;
}

/** Names a port of a Service among all. */
export function portKey(namespace: string, service: string, port: { readonly name?: string; readonly protocol?: string }): string {
  return `${namespace}/${service}:${port.name ?? ''}:${(port.protocol ?? 'TCP').toLowerCase()}`;
}

/**
 * The ports of all Services that the proxy serves, by `portKey`, in the order of their names (the real order is random).
 * Models pkg/proxy/serviceport.go and servicechangetracker.go.
 */
export function serviceMap({ services, family = 'IPv4' }: ProxyInput): ReadonlyMap<string, ProxiedPort> {
  const entries = services.flatMap((service): (readonly [string, ProxiedPort])[] => {
    const clusterIP = clusterIPOf(service, family);
    if (clusterIP === undefined || service.spec.type === 'ExternalName' || service.metadata.labels?.[otherProxyLabel] !== undefined) return [];
    const { name, namespace = 'default' } = service.metadata;
    return (service.spec.ports ?? []).map((port) => [portKey(namespace, name, port), proxiedPort(service, port, { clusterIP, family })]);
  });
  return new Map(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function clusterIPOf({ spec: { clusterIP = '', clusterIPs = [clusterIP] } }: ProxiedService, family: IpFamily): string | undefined {
  return clusterIPs.map((address) => canonicalAddress(address, family)).find((address) => address !== undefined);
}

function ofFamily(addresses: readonly string[], family: IpFamily): readonly string[] {
  return addresses.flatMap((address) => canonicalAddress(address, family) ?? []);
}

function proxiedPort(service: ProxiedService, port: ServicePort, address: { readonly clusterIP: string; readonly family: IpFamily }): ProxiedPort {
  const { clusterIP, family } = address;
  const { spec, status } = service;
  const { name, namespace = 'default' } = service.metadata;
  const externalIPs = ofFamily(spec.externalIPs ?? [], family);
  const ingress = status?.loadBalancer?.ingress ?? [];
  const loadBalancerIPs = ofFamily(
    ingress.filter(({ ipMode = 'VIP' }) => ipMode === 'VIP').map(({ ip = '' }) => ip),
    family,
  );
  // The policy counts only for Services that can be reached from outside; a ClusterIP Service can by its external IPs.
  const mayBeExternal = spec.type === 'LoadBalancer' || spec.type === 'NodePort' || (spec.externalIPs ?? []).length > 0;
  const isExternalLocal = mayBeExternal && spec.externalTrafficPolicy === 'Local';
  const portName = port.name ?? '';
  return {
    name: `${namespace}/${name}${portName === '' ? '' : `:${portName}`}`,
    namespace,
    service: name,
    portName,
    protocol: (port.protocol ?? 'TCP').toLowerCase() as TransportProtocol,
    clusterIP,
    port: port.port,
    ...(port.nodePort !== undefined && port.nodePort !== 0 && { nodePort: port.nodePort }),
    externalIPs,
    loadBalancerIPs,
    sourceRanges: sourceRanges(spec.loadBalancerSourceRanges ?? [], family),
    ...(spec.type === 'LoadBalancer' &&
      isExternalLocal &&
      spec.healthCheckNodePort !== undefined &&
      spec.healthCheckNodePort !== 0 && { healthCheckNodePort: spec.healthCheckNodePort }),
    ...(spec.sessionAffinity === 'ClientIP' && { affinitySeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? affinitySecondsDefault }),
    isInternalLocal: spec.internalTrafficPolicy === 'Local',
    isExternalLocal,
    isExternal: (port.nodePort ?? 0) !== 0 || externalIPs.length > 0 || loadBalancerIPs.length > 0,
  };
}

function sourceRanges(texts: readonly string[], family: IpFamily): readonly Cidr[] {
  const cidrs = texts.flatMap((text) => parseCidr(text) ?? []).filter((cidr) => cidr.family === family);
  // One range that holds all addresses allows everybody, as if there were none.
  return cidrs.some(({ text }) => text.endsWith('/0')) ? [] : cidrs;
}

/** Whether traffic of this port ever goes to endpoints of the whole cluster: of external traffic, what comes from this node's pods always may. */
export function usesClusterEndpoints({ isInternalLocal, isExternal }: ProxiedPort): boolean {
  return !isInternalLocal || isExternal;
}

/** Whether traffic of this port ever goes to this node's endpoints only. */
export function usesLocalEndpoints({ isInternalLocal, isExternalLocal, isExternal }: ProxiedPort): boolean {
  return isInternalLocal || (isExternalLocal && isExternal);
}
