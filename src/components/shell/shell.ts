// What every page does by itself: the theme, opening the search, rings. 2.5 kB gzip at most; all else loads when asked for, or when somebody reads.
import { atFirstSign } from '../../reader/first-sign.ts';
import { progressThing } from '../../reader/progress.ts';
import { paintRings } from '../../reader/rings.ts';
import { keepText, load, onOtherTab, textOf } from '../../reader/storage.ts';

const root = document.documentElement;

const showTheme = (theme: string): void => {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
};
const radios = document.querySelectorAll<HTMLInputElement>('.theme input');
for (const radio of radios) {
  radio.checked = radio.value === (root.dataset.theme ?? 'auto');
  radio.addEventListener('change', () => {
    showTheme(radio.value);
    keepText('kubestep:theme', radio.value);
  });
}
// Another tab has chosen.
addEventListener('storage', ({ key, newValue }) => {
  if (key !== 'kubestep:theme') return;
  for (const radio of radios) {
    radio.checked = radio.value === (newValue ?? 'auto');
    if (radio.checked) showTheme(radio.value);
  }
});

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
  const slash = event.key === '/' && !typing && !event.metaKey && !event.ctrlKey && !event.altKey && textOf('kubestep:keys') !== 'off';
  if (!slash && !(event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey)) return;
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  event.preventDefault();
  if (field) field.focus();
  else openSearch('');
});

const paint = (): void => {
  paintRings(load(progressThing));
};
paint();
onOtherTab([progressThing], paint);
// A page that the browser kept while another was read shows what was read there.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) paint();
});

if (document.querySelector('[data-reading], lab-player')) {
  atFirstSign(() => {
    void import('../../reader/follow-reader.ts').then(({ followReader }) => {
      followReader();
    });
  });
}
const go = document.querySelector<HTMLAnchorElement>('[data-continue]');
if (go) {
  void import('../../reader/home-page.ts').then(({ greet }) => {
    greet(go);
  });
}
