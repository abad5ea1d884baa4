import { element } from '../dom/element.ts';

/** What is kept while somebody only reads: nobody waits for it to be kept. */
const silent: readonly string[] = ['kubestep:progress', 'kubestep:review'];

let isSaid = false;
let isSaidBeside = false;

/** A status is spoken when its text changes, so it must stand in the page before; it is spoken once where it stands twice. */
function say(line: HTMLElement, text: string, isSpoken: boolean): HTMLElement {
  if (isSpoken) line.ariaLive = 'polite';
  setTimeout(() => {
    line.textContent = text;
  }, 100);
  return line;
}

/** Where the reader has just done something that should have been kept: what the line comes after. */
function deed(): Element | null | undefined {
  const focus = document.activeElement;
  const bookmark = focus?.closest('.bookmark');
  if (bookmark) return bookmark.nextElementSibling;
  const editor = focus?.closest('lab-player .editor');
  if (editor) return editor;
  return focus?.closest('.quiz') && (focus.closest('.verdict') ?? focus.closest('.quiz-item')?.querySelector('.row'));
}

/**
 * Says quietly that nothing is kept, once each: at the foot of the page or where the page has a place for it, and beside what the reader did. Called with the
 * key of each thing that the browser did not take.
 */
export function sayRefused(key: string): void {
  const beside = isSaidBeside || silent.includes(key) ? undefined : deed();
  if (beside) {
    isSaidBeside = true;
    beside.after(
      say(element('p', { class: 'facts' }), 'Not kept: this browser has no room for it, or does not allow it. It holds until you close this page.', true),
    );
  }
  if (isSaid) return;
  isSaid = true;
  const text = 'This browser has no room for, or does not allow, what the site would remember. Everything works until you close this page.';
  document.querySelector('[data-refused], .foot > div')?.append(say(element('span', { class: 'facts' }), text, !beside));
}
