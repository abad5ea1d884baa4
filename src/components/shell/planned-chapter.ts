// On the page for addresses that do not exist: the address of a chapter that is only planned says so, and leads to what is there about it.
export {};

const note = document.querySelector<HTMLElement>('[data-planned]');
const slug =
  location.pathname
    .replace(/\/(?:index\.html?)?$/i, '')
    .split('/')
    .at(-1) ?? '';
const planned = JSON.parse(note?.dataset.planned ?? '{}') as Readonly<Record<string, readonly [title: string, place: string]>>;
const found = Object.hasOwn(planned, slug) ? planned[slug] : undefined;
const link = note?.querySelector('a');
if (note && link && found) {
  const [title, place] = found;
  note.prepend(`“${title}” is a chapter of the course that is not written yet. `);
  link.href = place;
  note.hidden = false;
  document.querySelector('[data-lost]')?.remove();
  document.querySelector('[data-meant]')?.remove();
}
