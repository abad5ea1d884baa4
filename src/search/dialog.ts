import styleUrl from '../styles/search.css?url';
import { element } from './element.ts';
import { createPanel, type Panel } from './panel.ts';

let opened: { readonly dialog: HTMLDialogElement; readonly panel: Panel } | undefined;
let styled: Promise<void> | undefined;

/** Fetches the look of the search, which no page needs before. Without it the search still works. */
function style(): Promise<void> {
  styled ??= new Promise((done) => {
    const link = element('link', { rel: 'stylesheet', href: styleUrl });
    const end = (): void => {
      done();
    };
    link.addEventListener('load', end);
    link.addEventListener('error', end);
    document.head.append(link);
  });
  return styled;
}

/** Opens the search over the page, with a query or with the one from before. Closing gives the focus back to where it was. */
export function openDialog(query: string): void {
  void style().then(() => {
    show(query);
  });
}

function show(query: string): void {
  opened ??= make();
  const { dialog, panel } = opened;
  if (!dialog.open) dialog.showModal();
  if (query !== '') panel.ask({ query, kind: undefined });
  panel.focus();
}

function make(): { readonly dialog: HTMLDialogElement; readonly panel: Panel } {
  const dialog = element('dialog', { class: 'sheet', 'aria-label': 'Search the course' });
  const close = (): void => {
    dialog.close();
  };
  const panel = createPanel({ close });
  panel.ask({ query: '', kind: undefined });
  dialog.append(panel.element);
  dialog.addEventListener('click', (event) => {
    // The backdrop is the dialog itself; a chosen hit on this page must not stay covered.
    if (event.target === dialog || (event.target as Element).closest('.hit a')) close();
  });
  // A cleared search field swallows Escape in some browsers; here it always closes.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
  document.body.append(dialog);
  return { dialog, panel };
}
