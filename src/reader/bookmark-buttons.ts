import { element } from '../dom/element.ts';
import { bookmarksThing, withBookmark } from './bookmarks.ts';
import { placeHere } from './site-place.ts';
import { change, load, onOtherTab } from './storage.ts';

/** Gives each section of the chapter a button that marks it. Made here, because without scripts it could remember nothing. */
export function addBookmarkButtons(): void {
  const chapter = document.querySelector('h1')?.textContent.trim() ?? '';
  const buttons = [...document.querySelectorAll<HTMLElement>('.prose > :is(h2, h3)[id]')].map((heading) => {
    const place = placeHere(`#${heading.id}`);
    const label = heading.textContent.trim();
    const button = element('button', { type: 'button', class: 'bookmark', 'aria-label': `Bookmark ${label}` }, 'Bookmark');
    button.addEventListener('click', () => {
      change(bookmarksThing, (marks) => withBookmark(marks, place, place in marks.places ? undefined : { label, chapter, at: Date.now() }));
      paint();
    });
    // Before it, where it is seen: in it, it would be read with every heading.
    heading.before(button);
    return { button, place };
  });
  const paint = (): void => {
    const { places } = load(bookmarksThing);
    for (const { button, place } of buttons) button.ariaPressed = String(place in places);
  };
  onOtherTab([bookmarksThing], paint);
  paint();
}
