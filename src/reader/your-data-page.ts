// The page of the reader's data: what is here. What changes it loads with the first click.
import { answersThing } from './answers.ts';
import { bookmarksThing } from './bookmarks.ts';
import { countsOf, loadEverything } from './everything.ts';
import { progressThing } from './progress.ts';
import { queueThing } from './queue.ts';
import { onOtherTab } from './storage.ts';

function paint(): void {
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

document.addEventListener('click', ({ target }) => {
  const { act, remove } = (target as Element).closest('button')?.dataset ?? {};
  if (act === undefined && remove === undefined) return;
  void import('./your-data-acts.ts').then(({ doAct, removeBookmark }) => {
    if (remove !== undefined) removeBookmark(remove);
    doAct(act ?? '');
    paint();
  });
});
const input = document.querySelector<HTMLInputElement>('#read-file');
input?.addEventListener('change', () => {
  void import('./your-data-acts.ts').then(({ readChosen }) => readChosen(input));
});
for (const control of document.querySelectorAll<HTMLButtonElement | HTMLInputElement>('[data-act], #read-file')) control.disabled = false;
// Drafts and settings have no thing of their own; they rarely change while this page is looked at.
onOtherTab([progressThing, answersThing, queueThing, bookmarksThing], paint);
paint();
