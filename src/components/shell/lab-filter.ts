// The filter of the labs: what is asked stands in the address too, so that it can be kept and sent.
import { teller } from '../../dom/tell.ts';
import { matchLab, type Asked, type LabNames, type ScenarioName } from './lab-match.ts';

type Names = Readonly<Record<string, LabNames>>;

const labOf = (row: Element): string => row.querySelector('a')?.pathname.split('/').at(-2) ?? '';

/** What the page itself says, for readers who have lost the network: no scenarios then. */
function fromPage(rows: readonly Element[]): Names {
  return Object.fromEntries(
    rows.map((row) => {
      const minutes = Number.parseInt(row.querySelector('.s')?.textContent ?? '', 10);
      const area = row.closest<HTMLElement>('[data-area]')?.dataset.area ?? '';
      return [labOf(row), { area, minutes, mode: 'run', text: row.textContent, scenarios: [] }];
    }),
  );
}

async function fetchNames(address: string): Promise<Names | undefined> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as Names) : undefined;
  } catch {
    return undefined;
  }
}

function scenarioLinks(row: Element, scenarios: readonly ScenarioName[]): void {
  row.querySelector('.found')?.remove();
  const link = row.querySelector('a');
  if (scenarios.length === 0 || !link) return;
  const list = document.createElement('ul');
  list.className = 'found';
  for (const { id, title } of scenarios) {
    const item = document.createElement('li');
    const anchor = Object.assign(document.createElement('a'), { href: `${link.pathname}#scenario=${id}`, textContent: title.replaceAll('`', '') });
    item.append(anchor);
    list.append(item);
  }
  link.parentElement?.append(list);
}

function askedIn(form: HTMLFormElement): Asked {
  const of = (name: string): string => {
    const value = new FormData(form).get(name);
    return typeof value === 'string' ? value : '';
  };
  return { text: of('q'), area: of('area'), minutes: of('minutes'), kind: of('kind') };
}

/** Puts what the address asks for into the form. */
function fillForm(form: HTMLFormElement): void {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
}

function remember(form: HTMLFormElement): void {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') query.set(name, value);
  const text = query.toString();
  history.replaceState(history.state, '', `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`);
}

/** Narrows the list of labs to what the form asks for, now and at each change. Areas without a lab left are not shown. */
export async function startLabFilter(form: HTMLFormElement): Promise<void> {
  const told = form.querySelector('[data-told]');
  const rows = [...document.querySelectorAll<HTMLElement>('[data-area] .labs > li')];
  if (!told) return;
  const tell = teller(told);
  const names = (await fetchNames(form.dataset.labs ?? '')) ?? fromPage(rows);
  const apply = (): void => {
    const asked = askedIn(form);
    let shown = 0;
    for (const row of rows) {
      const lab = names[labOf(row)];
      const found = lab && matchLab(lab, asked);
      row.hidden = found === undefined;
      scenarioLinks(row, found ?? []);
      if (found) shown += 1;
    }
    for (const section of document.querySelectorAll<HTMLElement>('[data-area]')) section.hidden = !section.querySelector('.labs > li:not([hidden])');
    const isAll = Object.values(asked).every((value) => value === '');
    tell(isAll ? '' : shown === 0 ? 'No lab fits. Ask for less, or clear the filter.' : `${shown} of ${rows.length} labs`);
    remember(form);
  };
  form.addEventListener('input', apply);
  form.addEventListener('reset', (event) => {
    // Only what was chosen is put back: of each list that is set anew Orca reads the name and the choice. Then the field tells that the form is empty.
    event.preventDefault();
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) if (field.value !== '') field.value = '';
    form.querySelector('input')?.focus();
    apply();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  fillForm(form);
  apply();
}
