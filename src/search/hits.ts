import type { Hit } from './answer.ts';
import { element } from '../dom/element.ts';
import { excerptNodes } from './excerpt-nodes.ts';

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

/** What a result list is, in one sentence. */
export interface Counted {
  readonly total: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly kind: string | undefined;
  /** What was searched for instead of the words as typed. */
  readonly readAs: string | undefined;
}

/** "9 results in 3 kinds", "1 result for “ndots”" */
export function countText({ total, kinds, kind, readAs }: Counted): string {
  const results = total === 1 ? '1 result' : `${String(total)} results`;
  const words = readAs === undefined ? results : `${results} for “${readAs}”`;
  const count = Object.keys(kinds).length;
  if (kind !== undefined) return `${words}, kind: ${kind}`;
  return count > 1 ? `${words} in ${String(count)} kinds` : words;
}

/** The kind as the name of a group. What people often say has no plural. */
function plural(kind: string): string {
  if (kind === 'Often said') return kind;
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
