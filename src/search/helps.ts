import { element } from '../dom/element.ts';

/** Buttons that ask for a query each. */
function queryButtons(queries: readonly string[], askFor: (query: string) => void): HTMLElement {
  const items = queries.map((query) => {
    const button = element('button', { type: 'button', class: 'btn' }, query);
    button.addEventListener('click', () => {
      askFor(query);
    });
    return element('li', {}, button);
  });
  return element('ul', {}, ...items);
}

/** The queries of this browser, with a button that forgets them; nothing where there are none. */
export function recentList(queries: readonly string[], askFor: (query: string) => void, forget: () => void): readonly HTMLElement[] {
  if (queries.length === 0) return [];
  const clear = element('button', { type: 'button', class: 'btn bare' }, 'Forget them');
  clear.addEventListener('click', forget);
  // Who comes by Tab hears the name of the group: what is forgotten.
  const group = { class: 'said-no', role: 'group', 'aria-label': 'You searched for' };
  return [element('div', group, element('p', {}, 'You searched for ', clear), queryButtons(queries, askFor))];
}

const lists = [
  ['Glossary', 'glossary/'],
  ['Commands', 'commands/'],
  ['Error messages', 'errors/'],
  ['Labs', 'labs/'],
] as const;

/** What helps when nothing was found: near words of the site, and lists to look through. */
export function nothingFound(near: readonly string[], askFor: (query: string) => void): HTMLElement {
  const base = document.documentElement.dataset.base ?? '/';
  const links = lists.flatMap(([label, path], at) => [at === 0 ? '' : ', ', element('a', { href: `${base}${path}` }, label)]);
  const look = element('p', {}, 'Fewer words find more. Or look through a list: ', ...links, '.');
  if (near.length === 0) return element('div', { class: 'said-no' }, element('p', {}, 'No word of the course is near to it.'), look);
  return element('div', { class: 'said-no' }, element('p', {}, 'The nearest words that the course does use:'), queryButtons(near, askFor), look);
}
