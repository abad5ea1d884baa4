import { dayOf } from './local-day.ts';
import { progressThing } from './progress.ts';
import { dueIds, queueThing } from './queue.ts';
import { addressOf } from './site-place.ts';
import { load } from './storage.ts';

/** Writes the first of the texts that leaves the row as high as it was: nothing on the page may move. */
function writeFitting(link: HTMLAnchorElement, texts: readonly string[]): void {
  const row = link.parentElement ?? link;
  const heightPx = row.offsetHeight;
  const before = link.textContent;
  for (const text of [...texts, before]) {
    link.textContent = text;
    if (row.offsetHeight <= heightPx) return;
  }
}

/** On the home page: the button that began the course goes on where the reader was, and the one beside it says what is due. */
export function greet(go: HTMLAnchorElement): void {
  const { last } = load(progressThing);
  if (last) {
    go.href = addressOf(last.path);
    go.title = last.label;
    const words = last.label.split(' ');
    const shorter = words.map((_word, index) => `Continue: ${words.slice(0, words.length - index).join(' ')}${index === 0 ? '' : ' …'}`);
    writeFitting(go, [...shorter, 'Continue']);
  }
  const due = dueIds(load(queueThing), dayOf(new Date())).length;
  const beside = go.nextElementSibling;
  if (due > 0 && beside instanceof HTMLAnchorElement) {
    beside.href = addressOf('/review/');
    writeFitting(beside, [`Review: ${due} ${due === 1 ? 'card' : 'cards'} due`, `${due} due`]);
  }
}
