import { recentThing } from '../search/recent.ts';
import { answersThing } from './answers.ts';
import { bookmarksThing } from './bookmarks.ts';
import { countsOf, loadEverything } from './everything.ts';
import { progressThing } from './progress.ts';
import { queueThing } from './queue.ts';
import { onOtherTab } from './storage.ts';
import { tryStorage } from './try-storage.ts';

/** Shows how many of each thing are kept, and the bookmarks. */
export function paint(): void {
  const all = loadEverything();
  for (const [part, words] of Object.entries(countsOf(all))) {
    const cell = document.querySelector(`[data-count="${part}"]`);
    if (cell) cell.textContent = words || 'nothing';
  }
  const { places } = all.bookmarks;
  const list = document.querySelector('[data-marks]');
  const isEmpty = Object.keys(places).length === 0;
  document.querySelector('[data-no-marks]')?.toggleAttribute('hidden', !isEmpty);
  // Most readers have none.
  if (list && isEmpty) list.replaceChildren();
  else if (list)
    void import('./bookmark-rows.ts').then(({ bookmarkRows }) => {
      list.replaceChildren(...bookmarkRows(places));
    });
}

/** Shows it now, and again whenever another tab has written. */
export function keepCounting(): void {
  // Drafts and settings have no thing of their own; they rarely change while this page is looked at.
  onOtherTab([progressThing, answersThing, queueThing, bookmarksThing, recentThing], paint);
  paint();
  tryStorage();
}
