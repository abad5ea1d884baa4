// On a reading path: the button that begins it leads on to the first chapter of it that is not finished.
import { unfinishedChapters } from '../../reader/next-chapter.ts';
import { progressThing } from '../../reader/progress.ts';
import { addressOf } from '../../reader/site-place.ts';
import { load } from '../../reader/storage.ts';
import { showAndFollow } from '../../reader/when-changed.ts';

const button = document.querySelector<HTMLAnchorElement>('[data-next-on-path]');
const chapters = document.querySelectorAll<HTMLElement>('[data-chapter]').length;

function lead(go: HTMLAnchorElement): void {
  const left = unfinishedChapters(load(progressThing));
  const [next] = left;
  go.href = next?.href ?? addressOf('/review/');
  const does = next?.isBegun ? 'Continue' : left.length < chapters ? 'Next' : 'Begin';
  go.textContent = next ? `${does}: ${next.title}` : 'Review what you have read';
}

if (button)
  showAndFollow([progressThing], () => {
    lead(button);
  });
