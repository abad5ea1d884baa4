import { addQuantities, compareQuantities, parseQuantity, quantityText, type Quantity } from '../../../reading/quantity.ts';
import type { JsonObject } from '../../patch/json.ts';
import { objectAt, objectsAt, textAt } from '../read-fields.ts';

type Amounts = ReadonlyMap<string, Quantity>;

function amountsOf(container: JsonObject, list: 'limits' | 'requests'): Amounts {
  return new Map(
    Object.entries(objectAt(objectAt(container, 'resources'), list)).flatMap(([name, value]) => {
      const parsed = parseQuantity(typeof value === 'string' ? value : '');
      return parsed.ok ? [[name, parsed.quantity] as const] : [];
    }),
  );
}

function combined(one: Amounts, other: Amounts, combine: (one: Quantity, other: Quantity) => Quantity): Amounts {
  const all = new Map(one);
  for (const [name, amount] of other) {
    const present = all.get(name);
    all.set(name, present === undefined ? amount : combine(present, amount));
  }
  return all;
}

const larger = (one: Quantity, other: Quantity): Quantity => (compareQuantities(one, other) < 0 ? other : one);

/**
 * What a pod asks for as a whole, as written quantities: its containers and sidecars together, or what an init container needs, if that is more.
 * Models component-helpers resource.PodRequests and PodLimits without pod-level resources.
 */
export function podAmounts(spec: JsonObject, list: 'limits' | 'requests'): Readonly<Record<string, string>> {
  let running: Amounts = new Map();
  for (const container of objectsAt(spec, 'containers')) running = combined(running, amountsOf(container, list), addQuantities);
  let sidecars: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of objectsAt(spec, 'initContainers')) {
    const own = amountsOf(container, list);
    if (textAt(container, 'restartPolicy') === 'Always') {
      running = combined(running, own, addQuantities);
      sidecars = combined(sidecars, own, addQuantities);
      starting = combined(starting, sidecars, larger);
    } else {
      starting = combined(starting, combined(sidecars, own, addQuantities), larger);
    }
  }
  return Object.fromEntries([...combined(running, starting, larger)].map(([name, amount]) => [name, quantityText(amount)]));
}
