import type { JsonObject } from '../../engine/patch/json.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '../../reading/quantity.ts';
import { objectAt, objectsAt, sortedEntries, textAt } from './field-at.ts';

/** Amounts by resource. */
export type Amounts = ReadonlyMap<string, Quantity>;

function amountsOf(list: JsonObject): Amounts {
  return new Map(
    sortedEntries(list).flatMap(([name, text]) => {
      const parsed = parseQuantity(text);
      return parsed.ok ? [[name, parsed.quantity] as const] : [];
    }),
  );
}

/** Amounts together; `how` says what becomes of an amount that both have. */
export function together(one: Amounts, other: Amounts, how: (one: Quantity, other: Quantity) => Quantity = addQuantities): Amounts {
  const result = new Map(one);
  for (const [name, amount] of other) {
    const held = result.get(name);
    result.set(name, held === undefined ? amount : how(held, amount));
  }
  return result;
}

const larger = (one: Quantity, other: Quantity): Quantity => (compareQuantities(one, other) < 0 ? other : one);

/** What a pod asks for, or may use, in all. Models component-helpers resource.PodRequests and PodLimits. */
export function podAmounts(pod: JsonObject, field: 'requests' | 'limits'): Amounts {
  let running = objectsAt(pod, 'spec.containers').reduce<Amounts>(
    (sum, container) => together(sum, amountsOf(objectAt(container, `resources.${field}`))),
    new Map(),
  );
  let sidecars: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of objectsAt(pod, 'spec.initContainers')) {
    const own = amountsOf(objectAt(container, `resources.${field}`));
    const isSidecar = textAt(container, 'restartPolicy') === 'Always';
    if (isSidecar) {
      running = together(running, own);
      sidecars = together(sidecars, own);
    }
    starting = together(starting, isSidecar ? sidecars : together(own, sidecars), larger);
  }
  const total = together(running, starting, larger);
  const ofPod = together(total, amountsOf(objectAt(pod, `spec.resources.${field}`)), (_, wanted) => wanted);
  const overhead = [...amountsOf(objectAt(pod, 'spec.overhead'))].filter(([name]) => field === 'requests' || ofPod.has(name));
  return together(ofPod, new Map(overhead));
}
