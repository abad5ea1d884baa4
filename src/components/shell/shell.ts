// What every page does by itself: the theme, opening the search, rings. 2.5 kB gzip at most; all else loads when asked for, or when somebody reads.
import { atFirstSign } from '../../reader/first-sign.ts';
import { progressThing } from '../../reader/progress.ts';
import { paintRings } from '../../reader/rings.ts';
import { keepText, load, onOtherTab, textOf } from '../../reader/storage.ts';

const root = document.documentElement;

const theme = document.querySelector<HTMLElement>('.theme');
const showTheme = (value: string): void => {
  if (value === 'auto') delete root.dataset.theme;
  else root.dataset.theme = value;
  for (const radio of document.querySelectorAll<HTMLInputElement>('.theme input')) radio.checked = radio.value === value;
};
showTheme(root.dataset.theme ?? 'auto');
theme?.addEventListener('change', ({ target }) => {
  const { value } = target as HTMLInputElement;
  showTheme(value);
  keepText('kubestep:theme', value);
});
// Another tab has chosen.
addEventListener('storage', ({ key, newValue }) => {
  if (key === 'kubestep:theme') showTheme(newValue ?? 'auto');
});
// On a phone the header has no room for it. Moved, not shown twice: the keyboard meets it where it stands.
const phone = matchMedia('(max-width: 35.99rem)');
const place = (): void => {
  if (theme) document.querySelector(phone.matches ? '.foot > div' : '.top > div')?.append(theme);
};
phone.onchange = place;
place();

// It stands at once, though not to be seen yet: what is typed while the search loads goes into its field, and the search takes it over.
let sheet: HTMLDialogElement | undefined;
const openSearch = (query: string): void => {
  if (!sheet) {
    sheet = document.createElement('dialog');
    sheet.style.opacity = '0';
    sheet.append(document.createElement('input'));
    document.body.append(sheet);
  }
  const dialog = sheet;
  if (!dialog.open) dialog.showModal();
  // Taken apart in `then`, a module costs 50 bytes more: the bundler writes the parts once again.
  import('../../search/dialog.ts').then(
    (search) => search.fillDialog(dialog, query),
    () => {
      dialog.close();
    },
  );
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
  // On its own page the search is there already.
  const field = document.querySelector<HTMLInputElement>('main #search-input');
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
    void import('../../reader/follow-reader.ts').then((follow) => {
      follow.followReader();
    });
  });
}
const go = document.querySelector<HTMLAnchorElement>('[data-continue]');
if (go) {
  void import('../../reader/home-page.ts').then((home) => {
    home.greet(go);
  });
}
