import { keyHash } from '../engine/key-hash.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import { objectKey } from './names.ts';

/** The API server's range (--service-node-port-range). */
const firstPort = 30_000;
const ports = 2768;
/** Addresses for load balancers: a block for examples. */
const balancerBlock = '203.0.113.';

/**
 * A Service with what its type asks for: node ports from a hash instead of chance, and for a load balancer an address. With type ClusterIP both go, and
 * so does the policy for traffic from outside.
 */
export function nodePortsFor(service: ProxiedService, others: readonly ProxiedService[]): ProxiedService {
  const { type = 'ClusterIP' } = service.spec;
  if (type === 'ClusterIP' || type === 'ExternalName') return withoutPorts(service);
  const taken = new Set(others.flatMap(({ spec }) => spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []));
  const spec = {
    ...service.spec,
    ports: (service.spec.ports ?? []).map((port) => {
      if (port.nodePort !== undefined && port.nodePort !== 0) return port;
      const nodePort = freePort(`${objectKey(service.metadata)} ${port.name ?? ''} ${port.port}`, taken);
      taken.add(nodePort);
      return { ...port, nodePort };
    }),
  };
  if (type !== 'LoadBalancer' || service.status?.loadBalancer?.ingress?.length) return { ...service, spec };
  const used = new Set(others.flatMap(({ status }) => status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip));
  const ip = Array.from({ length: 100 }, (_, index) => `${balancerBlock}${100 + index}`).find((address) => !used.has(address)) ?? `${balancerBlock}100`;
  return { ...service, spec, status: { loadBalancer: { ingress: [{ ip }] } } };
}

function freePort(key: string, taken: ReadonlySet<number>): number {
  const start = keyHash(key) % ports;
  for (let step = 0; step < ports; step += 1) {
    const port = firstPort + ((start + step) % ports);
    if (!taken.has(port)) return port;
  }
  return firstPort;
}

function withoutPorts(service: ProxiedService): ProxiedService {
  const without = <Value extends object>(value: Value, field: string): Value =>
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== field)) as Value;
  const spec = without(service.spec, 'externalTrafficPolicy');
  return without({ ...service, spec: { ...spec, ...(spec.ports && { ports: spec.ports.map((port) => without(port, 'nodePort')) }) } }, 'status');
}
