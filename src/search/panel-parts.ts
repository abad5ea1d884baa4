import { element } from '../dom/element.ts';
import { queryCharactersMax } from './recent.ts';

/** The elements of the search panel that change. */
export interface PanelParts {
  readonly panel: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly filters: HTMLElement;
  readonly chips: HTMLElement;
  readonly count: HTMLElement;
  /** What `count` shows at once, for screen readers once the typing rests. */
  readonly status: HTMLElement;
  readonly hits: HTMLElement;
  readonly rest: HTMLElement;
  readonly link: HTMLAnchorElement;
}

/** Builds the empty panel around its field, which stands in the form already and stays where it is; with `close` it has a button that calls it. */
export function panelParts(panel: HTMLFormElement, close: (() => void) | undefined): PanelParts {
  const box = panel.querySelector('.box');
  const input = panel.querySelector('input');
  if (!box || !input) throw new Error('search: a form without its field');
  input.maxLength = queryCharactersMax;
  input.spellcheck = false;
  if (!box.querySelector('svg')) box.prepend(lens());
  if (close) {
    const button = element('button', { type: 'button', class: 'btn bare' }, 'Close');
    button.addEventListener('click', close);
    box.append(element('kbd', { 'aria-hidden': 'true' }, 'Esc'), button);
  }
  const chips = element('div', { class: 'kinds', tabindex: '-1' });
  const filters = element('fieldset', { class: 'filters', hidden: true }, element('legend', { class: 'sr' }, 'Show only'), chips);
  // Seen at once; heard, and read line by line, as `status`.
  const count = element('p', { class: 'count', 'aria-hidden': 'true' });
  const status = element('p', { class: 'sr', 'aria-live': 'polite' });
  const hits = element('ul', { class: 'hits' });
  const rest = element('div');
  const link = element('a', { hidden: true }, 'Link to this search');
  const key = (name: string): HTMLElement => element('kbd', {}, name);
  const keys = element('p', { class: 'keys' }, element('span', {}, key('↑'), ' ', key('↓'), ' choose'), element('span', {}, key('Enter'), ' open'), link);
  panel.append(
    filters,
    // Its hits are the stops, as above the kinds are: without this Firefox makes of each box that scrolls a silent one.
    element('div', { class: 'results', tabindex: '-1' }, status, count, hits, rest),
    keys,
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
