import styleUrl from '../styles/search.css?url';
import { loadStyle } from '../dom/style-sheet.ts';
import { createPanel, type Panel } from './panel.ts';

let styled: Promise<void> | undefined;

/** When a screen reader has surely said where the focus is: taken away earlier, the page below would take Orca's place in it along. */
const aloneMs = 700;

interface Filled {
  readonly panel: Panel;
  /** Keeps the focus in the dialog, after a while or, once Tab is pressed, at once. It goes back to `from`. */
  readonly opened: (from: Element | null) => void;
}

const filled = new WeakMap<HTMLDialogElement, Filled>();

/**
 * Builds the search around the field of a dialog that is open, and asks what was typed there while this loaded; or asks `query`, which stands in the field
 * already. Closing gives the focus back to `from`, where it was.
 */
export async function fillDialog(dialog: HTMLDialogElement, query: string, from: Element | null): Promise<void> {
  // No page needs it before.
  await (styled ??= loadStyle(styleUrl));
  const form = dialog.querySelector('form');
  if (!form) return;
  const known = filled.get(dialog);
  const { panel, opened } = known ?? fill(dialog, form);
  if (!known || query !== '') panel.ask({ query: dialog.querySelector('input')?.value ?? '', kind: undefined });
  opened(from);
}

function fill(dialog: HTMLDialogElement, form: HTMLFormElement): Filled {
  const close = (): void => {
    dialog.hidePopover();
    // Where nothing had the focus before, the field that is gone keeps it until the next frame: a key just after would still go there.
    if (dialog.contains(document.activeElement)) (document.activeElement as HTMLElement).blur();
  };
  // Heard by the document: of a dialog that listens for clicks itself, screen readers call each text "clickable".
  document.addEventListener('click', ({ target }) => {
    // A chosen hit on this page must not stay covered.
    if (target instanceof Element && dialog.contains(target.closest('.hit a'))) close();
  });
  let waiting = 0;
  let before: Element | null = null;
  const alone = (isAlone: boolean): void => {
    clearTimeout(waiting);
    for (const each of document.body.children) if (each instanceof HTMLElement && each !== dialog) each.inert = isAlone;
  };
  const opened = (from: Element | null): void => {
    if (!dialog.contains(from)) before = from;
    clearTimeout(waiting);
    if (!dialog.matches(':popover-open')) return;
    waiting = window.setTimeout(() => {
      alone(true);
    }, aloneMs);
  };
  // Before the focus goes back: where it goes must be able to take it.
  dialog.addEventListener('beforetoggle', ({ newState }) => {
    if (newState === 'closed') alone(false);
  });
  // The browser gives back only a focus that is in the dialog: after a press beside it, or from the browser's own bar, it is not.
  dialog.addEventListener('toggle', ({ newState }) => {
    if (newState === 'closed' && document.activeElement === document.body && before instanceof HTMLElement) before.focus({ preventScroll: true });
  });
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'Tab') alone(true);
    if (key === 'Escape') close();
  });
  const made = { panel: createPanel(form, { close }), opened };
  filled.set(dialog, made);
  return made;
}
