// What every page does by itself: the theme, opening the search, rings. 2.5 kB gzip at most; all else loads when asked for, or when somebody reads.
import { atFirstSign } from '../../reader/first-sign.ts';
import { paintRings, ringsThing } from '../../reader/rings.ts';
import { keepText, load, onOtherTab, textOf } from '../../reader/storage.ts';
import { searchField } from '../../search/field.ts';

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

// It stands at once, with its name and its field, which the search keeps. Until the search has come, and where it cannot come, Enter asks its page.
// No modal dialog: that takes the page away in the same moment, and Orca, at a loss where the focus was, goes to the field in silence.
let sheet: HTMLDialogElement | undefined;
const openSearch = (query: string): void => {
  // On its own page the search is there already.
  let field = document.querySelector<HTMLInputElement>('main #search-input');
  if (!field) {
    if (!sheet) {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<dialog class="sheet" popover aria-modal="true" aria-label="Search the course"><form class="search" action="${root.dataset.base}search/"><div class="box">${searchField}</div></form></dialog>`,
      );
      sheet = document.body.lastElementChild as HTMLDialogElement;
    }
    const dialog = sheet;
    const from = document.activeElement;
    field = dialog.querySelector('input');
    if (field && query !== '') field.value = query;
    dialog.togglePopover(true);
    // Taken apart in `then`, a module costs 50 bytes more: the bundler writes the parts once again.
    import('../../search/dialog.ts').then(
      (search) => search.fillDialog(dialog, query, from),
      () => undefined,
    );
  }
  field?.focus();
  // The old query is there to be typed over.
  field?.select();
};
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-search]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  openSearch(new URL(link.href).searchParams.get('q') ?? '');
  event.preventDefault();
});
document.addEventListener('keydown', (event) => {
  // A key that is pressed in a field of text is a letter; a check box, a slider or a list takes no slash.
  const slash = event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey && !(event.target as Element).matches(':read-write');
  const isSlash = slash && textOf('kubestep:keys') !== 'off';
  if (!isSlash && !(event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey)) return;
  event.preventDefault();
  openSearch('');
});

const paint = (): void => {
  paintRings(load(ringsThing));
};
paint();
onOtherTab([ringsThing], paint);
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
