// What every page does by itself: the theme, opening the search, the current section, rings. 2.5 kB gzip at most; all else loads when asked for.
import { loadProgress, ringOf, saveProgress } from './progress.ts';
import { followReading } from './reading.ts';

const root = document.documentElement;

const themeKey = 'kubestep:theme';
for (const radio of document.querySelectorAll<HTMLInputElement>('.theme input')) {
  radio.checked = radio.value === (root.dataset.theme ?? 'auto');
  radio.addEventListener('change', () => {
    if (radio.value === 'auto') delete root.dataset.theme;
    else root.dataset.theme = radio.value;
    try {
      localStorage.setItem(themeKey, radio.value);
    } catch {
      // Not remembered; this page has changed all the same.
    }
  });
}

const openSearch = (query: string): void => {
  void import('../../search/dialog.ts').then(({ openDialog }) => {
    openDialog(query);
  });
};
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-search]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  openSearch(new URL(link.href).searchParams.get('q') ?? '');
});
document.addEventListener('keydown', (event) => {
  const typing = (event.target as Element).closest('input:not([type="radio"]), textarea, select, [contenteditable]');
  const slash = event.key === '/' && !typing && !event.metaKey && !event.ctrlKey && !event.altKey;
  if (!slash && !(event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey)) return;
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  event.preventDefault();
  if (field) field.focus();
  else openSearch('');
});

let progress = loadProgress();
const paintRings = (): void => {
  for (const link of document.querySelectorAll<HTMLElement>('[data-chapter]')) {
    const ring = ringOf(progress, link.dataset.chapter ?? '', Number(link.dataset.sections));
    link.classList.toggle('begun', ring === 'begun');
    link.classList.toggle('done', ring === 'done');
    const mark = link.querySelector('.ring');
    if (!mark) continue;
    // An empty ring says nothing, in the picture as in words.
    mark.role = ring === 'none' ? null : 'img';
    mark.ariaLabel = ring === 'none' ? null : ring === 'done' ? 'Finished:' : 'Begun:';
  }
};
paintRings();

const go = document.querySelector<HTMLAnchorElement>('[data-continue]');
if (go && progress.last) {
  go.href = progress.last.path;
  go.textContent = `Continue: ${progress.last.label}`;
}

const forget = document.querySelector<HTMLButtonElement>('[data-forget]');
if (forget && Object.keys(progress.read).length > 0) {
  const before = progress;
  forget.hidden = false;
  forget.addEventListener('click', () => {
    const isKept = progress === before;
    progress = isKept ? { read: {} } : before;
    saveProgress(progress);
    paintRings();
    forget.textContent = isKept ? 'Forgotten. Undo' : 'Forget what I have read';
  });
}

followReading((next) => {
  progress = next;
  paintRings();
});
