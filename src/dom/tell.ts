import { element } from './element.ts';
import { unlike } from './unlike.ts';

/** Longer than between two letters: a key cuts short what is being said. */
const restMs = 500;

/**
 * Puts into a place a text that is seen at once, and heard when it has rested. The words that are heard are taken away first: of those
 * that a key has cut short nothing would be heard.
 */
export function teller(place: Element): (text: string) => void {
  const seen = element('span', { 'aria-hidden': 'true' });
  const heard = element('span', { class: 'sr', 'aria-live': 'polite' });
  place.replaceChildren(seen, heard);
  let resting = 0;
  return (text) => {
    clearTimeout(resting);
    seen.textContent = text;
    heard.textContent = '';
    resting = window.setTimeout(() => {
      heard.textContent = unlike(text);
    }, restMs);
  };
}
