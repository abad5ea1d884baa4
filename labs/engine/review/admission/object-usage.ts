import { addQuantities, quantityText, subtractQuantities, type Quantity } from '../../../reading/quantity.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import { qualifiedResource } from '../../store/resource-kinds.ts';
import { kindOf, type RequestedObject } from '../../store/stored-object.ts';
import { objectAt, objectsAt, textAt } from '../read-fields.ts';
import { podAmounts } from '../rules/pod-resources.ts';
import { quantityOf } from '../rules/quantity-rules.ts';

/** Amounts by the names that quotas give them. */
export type Usage = ReadonlyMap<string, Quantity>;

const one = quantityOf('1');
/** Kinds whose number has a name without `count/` too. */
const counted = new Set(['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas', 'services', 'persistentvolumeclaims']);

function podUsage(spec: JsonObject, status: JsonObject): readonly (readonly [string, Quantity])[] {
  // A pod that has ended uses nothing; it only is still an object.
  if (['Succeeded', 'Failed'].includes(textAt(status, 'phase'))) return [];
  const [requests, limits] = [podAmounts(spec, 'requests'), podAmounts(spec, 'limits')];
  return [
    ['pods', one],
    ...Object.entries(requests).flatMap(([name, amount]) => [
      [`requests.${name}`, quantityOf(amount)] as const,
      // For cpu, memory and local storage the plain name means the request; extended resources only have the long one.
      ...(name.includes('/') ? [] : [[name, quantityOf(amount)] as const]),
    ]),
    ...Object.entries(limits).flatMap(([name, amount]) => (name.includes('/') ? [] : [[`limits.${name}`, quantityOf(amount)] as const])),
  ];
}

function claimUsage(object: RequestedObject): readonly (readonly [string, Quantity])[] {
  const spec = objectAt(object, 'spec');
  const storage = quantityOf(fieldOf(objectAt(objectAt(spec, 'resources'), 'requests'), 'storage'));
  const name = object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? textAt(spec, 'storageClassName');
  const ofClass = `${name}.storageclass.storage.k8s.io`;
  const byClass =
    name === ''
      ? []
      : ([
          [`${ofClass}/requests.storage`, storage],
          [`${ofClass}/persistentvolumeclaims`, one],
        ] as const);
  return [['requests.storage', storage], ...byClass];
}

function serviceUsage(spec: JsonObject): readonly (readonly [string, Quantity])[] {
  const type = textAt(spec, 'type');
  const ports = objectsAt(spec, 'ports').length;
  const hasNodePorts = type === 'NodePort' || (type === 'LoadBalancer' && fieldOf(spec, 'allocateLoadBalancerNodePorts') !== false);
  return [
    ['services.nodeports', quantityOf(hasNodePorts ? String(ports) : '0')],
    ['services.loadbalancers', quantityOf(type === 'LoadBalancer' ? '1' : '0')],
  ];
}

const known = new WeakMap<RequestedObject, Usage>();

/** What an object takes of quotas. Models pkg/quota/v1/evaluator/core. */
export function objectUsage(object: RequestedObject): Usage {
  const before = known.get(object);
  if (before !== undefined) return before;
  const usage = usageOf(object);
  known.set(object, usage);
  return usage;
}

function usageOf(object: RequestedObject): Usage {
  const kind = kindOf(object);
  const resource = qualifiedResource(kind);
  const spec = objectAt(object, 'spec');
  const own = kind.group === '' ? usageOfCore(object, spec) : [];
  return new Map([[`count/${resource}`, one], ...(counted.has(resource) ? [[resource, one] as const] : []), ...own]);
}

function usageOfCore(object: RequestedObject, spec: JsonObject): readonly (readonly [string, Quantity])[] {
  switch (object.kind) {
    case 'Pod':
      return podUsage(spec, objectAt(object, 'status'));
    case 'PersistentVolumeClaim':
      return claimUsage(object);
    case 'Service':
      return serviceUsage(spec);
    default:
      return [];
  }
}

/** The amounts of both, by name. */
export function addedUsage(first: Usage, second: Usage): Usage {
  const all = new Map(first);
  for (const [name, amount] of second) {
    const present = all.get(name);
    all.set(name, present === undefined ? amount : addQuantities(present, amount));
  }
  return all;
}

/** What one uses more than the other did. */
export function usageGrowth(now: Usage, before: Usage): Usage {
  return new Map([...now].map(([name, amount]) => [name, subtractQuantities(amount, before.get(name) ?? quantityOf('0'))]));
}

/** `cpu=1,pods=2`: the names in order. */
export function usageText(usage: Usage): string {
  return [...usage.keys()]
    .toSorted()
    .map((name) => `${name}=${quantityText(usage.get(name) ?? quantityOf('0'))}`)
    .join(',');
}
