import { listingText } from './listing-text.ts';
import { takeAlong } from './open-in-lab.ts';

const shownMs = 2_000;

/** Copies a listing: its commands where it has some, else its text. */
function copy(button: HTMLElement): void {
  const pre = button.closest('.code')?.querySelector('pre');
  if (!pre) return;
  const commands = [...pre.querySelectorAll('.command')].map((command) => command.textContent);
  const label = (button.dataset.label ??= button.textContent);
  void navigator.clipboard.writeText(commands.length > 0 ? commands.join('\n') : listingText(pre)).then(
    () => (button.textContent = 'Copied'),
    () => (button.textContent = 'Not allowed here'),
  );
  setTimeout(() => (button.textContent = label), shownMs);
}

function answer(event: Event): void {
  const { target, type } = event;
  if (!(target instanceof Element)) return;
  const button = target.closest<HTMLElement>('[data-copy]');
  if (button && type === 'click') copy(button);
  const link = target.closest<HTMLAnchorElement>('.code [data-open]');
  if (link) takeAlong(link);
  // Held until now.
  const followed = target.closest<HTMLAnchorElement>('.code a');
  if (followed && event.defaultPrevented) location.assign(followed.href);
  if (target.closest('.code')?.querySelector('[data-fields]')) explain(event);
}

let isExplaining = false;

/** Field help has listeners of its own once it is there. */
function explain(event: Event): void {
  if (isExplaining) return;
  void import('./field-help/start-field-help.ts').then(({ startFieldHelp }) => {
    isExplaining = true;
    startFieldHelp(event);
  });
}

let isStarted = false;

/** Makes all listings of the page answer, and answers what the reader did before this was there. */
export function startListings(first: Event): void {
  if (!isStarted) for (const type of ['pointerover', 'focusin', 'click']) addEventListener(type, answer);
  isStarted = true;
  answer(first);
}
