import { element } from './element.ts';
import { queryCharactersMax } from './recent.ts';

/** The elements of the search panel that change. */
export interface PanelParts {
  readonly panel: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly filters: HTMLElement;
  readonly chips: HTMLElement;
  readonly count: HTMLElement;
  /** Says to screen readers, once the typing rests, what `count` shows at once. */
  readonly status: HTMLElement;
  readonly hits: HTMLElement;
  readonly rest: HTMLElement;
  readonly link: HTMLAnchorElement;
}

/** Builds the empty panel; with `close` it has a button that calls it. */
export function panelParts(close: (() => void) | undefined): PanelParts {
  const input = element('input', {
    type: 'search',
    id: 'search-input',
    placeholder: 'A word, a command, an error text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    maxlength: String(queryCharactersMax),
  });
  const box = element('div', { class: 'box' }, lens(), element('label', { for: 'search-input', class: 'sr' }, 'Search'), input);
  if (close) {
    const button = element('button', { type: 'button', class: 'btn bare' }, 'Close');
    button.addEventListener('click', close);
    box.append(element('kbd', { 'aria-hidden': 'true' }, 'Esc'), button);
  }
  const chips = element('div', { class: 'kinds' });
  const filters = element('fieldset', { class: 'filters', hidden: true }, element('legend', { class: 'sr' }, 'Show only'), chips);
  const count = element('p', { class: 'count' });
  const status = element('p', { class: 'sr', role: 'status' });
  const hits = element('ul', { class: 'hits' });
  const rest = element('div');
  const link = element('a', { hidden: true }, 'Link to this search');
  const key = (name: string): HTMLElement => element('kbd', {}, name);
  const keys = element('p', { class: 'keys' }, element('span', {}, key('↑'), ' ', key('↓'), ' choose'), element('span', {}, key('Enter'), ' open'), link);
  const panel = element(
    'form',
    { class: 'search', role: 'search' },
    box,
    filters, // Its hits are the stops: without this Firefox makes the box that scrolls a silent one.
    element('div', { class: 'results', tabindex: '-1' }, count, hits, rest),
    keys,
    status,
  );
  return { panel, input, filters, chips, count, status, hits, rest, link };
}

function lens(): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const attributes = { width: '18', height: '18', fill: 'currentColor', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', '#i-find');
  svg.append(use);
  return svg;
}
