import { element } from '../dom/element.ts';
import { unlike } from '../dom/unlike.ts';
import { bookmarksThing, withBookmark } from './bookmarks.ts';
import { countsOf, loadEverything, type Everything } from './everything.ts';
import { keepEverything, nothing } from './keep-everything.ts';
import { fileLengthMax, merge, readFile, writeFile } from './everything-file.ts';
import { dayOf } from './local-day.ts';
import { change } from './storage.ts';

const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector) ?? document.body;
const said = find('[data-said]');
const choice = find('[data-choice]');
const faultList = find('[data-faults]');
const undoRow = find('[data-undo]');
const undoButton = find('[data-act="undo"]');
/** What was here before the last change, and what a file brought that is not yet taken. */
let before: Everything | undefined;
let offered: Everything | undefined;

/** The words of the counts that are not empty. */
const summaryOf = (all: Everything): string =>
  Object.values(countsOf(all))
    .filter((words) => words !== '')
    .join(', ') || 'nothing';

/** Says what was done. What the page remembers for undo stays until the next change. */
function tell(words: string, canUndo: boolean, faults: readonly string[] = []): void {
  said.textContent = unlike(words);
  undoRow.hidden = !canUndo;
  choice.hidden = offered === undefined;
  faultList.hidden = faults.length === 0;
  const shown = faults.slice(0, 100);
  const more = faults.length - shown.length;
  faultList.replaceChildren(...[...shown, ...(more > 0 ? [`… and ${more} more.`] : [])].map((fault) => element('li', {}, fault)));
}

/** Keeps `all`; what was here can be brought back. */
function replaceBy(all: Everything, words: string): void {
  before = loadEverything();
  offered = undefined;
  keepEverything(all);
  showTheme(all);
  tell(words, true);
  undoButton.focus();
}

/** The page follows the theme that came or went. */
function showTheme({ settings: { theme = 'auto' } }: Everything): void {
  const radio = document.querySelector<HTMLInputElement>(`.theme input[value="${theme}"]`);
  if (!radio) return;
  radio.checked = true;
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function save(): void {
  const now = new Date();
  const address = URL.createObjectURL(new Blob([writeFile(loadEverything(), now.toISOString())], { type: 'application/json' }));
  const link = element('a', { href: address, download: `kubestep-${dayOf(now)}.json` });
  link.click();
  // The browser reads the address after the click has been handled.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
  tell(`Saved: ${summaryOf(loadEverything())}.`, before !== undefined);
}

/** Reads the file that was chosen, and offers what it holds. */
export async function readChosen(input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  // The same file may be chosen again after it was mended.
  if (!file) return;
  const read = file.size > fileLengthMax * 2 ? readFile('x'.repeat(fileLengthMax + 1)) : readFile(await file.text());
  input.value = '';
  if (!read.ok) {
    offered = undefined;
    tell(`Nothing was changed. ${read.because}`, before !== undefined);
    return;
  }
  offered = read.all;
  const left =
    read.faults.length === 0 ? '' : ` ${read.faults.length} ${read.faults.length === 1 ? 'field is' : 'fields are'} not as expected and will be left out:`;
  tell(`${file.name} holds ${summaryOf(read.all)}.${left}`, before !== undefined, read.faults);
  find('[data-act="add"]').focus();
}

const acts: Readonly<Record<string, () => void>> = {
  save,
  add: () => {
    if (offered) replaceBy(merge(loadEverything(), offered), 'Added to what was here.');
  },
  replace: () => {
    if (offered) replaceBy(offered, 'What was here is replaced.');
  },
  cancel: () => {
    offered = undefined;
    tell('Nothing was changed.', before !== undefined);
  },
  clear: () => {
    replaceBy(nothing, `Cleared: ${summaryOf(loadEverything())}.`);
  },
  undo: () => {
    if (!before) return;
    keepEverything(before);
    showTheme(before);
    before = undefined;
    tell('Everything is back as it was.', false);
    // The box around it is silent: a text that takes the focus is said for that, too.
    find('.result').focus();
  },
};

/** Does what a button of the page says. */
export function doAct(act: string): void {
  acts[act]?.();
}

/** Removes a bookmark; undo brings it back. */
export function removeBookmark(place: string): void {
  before = loadEverything();
  const label = before.bookmarks.places[place]?.label ?? place;
  change(bookmarksThing, (marks) => withBookmark(marks, place, undefined));
  tell(`Removed the bookmark “${label}”.`, true);
  undoButton.focus();
}
