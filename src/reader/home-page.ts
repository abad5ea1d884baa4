import { bookmarksThing } from './bookmarks.ts';
import { dayOf } from './local-day.ts';
import { unfinishedChapters } from './next-chapter.ts';
import { progressThing } from './progress.ts';
import { dueIds, queueThing } from './queue.ts';
import { addressOf } from './site-place.ts';
import { load } from './storage.ts';
import { showAndFollow } from './when-changed.ts';

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

/** Leads to a place, in as many words of its label as there is room for. */
function leadOn(go: HTMLAnchorElement, does: string, { href, label }: { readonly href: string; readonly label: string }): void {
  go.href = href;
  go.title = label;
  const words = label.split(' ');
  const shorter = words.map((_word, index) => `${does}: ${words.slice(0, words.length - index).join(' ')}${index === 0 ? '' : ' …'}`);
  writeFitting(go, [...shorter, does]);
}

/** Links as the page was built, for when there is nothing to say any more. */
const built = new Map<HTMLAnchorElement, { readonly href: string; readonly text: string }>();

function restore(link: HTMLAnchorElement): void {
  const { href, text } = built.get(link) ?? { href: link.href, text: link.textContent };
  built.set(link, { href, text });
  link.href = href;
  link.textContent = text;
  link.removeAttribute('title');
}

/** The button that began the course goes on where the reader was or, after a finished chapter, to the next one. */
function goOn(go: HTMLAnchorElement): void {
  const progress = load(progressThing);
  const { last } = progress;
  if (!last) return;
  const slug = last.path.split('/')[1] ?? '';
  const left = unfinishedChapters(progress, slug);
  const isFinished = slug in progress.read && !left.some((each) => each.slug === slug);
  const [next] = left;
  if (isFinished && next) leadOn(go, next.isBegun ? 'Continue' : 'Next', { href: next.href, label: next.title });
  else leadOn(go, 'Continue', { href: addressOf(last.path), label: last.label });
}

/** The button beside it says what is due. */
function sayDue(beside: HTMLAnchorElement): void {
  const due = dueIds(load(queueThing), dayOf(new Date())).length;
  if (due === 0) return;
  beside.href = addressOf('/review/');
  writeFitting(beside, [`Review: ${due} ${due === 1 ? 'card' : 'cards'} due`, `${due} due`]);
}

/** The link to what is remembered says how many bookmarks there are. */
function sayBookmarks(memory: HTMLAnchorElement): void {
  const count = Object.keys(load(bookmarksThing).places).length;
  if (count === 0) return;
  memory.hash = '#marks';
  writeFitting(memory, [`${count} ${count === 1 ? 'bookmark' : 'bookmarks'}, and what else this browser remembers`]);
}

/** On the home page: its links say where the reader was, what is due and what is marked, also after another tab has changed that. */
export function greet(go: HTMLAnchorElement): void {
  const acts: readonly (readonly [Element | null, (link: HTMLAnchorElement) => void])[] = [
    [go, goOn],
    [go.nextElementSibling, sayDue],
    [document.querySelector('[data-memory]'), sayBookmarks],
  ];
  showAndFollow([progressThing, queueThing, bookmarksThing], () => {
    for (const [link, say] of acts) {
      if (!(link instanceof HTMLAnchorElement)) continue;
      restore(link);
      say(link);
    }
  });
}
