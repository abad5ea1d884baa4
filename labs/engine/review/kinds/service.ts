import { dnsLabel } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { KindRules } from '../kind-rules.ts';
import { fieldOf } from '../../patch/json.ts';
import { objectAt, textAt, textsAt, withDefaults, withEach, withStruct } from '../read-fields.ts';
import { serviceSpecCauses } from '../rules/service-rules.ts';

function withPort(port: JsonObject): JsonObject {
  const target = fieldOf(port, 'targetPort') ?? 0;
  const filled = withDefaults(port, { protocol: 'TCP' });
  return target === 0 || target === '' ? { ...filled, targetPort: fieldOf(port, 'port') ?? 0 } : filled;
}

/** A client stays with its pod for three hours. */
const stickySeconds = 10_800;

function withSpecDefaults(spec: JsonObject): JsonObject {
  const filled = withEach(withDefaults(spec, { sessionAffinity: 'None', type: 'ClusterIP' }), 'ports', withPort);
  const type = textAt(filled, 'type');
  if (type === 'ExternalName') return filled;
  const isOutside = type === 'NodePort' || type === 'LoadBalancer' || textsAt(filled, 'externalIPs').length > 0;
  const sticky = textAt(filled, 'sessionAffinity') === 'ClientIP' ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: stickySeconds } } } : {};
  const outside = isOutside ? { externalTrafficPolicy: 'Cluster' } : {};
  const balanced = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {};
  const isSelecting = fieldOf(filled, 'selector') !== undefined || textAt(filled, 'clusterIP') !== 'None';
  const families = isSelecting ? { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' } : { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' };
  const address = textAt(filled, 'clusterIP');
  const addresses = address === '' ? {} : { clusterIPs: [address] };
  return withDefaults(filled, { ...outside, ...addresses, ...balanced, ...sticky, internalTrafficPolicy: 'Cluster', ...families });
}

/** Services, as far as they need no allocation: no address and no node port is given out. Models pkg/apis/core/v1/defaults.go SetDefaults_Service and ValidateService. */
export const serviceRules: KindRules = {
  group: '',
  kind: 'Service',
  nameRule: dnsLabel,
  defaults: (object) => withStruct(object, 'spec', withSpecDefaults),
  prepare: (object) => ({ ...object, status: { loadBalancer: {} } }),
  validate: (object) => serviceSpecCauses(objectAt(object, 'spec')),
};
