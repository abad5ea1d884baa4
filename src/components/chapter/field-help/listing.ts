import type { FieldCard } from './cards.ts';
import type { Surroundings } from './place.ts';

/** A listing whose fields can be asked for: the elements of its keys, and what is known of each. */
export interface HelpedListing {
  readonly figure: HTMLElement;
  readonly button: HTMLElement;
  readonly keys: readonly HTMLElement[];
  readonly fields: readonly FieldCard[];
}

const known = new Map<Element, Promise<HelpedListing>>();

async function load(figure: HTMLElement, button: HTMLElement): Promise<HelpedListing> {
  const answer = await fetch(`${document.documentElement.dataset.base ?? '/'}fields/${button.dataset.fields ?? ''}.json`);
  if (!answer.ok) throw new Error(answer.statusText);
  const fields = (await answer.json()) as readonly FieldCard[];
  // Lines that are shown as gone are not in the file.
  const keys = [...figure.querySelectorAll<HTMLElement>('pre b')].filter((key) => !key.closest('del'));
  if (keys.length !== fields.length) throw new Error('The listing and its fields differ.');
  return { figure, button, keys, fields };
}

/** The fields of the listing around an element, fetched once; undefined where nothing can be asked. Rejects without the network. */
export function listingAround(target: Element): Promise<HelpedListing> | undefined {
  const figure = target.closest<HTMLElement>('.code');
  const button = figure?.querySelector<HTMLElement>('[data-fields]');
  if (!figure || !button) return undefined;
  const asked = known.get(figure) ?? load(figure, button);
  known.set(figure, asked);
  // Offline now, perhaps not later.
  asked.catch(() => known.delete(figure));
  return asked;
}

/** The field that a piece of the listing belongs to: its key, or the last key before it. Undefined beside the text. */
export function fieldAt({ keys }: HelpedListing, target: Element): number | undefined {
  if (!target.matches('pre :is(b, i, span:not(.hl)), pre :is(b, i, span) *') || target.closest('del')) return undefined;
  const before = keys.findLastIndex((key) => key === target || (key.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  return before < 0 ? undefined : before;
}

/** What a card beside this key should leave free. */
export function surroundingsOf({ figure }: HelpedListing, key: Element): Surroundings {
  const listing = figure.getBoundingClientRect();
  const walker = document.createTreeWalker(figure.querySelector('pre') ?? figure, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const lines: DOMRect[] = [];
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    if (walker.currentNode.textContent?.trim() !== '') lines.push(...range.getClientRects());
  }
  // What is scrolled out of the listing is in nobody's way.
  const seen = lines.map(({ left, right, top, bottom }) => ({ left, top, bottom, right: Math.min(right, listing.right) }));
  return { key: key.getBoundingClientRect(), listing, lines: seen };
}
