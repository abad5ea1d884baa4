import type { Bookmarks } from './bookmarks.ts';
import { addressOf } from './site-place.ts';

/** A row of the list of bookmarks. */
function markRow(place: string, label: string, chapter: string): Node {
  const row = document.querySelector<HTMLTemplateElement>('[data-mark]')?.content.cloneNode(true) as DocumentFragment;
  const [link, of, remove] = row.querySelectorAll<HTMLElement>('a, span, button');
  link?.setAttribute('href', addressOf(place));
  link?.append(label);
  of?.append(chapter);
  remove?.setAttribute('data-remove', place);
  remove?.setAttribute('aria-label', `Remove the bookmark ${label}`);
  return row;
}

/** The rows of the list of bookmarks, the latest first. */
export function bookmarkRows(places: Bookmarks['places']): readonly Node[] {
  return Object.entries(places)
    .sort(([, one], [, other]) => other.at - one.at)
    .map(([place, { label, chapter }]) => markRow(place, label, chapter));
}
