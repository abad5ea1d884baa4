import { bookmarksThing, withBookmark } from './bookmarks.ts';
import { placeHere } from './site-place.ts';
import { change, load, onOtherTab } from './storage.ts';

/** Gives each section of the chapter a button that marks it. Made here, because without scripts it could remember nothing. */
export function addBookmarkButtons(): void {
  const chapter = document.querySelector('h1')?.textContent.trim() ?? '';
  const buttons = [...document.querySelectorAll<HTMLElement>('.prose > :is(h2, h3)[id]')].map((heading) => {
    const place = placeHere(`#${heading.id}`);
    // Only the words of the heading: its number and its link to itself are not part of its name.
    const label = [...heading.childNodes]
      .filter((node) => !(node instanceof HTMLElement && node.matches('.sec, .anchor')))
      .map((node) => node.textContent)
      .join('')
      .trim();
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'bookmark';
    button.textContent = 'Bookmark';
    button.addEventListener('click', () => {
      change(bookmarksThing, (marks) => withBookmark(marks, place, place in marks.places ? undefined : { label, chapter, at: Date.now() }));
      paint();
    });
    heading.append(button);
    return { button, place };
  });
  const paint = (): void => {
    const { places } = load(bookmarksThing);
    for (const { button, place } of buttons) button.ariaPressed = String(place in places);
  };
  onOtherTab([bookmarksThing], paint);
  paint();
}
