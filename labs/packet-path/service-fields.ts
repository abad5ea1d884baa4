import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { World } from './input.ts';
import type { ServiceField } from './state.ts';

/** The value of a field as choices name it; of ports, the first one’s. */
export function serviceValue({ spec }: ProxiedService, field: ServiceField): string {
  switch (field) {
    case 'type':
      return spec.type ?? 'ClusterIP';
    case 'targetPort':
      return String(spec.ports?.[0]?.targetPort ?? spec.ports?.[0]?.port ?? '');
    case 'sessionAffinity':
      return spec.sessionAffinity ?? 'None';
    case 'externalTrafficPolicy':
    case 'internalTrafficPolicy':
      return spec[field] ?? 'Cluster';
  }
}

const policies = ['Cluster', 'Local'];

/** The fields of a Service that matter here and now, each with what it can become. */
export function serviceFields({ pods }: World, service: ProxiedService): readonly (readonly [field: ServiceField, values: readonly string[]])[] {
  const { spec } = service;
  const isOutward = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const [port] = spec.ports ?? [];
  const selector = Object.entries(spec.selector ?? {});
  const own = pods.filter(({ labels }) => selector.length > 0 && selector.every(([key, value]) => labels[key] === value));
  const numbers = own.flatMap((pod) => [...pod.ports.map((each) => each.port), ...pod.listeners.map((each) => each.port)]);
  const targets = [...new Set([serviceValue(service, 'targetPort'), String(port?.port ?? 80), ...numbers.map(String)])].slice(0, 5);
  return [
    ...(spec.type === 'ExternalName' ? [] : [['type', ['ClusterIP', 'NodePort', 'LoadBalancer']] as const]),
    ...(isOutward ? [['externalTrafficPolicy', policies] as const] : []),
    ['internalTrafficPolicy', policies],
    ['sessionAffinity', ['None', 'ClientIP']],
    ['targetPort', targets],
  ];
}
