import type { Offer } from '../../labs/lab.ts';
import { frameOf, type History } from './history.ts';
import type { Act, OpaqueReplay } from './opaque.ts';

/** An offer, and whether it can be taken now. */
export interface ShownOffer {
  readonly offer: Offer<Act>;
  readonly isOpen: boolean;
}

/**
 * The offers of one place: those of the shown state, and, closed, those that the start of the run had and that are gone,
 * so that nothing under them moves while the run goes on.
 */
export function offersAt(lab: OpaqueReplay, history: History, place: Offer['place']): readonly ShownOffer[] {
  const now = lab.offers(frameOf(history).state).filter((offer) => offer.place === place);
  const atStart = lab.offers(history.branch.frames[0].state).filter((offer) => offer.place === place);
  const ids = new Set(now.map(({ id }) => id));
  const startIds = new Set(atStart.map(({ id }) => id));
  const kept = atStart.map((offer): ShownOffer => ({ offer: now.find(({ id }) => id === offer.id) ?? offer, isOpen: ids.has(offer.id) }));
  return [...kept, ...now.filter(({ id }) => !startIds.has(id)).map((offer) => ({ offer, isOpen: true }))];
}
