import { element } from './element.ts';
import { createPanel, type Panel } from './panel.ts';

let opened: { readonly dialog: HTMLDialogElement; readonly panel: Panel } | undefined;

/** Opens the search over the page, with a query or with the one from before. Closing gives the focus back to where it was. */
export function openDialog(query: string): void {
  opened ??= make();
  const { dialog, panel } = opened;
  if (!dialog.open) dialog.showModal();
  if (query !== '') panel.ask(query);
  panel.focus();
}

function make(): { readonly dialog: HTMLDialogElement; readonly panel: Panel } {
  const dialog = element('dialog', { class: 'sheet', 'aria-label': 'Search the course' });
  const close = (): void => {
    dialog.close();
  };
  const panel = createPanel({ close });
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
