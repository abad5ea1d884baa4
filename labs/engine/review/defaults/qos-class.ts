import type { JsonObject } from '../../patch/json.ts';
import { compareQuantities, parseQuantity, type Quantity } from '../../../reading/quantity.ts';
import { objectAt } from '../read-fields.ts';
import { containersOf } from './pod-spec-defaults.ts';

const computeResources = ['cpu', 'memory'];

/** The positive amounts of cpu and memory in a list of resources. */
function amountsOf(resources: JsonObject): ReadonlyMap<string, Quantity> {
  return new Map(
    computeResources.flatMap((name) => {
      const value = resources[name];
      const parsed = parseQuantity(typeof value === 'string' ? value : '');
      return parsed.ok && BigInt(parsed.quantity.digits) > 0n ? [[name, parsed.quantity] as const] : [];
    }),
  );
}

/** A pod's class of service: decides who is killed first when a node runs out of memory. Models pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS without pod-level resources. */
export function qosClass(spec: JsonObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const each = containersOf(spec).map((container) => {
    const resources = objectAt(container, 'resources');
    return { requests: amountsOf(objectAt(resources, 'requests')), limits: amountsOf(objectAt(resources, 'limits')) };
  });
  if (each.every(({ requests, limits }) => requests.size === 0 && limits.size === 0)) return 'BestEffort';
  const isGuaranteed = each.every(({ requests, limits }) =>
    computeResources.every((name) => {
      const [request, limit] = [requests.get(name), limits.get(name)];
      return limit !== undefined && request !== undefined && compareQuantities(request, limit) === 0;
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
