import { endpointsMap } from './endpoints-map.ts';
import type { ProxyInput } from './proxy-input.ts';
import { serviceMap, type ProxiedPort } from './service-map.ts';
import { usableEndpoints, type UsableEndpoints } from './usable-endpoints.ts';

/** What becomes of traffic for which no endpoint may be used: refused if there is none anywhere, dropped if there is none on this node. */
export type Refusal = 'reject' | 'drop';

/** What both kinds of rules are written from: one port of a Service with where its traffic goes. */
export interface PortTraffic extends UsableEndpoints {
  readonly port: ProxiedPort;
  /** How many endpoints there are, usable or not. */
  readonly endpointsCount: number;
  /** Set if traffic to the cluster IP has no endpoint here. */
  readonly internalRefusal?: Refusal;
  /** Set if traffic from outside to any other address has none. */
  readonly externalRefusal?: Refusal;
}

/** The traffic of all ports, in the order of `serviceMap`. Models the common part of syncProxyRules of both proxiers. */
export function portTraffic(input: ProxyInput): readonly PortTraffic[] {
  const endpoints = endpointsMap(input);
  return [...serviceMap(input)].map(([key, port]) => {
    const known = endpoints.get(key) ?? [];
    const usable = usableEndpoints(known, port, input.node);
    const refusal = (isLocal: boolean): Refusal | undefined => {
      if (!usable.hasAny) return 'reject';
      return isLocal && usable.local.length === 0 ? 'drop' : undefined;
    };
    const [internalRefusal, externalRefusal] = [refusal(port.isInternalLocal), refusal(port.isExternalLocal)];
    return { ...usable, port, endpointsCount: known.length, ...(internalRefusal && { internalRefusal }), ...(externalRefusal && { externalRefusal }) };
  });
}
