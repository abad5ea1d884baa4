// The review: what is due, by chapter and in all. The cards themselves load with the first click.
import { chapterOf } from './card-chapter.ts';
import { dayOf, type Day } from './local-day.ts';
import { comingWords, cardsWords } from './review-words.ts';
import { dueIds, queueThing } from './queue.ts';
import { load, onOtherTab } from './storage.ts';
import { tryStorage } from './try-storage.ts';

const today = (): Day => dayOf(new Date());

function paintCounts(): void {
  const queue = load(queueThing);
  const due = dueIds(queue, today());
  for (const row of document.querySelectorAll<HTMLElement>('[data-deck]')) {
    const own = (id: string): boolean => chapterOf(id) === row.dataset.deck;
    const dueHere = due.filter(own).length;
    const counts = row.querySelector<HTMLElement>('[data-counts]');
    if (counts) counts.textContent = `${Object.keys(queue.cards).filter(own).length} of ${counts.dataset.counts ?? ''} in review`;
    const button = row.querySelector<HTMLElement>('[data-due]');
    if (button) {
      button.hidden = dueHere === 0;
      button.textContent = `${dueHere} due`;
    }
  }
}

/** What the page says when no card lies on the desk. `said` comes first. */
function paintRest(said = ''): void {
  const queue = load(queueThing);
  const due = dueIds(queue, today()).length;
  const summary = document.querySelector('[data-summary]');
  if (summary) summary.textContent = said + (due > 0 ? `${cardsWords(due)} due.` : comingWords(queue, today()));
  const begin = document.querySelector<HTMLElement>('[data-begin]');
  if (!begin) return;
  begin.hidden = due === 0;
  begin.textContent = due === 1 ? 'Review it' : 'Review them';
}

/** Other tabs write, and midnight passes. A card on the desk stays where it is. */
const refresh = (): void => {
  paintCounts();
  if (!document.querySelector('.flashcard')) paintRest();
};

document.addEventListener('click', ({ target }) => {
  const { begin, due, all } = (target as Element).closest<HTMLElement>('button')?.dataset ?? {};
  if (begin === undefined && due === undefined && all === undefined) return;
  void import('./review-session.ts').then(({ startAll, startDue }) => {
    const page = { paintCounts, paintRest };
    if (all === undefined) startDue(page, due);
    else void startAll(page, all.split(' '));
  });
});
for (const button of document.querySelectorAll<HTMLElement>('[data-all]')) button.hidden = false;
onOtherTab([queueThing], refresh);
document.addEventListener('visibilitychange', refresh);
refresh();
tryStorage();
