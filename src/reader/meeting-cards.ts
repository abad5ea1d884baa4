import { cardId } from './card-id.ts';
import { dayOf } from './local-day.ts';
import { queueThing, withMet } from './queue.ts';
import { change } from './storage.ts';

/** Puts summary cards of this page into the review queue. */
function meet(slug: string, cards: readonly HTMLElement[]): void {
  const ids = cards.map((card) => `${slug}/card/${card.dataset.card ?? cardId(card.querySelector('summary')?.textContent ?? '')}`);
  change(queueThing, (queue) => withMet(queue, ids, dayOf(new Date())));
}

/** The cards that stand between two headings. */
export function meetCardsOf(slug: string, heading: Element, next: Element | undefined): void {
  const cards = [...document.querySelectorAll<HTMLElement>('.card')].filter(
    (card) =>
      (heading.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      (!next || (next.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_PRECEDING) !== 0),
  );
  meet(slug, cards);
}

/** A card that is turned is met. */
export function meetTurnedCards(slug: string): void {
  // `toggle` does not bubble.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (target instanceof HTMLElement && target.matches('.card[open]')) meet(slug, [target]);
    },
    true,
  );
}
