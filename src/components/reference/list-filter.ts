import { teller } from '../../dom/tell.ts';
import { isMatch, type EntryNames } from '../../reference/name-match.ts';

/** The id of the entry that a row leads to: the last piece of its address. */
const idOf = (row: Element): string => row.querySelector('a')?.pathname.split('/').at(-2) ?? '';

async function loadNames(address: string): Promise<EntryNames> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as EntryNames) : {};
  } catch {
    // Offline: the words in the rows themselves still filter.
    return {};
  }
}

const started = new WeakSet<HTMLFormElement>();

/** Narrows the list of the page to what the form asks for, now and at each change. Sections without a row left are not shown. */
export async function startFilter(form: HTMLFormElement): Promise<void> {
  if (started.has(form)) return;
  started.add(form);
  const field = form.querySelector('input');
  const told = form.querySelector('[data-told]');
  if (!field || !told) return;
  const tell = teller(told);
  const select = form.querySelector('select');
  const names = await loadNames(form.dataset.filter ?? '');
  const rows = [...document.querySelectorAll<HTMLElement>('[data-rows] > li')].map((row) => {
    const [group = '', more = ''] = names[idOf(row)] ?? [];
    return { row, group, text: `${row.textContent}\n${more}` };
  });
  const apply = (): void => {
    let shown = 0;
    for (const { row, group, text } of rows) {
      row.hidden = !((select?.value ?? '') === '' || select?.value === group) || !isMatch(field.value, text);
      shown += row.hidden ? 0 : 1;
    }
    for (const section of document.querySelectorAll<HTMLElement>('[data-group]')) section.hidden = !section.querySelector('[data-rows] > li:not([hidden])');
    // A letter without a row left would lead nowhere.
    for (const jump of document.querySelectorAll<HTMLAnchorElement>('.jump a'))
      jump.parentElement?.toggleAttribute('hidden', document.getElementById(jump.hash.slice(1))?.closest('section')?.hidden === true);
    tell(shown === rows.length ? '' : `${shown} of ${rows.length} ${form.dataset.what ?? ''}${shown === 0 ? '. Enter asks the whole course.' : ''}`);
  };
  form.addEventListener('input', apply);
  apply();
}
