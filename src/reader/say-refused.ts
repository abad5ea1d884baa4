import { element } from '../dom/element.ts';

/** Says, in a quiet line at the foot of the page or where the page has a place for it, that nothing is kept. Called once a page. */
export function sayRefused(): void {
  const line = element('span', { class: 'facts', 'aria-live': 'polite' });
  document.querySelector('[data-refused], .foot > div')?.append(line);
  // A status is spoken when its text changes, so it must stand in the page before.
  setTimeout(() => {
    line.textContent = 'This browser has no room for, or does not allow, what the site would remember. Everything works until you close this page.';
  }, 100);
}
