import styleUrl from '../styles/search.css?url';
import { element } from './element.ts';
import { createPanel, type Panel } from './panel.ts';

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

const filled = new WeakMap<HTMLDialogElement, Panel>();

/**
 * Puts the search into a dialog that is open, with a query or with the one from before. What was typed into the dialog's own first field while this
 * loaded counts as typed here. Closing gives the focus back to where it was.
 */
export async function fillDialog(dialog: HTMLDialogElement, query: string): Promise<void> {
  await style();
  const early = filled.has(dialog) ? null : dialog.querySelector('input');
  const panel = filled.get(dialog) ?? fill(dialog);
  const asked = query + (early?.value ?? '');
  if (asked !== '') panel.ask({ query: asked, kind: undefined });
  // Who went on typing goes on at the end; else the old query is there to be typed over.
  panel.focus(early?.value ? 'end' : 'all');
  early?.remove();
  dialog.style.opacity = '';
}

function fill(dialog: HTMLDialogElement): Panel {
  const close = (): void => {
    dialog.close();
    // Where nothing had the focus before, the field that is gone keeps it until the next frame: a key just after would still go there.
    if (dialog.contains(document.activeElement)) (document.activeElement as HTMLElement).blur();
  };
  const panel = createPanel({ close });
  panel.ask({ query: '', kind: undefined });
  dialog.classList.add('sheet');
  dialog.ariaLabel = 'Search the course';
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
  filled.set(dialog, panel);
  return panel;
}
