import type { Act, OpaqueReplay } from './opaque.ts';

/** The label of the offer that an action came from, or its type. */
export function nameOfAct(lab: OpaqueReplay, state: unknown, action: Act): string {
  const wanted = JSON.stringify(action);
  for (const offer of lab.offers(state)) {
    if (offer.control === 'button' && JSON.stringify(offer.action) === wanted) return offer.label;
    const option = offer.control === 'choice' ? offer.options.find((item) => JSON.stringify(item.action) === wanted) : undefined;
    if (option) return `${offer.label}: ${option.label}`;
    if ((offer.control === 'text' || offer.control === 'range') && offer.action.type === action.type) {
      return `${offer.label}: ${String((action as unknown as Readonly<Record<string, unknown>>)[offer.field])}`;
    }
  }
  return action.type;
}
