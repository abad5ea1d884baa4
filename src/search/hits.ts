import { element, excerptNodes } from './element.ts';
import type { Hit } from './engine.ts';

/** One hit as a list item: the page, and below it the headings that match. */
export function hitItem({ kind, title, url, place, summary, excerpt, sections }: Hit): HTMLLIElement {
  // With headings below, the page says what it is; alone, it shows where the words stand.
  const line = sections.length > 0 && summary !== '' ? [summary] : excerptNodes(excerpt);
  return element(
    'li',
    { class: 'hit' },
    element(
      'a',
      { href: url },
      element('span', { class: 'kind' }, kind),
      element('span', { class: 'ti' }, title),
      element('span', { class: 'cr' }, place),
      element('span', { class: 'tx' }, ...line),
    ),
    ...(sections.length === 0
      ? []
      : [
          element(
            'ul',
            {},
            ...sections.map((section) =>
              element(
                'li',
                {},
                element(
                  'a',
                  { href: section.url },
                  element('span', { class: 'hs' }, section.title),
                  element('span', { class: 'dim' }, ...excerptNodes(section.excerpt)),
                ),
              ),
            ),
          ),
        ]),
  );
}

/** The chips that narrow to one kind, each with its count. `null` is "all". */
export function kindChips(
  kinds: Readonly<Record<string, number>>,
  chosen: string | undefined,
  choose: (kind: string | undefined) => void,
): readonly HTMLElement[] {
  const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const entries: readonly (readonly [string | undefined, number])[] = [[undefined, total], ...Object.entries(kinds).sort(([, a], [, b]) => b - a)];
  return entries.map(([kind, count]) => {
    const input = element('input', { type: 'radio', name: 'search-kind', checked: kind === chosen ? true : undefined });
    input.addEventListener('change', () => {
      choose(kind);
    });
    return element('label', {}, input, kind === undefined ? 'All' : plural(kind), element('small', {}, String(count)));
  });
}

/** "9 results in 3 kinds" */
export function countText(total: number, kinds: Readonly<Record<string, number>>, chosen: string | undefined): string {
  const results = total === 1 ? '1 result' : `${total} results`;
  const count = Object.keys(kinds).length;
  if (chosen !== undefined) return `${results}, kind: ${chosen}`;
  return count > 1 ? `${results} in ${count} kinds` : results;
}

const plural = (kind: string): string => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`);
