// The page of the reader's data: what is here. What changes it loads with the first click.
import { answersThing } from './answers.ts';
import { bookmarksThing } from './bookmarks.ts';
import { countsOf, loadEverything } from './everything.ts';
import { progressThing } from './progress.ts';
import { queueThing } from './queue.ts';
import { addressOf } from './site-place.ts';
import { onOtherTab } from './storage.ts';

/** A row of the list of bookmarks. */
function markRow(place: string, label: string, chapter: string): Node {
  const row = document.querySelector<HTMLTemplateElement>('[data-mark]')?.content.cloneNode(true) as DocumentFragment;
  const [link, of, remove] = row.querySelectorAll<HTMLElement>('a, span, button');
  link?.setAttribute('href', addressOf(place));
  link?.append(label);
  of?.append(chapter);
  remove?.setAttribute('data-remove', place);
  remove?.setAttribute('aria-label', `Remove the bookmark ${label}`);
  return row;
}

function paint(): void {
  const all = loadEverything();
  for (const [part, words] of Object.entries(countsOf(all))) {
    const cell = document.querySelector(`[data-count="${part}"]`);
    if (cell) cell.textContent = words || 'nothing';
  }
  const marks = Object.entries(all.bookmarks.places).sort(([, one], [, other]) => other.at - one.at);
  document.querySelector('[data-no-marks]')?.toggleAttribute('hidden', marks.length > 0);
  document.querySelector('[data-marks]')?.replaceChildren(...marks.map(([place, { label, chapter }]) => markRow(place, label, chapter)));
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
